"""Whether a goal is reached: computed from numbers, never set by anybody (docs/rules.md section 11).

All figures are exact. The order of the reports and the owner's own word have no part in it: of all measured values the one
with the newest `value_date` counts, and of several from one day the one that was reported last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

from workshop.rules.checks.words import says_unknown
from workshop.rules.dates import as_day
from workshop.rules.numbers import is_percent, read_amount, says_percent, target_amount
from workshop.rules.refusal import Refused

UPWARD: frozenset[str] = frozenset({"at_least", "up"})
RELATIVE: frozenset[str] = frozenset({"up", "down"})
"""Directions by which a value can be compared with the baseline where the target is no figure."""
LONG_PAST = timedelta(days=90)
"""How long after its deadline a goal counts as over even if nobody has measured since."""
DECIMALS = 6
"""The most decimals of a value that is sent as text; computing uses the exact value."""

_FIGURE = re.compile(r"[-+−]?\s*\d[\d.,\s\u00a0\u202f]*(?:/\s*\d+)?")


@dataclass(frozen=True)
class Aim:
    """What a goal aims at: exact baseline and target where they are figures, the direction, and the deadline."""

    direction: str
    baseline: Fraction | None
    target: Fraction | None
    deadline: date | None


@dataclass(frozen=True)
class Measured:
    """One measured value, exact, and the day it was measured."""

    value: Fraction
    on: date


@dataclass(frozen=True)
class Reached:
    """`state`: `not_measured reached not_reached moving unmoved wrong_way measured`. `progress`: how much of the way from
    baseline to target is gone, in whole per cent rounded toward zero; None where that cannot be said."""

    state: str
    progress: int | None = None


def aim_of(goal: Mapping[str, Any], lang: str = "da") -> Aim:
    """Returns what a goal with these fields aims at. Of a target that is a range the nearer end counts. A factor ("halvere")
    becomes a figure where the baseline is one; a target that says how much more or less ("10 % flere") is no figure."""
    percent = _in_percent(goal)
    text = str(goal.get("baseline") or "")
    found = None if says_unknown(text) else read_amount(text, lang)
    baseline = None if found is None else (found.in_percent() if percent else found).high
    direction = str(goal.get("direction") or "")
    amount = target_amount(str(goal.get("target") or ""), baseline, percent=percent, lang=lang)
    target = None if amount is None or amount.change else (amount.low if direction in UPWARD else amount.high)
    return Aim(direction, baseline, target, as_day(goal.get("deadline")))


def _in_percent(goal: Mapping[str, Any]) -> bool:
    unit = str(goal.get("unit") or "")
    return is_percent(unit) if unit else says_percent(str(goal.get("target") or ""))


def read_value(text: str, goal: Mapping[str, Any], lang: str = "da") -> Fraction:
    """Returns the value in a text as people write it: "412", or "412 træer" where the goal counts trees.

    Raises `Refused("malformed", "value")` with the fact `unit` where there is no number, a range, or words other than the
    goal's unit: what was measured must not be guessed."""
    unit = str(goal.get("unit") or "").strip()
    amount = read_amount(text, lang)
    if amount is None or amount.low != amount.high:
        raise Refused("malformed", "value", unit=unit)
    if _in_percent(goal):
        amount = amount.in_percent()
    rest = " ".join(_FIGURE.sub(" ", text, count=1).split()).casefold().strip(".")
    if rest and rest not in _spellings(unit):
        raise Refused("malformed", "value", unit=unit)
    return amount.low


def _spellings(unit: str) -> set[str]:
    """Returns the ways to write a unit behind a figure."""
    plain = unit.casefold().strip(".")
    percent = {"%", "procent", "pct", "percent", "per cent"} if is_percent(unit) else set()
    return percent | {plain, plain.split(" ")[0]} - {""}


def newest(values: Iterable[Measured]) -> Measured | None:
    """Returns the value with the newest day; of several from one day the last in the order given. None for no values."""
    found: Measured | None = None
    for one in values:
        if found is None or one.on >= found.on:
            found = one
    return found


def reached(aim: Aim, value: Measured | None, today: date) -> Reached:
    """Returns whether a goal is reached by its newest value."""
    if value is None:
        return Reached("not_measured")
    if aim.target is None:
        return _compared_with_baseline(aim, value)
    if value.value >= aim.target if aim.direction in UPWARD else value.value <= aim.target:
        return Reached("reached", _progress(aim, value))
    if _is_over(aim.deadline, value.on, today):
        return Reached("not_reached", _progress(aim, value))
    if aim.baseline is None or aim.baseline == aim.target:
        return Reached("measured")
    part = (value.value - aim.baseline) / (aim.target - aim.baseline)
    return Reached("moving" if part > 0 else "wrong_way" if part < 0 else "unmoved", _progress(aim, value))


def _compared_with_baseline(aim: Aim, value: Measured) -> Reached:
    if aim.direction not in RELATIVE or aim.baseline is None:
        return Reached("measured")
    if value.value == aim.baseline:
        return Reached("unmoved")
    return Reached("moving" if (value.value > aim.baseline) == (aim.direction in UPWARD) else "wrong_way")


def _is_over(deadline: date | None, measured_on: date, today: date) -> bool:
    return deadline is not None and (measured_on >= deadline or today - deadline > LONG_PAST)


def _progress(aim: Aim, value: Measured) -> int | None:
    if aim.baseline is None or aim.target is None or aim.baseline == aim.target:
        return None
    # int() rounds toward zero.
    return int((value.value - aim.baseline) / (aim.target - aim.baseline) * 100)


def decimal_text(value: Fraction) -> str:
    """Returns a value as a decimal text, "412" or "0.5"; decimals after `DECIMALS` are cut off."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    cut = exact.quantize(Decimal(1).scaleb(-DECIMALS), ROUND_DOWN)
    return f"{cut:f}".rstrip("0").rstrip(".") if "." in f"{cut:f}" else f"{cut:f}"
