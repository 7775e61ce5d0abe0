"""Dates as people write them: read to a calendar date, or not a date at all (docs/rules.md section 2)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("januar", "january", "jan"),
    ("februar", "february", "feb"),
    ("marts", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTH_NUMBER: dict[str, int] = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_MONTH = "(?P<month_name>" + "|".join(sorted(MONTH_NUMBER, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>\d{4})"
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-])", re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?{_MONTH},?\s*{_YEAR}",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:\s*[-/–]\s*|\s+){_YEAR}",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?P<day>\d{{1,2}})-(?P<month>\d{{1,2}})-{_YEAR}",
        rf"Q(?P<quarter>[1-4])[ -]?{_YEAR}",
        rf"(?P<quarter>[1-4])\.\s?kvartal\s+{_YEAR}",
    )
)
_BEFORE_A_DATE = re.compile(r"^(?:den|d\.|the)\s+", re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """The date that `text` is, or None when it is not one ("inden sommer", "31. februar 2027", "2027").

    Reads ISO, "31. december 2027", "31 December 2027", "December 31, 2027", "31/12-2027", "31.12.2027",
    "31-12-2027"; a quarter ("Q3 2027", "3. kvartal 2027") is its last day. Day before month, as in
    Denmark. Years have four digits.
    """
    bare = _BEFORE_A_DATE.sub("", text.strip()).rstrip(".")
    for form in _FORMS:
        found = form.fullmatch(bare)
        if found:
            return _as_date(found)
    return None


def find_date(text: str) -> date | None:
    """The first date that stands somewhere in `text` ("ukendt, måles inden 1. maj 2027"), or None."""
    hits = [found for form in _FORMS for found in form.finditer(text)]
    for found in sorted(hits, key=re.Match.start):
        day = _as_date(found)
        if day is not None:
            return day
    return None


def last_day_of_quarter(year: int, quarter: int) -> date:
    """The last day of quarter 1..4 of a year: Q3 2027 is 30 September 2027."""
    month = 3 * quarter
    return date(year, month, monthrange(year, month)[1])


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February where the year has none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _as_date(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    year = int(parts["year"])
    if year == 0:
        return None
    if parts.get("quarter"):
        return last_day_of_quarter(year, int(parts["quarter"]))
    name = parts.get("month_name")
    month = MONTH_NUMBER[name.lower()] if name else int(parts["month"])
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None
