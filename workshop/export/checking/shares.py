"""A published shortlist: replayed from the papers, or, without them, checked against the published counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from workshop.export.checking.counting import people_of, whole
from workshop.export.checking.ground import Json, Report
from workshop.export.checking.shortlist import FEWEST_IN_A_PAYMENT, broken_by, lot, replay, weights_of, written

PHASES = ("equal_shares", "phragmen")


def same_shortlist(ballot: Json, papers: list[Json], seed: str) -> bool:
    """Whether all papers, those by name among them, give just what is printed: every step, its price, its ties and who paid,
    and what lies beside it."""
    terms, printed = ballot["terms"], ballot["result"]["shortlist"]
    eligible, asked = terms["eligible"], terms["settings"].get("weights", "one_person")
    voters = [
        (paper["group"], frozenset(option for option, value in paper["choices"].items() if value))
        for paper in papers
    ]
    weights = weights_of(asked, eligible)
    seats = terms["settings"]["seats"]
    made = replay(voters, seats, seed, weights)
    other_name = "per_group" if asked == "one_person" else "one_person"
    other = replay(voters, seats, seed, weights_of(other_name, eligible))
    others = [step["option"] for step in other["steps"]]
    winners = [step["option"] for step in made["steps"]]
    differs = {"weights": other_name, "winners": others, "differs": set(others) != set(winners)}
    return (
        printed["winners"] == winners
        and len(printed["steps"]) == len(made["steps"])
        and all(_same_step(one, step) for one, step in zip(printed["steps"], made["steps"], strict=True))
        and printed["one_more"] == made["one_more"]
        and printed["other_weights"] == differs
        and _same_shares(printed, made, voters, winners)
        and _said(printed["purse"], {group: weights.get(group, 1) * made["unit"] for group in eligible})
    )


def _same_step(printed: Json, step: Json) -> bool:
    if (printed["option"], printed["phase"]) != (step["option"], step["phase"]):
        return False
    if printed["price"] is not None and printed["price"] != written(step["price"]):
        return False
    if printed["tied"] is not None and not {step["option"]} <= set(printed["tied"]) <= set(step["tied"]):
        return False
    if printed["broken_by"] is not None:
        named = {option: step["tied"][option] for option in printed["tied"]}
        if broken_by(named) != printed["broken_by"]:
            return False
    return printed["payments"] is None or printed["payments"] == _payments(step)


def _payments(step: Json) -> list[Json]:
    amounts = [amount for _, amount in step["paid"]]
    return [
        {"people": amounts.count(amount), "amount": written(amount)} for amount in sorted(set(amounts), reverse=True)
    ]


def _same_shares(printed: Json, made: Json, voters: list[tuple[str, frozenset[str]]], winners: list[str]) -> bool:
    """Coverage and influence of each group, where they are printed."""
    coverage: dict[str, Fraction] = {}
    influence: dict[str, Fraction] = {}
    for group in {group for group, _ in voters}:
        own = [supports for name, supports in voters if name == group]
        coverage[group] = Fraction(sum(not supports.isdisjoint(winners) for supports in own), len(own))
        paid = sum((amount for step in made["steps"] for name, amount in step["paid"] if name == group), Fraction(0))
        influence[group] = paid / len(winners) if winners else Fraction(0)
    return _said(printed["coverage"], coverage) and _said(printed["influence"], influence)


def _said(printed: Json, true: dict[str, Fraction]) -> bool:
    return all(value is None or (group in true and value == written(true[group])) for group, value in printed.items())


def check_shortlist(ballot: Json, seed: str, report: Report) -> None:
    """What must hold of a published shortlist whatever the papers are."""
    record, terms, result = ballot["id"], ballot["terms"], ballot["result"]
    printed, eligible = result["shortlist"], terms["eligible"]
    seats, weights = terms["settings"]["seats"], weights_of(terms["settings"].get("weights", "one_person"), eligible)
    winners, steps = printed["winners"], printed["steps"]

    def expect(true: bool, what: str) -> None:
        report.expect(true, "shortlist.printed", id=record, what=what)

    expect(winners == [step["option"] for step in steps], "winners")
    expect(len(set(winners)) == len(winners) <= seats and set(winners) <= set(terms["options"]), "winners")
    expect(printed["one_more"] not in winners and (not printed["one_more"] or len(winners) == seats), "one_more")
    phases = [PHASES.index(step["phase"]) for step in steps]
    expect(phases == sorted(phases), "phase")
    other = printed["other_weights"]
    expect(other["differs"] == (set(other["winners"]) != set(winners)), "other_weights")
    everybody = people_of(eligible)
    heads = {group: written(Fraction(size, everybody)) for group, size in eligible.items()} if everybody else {}
    expect(printed["heads"] == heads, "heads")
    expect(printed["weight"] == {group: weights.get(group, 1) for group in eligible}, "weight")
    shares = [Fraction(value) for value in printed["influence"].values() if value is not None]
    expect(sum(shares) <= 1 and (len(shares) < len(eligible) or not winners or sum(shares) == 1), "influence")
    expect(all(0 <= Fraction(value) <= 1 for value in printed["coverage"].values() if value is not None), "coverage")
    one_purse = len(set(weights.values())) <= 1
    voted = result["turnout"]["voted"]
    if one_purse and voted:
        purse = written(Fraction(seats, voted))
        expect(all(value in (None, purse) for value in printed["purse"].values()), "purse")
    totals = {option["id"]: option["total"] for option in result["options"]}
    _check_prices(steps, expect)
    for step in steps:
        _check_step(step, totals, seed, terms["method"] == "approval", one_purse, expect)
    if steps and one_purse and terms["method"] == "approval" and steps[0]["phase"] == "equal_shares":
        total = totals[steps[0]["option"]]
        expect(steps[0]["price"] is None or steps[0]["price"] == f"1/{total}", "price")


def _check_prices(steps: list[Json], expect: Any) -> None:
    """In each phase what is cheaper is bought first; after a price that is withheld none is printed."""
    priced = [step["price"] is not None for step in steps]
    expect(priced == sorted(priced, reverse=True), "price")
    for one, step in pairwise(step for step in steps if step["price"] is not None):
        expect(one["phase"] != step["phase"] or Fraction(one["price"]) <= Fraction(step["price"]), "price")


def _check_step(step: Json, totals: Json, seed: str, approval: bool, one_purse: bool, expect: Any) -> None:
    if step["price"] is None:
        expect(all(step[name] is None for name in ("tied", "broken_by", "payments")), "price")
        return
    price, total = Fraction(step["price"]), totals[step["option"]]
    expect(step["option"] in step["tied"] and set(step["tied"]) <= set(totals), "tied")
    if approval and whole(total) and one_purse and step["phase"] == "equal_shares":
        expect(price >= Fraction(1, total), "price")
    if approval and all(whole(totals[option]) for option in step["tied"]):
        expect(all(totals[option] <= total for option in step["tied"]), "tied")
    if step["broken_by"] == "lot":
        expect(step["option"] == min(step["tied"], key=lambda option: lot(seed, option)), "lot")
    if step["payments"] is None:
        return
    paid = [(one["people"], Fraction(one["amount"])) for one in step["payments"]]
    expect(sum(people * amount for people, amount in paid) == 1, "payments")
    expect(all(people >= FEWEST_IN_A_PAYMENT for people, _ in paid), "payments")
    if approval and whole(total):
        expect(sum(people for people, _ in paid) <= total, "payments")
