"""The reference for `static/js/lib/shuffle.js`: which statement a phone shows next in a ballot of positions
(docs/rules.md section 4).

Rarely seen statements come sooner, so that late ideas are heard too. Randomness is passed in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

BASE = 1.0
BOOST = 8.0
HALVES_EVERY = 5.0


def weight(seen: int) -> float:
    """1 + 8·2^(−seen/5): nine for a statement that nobody has seen, towards one for those that all have
    seen."""
    return BASE + BOOST * math.exp2(-seen / HALVES_EVERY)


def next_statement(seen: Mapping[str, int], draw: float) -> str | None:
    """One of the statements not yet answered, by weight; None when there are none.

    `seen` is how many people have answered each of them, `draw` a random number in [0, 1). The order of
    the mapping does not matter.
    """
    if not 0 <= draw < 1:
        raise ValueError("draw is in [0, 1)")
    left = draw * math.fsum(weight(count) for count in seen.values())
    chosen = None
    for statement in sorted(seen):
        chosen = statement
        left -= weight(seen[statement])
        if left < 0:
            break
    return chosen


def order(seen: Mapping[str, int], draws: Sequence[float]) -> list[str]:
    """All statements in the order one phone should show them: repeated drawing by weight without putting
    back.

    `draws` holds one random number in [0, 1) per statement, in the order of the sorted ids.
    """
    if len(draws) != len(seen):
        raise ValueError("one draw per statement")
    # Of exponential waiting times with these rates, the smallest is each one's with a chance in proportion
    # to its weight.
    waits = {
        statement: -math.log1p(-draw) / weight(seen[statement]) for statement, draw in zip(sorted(seen), draws, strict=True)
    }
    return sorted(waits, key=lambda statement: (waits[statement], statement))
