"""Actions, and what stands in the way of undoing them, for the tests."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.commands.voting import Room
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Step, Workshop
from workshop.rules.refusal import Refused


def organiser(room: Room) -> Actor:
    return Actor("organiser", room.id, organiser_id=workshop(room).organiser_id)


def workshop(room: Room) -> Workshop:
    db.session.rollback()
    return db.session.get_one(Workshop, room.id)


def done(room: Room, name: str, /, **args: Any) -> int:
    """The number of a facilitator's action."""
    return int(perform(room.chair, name, args)["seq"])


def undo(room: Room, seq: int) -> None:
    perform(room.chair, "undo", {"seq": seq})


def moved(room: Room, seq: int) -> list[dict[str, Any]]:
    """What stands in the way of an undo; nothing has changed then."""
    before = room.clock()
    with pytest.raises(Refused) as refusal:
        undo(room, seq)
    error = refusal.value.as_error()
    assert (error["code"], error["field"], room.clock()) == ("conflict", "seq", before)
    return list(error["moved"])


def step(room: Room, kind: str) -> Step:
    db.session.rollback()
    return db.session.scalars(select(Step).where(Step.workshop_id == room.id, Step.step_kind == kind)).first()
