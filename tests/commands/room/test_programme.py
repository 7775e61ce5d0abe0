"""Steps of the programme in their order."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import screens


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


@pytest.fixture
def steps(room: Room) -> list[str]:
    """Three steps, titled A, B and C."""
    return [room.do(room.chair, "add_step", kind="ideas", title=title)["step"] for title in "ABC"]


def order(room: Room) -> str:
    """The titles of the steps in the order the room sees."""
    put = screens.changes(room.id, 0, "room")["put"]
    rows = [record for record in put if record["kind"] == "step"]
    return "".join(row["title"] for row in sorted(rows, key=lambda row: row["position"]))


def test_a_step_is_put_before_another_or_last(room: Room, steps: list[str]):
    a, _b, c = steps
    room.do(room.chair, "move_step", step=c, before=a)
    assert order(room) == "CAB"
    room.do(room.chair, "move_step", step=a)
    assert order(room) == "CBA"
    room.do(room.chair, "move_step", step=c, before=a)
    assert order(room) == "BCA"


def test_only_the_step_that_moves_is_sent_again(room: Room, steps: list[str]):
    before = room.clock()
    room.do(room.chair, "move_step", step=steps[2], before=steps[0])
    assert [record["id"] for record in screens.changes(room.id, before, "room")["put"]] == [steps[2]]


def test_a_step_is_not_put_before_itself(room: Room, steps: list[str]):
    before = room.clock()
    with refused("conflict", "before"):
        room.do(room.chair, "move_step", step=steps[1], before=steps[1])
    assert (order(room), room.clock()) == ("ABC", before)


def test_a_step_is_not_put_before_one_of_another_workshop(room: Room, steps: list[str]):
    foreign = Room({"citizens": 1})
    theirs = foreign.do(foreign.chair, "add_step", kind="ideas")["step"]
    with refused("not_found", "before"):
        room.do(room.chair, "move_step", step=steps[0], before=theirs)
    with refused("not_found", "step"):
        room.do(room.chair, "move_step", step=theirs, before=steps[0])
    assert order(room) == "ABC"
