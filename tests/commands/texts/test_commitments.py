"""Commitments by name: made, replaced and taken back by the person who stands behind them."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import screens


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


@pytest.fixture
def goal(room: Room) -> str:
    return room.text()


def commitments(room: Room) -> list[tuple[str, str]]:
    """The standing and the words of each commitment in the room."""
    put = screens.changes(room.id, 0, "room")["put"]
    return [(record["standing"], record["words"]) for record in put if record["kind"] == "commitment"]


def test_saying_it_again_replaces_what_was_said(room: Room, goal: str):
    person = room.everybody[0]
    first = room.do(person, "make_commitment", on=goal, standing="behind", words="Jeg laver mad")
    second = room.do(person, "make_commitment", on=goal, standing="abstains")
    assert first == second
    assert commitments(room) == [("abstains", "")]


def test_a_person_takes_back_the_own_commitment_and_no_other(room: Room, goal: str):
    one, other = room.everybody
    mine = room.do(one, "make_commitment", on=goal, standing="behind", words="Jeg laver mad")["commitment"]
    room.do(other, "make_commitment", on=goal, standing="not_behind", words="For dyrt")
    before = room.clock()
    room.do(one, "withdraw_commitment", on=goal)
    assert commitments(room) == [("not_behind", "For dyrt")]
    assert screens.changes(room.id, before, "room")["gone"] == [mine]


def test_a_commitment_to_another_text_stays(room: Room, goal: str):
    person, another = room.everybody[0], room.text()
    for text in (goal, another):
        room.do(person, "make_commitment", on=text, standing="behind", words=text)
    room.do(person, "withdraw_commitment", on=goal)
    assert commitments(room) == [("behind", another)]


def test_taking_back_what_was_never_said_changes_nothing(room: Room, goal: str):
    one, other = room.everybody
    room.do(other, "make_commitment", on=goal, standing="behind")
    room.do(one, "withdraw_commitment", on=goal)
    assert commitments(room) == [("behind", "")]


def test_the_chair_takes_no_commitment_back(room: Room, goal: str):
    room.do(room.everybody[0], "make_commitment", on=goal, standing="behind")
    with refused("not_allowed"):
        room.do(room.chair, "withdraw_commitment", on=goal)
    assert commitments(room) == [("behind", "")]
