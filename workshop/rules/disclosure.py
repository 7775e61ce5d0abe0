"""Disclosure: the one place that decides which counts of a secret vote are published (docs/rules.md section 7).

The room's own count is published from ten votes. Counts per group are published only when every group has ten. A group
that votes openly always has its counts. Statuses, the outcome, and what was chosen in which order are always published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

#: what results published by the earlier rule say of a figure that is not a count: only a bound
_BOUNDS = frozenset({"band", "at_most", "all_but"})
_NO_LONGER = _BOUNDS | {"payments", "purse"}
_WHOLE_OR_NOTHING = frozenset({"total", "counts", "coverage", "influence"})
_COUNTED_FROM_BEFORE = 10


@dataclass(frozen=True)
class Disclosure:
    """Whether the room's count is published, the effective groups whose counts are, and whether those are all groups."""

    total: bool
    groups: frozenset[str]
    all_groups: bool


def counts_from(privacy_minimum: int) -> int:
    """Returns from how many secret votes on counts are published: twice the privacy minimum, ten unless set."""
    return 2 * privacy_minimum


def disclosure(cast: Mapping[str, int], open_groups: Collection[str], privacy_minimum: int) -> Disclosure:
    """Returns what is published of a vote. `cast` is votes per effective group, of every group that could vote."""
    secret = {group: votes for group, votes in cast.items() if group not in open_groups}
    enough = counts_from(privacy_minimum)
    all_groups = bool(cast) and all(votes >= enough for votes in secret.values())
    total = all_groups or sum(secret.values()) >= enough
    return Disclosure(total, frozenset(cast if all_groups else cast.keys() - secret.keys()), all_groups)


def as_published(result: Mapping[str, Any], open_groups: Collection[str] = ()) -> dict[str, Any]:
    """Returns a stored result in the form that results have today.

    Those from before this rule held bands and bounds, and withheld single groups beside shown ones. Of these only the
    counts are left, and of the groups that voted secretly only where all have them.
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
