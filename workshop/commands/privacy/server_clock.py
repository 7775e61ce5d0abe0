"""Checks that the server's clock is plausible before something is deleted because of it.

A machine with an empty battery, or with a mistyped date, may start years ahead. Every check stores when the clock was last
plausible. A check implausibly long after that distrusts the clock until it is set right or a person confirms the date.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from workshop.clock import now
from workshop.door import marks
from workshop.extensions import db
from workshop.models import JournalEntry
from workshop.store import writing_outside

#: a server that shows no sign of life for longer than this was switched off, or its clock has leapt
LEAP = timedelta(days=30)
_MARK = "clock"


def leapt_from(moment: datetime) -> datetime | None:
    """Returns the last sign of life if `moment` is implausibly long after it, else None.

    That is the last moment at which the clock was plausible; before there is one, the newest entry of any journal.
    """
    sign = marks.get(_MARK) or db.session.scalar(select(func.max(JournalEntry.at)))
    return sign if sign is not None and moment - sign > LEAP else None


def believe(moment: datetime | None = None) -> None:
    """Stores that the clock is plausible: at each check, and when a person confirms the date."""
    with writing_outside():
        marks.put(_MARK, moment or now())
