"""The dates of the follow-up as a calendar to subscribe to: all-day events with stable ids and sequence numbers, so that a
calendar program moves an event whose date changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import workshop as program
from workshop.export.plain import clean
from workshop.export.promises.dates import BEGINNING, Dated

if TYPE_CHECKING:
    from icalendar import Calendar, Event

EVERY = timedelta(hours=6)
"""How often a calendar program should read the calendar again."""


@dataclass(frozen=True)
class Entries:
    """The dates of one workshop: `key` is that of its outcome, `label` is added to each heading, `address` is its page."""

    key: str
    dates: Iterable[Dated]
    label: str = ""
    address: str = ""


def calendar(name: str, language: str, found: Iterable[Entries]) -> bytes:
    """Returns a calendar of one workshop or of several."""
    written = _empty(name, language)
    for entries in found:
        for one in entries.dates:
            written.add_component(_event(one, entries))
    return bytes(written.to_ical())


def withdrawn(name: str, language: str, key: str, heading: str, about: str, at: datetime, day: date) -> bytes:
    """Returns the calendar of a withdrawn record, with one event that says so."""
    only = Dated("withdrawn", day, heading, about, at)
    written = _empty(name, language)
    written.add("x-wr-caldesc", clean(f"{heading}. {about}"))
    written.add_component(_event(only, Entries(key, (only,))))
    return bytes(written.to_ical())


def _empty(name: str, language: str) -> Calendar:
    # Loaded here because it takes long to load, and a server that starts writes no calendar.
    from icalendar import Calendar

    written = Calendar()
    written.add("prodid", f"-//Rundbord//{program.__version__}//{language.upper()}")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", clean(name))
    written.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", "PT6H")
    return written


def _event(one: Dated, entries: Entries) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one.key}@{entries.key}.rundbord")
    # An unchanged event is written with exactly the same content, so that calendar programs do not report a change.
    event.add("dtstamp", one.changed)
    event.add("last-modified", one.changed)
    event.add("sequence", sequence(one))
    event.add("dtstart", one.day)
    if one.day < date.max:
        event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", clean(f"{one.heading}{entries.label}"))
    if one.about:
        event.add("description", clean(one.about))
    if entries.address:
        event.add("url", entries.address)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def sequence(one: Dated) -> int:
    """Returns a number that grows with each change that could move the date: seconds since 2020."""
    return int((one.changed - BEGINNING).total_seconds())
