"""Moving one row changes one row, however long the list, and the order is as it was asked for."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.commands.voting import Room
from tests.counting import own_ideas, stamped, statements
from workshop import screens
from workshop.extensions import db
from workshop.models import Agreement, Goal, Idea, Step, Theme
from workshop.store import writing

MODELS = {"idea": Idea, "theme": Theme, "step": Step, "goal": Goal, "agreement": Agreement}
MOVES = {
    "idea": ("move_idea", "idea"),
    "theme": ("move_theme", "theme"),
    "step": ("move_step", "step"),
    "goal": ("move_text", "on"),
    "agreement": ("move_text", "on"),
}


def many(room: Room, kind: str, number: int) -> list[str]:
    """That many rows of a kind, in their order."""
    if kind == "idea":
        return own_ideas(room, number)
    if kind == "theme":
        return [room.do(room.chair, "create_theme", title=f"Tema {n}")["theme"] for n in range(number)]
    if kind == "step":
        made = [room.do(room.chair, "add_step", kind="ideas", title=f"Trin {n}")["step"] for n in range(number)]
        return order(room, kind)[: -len(made)] + made
    return [room.text(MODELS[kind], position=n) for n in range(number)]


def order(room: Room, kind: str) -> list[str]:
    """The rows of a kind as every screen puts them."""
    db.session.rollback()
    put = [record for record in screens.changes(room.id, 0, screens.ROOM)["put"] if record["kind"] == kind]
    return [record["id"] for record in sorted(put, key=lambda record: (record["position"], int(record["id"].split(":")[1])))]


def move(room: Room, kind: str, row: str, before: str | None) -> None:
    name, field = MOVES[kind]
    room.do(room.chair, name, **{field: row}, **({"before": before} if before else {}))


@pytest.mark.parametrize("kind", MOVES)
def test_one_move_stamps_and_sends_one_record(app: Any, kind: str):
    room = Room({"citizens": 1})
    rows = many(room, kind, 8)
    for row, before in ((rows[-1], rows[0]), (rows[0], rows[5]), (rows[3], None), (rows[-2], rows[1])):
        expected = [one for one in order(room, kind) if one != row]
        expected.insert(expected.index(before) if before else len(expected), row)
        since = room.clock()
        move(room, kind, row, before)
        assert order(room, kind) == expected
        assert stamped(room, since, *MODELS.values()) == [row]
        assert [record["id"] for record in screens.changes(room.id, since, screens.ROOM)["put"]] == [row]


@pytest.mark.parametrize("kind", ["theme", "step", "goal", "agreement"])
def test_a_row_that_stands_there_already_is_left_alone(app: Any, kind: str):
    room = Room({"citizens": 1})
    rows = many(room, kind, 3)
    since = room.clock()
    move(room, kind, rows[0], rows[1])
    move(room, kind, rows[-1], None)
    assert stamped(room, since, MODELS[kind]) == []


def cost_of_a_move(ideas: int) -> tuple[int, int]:
    """Statements and bytes of one idea laid first."""
    room = Room({"citizens": 1})
    rows = own_ideas(room, ideas)
    since = room.clock()
    with statements() as sent:
        move(room, "idea", rows[-1], rows[0])
    return len(sent), len(screens.changes(room.id, since, screens.ROOM)["put"])


def test_a_move_among_two_hundred_ideas_costs_what_one_among_ten_does(app: Any):
    assert cost_of_a_move(200) == cost_of_a_move(10)


def test_adding_and_removing_a_step_stamps_no_other(app: Any):
    room = Room({"citizens": 1})
    rows = many(room, "step", 3)
    since = room.clock()
    made = room.do(room.chair, "add_step", kind="ideas", before=rows[1])["step"]
    assert stamped(room, since, Step) == [made]
    assert order(room, "step") == [rows[0], made, *rows[1:]]
    since = room.clock()
    room.do(room.chair, "remove_step", step=rows[1])
    assert stamped(room, since, Step) == []
    assert order(room, "step") == [rows[0], made, *rows[2:]]
    room.do(room.chair, "undo", seq=room.clock())
    assert order(room, "step") == [rows[0], made, *rows[1:]]


def test_moves_to_the_very_same_spot_number_the_list_anew_once_in_fifty(app: Any):
    room = Room({"citizens": 1})
    rows = own_ideas(room, 70)
    stamps = []
    for row in rows[2:]:
        since = room.clock()
        move(room, "idea", row, rows[1])
        stamps.append(len(stamped(room, since, Idea)))
    assert order(room, "idea") == [rows[0], *rows[2:], rows[1]]
    assert [number for number in stamps if number != 1] == [stamps[53]] and stamps[53] > 50


def test_ideas_at_one_place_are_told_apart(app: Any):
    """An undone move may lay two rows on one place: then their number decides, until one is laid between them."""
    room = Room({"citizens": 1})
    rows = own_ideas(room, 4)
    with writing(room.id) as write:
        for row in rows[:2]:
            found = db.session.get_one(Idea, int(row.split(":")[1]))
            found.position = 0
            write.touch(found)
    move(room, "idea", rows[3], rows[1])
    assert order(room, "idea") == [rows[0], rows[3], rows[1], rows[2]]


def test_random_moves_end_in_the_order_asked_for(app: Any):
    dice = random.Random(7)
    room = Room({"citizens": 1})
    expected = many(room, "theme", 7)
    for _ in range(60):
        row = dice.choice(expected)
        before = dice.choice([None, *(one for one in expected if one != row)])
        move(room, "theme", row, before)
        expected.remove(row)
        expected.insert(expected.index(before) if before else len(expected), row)
    assert order(room, "theme") == expected
