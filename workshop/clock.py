"""The server's time. Every moment that is stored or compared comes from here; tests hold it by `frozen`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

#: the time zone of the room: deadlines such as "31 December" are days in it
ZONE = ZoneInfo("Europe/Copenhagen")

_frozen: datetime | None = None


def now() -> datetime:
    """Returns the present moment, in UTC and with its time zone."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """Returns the present day in the room (Danish time)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Returns the day on which a moment falls in the room. It differs from the day in UTC in the first one or two hours of
    each day."""
    return utc(moment).astimezone(ZONE).date()


def last_day_before(end: datetime) -> date:
    """Returns the last day of what ends at `end`: a day that is open to its end is stored as the midnight after it."""
    return day_of(end - timedelta(seconds=1))


def moment_of(day: date, time: str) -> datetime:
    """Returns the moment, in UTC, of a day and a time of day ("09:00") in the room. A time that is skipped in spring gives
    the moment an hour later; a time that comes twice in autumn gives the first. What would lie before year 1 in UTC gives
    the first moment of year 1."""
    try:
        return datetime.combine(day, time_of_day.fromisoformat(time), ZONE).astimezone(UTC)
    except OverflowError:  # the first night of year 1 is still year 0 in UTC
        return datetime.min.replace(tzinfo=UTC)


def stamp(moment: datetime | None) -> str | None:
    """Returns a moment as messages and files have it: UTC, ISO 8601 with milliseconds and Z; None for None."""
    if moment is None:
        return None
    # `strftime` writes years before 1000 with fewer than four digits, which browsers do not read.
    return utc(moment).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def utc(moment: datetime) -> datetime:
    """Returns a moment in UTC. SQLite stores no time zone, so a moment without one was written as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Holds the clock at `moment` inside the block (tests, the demo)."""
    global _frozen
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before
