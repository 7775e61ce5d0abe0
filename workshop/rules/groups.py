"""Effective groups: small groups are pooled, so that counts do not show how single people voted (docs/rules.md section 7).

The grouping is made once, when a vote opens, and frozen with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

LOWEST_PRIVACY_MINIMUM = 3
DEFAULT_PRIVACY_MINIMUM = 5

JOINT = "+"


@dataclass(frozen=True)
class EffectiveGroup:
    """One or more declared groups that are counted together. `size` is the number of people; `open` says that they vote by
    name."""

    keys: tuple[str, ...]
    size: int
    open: bool = False

    @property
    def key(self) -> str:
        """Returns the key used in records and ballot papers: the sorted declared keys joined with `+`."""
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
    """Returns the keys sorted and joined with `+`: `("leaders", "citizens")` gives `"citizens+leaders"`."""
    return JOINT.join(sorted(keys))


def split_key(key: str) -> tuple[str, ...]:
    """Returns the declared groups in an effective key, sorted."""
    return tuple(sorted(key.split(JOINT)))


def late_host(effective: Mapping[str, str], sizes: Mapping[str, int]) -> str | None:
    """Returns the effective group that a declared group joins when it was absent at opening and arrives later: the smallest
    pool, else the smallest group. `effective` is the effective key of each declared group that votes secretly, `sizes` the
    people per declared group. None where all others vote openly: the late group is then counted by itself."""
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
    """Returns the effective groups: those under the privacy minimum k pooled (docs/rules.md section 7).

    `sizes` is people per declared group. Groups of 1 to k-1 people form one pool; while the pool is under k, the smallest
    other group is added (of equals, the first by key). Groups in `open_groups` vote by name and are never pooled.
    `together` are declared groups that an earlier vote on the same question counted together: they stay together while all
    of them are here and vote secretly. Raises `ValueError` for a k under three or a negative size.
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
