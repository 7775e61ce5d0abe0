"""Themes, and ideas that are laid together."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import screens
from workshop.rules import limits


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


def themes(room: Room, number: int) -> list[str]:
    return [room.do(room.chair, "create_theme", title=f"Tema {n}")["theme"] for n in range(number)]


def order(room: Room) -> list[str]:
    """The titles of the themes in the order the room sees."""
    put = screens.changes(room.id, 0, "room")["put"]
    rows = [record for record in put if record["kind"] == "theme"]
    return [row["title"] for row in sorted(rows, key=lambda row: row["position"])]


def merged(room: Room, *ideas: str) -> list[tuple[str, str | None]]:
    """The state of each idea, and the one it is laid under."""
    return [(record["state"], record["merged_into"]) for record in map(room.record, ideas)]


def test_a_workshop_has_forty_themes_and_no_more(room: Room):
    assert limits.THEMES == 40
    last = themes(room, 40)[-1]
    with refused("too_many", "themes", limit=40):
        themes(room, 1)
    assert len(order(room)) == 40
    room.do(room.chair, "remove_theme", theme=last)
    themes(room, 1)
    assert len(order(room)) == 40


def test_the_themes_of_another_workshop_do_not_count(room: Room):
    themes(Room({"citizens": 1}), 40)
    themes(room, 1)
    assert order(room) == ["Tema 0"]


def test_a_theme_gets_another_title(room: Room):
    first, _second = themes(room, 2)
    room.do(room.chair, "edit_theme", theme=first, title="Mad")
    assert order(room) == ["Mad", "Tema 1"]
    with refused("empty", "title"):
        room.do(room.chair, "edit_theme", theme=first, title=" ")
    assert order(room) == ["Mad", "Tema 1"]


def test_a_theme_is_put_before_another_or_last(room: Room):
    a, _b, c = themes(room, 3)
    room.do(room.chair, "move_theme", theme=c, before=a)
    assert order(room) == ["Tema 2", "Tema 0", "Tema 1"]
    room.do(room.chair, "move_theme", theme=c)
    assert order(room) == ["Tema 0", "Tema 1", "Tema 2"]
    room.do(room.chair, "move_theme", theme=a, before=c)
    assert order(room) == ["Tema 1", "Tema 0", "Tema 2"]


def test_a_theme_of_another_workshop_is_not_found(room: Room):
    own, foreign = themes(room, 1)[0], themes(Room({"citizens": 1}), 1)[0]
    with refused("not_found", "before"):
        room.do(room.chair, "move_theme", theme=own, before=foreign)
    for name, args in (("edit_theme", {"title": "Mad"}), ("move_theme", {}), ("remove_theme", {})):
        with refused("not_found", "theme"):
            room.do(room.chair, name, theme=foreign, **args)


def test_the_ideas_of_a_theme_that_goes_stay_and_those_of_others_keep_theirs(room: Room):
    first, second = themes(room, 2)
    one, other = room.ideas(2)
    room.do(room.chair, "move_idea", idea=one, theme=first)
    room.do(room.chair, "move_idea", idea=other, theme=second)
    before = room.clock()
    room.do(room.chair, "remove_theme", theme=first)
    assert order(room) == ["Tema 1"]
    assert [room.record(idea)["theme"] for idea in (one, other)] == [None, second]
    changes = screens.changes(room.id, before, "room")
    assert changes["gone"] == [first]
    assert one in [record["id"] for record in changes["put"]]


def test_several_ideas_are_moved_in_one_action_and_taken_back_in_one(room: Room):
    (theme,) = themes(room, 1)
    one, two, three = room.ideas(3)
    room.do(room.chair, "move_ideas", ideas=[three, one], theme=theme)
    laid = [room.record(idea)["theme"] for idea in (one, two, three)]
    assert laid == [theme, None, theme]
    assert room.record(three)["position"] < room.record(one)["position"]
    room.do(room.chair, "undo", seq=room.clock())
    assert [room.record(idea)["theme"] for idea in (one, two, three)] == [None, None, None]


def test_where_one_of_several_cannot_be_moved_none_is(room: Room):
    (theme,) = themes(room, 1)
    one, two = room.ideas(2)
    room.do(room.chair, "hide_idea", idea=two, reason="Nævner en person")
    with refused("not_open", "ideas", state="hidden"):
        room.do(room.chair, "move_ideas", ideas=[one, two], theme=theme)
    assert room.record(one)["theme"] is None


def test_ideas_laid_under_one_that_is_laid_under_a_third_are_carried_on(room: Room):
    a, b, c = room.ideas(3)
    room.do(room.chair, "merge_ideas", into=b, ideas=[c])
    room.do(room.chair, "merge_ideas", into=a, ideas=[b])
    assert merged(room, a, b, c) == [("open", None), ("merged", a), ("merged", a)]


def test_splitting_takes_all_out_that_were_carried_on(room: Room):
    a, b, c = room.ideas(3)
    room.do(room.chair, "merge_ideas", into=b, ideas=[c])
    room.do(room.chair, "merge_ideas", into=a, ideas=[b])
    assert set(room.do(room.chair, "split_idea", idea=a)["ideas"]) == {b, c}
    assert merged(room, a, b, c) == [("open", None)] * 3
