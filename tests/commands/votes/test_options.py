"""What may stand on a ballot, and that it keeps its words while it does."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, refused

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def test_only_open_ideas_and_goals_can_be_voted_on(room):
    ideas = room.ideas(3)
    room.do(room.chair, "hide_idea", idea=ideas[0], reason="Et navn")
    with refused("unknown_option", "options", option=ideas[0]):
        room.ballot(ideas)
    with refused("empty", "options"):
        room.ballot([])
    with refused("not_found", "options"):
        room.ballot(["idea:999999"])
    with refused("malformed", "options.0", why="record_id"):
        room.ballot(["theme:1"])
    goal = room.text()
    with refused("unknown_option", "options", option=goal):
        room.ballot([goal], "dots")
    assert room.record(room.ballot([goal], "positions"))["options"] == [goal]
    dropped = room.text(state="dropped")
    with refused("unknown_option", "options", option=dropped):
        room.ballot([dropped], "approval")


def test_ideas_of_another_workshop_are_not_found(room):
    other = Room({"citizens": 1})
    with refused("not_found", "options"):
        room.ballot(other.ideas(1))
    ballot = room.ballot(room.ideas(2))
    with refused("not_found", "ballot"):
        other.cast(other.everybody[0], ballot, choices={})


def test_too_many_options_are_refused_with_the_limit(room):
    with refused("too_many", "options", limit=300, given=301):
        room.ballot([f"idea:{number}" for number in range(1, 302)])


def test_an_idea_written_twice_on_the_list_stands_on_the_ballot_once(room):
    ideas = room.ideas(2)
    assert room.record(room.ballot([*ideas, ideas[0]]))["options"] == ideas


def test_a_goal_keeps_its_words_until_the_ballot_on_it_is_published(room):
    goal = room.do(room.chair, "draft_goal", title="Mere økologi i skolemaden")["goal"]
    ballot = room.ballot([goal], "positions")
    for command in ("close_ballot", "publish_ballot"):
        with refused("conflict", "goal", on_ballot=True):
            room.do(room.chair, "edit_goal", goal=goal, version=1, title="Mindre økologi i skolemaden")
        with refused("conflict", "goal", on_ballot=True):
            room.do(room.chair, "drop_text", on=goal)
        room.do(room.chair, command, ballot=ballot)
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Mindre økologi i skolemaden")


def test_an_idea_keeps_its_words_once_it_stands_on_a_ballot(room):
    ideas, author = room.ideas(2), room.everybody[0]
    room.ballot(ideas)
    with refused("conflict", "idea", on_ballot=True):
        room.do(author, "edit_idea", idea=ideas[0], text="Noget andet")
    with refused("conflict", "idea", on_ballot=True):
        room.do(room.chair, "merge_ideas", into=ideas[0], ideas=[ideas[1]], sort="same")
