"""The days on which owners are asked to report, proposed at closing and set by the organiser (docs/rules.md section 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workshop.rules.dates import months_after

PROPOSED_MONTHS: tuple[int, ...] = (3, 9, 15, 21)
"""Months after closing at which reports are proposed: twice a year for two years, the first soon."""


def proposed_days(closed: date) -> list[date]:
    """Returns the days that are proposed for reports when a workshop closes."""
    return [months_after(closed, months) for months in PROPOSED_MONTHS]


def reported_on(days: Sequence[date], reports: Sequence[date], today: date) -> list[date | None]:
    """Returns, for each day of the rhythm up to today, the day of the first report that belongs to it, or None. A report
    belongs to the nearest day, and to the earlier of two that are equally near. `days` are in order."""
    belongs: dict[date, date] = {}
    for told in sorted(reports, reverse=True):
        belongs[min(days, key=lambda day: abs(day - told))] = told
    return [belongs.get(day) for day in days if day <= today]
