"""The reference for the phone's receipt: which chosen ideas one's own vote helped to buy (docs/rules.md section 5).

Computed from the published shortlist and a person's own choices alone, so that the phone can do it and the server never
needs to know. Only the phone has a receipt; `static/js/lib/receipt.js` and this file give the same on the examples in
`tests/vectors/receipt_examples.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from workshop.rules.ballots import BallotPaper


@dataclass(frozen=True)
class Line:
    """One chosen idea that one voted for.

    `paid` is what one's own purse gave and `helped` whether that was more than nothing. Both are `None` where
    the published result withholds a price up to this step; then only the vote itself is certain.
    """

    option: str
    phase: str
    helped: bool | None
    paid: Fraction | None

    def as_record(self) -> dict[str, object]:
        """JSON-able, the amount as `"a/b"`."""
        paid = None if self.paid is None else f"{self.paid.numerator}/{self.paid.denominator}"
        return {"option": self.option, "phase": self.phase, "helped": self.helped, "paid": paid}


def purse(result: Mapping[str, Any], seats: int) -> Fraction | None:
    """What one person held at the start, seats/voters; `None` with weights per group, where it takes more than is published."""
    weights = set((result["shortlist"]["weight"] or {}).values())
    voted = result["turnout"]["voted"]
    return Fraction(seats, voted) if voted and len(weights) <= 1 else None


def receipt(paper: BallotPaper, steps: Sequence[Mapping[str, Any]], purse: Fraction | None) -> list[Line]:
    """The lines of one ballot in the order the ideas were chosen.

    `steps` are those of the published shortlist, with `option`, `phase` and `price`. In Equal Shares one pays min(what is
    left, price), and the first idea one votes for is always paid; in the completion everybody behind the idea is brought to
    the same load. Without a `purse` there are no amounts.
    """
    level = purse
    lines: list[Line] = []
    for step in steps:
        if not paper.supports(step["option"]):
            continue
        price = None if step["price"] is None else Fraction(step["price"])
        paid = None
        if level is None or price is None:
            level = None
        else:
            paid = min(level, price) if step["phase"] == "equal_shares" else level + price
            level -= paid
        helped = paid > 0 if paid is not None else (True if not lines else None)
        lines.append(Line(step["option"], step["phase"], helped, paid))
    return lines
