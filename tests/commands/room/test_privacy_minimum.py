"""The privacy minimum can only be raised once anything has been written or voted (docs/rules.md section 7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop.extensions import db
from workshop.models import Idea

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6}, ground_rules="Vi lytter")


def change(room: Room, minimum: int) -> None:
    room.do(room.chair, "edit_workshop", privacy_minimum=minimum)


def minimum(room: Room) -> int:
    return int(room.record(f"workshop:{room.id}")["privacy_minimum"])


def test_before_anything_is_said_it_goes_both_ways_but_never_below_three(room):
    room.ballot([room.text()])
    change(room, 8)
    change(room, 3)
    assert minimum(room) == 3
    with refused("malformed", "privacy_minimum", whole=True, why="greater_than_equal"):
        change(room, 2)


def vote(room: Room) -> None:
    goal = room.text()
    room.cast(room.everybody[0], room.ballot([goal]), choices={goal: 1})


def take_stance(room: Room) -> None:
    room.stance(room.everybody[0], room.decision(room.text()), "for")


def consent(room: Room) -> None:
    room.do(room.chair, "open_consent", on=f"workshop:{room.id}")
    room.do(room.everybody[0], "consent", on=f"workshop:{room.id}")


def brought_along(room: Room) -> str:
    """An idea that nobody of the room has written."""
    room.do(room.chair, "import_ideas", rows=[{"text": "En bænk"}], source="Borgermødet")
    (idea,) = db.session.scalars(select(Idea).where(Idea.workshop_id == room.id))
    return idea.record_id


def object_to(room: Room) -> None:
    room.do(room.chair, "open_consent", on=f"workshop:{room.id}")
    room.do(room.everybody[0], "object", on=f"workshop:{room.id}", reason="For kort")


SAID: dict[str, Callable[[Room], object]] = {
    "an idea": lambda room: room.ideas(1),
    "a comment": lambda room: room.do(room.everybody[0], "post_comment", on=room.text(), text="En tanke", sort="question"),
    "an amendment": lambda room: room.do(
        room.everybody[0], "propose_amendment", on=room.text(), field="title", new="12 procent"
    ),
    "a commitment": lambda room: room.do(room.everybody[0], "make_commitment", on=room.text(), standing="behind"),
    "a vote": vote,
    "a stance": take_stance,
    "consent": consent,
    "an objection": object_to,
    "a support": lambda room: room.do(room.everybody[0], "support_idea", idea=brought_along(room), support=True),
}


@pytest.mark.parametrize("what", SAID)
def test_once_anything_is_written_or_voted_it_can_only_be_raised(room, what):
    SAID[what](room)
    with refused("closed", "privacy_minimum", lowest=5):
        change(room, 4)
    assert minimum(room) == 5
    change(room, 5)
    change(room, 6)
    with refused("closed", "privacy_minimum", lowest=6):
        change(room, 5)
    assert minimum(room) == 6


@pytest.mark.parametrize("what", SAID)
def test_an_idea_that_was_brought_along_does_not_count_nor_what_is_said_in_another_workshop(room, what):
    brought_along(room)
    SAID[what](Room({"citizens": 2, "politicians": 2}, ground_rules="Vi lytter"))
    change(room, 4)
    assert minimum(room) == 4


def test_a_private_idea_and_one_taken_back_count_as_well(room):
    [idea] = room.ideas(1)
    room.do(room.everybody[0], "withdraw_idea", idea=idea)
    with refused("closed", "privacy_minimum", lowest=5):
        change(room, 3)


def test_nothing_else_is_changed_by_a_refused_edit(room):
    room.ideas(1)
    with refused("closed", "privacy_minimum", lowest=5):
        room.do(room.chair, "edit_workshop", privacy_minimum=3, title="Noget andet")
    assert room.record(f"workshop:{room.id}")["title"] == "Skolemad"


def test_undo_does_not_lower_it_either(room):
    room.ideas(1)
    change(room, 9)
    with refused("closed", "privacy_minimum", lowest=9):
        room.do(room.chair, "undo", seq=room.clock())
    assert minimum(room) == 9


def test_undo_takes_back_what_was_raised_before_anything_was_said(room):
    change(room, 9)
    room.do(room.chair, "undo", seq=room.clock())
    assert minimum(room) == 5
