"""The server's time: the only one that counts. Tests replace `now` through `frozen`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

#: Deadlines such as "31 December" are days where the room is.
ZONE = ZoneInfo("Europe/Copenhagen")

_frozen: datetime | None = None


def now() -> datetime:
    """Returns the present moment, aware, in UTC."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """Returns the present day in the room (Danish time)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Returns the day in the room on which a moment falls: until 1 or 2 o'clock at night it is still yesterday in UTC."""
    return utc(moment).astimezone(ZONE).date()


def moment_of(day: date, time: str) -> datetime:
    """Returns the moment of a day and a time of day ("09:00") in the room. A time that the clocks leave out in spring is
    an hour later; of one that comes twice in autumn it is the first. The first moment there is stands for those before it."""
    try:
        return datetime.combine(day, time_of_day.fromisoformat(time), ZONE).astimezone(UTC)
    except OverflowError:  # the first night of year 1 is still year 0 in UTC
        return datetime.min.replace(tzinfo=UTC)


def stamp(moment: datetime | None) -> str | None:
    """Returns a moment as it travels: UTC ISO 8601 with milliseconds and Z; None stays None."""
    if moment is None:
        return None
    # `strftime` writes years before 1000 with fewer than four digits, which browsers do not read.
    return utc(moment).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def utc(moment: datetime) -> datetime:
    """SQLite forgets time zones: what comes back naive was written as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` inside the block (tests, the demo)."""
    global _frozen
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before
