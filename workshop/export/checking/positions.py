"""Ballots with statements: checks the answers and the common ground (docs/rules.md section 8)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import prod, sqrt

from workshop.export.checking.core import ANSWERS, Json, Report, counted
from workshop.export.checking.counting import counts_of, disclosed

SEEN_BY, Z_NINETY, MOST_OWN_CAUSES = 3, 1.2816, 5
CLOSE = 1e-9

Answers = dict[str, dict[str, int]]


def check_positions(ballot: Json, report: Report) -> None:
    """Checks the counts, the values of the common ground, its order, and each group's own causes."""
    record, eligible, result = ballot["id"], ballot["terms"]["eligible"], ballot["result"]
    counts: dict[str, Answers] = {}
    for option in result["options"]:
        by_group, total = counts_of(option["by_group"]), counted(option["total"])
        report.expect(option["by_group"].keys() <= eligible.keys(), "count.groups", id=record, option=option["id"])
        votes = {group: _seen(answers) for group, answers in by_group.items()}
        allowed = disclosed(ballot, votes, None if total is None else _seen(total))
        report.expect(allowed, "count.disclosed", id=record, option=option["id"])
        all_groups = by_group.keys() == eligible.keys()
        if all_groups:
            counts[option["id"]] = by_group
    ranked = result["common_ground"]
    names = [entry["id"] for entry in ranked]
    once = len(set(names)) == len(names) and set(names) <= set(ballot["terms"]["options"])
    seen = all(min(_seen(one) for one in counts[option].values()) < SEEN_BY for option in counts if option not in names)
    report.expect(once and seen, "ground.ranked", id=record)
    for entry in ranked:
        report.expect(_entry_holds(entry, counts.get(entry["id"])), "ground.value", id=record, option=entry["id"])
    places = [entry["value"] for entry in ranked if isinstance(entry["value"], float)]
    report.expect(all(one >= other - CLOSE for one, other in pairwise(places)), "ground.order", id=record)
    known = {option: counts[option] for option in names if option in counts}
    causes = {group: own_causes(known, group) for group in eligible} if len(eligible) > 1 else {}
    report.expect(result["own_causes"] == causes, "ground.own_causes", id=record)


def _seen(answers: dict[str, int]) -> int:
    return sum(answers[answer] for answer in ANSWERS)


def share(answers: dict[str, int]) -> Fraction:
    """Returns P = (A + 1) / (S + 2), where S counts all who answered, pass included."""
    return Fraction(answers["agree"] + 1, _seen(answers) + 2)


def _entry_holds(entry: Json, answers: Answers | None) -> bool:
    """Returns whether the value is the G-th root of the product of the groups' shares, and printed only if all have counts."""
    value = entry["value"]
    if answers is None:
        return not isinstance(value, float)
    shares = {group: share(one) for group, one in answers.items()}
    printed = {group: f"{one.numerator}/{one.denominator}" for group, one in shares.items()}
    root = float(prod(shares.values(), start=Fraction(1))) ** (1 / len(shares))
    return isinstance(value, float) and abs(value - root) < CLOSE and entry["by_group"] == printed


def own_causes(statements: dict[str, Answers], group: str) -> list[str]:
    """Returns the statements on which a group stands out: z₁ and z₂ over 1.2816, at most five by R · z₂ · P · z₁."""
    found = []
    for statement, by_group in statements.items():
        own = by_group[group]
        rest = {answer: sum(one[answer] for name, one in by_group.items() if name != group) for answer in ANSWERS}
        a, s, a_rest, s_rest = own["agree"] + 1, _seen(own) + 1, rest["agree"] + 1, _seen(rest) + 1
        pooled = (a + a_rest) / (s + s_rest)
        spread = sqrt(pooled * (1 - pooled) * (1 / s + 1 / s_rest))
        z_own, z_rest = 2 * sqrt(s) * (a / s - 0.5), (a / s - a_rest / s_rest) / spread if spread else 0.0
        if z_own > Z_NINETY and z_rest > Z_NINETY:
            ratio = share(own) / share(rest)
            found.append((-(float(ratio) * z_rest * float(share(own)) * z_own), statement))
    return [statement for _, statement in sorted(found)[:MOST_OWN_CAUSES]]
