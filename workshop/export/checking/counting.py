"""Checks which counts of a vote may be printed (docs/rules.md section 7)."""

from __future__ import annotations

from workshop.export.checking.core import Json, counted


def counts_of(by_group: Json) -> Json:
    """Returns the groups that have counts, with their counts."""
    return {group: counted(figure) for group, figure in by_group.items() if counted(figure) is not None}


def disclosed(vote: Json, votes: dict[str, int], room: int | None) -> bool:
    """Returns whether the rule allows what is printed of a vote. The room's count may be printed from ten secret votes on,
    the counts of groups only when every group that votes secretly has ten; the counts of open groups are always printed.
    (Ten stands for twice the privacy minimum, which is usually five.)

    `votes` is the largest number of people who may have voted in each group with counts; `room` is that number for the whole
    room, None where it has no count. A vote that was published by an earlier rule is always accepted.
    """
    terms, result = vote["terms"], vote["result"]
    if "counts_from" not in result:
        return True
    enough = 2 * terms["privacy_minimum"]
    openly = set(terms.get("open_groups", ())) & set(terms["eligible"])
    secret = terms["eligible"].keys() - openly
    shown = votes.keys() - openly
    groups = openly <= votes.keys() and shown in (set(), secret) and all(votes[group] >= enough for group in shown)
    total = not secret or room is None or room - sum(votes[group] for group in openly & votes.keys()) >= enough
    return bool(result["counts_from"] == enough) and groups and total and (room is not None or not shown)
