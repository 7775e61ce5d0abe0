"""The receiver's answer to an item, and the clock it is awaited by (docs/rules.md section 11).

No state is stored: it follows from the handover, the postponements, the answers and the false alarms, and from the day it
is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workshop.rules.dates import days_after

NEEDS_DATE: frozenset[str] = frozenset({"later"})
NEEDS_BODY: frozenset[str] = frozenset({"not_ours"})
NO_ANSWER_YET = "needs_clarification"
"""A question back: the clock goes on."""
PASSED_TO_ANOTHER = "not_ours"

OVERDUE: frozenset[str] = frozenset({"no_answer", "long_without"})
LONG = timedelta(days=90)
"""How long after its last day a missing answer becomes `long_without`."""


@dataclass(frozen=True)
class Clock:
    """The days that decide whether the answer to an item is late: the day of the handover, the day the answer is due, the
    days it was postponed to, in order, and the days on which the organiser cleared a false alarm. `overdue_possible` is
    false for an intention, which is never late."""

    handed_over: date
    due: date
    postponed_to: Sequence[date] = ()
    corrected_on: Sequence[date] = ()
    overdue_possible: bool = True

    @property
    def last_day(self) -> date:
        """Returns the day the answer is due: the last postponement, else `due`."""
        return self.postponed_to[-1] if self.postponed_to else self.due


def answer_state(clock: Clock | None, newest: str | None, today: date) -> str:
    """Returns `not_handed_over`, `awaited`, `postponed`, `no_answer`, `long_without` or `answered`. `clock` is None before the
    handover; `newest` is the newest published answer, if any.

    An answer that passes the item on counts until the other body has a clock of its own. From then on the caller gives the
    clock and the answers of that body.
    """
    if newest is not None and newest != NO_ANSWER_YET:
        return "answered"
    if clock is None:
        return "not_handed_over"
    if not clock.overdue_possible or today <= clock.last_day or any(day > clock.last_day for day in clock.corrected_on):
        return "postponed" if clock.postponed_to else "awaited"
    return "long_without" if today - clock.last_day > LONG else "no_answer"


def due_for_another(handed_over: date, due: date, passed_on: date) -> date:
    """Returns the day another body must answer by: it has as many days as the first receiver had."""
    return days_after(passed_on, max((due - handed_over).days, 0))
