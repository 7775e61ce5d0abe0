"""What the facilitator is told before a vote opens (docs/rules.md sections 2 and 7)."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from tests.commands.voting import Room
from workshop import clock
from workshop.extensions import db
from workshop.live.connections import Connections
from workshop.live.presence import Presence
from workshop.models import Participant
from workshop.store import writing_outside

SMALL = {"code": "W01", "severity": "W", "field": "groups", "about": "politicians"}
FALLING = {"code": "W02", "severity": "W", "field": "groups", "about": "citizens"}


def hall() -> Room:
    groups = [{"key": "citizens", "required": False}, {"key": "politicians", "required": True}]
    return Room({"citizens": 8, "politicians": 3}, groups=groups)


def fall_away(room: Room, group: str, number: int) -> None:
    """So many of a group have not been seen for more than half an hour."""
    away = [person.participant_id for person in room.people[group][:number]]
    with writing_outside():
        left = clock.now() - timedelta(minutes=31)
        db.session.execute(update(Participant).where(Participant.id.in_(away)).values(last_seen_at=left))


def checks(room: Room, vote: str) -> list[dict[str, str]]:
    return room.do(room.chair, "preview_vote", **{"for": vote})["checks"]


def test_a_required_group_that_is_too_small_warns_before_either_vote(app: Flask):
    room = hall()
    assert [checks(room, vote) for vote in ("ballot", "decision")] == [[SMALL], [SMALL]]


def test_a_group_of_which_fewer_than_half_are_left_warns_too(app: Flask):
    room = hall()
    fall_away(room, "citizens", 4)
    assert checks(room, "ballot") == [SMALL]
    fall_away(room, "citizens", 5)
    assert checks(room, "ballot") == [SMALL, FALLING]


def test_they_warn_and_block_nothing(app: Flask):
    room = hall()
    fall_away(room, "citizens", 5)
    assert room.ballot(room.ideas(1))


def test_the_console_hears_of_them_and_the_room_does_not(app: Flask):
    room = hall()
    presence = Presence(Connections())
    assert presence.counts(room.id, set(), 0, "facilitator")["voice"]["checks"] == [SMALL]
    assert "W01" not in str(presence.counts(room.id, set(), 0, "room"))
