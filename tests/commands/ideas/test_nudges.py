"""A nudge on the board: an invitation that the next thing shown takes away; no small group is named (docs/rules.md, 10)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop.extensions import db
from workshop.models import Group
from workshop.rules.nudges import KEYS


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 2})


def board(room: Room) -> str:
    return str(room.record(f"board:{room.id}")["shows"])


def group(room: Room, key: str) -> str:
    row = db.session.scalar(select(Group).where(Group.workshop_id == room.id, Group.key == key))
    assert row is not None
    return row.record_id


@pytest.mark.parametrize("key", KEYS)
def test_each_nudge_can_be_put_on_the_board(room, key):
    room.do(room.chair, "show_on_board", shows=f"nudge:{key}")
    assert board(room) == f"nudge:{key}"


def test_the_next_thing_shown_takes_it_away(room):
    room.do(room.chair, "show_on_board", shows="nudge:build")
    step = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "start_step", step=step)
    assert board(room) == "step"


def test_it_can_be_undone(room):
    room.do(room.chair, "show_on_board", shows="nudge:sides")
    room.do(room.chair, "undo", seq=room.clock())
    assert board(room) == "lobby"


def test_a_group_that_is_large_enough_may_be_turned_to(room):
    shows = f"nudge:sides:{group(room, 'citizens')}"
    room.do(room.chair, "show_on_board", shows=shows)
    assert board(room) == shows


def test_a_group_under_the_privacy_minimum_is_never_named(room):
    with refused("not_allowed", "shows", limit=5):
        room.do(room.chair, "show_on_board", shows=f"nudge:sides:{group(room, 'politicians')}")
    assert board(room) == "lobby"


def test_another_workshops_group_is_not_found(room):
    other = Room({"citizens": 6})
    with refused("not_found", "shows"):
        room.do(room.chair, "show_on_board", shows=f"nudge:sides:{group(other, 'citizens')}")


WRONG = ["nudge:shame", "nudge:", "nudge:sides:citizens", "nudge:build:group:1", "nudge:sides:group:²"]


@pytest.mark.parametrize("shows", WRONG)
def test_anything_else_is_malformed(room, shows):
    with refused("malformed", "shows"):
        room.do(room.chair, "show_on_board", shows=shows)


def test_a_person_puts_nothing_on_the_board(room):
    with refused("not_allowed"):
        room.do(room.everybody[0], "show_on_board", shows="nudge:build")
