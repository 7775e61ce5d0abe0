"""Which counts of a vote may be printed, and whether a printed one can be true (docs/rules.md section 7)."""

from __future__ import annotations

from workshop.export.checking.core import Json, counted


def counts_of(by_group: Json) -> Json:
    """The groups that have counts."""
    return {group: counted(figure) for group, figure in by_group.items() if counted(figure) is not None}


def disclosed(vote: Json, votes: dict[str, int], room: int | None) -> bool:
    """Whether the rule allows what is printed of a vote: the room's count from ten secret votes, groups only when every group
    that votes secretly has ten, and always those that vote openly.

    `votes` is how many each group that has counts cast at most; `room` how many of the whole room, None where it has no count.
    Of a vote that was published by an earlier rule nothing is said.
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
