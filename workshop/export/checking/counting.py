"""Whether a printed figure can be true: of counts worked out again, or of what else is printed (docs/rules.md section 7)."""

from __future__ import annotations

from typing import Any

from workshop.export.checking.ground import Json

BANDS = ("under 1/3", "1/3-1/2", "1/2-2/3", "over 2/3")
FEW = 2
BANDS_FROM, COUNTS_FROM = 5, 10


def whole(value: Any) -> bool:
    """Whether a figure is an exact count."""
    return isinstance(value, int) and not isinstance(value, bool)


def band(yes: int, against: int) -> str | None:
    """The band of yes/(yes + against): a tie is under one half, two thirds is not over."""
    d = yes + against
    if not d:
        return None
    if 3 * yes < d:
        return BANDS[0]
    if 2 * yes <= d:
        return BANDS[1]
    return BANDS[2] if 3 * yes <= 2 * d else BANDS[3]


def fits(figure: Any, amount: int, yes: int, against: int) -> bool:
    """Whether a printed figure is true of an amount (dots, or people) given by `yes` people and not by `against`."""
    if figure is None:
        return True
    if whole(figure):
        return bool(figure == amount)
    if "at_most" in figure:
        return bool(amount <= figure["at_most"])
    if "all_but" in figure:
        return against <= figure["all_but"] and figure.get("band") in (None, band(yes, against))
    return bool(figure["band"] == band(yes, against))


def bounds(figure: Any, people: int, most_each: int = 1) -> tuple[int, int]:
    """The least and most that a printed figure leaves possible, of a group of so many people."""
    if whole(figure):
        return figure, figure
    if isinstance(figure, dict) and "at_most" in figure:
        return 0, min(figure["at_most"], people * most_each)
    return 0, people * most_each


def tables_kept(figure: Any, people: int, openly: bool = False) -> bool:
    """Whether so small a group may have this kind of figure at all; a group that votes openly may have any."""
    if figure is None or openly:
        return True
    if people < BANDS_FROM:
        return False
    return people >= COUNTS_FROM or (isinstance(figure, dict) and "at_most" not in figure and "all_but" not in figure)


def add_up(total: Any, parts: list[tuple[int, int]]) -> bool:
    """Whether an exact total lies between the sums of what its parts can be."""
    return not whole(total) or sum(low for low, _ in parts) <= total <= sum(high for _, high in parts)


def people_of(eligible: Json) -> int:
    return sum(eligible.values())
