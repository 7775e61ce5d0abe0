"""Whether published figures fit the truth (docs/rules.md sections 5, 7 and 8), seen from outside the product.

A published figure is a count, or withheld (None). Every one that is there must be true, and no count is shown of fewer votes
than twice the privacy minimum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.load.formulas import Purchases

COUNTED_FROM = 10  # votes, in a room whose privacy minimum is 5
FRACTION_TOLERANCE = 5e-4  # a root is published with a few decimals


def as_number(figure: object) -> float | None:
    """A published exact figure as a number: `3`, `0.55` or `"1/6"`; None for anything else."""
    if isinstance(figure, bool):
        return None
    if isinstance(figure, int | float):
        return float(figure)
    if isinstance(figure, str) and all(part.isdigit() for part in figure.split("/")):
        return float(Fraction(figure))
    return None


def fault_in(figure: Any, truth: Mapping[str, int], cast: int, counted_from: int = COUNTED_FROM) -> str | None:
    """What is wrong with one published set of counts (`{agree: …}` or None); None if nothing is.

    `truth` holds the real counts by the same names; `cast` is how many voted.
    """
    if figure is None:
        return None
    if not isinstance(figure, Mapping):
        return f"no counts: {figure!r}"
    if cast < counted_from:
        return f"{cast} votes are counted: {dict(figure)}"
    wrong = (f"{name}: {shown} but it is {truth.get(name)}" for name, shown in figure.items() if shown != truth.get(name))
    return next(wrong, None)


def value_fault(value: Any, truth: float) -> str | None:
    """What is wrong with a published value between 0 and 1."""
    shown = as_number(value)
    if value is not None and (shown is None or abs(shown - truth) > FRACTION_TOLERANCE):
        return f"{value} but it is {truth:.6f}"
    return None


def exact_figures(figure: Any) -> int:
    """How many exact numbers a published figure holds."""
    if isinstance(figure, Mapping):
        return sum(exact_figures(value) for value in figure.values())
    return int(as_number(figure) is not None)


def shortlist_faults(
    shortlist: Mapping[str, Any], supporters: Mapping[str, frozenset[str]], voters: int, winner_count: int
) -> list[str]:
    """What is wrong with a published shortlist, followed step by step with the real approvals.

    Each step must be in the right phase and at the lowest price there was. Where they are published, the price must
    be that one and `tied` all the options that had it.
    """
    shop, faults = Purchases(supporters, voters, winner_count), []
    steps: Sequence[Mapping[str, Any]] = shortlist["steps"]
    for number, step in enumerate(steps, start=1):
        phase, prices = shop.prices()
        lowest = min(prices.values())
        cheapest = {option for option, price in prices.items() if price == lowest}
        if step["phase"] != phase:
            faults.append(f"step {number}: {step['phase']} instead of {phase}")
        if step["option"] not in cheapest:
            faults.append(f"step {number}: {step['option']} is not among the cheapest {sorted(cheapest)}")
            break
        if step["price"] is not None and Fraction(step["price"]) != lowest:
            faults.append(f"step {number}: price {step['price']} instead of {lowest}")
        if step["tied"] is not None and set(step["tied"]) | {step["option"]} != cheapest:
            faults.append(f"step {number}: tied {sorted(step['tied'])} instead of {sorted(cheapest)}")
        shop.buy(step["option"], lowest)
    if [step["option"] for step in steps] != list(shortlist["winners"]):
        faults.append("the winners are not the options of the steps")
    if len(steps) != min(winner_count, sum(1 for people in supporters.values() if people)):
        faults.append(f"{len(steps)} chosen for {winner_count} places")
    return faults


def coverage_of(winners: Sequence[str], ballots: Mapping[str, frozenset[str]]) -> Fraction:
    """The share of these ballots (voter to approved options) with at least one winner among them."""
    return Fraction(sum(bool(chosen & set(winners)) for chosen in ballots.values()), len(ballots))
