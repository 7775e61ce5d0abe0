"""The published answers to statements, and the common ground among them (docs/rules.md sections 7 and 8).

P_g of a group is its counts in another form, so it is published only for groups whose answers are exact. The
value of a statement is made of all groups: a number where all of them are exact, otherwise the band it lies
in, and nothing where even the band would give an answer away. The list is in the order of what is published,
not of the hidden figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import prod

from workshop.rules import common_ground as ground
from workshop.rules.ballots import Paper, Positions, ballots_by_group, tally_positions
from workshop.rules.disclosure import (
    BANDS,
    Counts,
    Disclosure,
    Kind,
    View,
    few_answers,
    may_show_product,
    of_answers,
    whole_room,
)
from workshop.rules.shortlist_result import written

Record = dict[str, object]
ByGroup = Mapping[str, Positions]


def positions_result(
    options: Sequence[str],
    papers: Sequence[Paper],
    eligible: Mapping[str, int],
    privacy_minimum: int,
    open_groups: Collection[str] = (),
) -> Record:
    """`options`, `common_ground` and `own_causes` of a published ballot of positions (docs/protocol.md)."""
    answers = tally_positions(options, papers, eligible)
    counts = {
        option: {
            group: Counts(eligible[group], n.agree, n.disagree, n.passed, open=group in open_groups)
            for group, n in answers[option].items()
        }
        for option in options
    }
    disclosed = {option: of_answers(counts[option], privacy_minimum) for option in options}
    voters = ballots_by_group(papers)
    ranked = [option for option in options if ground.may_rank(answers[option], voters)]
    entries = [_entry(option, answers[option], counts[option], disclosed[option], privacy_minimum) for option in ranked]
    totals = {option: whole_room(counts[option].values()) for option in options}
    return {
        "options": [
            {
                "id": option,
                "total": _shown(totals[option], disclosed[option].total),
                "by_group": {
                    group: _shown(counts[option][group], disclosed[option].by_group[group]) for group in sorted(eligible)
                },
            }
            for option in options
        ],
        "common_ground": sorted(entries, key=lambda entry: _order(entry, disclosed, totals)),
        "own_causes": _own_causes({option: answers[option] for option in ranked}, disclosed, eligible),
    }


def _shown(counts: Counts, view: View) -> object:
    """Agree, pass and disagree; with at most two on a side, the other side and the passes are held back."""
    if view.kind is Kind.EXACT:
        return {"agree": counts.yes, "pass": counts.blank, "disagree": counts.against}
    if view.kind is Kind.BAND and view.band:
        return {"band": view.band}
    if view.kind is Kind.FEW:
        return few_answers(view)
    return None


def _entry(option: str, answers: ByGroup, counts: Mapping[str, Counts], disclosed: Disclosure, k: int) -> Record:
    views = disclosed.by_group
    value: object = None
    if all(view.exact for view in views.values()):
        value = ground.shown_value(answers)
    else:
        seen = prod(n.cast + 2 for n in counts.values())
        band_of = partial(_band_of_value, seen=seen, groups=len(counts))
        if may_show_product(counts, k, band_of):
            value = {"band": band_of(prod(n.yes + 1 for n in counts.values()))}
    return {
        "id": option,
        "value": value,
        "by_group": {
            group: written(ground.share(answers[group])) if views[group].exact else None for group in sorted(answers)
        },
    }


def _band_of_value(agreeing: int, seen: int, groups: int) -> str:
    """The band of GIC^(1/G), in whole numbers: GIC is Π (A + 1) / Π (S + 2), its bounds are to the power of G."""
    if agreeing * 3**groups < seen:
        return BANDS[0]
    if agreeing * 2**groups <= seen:
        return BANDS[1]
    return BANDS[2] if agreeing * 3**groups <= seen * 2**groups else BANDS[3]


def _order(entry: Record, disclosed: Mapping[str, Disclosure], totals: Mapping[str, Counts]) -> tuple[object, ...]:
    """From most to least common ground by what is published, then by the published share that agrees."""
    option, value = str(entry["id"]), entry["value"]
    if isinstance(value, float):
        place = value
    else:
        place = (BANDS.index(value["band"]) + 0.5) / len(BANDS) if isinstance(value, dict) else -1.0
    total = totals[option]
    share = Fraction(total.yes + 1, total.cast + 2) if disclosed[option].total.exact else Fraction(0)
    return (-place, -share, option)


def _own_causes(
    answers: Mapping[str, ByGroup], disclosed: Mapping[str, Disclosure], eligible: Mapping[str, int]
) -> dict[str, list[str]]:
    """Each group's own causes, among the statements whose answers are exact in every group."""
    exact = {
        option: by_group
        for option, by_group in answers.items()
        if all(view.exact for view in disclosed[option].by_group.values())
    }
    return {group: ground.own_causes(exact, group) for group in sorted(eligible)} if len(eligible) > 1 else {}
