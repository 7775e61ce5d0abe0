"""The public record: its address, and what is kept of when it was put out and taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.commands.voting import Room
from workshop import clock
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Workshop


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 1})


def workshop(room: Room) -> Workshop:
    db.session.rollback()
    return db.session.get_one(Workshop, room.id)


def publish(room: Room, published: bool, moment: datetime, reason: str = "") -> tuple[datetime | None, datetime | None, str]:
    """When the record was put out and when it was taken back, and why, after the organiser's command at this moment."""
    organiser = Actor(ORGANISER, room.id, organiser_id=workshop(room).organiser_id)
    with clock.frozen(moment):
        perform(organiser, "publish_record", {"published": published, "reason": reason})
    row = workshop(room)
    out, back = row.record_published_at, row.record_withdrawn_at
    return out and clock.utc(out), back and clock.utc(back), row.record_withdrawn_reason


def test_a_record_has_one_address_that_nobody_guesses(room: Room):
    moment, hour = clock.now(), timedelta(hours=1)
    assert publish(room, False, moment, "Intet at tage ind") == (None, None, "")
    assert workshop(room).record_slug is None
    assert publish(room, True, moment) == (moment, None, "")
    slug = workshop(room).record_slug
    assert slug is not None and len(slug) == 24, "144 bits of chance"
    assert publish(room, True, moment + hour) == (moment, None, ""), "it was out already"
    assert publish(room, False, moment + hour, "En fejl") == (None, moment + hour, "En fejl")
    assert publish(room, False, moment + 2 * hour, "Igen") == (None, moment + hour, "En fejl"), "it was in already"
    assert publish(room, True, moment + 3 * hour) == (moment + 3 * hour, None, "")
    assert workshop(room).record_slug == slug


def test_whoever_shows_the_record_is_told(room: Room):
    since = room.clock()
    publish(room, True, clock.now())
    assert workshop(room).seq == room.clock() > since
