"""Answers to statements and the common ground among them (docs/rules.md section 8)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import prod, sqrt
from typing import Any

from workshop.export.checking.counting import BANDS, add_up, band, bounds, tables_kept, whole
from workshop.export.checking.ground import Json, Report

ANSWERS = ("agree", "pass", "disagree")
SEEN_BY, Z_NINETY, MOST_OWN_CAUSES = 3, 1.2816, 5
CLOSE = 1e-9

Answers = dict[str, dict[str, int]]


def positions_fit(figure: Any, given: list[Any]) -> bool:
    """Whether a printed figure is true of these answers."""
    if figure is None:
        return True
    counts = {answer: given.count(answer) for answer in ANSWERS}
    if "band" in figure:
        return bool(figure["band"] == band(counts["agree"], counts["disagree"]))
    return all(_fits_one(figure[answer], counts[answer]) for answer in ANSWERS)


def _fits_one(figure: Any, count: int) -> bool:
    if isinstance(figure, dict):
        return bool(count <= figure["at_most"])
    return figure is None or figure == count


def exact(figure: Any) -> bool:
    """Whether all three answers are printed as counts."""
    return isinstance(figure, dict) and "band" not in figure and all(whole(figure[answer]) for answer in ANSWERS)


def check_positions(ballot: Json, report: Report) -> None:
    """Sums, the figures of the common ground, its order, and each group's own causes."""
    record, eligible, result = ballot["id"], ballot["terms"]["eligible"], ballot["result"]
    openly = ballot["terms"].get("open_groups", ())
    counts: dict[str, Answers] = {}
    for option in result["options"]:
        by_group, total = option["by_group"], option["total"]
        report.expect(set(by_group) == set(eligible), "count.groups", id=record, option=option["id"])
        small = all(_kept(figure, eligible[group], group in openly) for group, figure in by_group.items())
        report.expect(small, "count.disclosed", id=record, option=option["id"])
        report.expect(_sums_hold(total, by_group, eligible), "count.sum", id=record, option=option["id"])
        if all(exact(figure) for figure in by_group.values()):
            counts[option["id"]] = by_group
    ranked = result["common_ground"]
    names = [entry["id"] for entry in ranked]
    once = len(set(names)) == len(names) and set(names) <= set(ballot["terms"]["options"])
    seen = all(min(_seen(one) for one in counts[option].values()) < SEEN_BY for option in counts if option not in names)
    report.expect(once and seen, "ground.ranked", id=record)
    for entry in ranked:
        report.expect(_entry_holds(entry, counts.get(entry["id"])), "ground.value", id=record, option=entry["id"])
    places = [_height(entry["value"]) for entry in ranked]
    report.expect(all(one >= other - CLOSE for one, other in pairwise(places)), "ground.order", id=record)
    known = {option: counts[option] for option in names if option in counts}
    causes = {group: own_causes(known, group) for group in eligible} if len(eligible) > 1 else {}
    report.expect(result["own_causes"] == causes, "ground.own_causes", id=record)


def _kept(figure: Any, people: int, openly: bool) -> bool:
    """Whether so small a group may have this kind of figure."""
    return tables_kept(figure if figure is None or "band" in figure else 0, people, openly)


def _sums_hold(total: Any, by_group: Json, eligible: Json) -> bool:
    """Each printed answer of the room lies between the sums of what its groups leave possible."""
    if total is None or "band" in total:
        return True
    for answer in ANSWERS:
        parts = [
            bounds(None if figure is None or "band" in figure else figure[answer], eligible[group])
            for group, figure in by_group.items()
        ]
        if not add_up(total[answer], parts):
            return False
    return True


def _seen(answers: dict[str, int]) -> int:
    return sum(answers[answer] for answer in ANSWERS)


def share(answers: dict[str, int]) -> Fraction:
    """P = (A + 1) / (S + 2), S being those who have seen it, pass included."""
    return Fraction(answers["agree"] + 1, _seen(answers) + 2)


def _entry_holds(entry: Json, answers: Answers | None) -> bool:
    """The value is the G-th root of the product of the groups' shares; printed only as a band where a count is withheld."""
    value = entry["value"]
    if answers is None:
        return value is None or (isinstance(value, dict) and value["band"] in BANDS)
    shares = {group: share(one) for group, one in answers.items()}
    printed = {group: f"{one.numerator}/{one.denominator}" for group, one in shares.items()}
    root = float(prod(shares.values(), start=Fraction(1))) ** (1 / len(shares))
    return isinstance(value, float) and abs(value - root) < CLOSE and entry["by_group"] == printed


def _height(value: Any) -> float:
    if isinstance(value, dict):
        return (BANDS.index(value["band"]) + 0.5) / len(BANDS)
    return -1.0 if value is None else float(value)


def own_causes(statements: dict[str, Answers], group: str) -> list[str]:
    """The statements on which a group stands out: z₁ and z₂ over 1.2816, at most five by R · z₂ · P · z₁."""
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
