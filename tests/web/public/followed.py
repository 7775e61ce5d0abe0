"""What is told to those who follow a record from outside, as another program reads it."""

from __future__ import annotations

import feedparser

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.conftest import Browser
from workshop.export.document import Outcome
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Workshop


def published(room: PromiseRoom) -> str:
    room.do(room.organiser, "publish_record", published=True)
    return f"/record/{db.session.get_one(Workshop, room.id).record_slug}"


def outcome_of(room: PromiseRoom) -> Outcome:
    return outcome(db.session.get_one(Workshop, room.id), "da", public=True)


def events(stranger: Browser, address: str) -> dict[str, object]:
    """The events of a calendar by the first part of their ids, read by a program that is none of ours."""
    # Not at the top: it reads every time zone there is, in every worker that collects the tests.
    from ical.calendar_stream import IcsCalendarStream

    answer = stranger.client.get(address)
    assert answer.status_code == 200 and answer.content_type == "text/calendar; charset=utf-8"
    calendar = IcsCalendarStream.calendar_from_ics(answer.get_data(as_text=True))
    return {str(event.uid).partition("@")[0]: event for event in calendar.events}


def told(stranger: Browser, address: str) -> list[dict]:
    answer = stranger.client.get(address)
    found = feedparser.parse(answer.data)
    assert answer.status_code == 200 and not found.bozo, found.get("bozo_exception")
    return found.entries
