"""The receipt: which chosen ideas one's own vote helped to buy (docs/rules.md section 5).

Computed from the published shortlist and a person's own choices alone, so that a phone can do it and the
server never needs to know. The phone's own version is held to the examples in
`tests/vectors/receipt_examples.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from workshop.rules.ballots import Paper


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


def receipt(paper: Paper, shortlist: Mapping[str, Any]) -> list[Line]:
    """The lines of one ballot in the order the ideas were chosen.

    `shortlist` is the published one: `steps` with `option`, `phase` and `price`, and by group the `purse` and
    the `weight` of one person. In Equal Shares one pays min(what is left, price · weight), and the first idea
    one votes for is always paid; in the completion everybody behind the idea is brought to the same load. An
    empty purse, or one that is not published, gives no amounts.
    """
    weight = Fraction((shortlist.get("weight") or {}).get(paper.group, 1))
    purse = (shortlist.get("purse") or {}).get(paper.group)
    level = Fraction(purse) / weight if purse is not None else None
    lines: list[Line] = []
    for step in shortlist["steps"]:
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
        lines.append(Line(step["option"], step["phase"], helped, None if paid is None else paid * weight))
    return lines
