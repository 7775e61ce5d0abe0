"""The days on which owners are asked to report (docs/rules.md section 11): proposed at closing, then the organiser's."""

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
    """Returns for each day of the rhythm that was reached the first of the reports that belong to it; None for none. A
    report belongs to the day it is nearest to, of two equally near to the earlier. `days` are in order."""
    belongs: dict[date, date] = {}
    for told in sorted(reports, reverse=True):
        belongs[min(days, key=lambda day: abs(day - told))] = told
    return [belongs.get(day) for day in days if day <= today]
