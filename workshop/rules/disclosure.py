"""Disclosure: the one place that decides which counts of a secret vote are published (docs/rules.md section 7).

The room's own count is published from ten votes. Counts per group are published only when every group has ten. A group
that votes openly always has its counts. Statuses, the outcome, and what was chosen in which order are always published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

#: keys by which results published under the earlier rule gave a bound in place of a count
_BOUNDS = frozenset({"band", "at_most", "all_but"})
_NO_LONGER = _BOUNDS | {"payments", "purse"}
_WHOLE_OR_NOTHING = frozenset({"total", "counts", "coverage", "influence"})
_COUNTED_FROM_BEFORE = 10


@dataclass(frozen=True)
class Disclosure:
    """Whether the room's count is published, the effective groups whose counts are published, and whether that is all
    groups."""

    total: bool
    groups: frozenset[str]
    all_groups: bool


def counts_from(privacy_minimum: int) -> int:
    """Returns the number of secret votes from which counts are published: twice the privacy minimum, by default ten."""
    return 2 * privacy_minimum


def disclosure(cast: Mapping[str, int], open_groups: Collection[str], privacy_minimum: int) -> Disclosure:
    """Returns what is published of a vote. `cast` is the votes of every effective group that could vote, 0 where nobody
    did."""
    secret = {group: votes for group, votes in cast.items() if group not in open_groups}
    enough = counts_from(privacy_minimum)
    all_groups = bool(cast) and all(votes >= enough for votes in secret.values())
    total = all_groups or sum(secret.values()) >= enough
    return Disclosure(total, frozenset(cast if all_groups else cast.keys() - secret.keys()), all_groups)


def as_published(result: Mapping[str, Any], open_groups: Collection[str] = ()) -> dict[str, Any]:
    """Returns a stored result in the form that results have today.

    Results published under the earlier rule had bands and bounds, and could withhold the counts of some groups while
    showing others. Only exact counts are kept of them, and those of secret groups only where all secret groups have them.
    """
    if "counts_from" in result:
        return dict(result)
    read = {name: _counts_only(value, name, open_groups) for name, value in result.items()}
    secret = [group for group in read.get("groups", ()) if "+".join(group["keys"]) not in open_groups]
    if any(group["counts"] is None for group in secret):
        for group in secret:
            group["counts"] = None
    return read | {"counts_from": _COUNTED_FROM_BEFORE}


def _counts_only(value: Any, name: str, open_groups: Collection[str]) -> Any:
    """Returns the part of an old result under the key `name` without bands and bounds; None where nothing else was given."""
    if isinstance(value, list):
        return [_counts_only(one, "", open_groups) for one in value]
    if not isinstance(value, Mapping):
        return value
    figures = "total" if name == "by_group" else None
    kept = {key: _counts_only(one, figures or key, open_groups) for key, one in value.items() if key not in _NO_LONGER}
    if name == "by_group" and None in kept.values():
        return {group: kept[group] for group in kept.keys() & set(open_groups)}
    bound = "status" not in value and not _BOUNDS.isdisjoint(value)
    return None if bound or (name in _WHOLE_OR_NOTHING and None in kept.values()) else kept
