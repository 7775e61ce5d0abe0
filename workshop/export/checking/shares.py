"""A published shortlist: computes it again from the papers or, without them, checks it against the published counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from workshop.export.checking.core import Json, Report, counted, whole
from workshop.export.checking.counting import counts_of
from workshop.export.checking.shortlist import (
    broken_by,
    lot,
    replay,
    weights_of,
    written,
)

PHASES = ("equal_shares", "phragmen")


def same_shortlist(ballot: Json, papers: list[Json], seed: str) -> bool:
    """Returns whether all papers, with those by name, give exactly what is printed: every step, its price and its ties, and
    the facts beside the list."""
    terms, printed = ballot["terms"], ballot["result"]["shortlist"]
    eligible, asked = terms["eligible"], terms["settings"].get("weights", "one_person")
    voters = [(paper["group"], frozenset(option for option, value in paper["choices"].items() if value)) for paper in papers]
    weights = weights_of(asked, eligible)
    winner_count = terms["settings"]["seats"]
    made = replay(voters, winner_count, seed, weights)
    other_name = "per_group" if asked == "one_person" else "one_person"
    other = replay(voters, winner_count, seed, weights_of(other_name, eligible))
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
    )


def _same_step(printed: Json, step: Json) -> bool:
    if (printed["option"], printed["phase"]) != (step["option"], step["phase"]):
        return False
    if printed["price"] is not None and printed["price"] != written(step["price"]):
        return False
    if printed["tied"] is not None and not {step["option"]} <= set(printed["tied"]) <= set(step["tied"]):
        return False
    if printed["broken_by"] is None:
        return True
    return bool(broken_by({option: step["tied"][option] for option in printed["tied"]}) == printed["broken_by"])


def _same_shares(printed: Json, made: Json, voters: list[tuple[str, frozenset[str]]], winners: list[str]) -> bool:
    """Returns whether the printed coverage and influence of each group are right."""
    coverage: dict[str, Fraction] = {}
    influence: dict[str, Fraction] = {}
    for group in {group for group, _ in voters}:
        own = [supports for name, supports in voters if name == group]
        coverage[group] = Fraction(sum(not supports.isdisjoint(winners) for supports in own), len(own))
        paid = sum((amount for step in made["steps"] for name, amount in step["paid"] if name == group), Fraction(0))
        influence[group] = paid / len(winners) if winners else Fraction(0)
    return _said(printed["coverage"], coverage) and _said(printed["influence"], influence)


def _said(printed: Json | None, true: dict[str, Fraction]) -> bool:
    return all(group in true and value == written(true[group]) for group, value in _given(printed).items())


def _given(shares: Json | None) -> Json:
    """Returns the shares that are printed; earlier files also had groups without one."""
    return {group: value for group, value in (shares or {}).items() if value is not None}


def check_shortlist(ballot: Json, seed: str, report: Report) -> None:
    """Checks what must hold of a published shortlist, whatever the papers are."""
    record, terms, result = ballot["id"], ballot["terms"], ballot["result"]
    printed, eligible = result["shortlist"], terms["eligible"]
    winner_count, weights = terms["settings"]["seats"], weights_of(terms["settings"].get("weights", "one_person"), eligible)
    winners, steps = printed["winners"], printed["steps"]

    def expect(true: bool, what: str) -> None:
        report.expect(true, "shortlist.printed", id=record, what=what)

    expect(winners == [step["option"] for step in steps], "winners")
    expect(len(set(winners)) == len(winners) <= winner_count and set(winners) <= set(terms["options"]), "winners")
    expect(printed["one_more"] not in winners and (not printed["one_more"] or len(winners) == winner_count), "one_more")
    phases = [PHASES.index(step["phase"]) for step in steps]
    expect(phases == sorted(phases), "phase")
    other = printed["other_weights"]
    expect(other["differs"] == (set(other["winners"]) != set(winners)), "other_weights")
    everybody = sum(eligible.values())
    heads = {group: written(Fraction(size, everybody)) for group, size in eligible.items()} if everybody else {}
    expect(printed["heads"] in (None, heads), "heads")
    expect(printed["weight"] in (None, {group: weights.get(group, 1) for group in eligible}), "weight")
    coverage, influence = _given(printed["coverage"]), _given(printed["influence"])
    total = sum(map(Fraction, influence.values()))
    expect(total <= 1 and (not influence or None in printed["influence"].values() or not winners or total == 1), "influence")
    expect(all(0 <= Fraction(value) <= 1 for value in coverage.values()), "coverage")
    one_purse = len(set(weights.values())) <= 1
    if "counts_from" in result:
        _check_disclosed(ballot, one_purse, expect)
    totals = {option["id"]: option["total"] for option in result["options"]}
    _check_prices(steps, expect)
    for step in steps:
        _check_step(step, totals, seed, terms["method"] == "approval", one_purse, expect)
    if steps and one_purse and terms["method"] == "approval" and steps[0]["phase"] == "equal_shares":
        total = totals[steps[0]["option"]]
        expect(steps[0]["price"] is None or steps[0]["price"] == f"1/{total}", "price")


def _check_disclosed(ballot: Json, one_purse: bool, expect: Any) -> None:
    """Checks what may be shown: prices where the room's counts are, or with unequal weights where the groups' counts are;
    shares where the groups' counts are."""
    terms, printed, options = ballot["terms"], ballot["result"]["shortlist"], ballot["result"]["options"]
    eligible, openly = terms["eligible"], terms.get("open_groups", ())
    groups = all(counts_of(option["by_group"]).keys() == eligible.keys() for option in options)
    room = all(counted(option["total"]) is not None for option in options)
    for name in ("coverage", "influence", "heads", "weight"):
        expect((printed[name] is not None) == groups, name)
    prices = room and (one_purse or groups)
    expect(all((step["price"] is not None) == prices for step in printed["steps"]), "price")
    told = [group for group in sorted(eligible) if eligible[group] >= terms["privacy_minimum"] or group in openly]
    without = [group for group in told if Fraction((printed["coverage"] or {}).get(group, 0)) == 0]
    expect(printed["uncovered"] == without if groups else set(printed["uncovered"]) <= set(told), "uncovered")


def _check_prices(steps: list[Json], expect: Any) -> None:
    """Checks that in each phase the cheaper options come first, and that no price follows a withheld one."""
    priced = [step["price"] is not None for step in steps]
    expect(priced == sorted(priced, reverse=True), "price")
    for one, step in pairwise(step for step in steps if step["price"] is not None):
        expect(one["phase"] != step["phase"] or Fraction(one["price"]) <= Fraction(step["price"]), "price")


def _check_step(step: Json, totals: Json, seed: str, approval: bool, one_purse: bool, expect: Any) -> None:
    if step["price"] is None:
        expect(all(step[name] is None for name in ("tied", "broken_by")), "price")
        return
    price, total = Fraction(step["price"]), totals[step["option"]]
    expect(step["option"] in step["tied"] and set(step["tied"]) <= set(totals), "tied")
    if approval and whole(total) and one_purse and step["phase"] == "equal_shares":
        expect(price >= Fraction(1, total), "price")
    if approval and all(whole(totals[option]) for option in step["tied"]):
        expect(all(totals[option] <= total for option in step["tied"]), "tied")
    if step["broken_by"] == "lot":
        expect(step["option"] == min(step["tied"], key=lambda option: lot(seed, option)), "lot")
