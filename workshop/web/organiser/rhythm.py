"""The organiser's table of who reported when: a row for each party or owner, a column for each reporting day (the rhythm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workshop.rules.rhythm import reported_on


@dataclass(frozen=True)
class Cell:
    """One reporting day of one party: `state` selects the text, `n` is the number of days in it."""

    state: str
    n: int = 0


def table(seen: dict[str, Any], today: date) -> list[tuple[str, list[Cell]]]:
    """Returns each owner and party of the items with one cell for each reporting day."""
    days = [date.fromisoformat(one) for one in seen["dates"]]
    reports: dict[str, list[date]] = {}
    for item in seen["items"]:
        for line in item["lines"]:
            told = [date.fromisoformat(one["date"]) for one in line["reports"]]
            reports.setdefault(line["party"], []).extend(told)
        for report in item["reports"]:
            reports.setdefault(report["party"], []).append(date.fromisoformat(report["date"]))
    return [(party, _cells(days, found, today)) for party, found in reports.items()]


def _cells(days: Sequence[date], reports: Sequence[date], today: date) -> list[Cell]:
    reached = reported_on(days, reports, today)
    cells = [_reached(day, told) for day, told in zip(days, reached, strict=False)]
    ahead = days[len(reached) :]
    return cells + [Cell("next", (day - today).days) if not place else Cell("later") for place, day in enumerate(ahead)]


def _reached(day: date, told: date | None) -> Cell:
    if told is None:
        return Cell("nothing")
    return Cell("after", (told - day).days) if told > day else Cell("in_time")
