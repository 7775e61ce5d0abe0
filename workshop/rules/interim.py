"""The interim mood of an open ballot of positions: pictures made in batches, told in bands, and shown one batch late.

docs/rules.md section 7. Each statement has pictures of its own. A picture is made when in *every* group at least k people have
answered the statement since the last one was made. It is shown when the next one is made, so that at least k people of
every group also stand between any picture that is shown and the result, whenever the ballot closes. It tells no more than a
result of that moment would, of a group only from ten answers on, and never a number: a band, or "at most 2".

Whether there is a picture follows from how many have answered, never from what. So whatever a reader subtracts, the
difference is made of at least k people of each group, and of those who have thought again meanwhile; nobody but they know how
many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.rules.ballots import Paper, Positions, tally_positions
from workshop.rules.disclosure import (
    COUNTS_FROM,
    Counts,
    Kind,
    View,
    band,
    few_answers,
    interim_due,
    of_answers,
    whole_room,
)
from workshop.rules.groups import split_key

Kept = Mapping[str, Any]
"""`{statement: {counted: {group: n}, waiting: picture, shown: picture or None}}`: `counted` is how many had answered when the
waiting picture was made. A picture is `{ballots, answers, total, by_group}`."""
ByGroup = Mapping[str, Positions]


def due(
    kept: Kept, statements: Sequence[str], papers: Sequence[Paper], eligible: Mapping[str, int], privacy_minimum: int
) -> dict[str, ByGroup]:
    """The answers by group to those statements of which another picture may be made.

    `eligible` is people per effective group: every one of them must have its k new answers.
    """
    answers = tally_positions(statements, papers, [group for group, people in eligible.items() if people])
    return {
        statement: by_group
        for statement, by_group in answers.items()
        if interim_due(_counted_before(kept, statement, by_group), _seen(by_group), privacy_minimum)
    }


def advance(
    kept: Kept, answers: Mapping[str, ByGroup], eligible: Mapping[str, int], ballots: int, privacy_minimum: int
) -> dict[str, Any]:
    """The pictures after those of these statements were made: each waits now, and the one that waited before is shown.

    `ballots` is how many have voted.
    """
    after = dict(kept)
    for statement, by_group in answers.items():
        after[statement] = {
            "counted": _seen(by_group),
            "waiting": {"ballots": ballots, **picture(by_group, eligible, privacy_minimum)},
            "shown": kept.get(statement, {}).get("waiting"),
        }
    return after


def picture(by_group: ByGroup, eligible: Mapping[str, int], privacy_minimum: int) -> dict[str, Any]:
    """`{answers, total, by_group}` of one statement, as far as a result of now would tell it, without its numbers."""
    counts = {group: Counts(eligible[group], n.agree, n.disagree, n.passed) for group, n in by_group.items()}
    disclosed = of_answers(counts, privacy_minimum)
    total = whole_room(counts.values())
    return {
        "answers": total.cast,
        "total": _told(total, disclosed.total),
        "by_group": {group: _told(counts[group], disclosed.by_group[group]) for group in sorted(counts)},
    }


def published(kept: Kept, statements: Sequence[str]) -> dict[str, Any] | None:
    """What everybody sees of it, in the order of the statements: `{ballots, result: {options: [{id, answers, total,
    by_group}]}}`; None before the first picture is shown. `ballots` is how many had voted when the newest was made."""
    pictures = {statement: kept[statement]["shown"] for statement in statements if kept.get(statement, {}).get("shown")}
    if not pictures:
        return None
    options = [
        {"id": statement, **{name: shown[name] for name in ("answers", "total", "by_group")}}
        for statement, shown in pictures.items()
    ]
    return {"ballots": max(shown["ballots"] for shown in pictures.values()), "result": {"options": options}}


def _told(counts: Counts, view: View) -> dict[str, Any] | None:
    """A figure of a picture: what the view tells, and of exact counts only the band."""
    if counts.cast < COUNTS_FROM or view.kind is Kind.NOTHING:
        return None
    if view.kind is Kind.FEW:
        return few_answers(view)
    lies_in = view.band if view.kind is Kind.BAND else band(counts.yes, counts.against)
    return {"band": lies_in} if lies_in else None


def _seen(by_group: ByGroup) -> dict[str, int]:
    return {group: answers.seen for group, answers in by_group.items()}


def _counted_before(kept: Kept, statement: str, by_group: ByGroup) -> dict[str, int]:
    """What was counted last, under the names that the groups have now: one may have taken in another since."""
    counted = kept.get(statement, {}).get("counted", {})
    return {
        group: sum(n for old, n in counted.items() if set(split_key(old)) <= set(split_key(group))) for group in by_group
    }
