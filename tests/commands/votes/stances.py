"""Stances of whole groups, and what came of a decision, for the tests."""

from __future__ import annotations

from tests.commands.voting import Room
from workshop.extensions import db
from workshop.models import Goal


def everybody_takes(room: Room, decision: str, **stances: str) -> None:
    """All of each group named take a stance."""
    for group, stance in stances.items():
        for person in room.people[group]:
            room.stance(person, decision, stance, "Fordi" if stance == "reservation" else None)


def closed(room: Room, decision: str) -> dict:
    room.do(room.chair, "close_decision", decision=decision)
    return room.record(decision)["result"]


def state_of(goal: str) -> str:
    db.session.rollback()
    return db.session.get_one(Goal, int(goal.split(":")[1])).state
