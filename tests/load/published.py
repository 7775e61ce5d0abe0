"""Whether published figures fit the truth (docs/rules.md sections 5, 7 and 8), seen from outside the product.

A published figure may be exact, `{"at_most": n}`, a band, or withheld (None). Every one that is there must be
true, and no figure of a group under five people may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .formulas import Purchases

TOO_SMALL = 5  # people; a group under it is shown as a status, whatever the workshop's privacy minimum
FRACTION_TOLERANCE = 5e-4  # a root is published with a few decimals
BANDS = {
    "under 1/3": (Fraction(0), Fraction(1, 3)),
    "1/3-1/2": (Fraction(1, 3), Fraction(1, 2)),
    "1/2-2/3": (Fraction(1, 2), Fraction(2, 3)),
    "over 2/3": (Fraction(2, 3), Fraction(1)),
}


def as_number(figure: object) -> float | None:
    """A published exact figure as a number: `3`, `0.55` or `"1/6"`; None for anything else."""
    if isinstance(figure, bool):
        return None
    if isinstance(figure, int | float):
        return float(figure)
    if isinstance(figure, str) and all(part.isdigit() for part in figure.split("/")):
        return float(Fraction(figure))
    return None


def fault_in(figure: Any, truth: Mapping[str, int], people: int) -> str | None:
    """What is wrong with one published set of counts (`{agree: …}`, a band, or None); None if nothing is.

    `truth` holds the real counts by the same names; `people` is how many the group has.
    """
    if figure is None:
        return None
    if not isinstance(figure, Mapping):
        return f"neither counts nor band: {figure!r}"
    if people < TOO_SMALL:
        return f"a group of {people} is shown: {dict(figure)}"
    if "band" in figure:
        return _band_fault(figure["band"], truth)
    for name, shown in figure.items():
        if isinstance(shown, Mapping) and "at_most" in shown:
            if truth.get(name, 0) > shown["at_most"]:
                return f"{name}: {shown} but it is {truth.get(name)}"
        elif shown is not None and shown != truth.get(name):
            return f"{name}: {shown} but it is {truth.get(name)}"
    return None


def value_fault(value: Any, truth: float) -> str | None:
    """What is wrong with a published value between 0 and 1: an exact one must be the truth, a band must hold it."""
    if isinstance(value, Mapping) and value.get("band") in BANDS:
        low, high = BANDS[value["band"]]
        return None if low <= truth <= high else f"{value['band']} but it is {truth:.6f}"
    shown = as_number(value)
    if value is not None and (shown is None or abs(shown - truth) > FRACTION_TOLERANCE):
        return f"{value} but it is {truth:.6f}"
    return None


def _band_fault(band: str, truth: Mapping[str, int]) -> str | None:
    yes = truth.get("agree", 0) + truth.get("for", 0) + truth.get("reservation", 0)
    against = truth.get("disagree", 0) + truth.get("against", 0)
    if band not in BANDS or not yes + against:
        return f"no such band: {band}"
    low, high = BANDS[band]
    return (
        None if low <= Fraction(yes, yes + against) <= high else f"{band} but it is {yes} of {yes + against}"
    )


def exact_figures(figure: Any) -> int:
    """How many exact numbers a published figure holds."""
    if isinstance(figure, Mapping):
        return sum(exact_figures(value) for key, value in figure.items() if key not in ("band", "at_most", "all_but"))
    return int(as_number(figure) is not None)


def shortlist_faults(
    shortlist: Mapping[str, Any], supporters: Mapping[str, frozenset[str]], voters: int, seats: int
) -> list[str]:
    """What is wrong with a published shortlist, followed step by step with the real approvals.

    Each step must be in the right phase and at the lowest price there was. Where they are published, the price must
    be that one and `tied` all the options that had it.
    """
    shop, faults = Purchases(supporters, voters, seats), []
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
    if len(steps) != min(seats, sum(1 for people in supporters.values() if people)):
        faults.append(f"{len(steps)} chosen for {seats} places")
    return faults


def coverage_of(winners: Sequence[str], ballots: Mapping[str, frozenset[str]]) -> Fraction:
    """The share of these ballots (voter to approved options) with at least one winner among them."""
    return Fraction(sum(bool(chosen & set(winners)) for chosen in ballots.values()), len(ballots))
