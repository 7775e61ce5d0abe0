"""Effective groups: small groups are pooled so that no secret vote can be read off a handful of people.

docs/rules.md section 7. The grouping is made once, when a vote opens, and frozen with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

LOWEST_PRIVACY_MINIMUM = 3
DEFAULT_PRIVACY_MINIMUM = 5

JOINT = "+"


@dataclass(frozen=True)
class EffectiveGroup:
    """One or more declared groups that are counted together. `size` is people, `open` a vote with names
    visible.
    """

    keys: tuple[str, ...]
    size: int
    open: bool = False

    @property
    def key(self) -> str:
        """The name in every record and paper: the sorted keys joined with `+`."""
        return joined_key(self.keys)


@dataclass(frozen=True)
class Grouping:
    """All effective groups by key, and the declared groups with nobody in them."""

    groups: tuple[EffectiveGroup, ...]
    absent: tuple[str, ...]

    def sizes(self) -> dict[str, int]:
        """Returns people per effective group key."""
        return {group.key: group.size for group in self.groups}


def joined_key(keys: Collection[str]) -> str:
    """`("citizens", "leaders")` → `"citizens+leaders"`, in sorted order."""
    return JOINT.join(sorted(keys))


def split_key(key: str) -> tuple[str, ...]:
    """Returns the declared groups in an effective key, sorted."""
    return tuple(sorted(key.split(JOINT)))


def late_host(effective: Mapping[str, str], sizes: Mapping[str, int]) -> str | None:
    """Returns the effective group that takes in a declared group absent when the vote opened: of several the smallest, and
    a pool before any other. `effective` is the effective key of each declared group that votes secretly, `sizes` people per
    declared group. None where everybody else votes openly: the late one is by itself then, and too small to be shown."""
    people: dict[str, int] = {}
    for declared, key in effective.items():
        people[key] = people.get(key, 0) + sizes.get(declared, 0)
    return min(people, key=lambda key: (JOINT not in key, people[key], key), default=None)


def effective_groups(
    sizes: Mapping[str, int],
    privacy_minimum: int = DEFAULT_PRIVACY_MINIMUM,
    open_groups: Collection[str] = (),
    together: Iterable[Collection[str]] = (),
) -> Grouping:
    """Pool the groups under the privacy minimum (docs/rules.md section 7).

    `sizes` is people per declared group. Groups of 1 to k-1 people form one pool; while the pool is under k
    it takes in the smallest other group (of equals, the first by key). Groups in `open_groups` vote with
    names visible: they keep their own threshold, are never pooled and never taken in. `together` are declared groups that an
    earlier vote on the same question counted together: they stay so while all of them are here and vote secretly.
    Raises `ValueError` for a k under three or a negative size.
    """
    if privacy_minimum < LOWEST_PRIVACY_MINIMUM:
        raise ValueError(f"the privacy minimum is never below {LOWEST_PRIVACY_MINIMUM}")
    if any(size < 0 for size in sizes.values()):
        raise ValueError("a group cannot have a negative size")
    present = {key: size for key, size in sizes.items() if size > 0}
    own = [EffectiveGroup((key,), present[key], open=True) for key in present if key in open_groups]
    secret = {key: size for key, size in present.items() if key not in open_groups}
    for kept in together:
        if len(kept) > 1 and secret.keys() >= set(kept):
            secret[joined_key(kept)] = sum(secret.pop(key) for key in kept)
    pool = sorted(key for key, size in secret.items() if size < privacy_minimum)
    others = sorted((size, key) for key, size in secret.items() if size >= privacy_minimum)
    while pool and others and sum(secret[key] for key in pool) < privacy_minimum:
        pool.append(others.pop(0)[1])
    groups = own + [EffectiveGroup(split_key(key), size) for size, key in others]
    if pool:
        groups.append(EffectiveGroup(split_key(joined_key(pool)), sum(secret[key] for key in pool)))
    return Grouping(
        groups=tuple(sorted(groups, key=lambda group: group.key)),
        absent=tuple(sorted(key for key, size in sizes.items() if size == 0)),
    )
