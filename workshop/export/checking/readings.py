"""Figures and days in a text. One that is written plainly is read again here and compared with the program's reading. One that
is written in words ("ti procent flere", "inden sommer") is taken as the program read it; the number of these is reported."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from workshop.export.checking.core import Json, Report

#: a figure with at most one separator, and the text after it
_PLAIN = re.compile(r"(-?\d+)(?:([.,])(\d+))?\s*(.*)", re.DOTALL)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def plain_figure(text: str, unit: str, danish: bool) -> Fraction | None:
    """Returns a figure that can be read in one way only, alone or followed by the goal's unit; None for any other text. A
    number that could be a year or a day, a minus that could mean "less", and a separator that could group thousands or begin
    decimals are not read here."""
    found = _PLAIN.fullmatch(text.strip())
    if found is None:
        return None
    whole, sign, after, behind = found.groups()
    if behind.strip().casefold() not in {"", "%", unit.strip().casefold()}:
        return None
    if whole.startswith("-") and (behind or unit.strip() == "%"):
        return None
    if sign is None:
        return None if re.fullmatch(r"(?:1[5-9]|2[01])\d\d", whole) else Fraction(whole)
    if len(after) == 3:
        groups = sign == ("." if danish else ",") and re.fullmatch(r"[1-9]\d{0,2}", whole)
        return Fraction(whole + after) if groups else None
    return None if len(after) < 3 and sign == "." and danish else Fraction(f"{whole}.{after}")


def plain_day(text: str) -> date | None:
    """Returns a day written as 2027-01-31; None for any other text."""
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def check_readings(rows: list[Json], versions: list[Json], shown: set[str], danish: bool, report: Report) -> None:
    """Compares what the program read in each version of an item with what is written plainly. `shown`: the ids of the items."""
    worded = {(one["subject"], one["version"]): one["content"] for one in versions}
    each = [key for key in worded if key[0] in shown]
    report.expect([(row["subject"], row["version"]) for row in rows] == each, "follow.readings")
    taken = 0
    for row in rows:
        content = worded.get((row["subject"], row["version"]))
        if content is None:
            report.note("fault", "follow.reading", id=row["subject"], version=row["version"])
            continue
        pairs = _pairs(row, content, danish)
        report.expect(all(map(_agrees, pairs)), "follow.reading", id=row["subject"], version=row["version"])
        taken += sum(plain is None and bool(text) and said is not None for text, plain, said in pairs)
    if taken:
        report.note("withheld", "follow.in_words", n=taken)


def _pairs(row: Json, content: Json, danish: bool) -> list[tuple[str, Any, Any]]:
    """Returns of each figure and day: the text, what is read here (None if it is not plain), and what the program read."""
    goal = row["subject"].startswith("goal:")
    days = [str(one or "") for one in days_of_lines(content, goal)]
    found: list[tuple[str, Any, Any]] = [
        (text, plain_day(text), _day(said)) for text, said in zip(days, row["by_when"], strict=True)
    ]
    if goal:
        unit, deadline = str(content.get("unit") or ""), str(content.get("deadline") or "")
        found.append((deadline, plain_day(deadline), _day(row["deadline"])))
        for name in ("baseline", "target"):
            text = str(content.get(name) or "")
            found.append((text, plain_figure(text, unit, danish), exact(row[name])))
    return found


def _agrees(pair: tuple[str, Any, Any]) -> bool:
    text, plain, said = pair
    return said is None if not text.strip() else plain is None or plain == said


def days_of_lines(content: Json, goal: bool) -> list[Any]:
    """Returns the day of each line as written: of a goal its first step, of an agreement each contribution."""
    if goal:
        return [content.get("first_step_due")] if str(content.get("first_step") or "").strip() else []
    return [one.get("by_when") for one in content.get("contributions") or []]


def exact(text: str | None) -> Fraction | None:
    """Returns a figure that the proof writes as "412/1"."""
    return None if text is None else Fraction(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def danish_day(at: str) -> date:
    """Returns the day in Denmark on which a moment falls. Danish time is two hours ahead of UTC from the last Sunday of March
    to that of October, at 1 o'clock UTC, and else one hour."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00")).replace(tzinfo=None)
    start, end = (_last_sunday(moment.year, month) for month in (3, 10))
    return (moment + timedelta(hours=2 if start <= moment < end else 1)).date()


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1)
    return last - timedelta(days=(last.weekday() + 1) % 7)
