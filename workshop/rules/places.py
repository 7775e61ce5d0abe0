"""Places in an order that people change: a row that moves gets a number between those of two others, which keep theirs."""

from __future__ import annotations

import math


def after(highest: float | None) -> int:
    """Returns a place after the highest one; 0 where there is none yet."""
    return 0 if highest is None else math.floor(highest) + 1


def between(below: float | None, above: float) -> float | None:
    """Returns a place under `above` and over `below` (None: nothing is below). None where no number lies between the two:
    after about fifty moves to the same spot, or where two rows have the same place."""
    if below is None:
        return math.ceil(above) - 1
    middle = below + (above - below) / 2
    return middle if below < middle < above else None


def lies_between(place: float, below: float | None, above: float | None) -> bool:
    """Returns whether a place is over `below` and under `above`; None is no bound."""
    return (below is None or place > below) and (above is None or place < above)
