"""The published answers to statements, and the common ground among them (docs/rules.md sections 7 and 8).

Each statement is a vote of its own: what is published of it depends on how many answered it. P_g of a group follows from its
counts, so P_g and the value made of all of them are published only where the counts of all groups are. The order of the
common ground is always published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from workshop.rules import common_ground as ground
from workshop.rules.ballots import BallotPaper, Positions, ballots_by_group, tally_positions
from workshop.rules.disclosure import Disclosure, disclosure
from workshop.rules.shortlist_result import written

Record = dict[str, object]
ByGroup = Mapping[str, Positions]


def positions_result(
    options: Sequence[str],
    papers: Sequence[BallotPaper],
    eligible: Mapping[str, int],
    privacy_minimum: int,
    open_groups: Collection[str] = (),
) -> Record:
    """Returns `options`, `common_ground` and `own_causes` of the result of a ballot of positions (docs/protocol.md)."""
    answers = tally_positions(options, papers, sorted(eligible))
    shown = {
        option: disclosure({group: n.seen for group, n in by_group.items()}, open_groups, privacy_minimum)
        for option, by_group in answers.items()
    }
    voters = ballots_by_group(papers)
    ranked = [option for option in options if ground.may_rank(answers[option], voters)]
    ranked.sort(key=lambda option: (-ground.common_ground(answers[option]), option))
    counted = {option: answers[option] for option in ranked if shown[option].all_groups}
    return {
        "options": [_option(option, answers[option], shown[option]) for option in options],
        "common_ground": [_entry(option, counted.get(option)) for option in ranked],
        "own_causes": {group: ground.own_causes(counted, group) for group in sorted(eligible)} if len(eligible) > 1 else {},
    }


def _option(option: str, by_group: ByGroup, shown: Disclosure) -> Record:
    return {
        "id": option,
        "total": _counts(by_group.values()) if shown.total else None,
        "by_group": {group: _counts([n]) for group, n in by_group.items() if group in shown.groups},
    }


def _counts(answers: Iterable[Positions]) -> Record:
    answers = list(answers)
    return {
        "agree": sum(n.agree for n in answers),
        "pass": sum(n.passed for n in answers),
        "disagree": sum(n.disagree for n in answers),
    }


def _entry(option: str, counted: ByGroup | None) -> Record:
    if counted is None:
        return {"id": option, "value": None, "by_group": {}}
    by_group = {group: written(ground.share(answers)) for group, answers in counted.items()}
    return {"id": option, "value": ground.shown_value(counted), "by_group": by_group}
