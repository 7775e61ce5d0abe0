"""Labels: when the name of a group may be shown on what its people write (docs/rules.md section 7)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def labelled(sizes: Mapping[Key, int], privacy_minimum: int, wrote: Collection[Key] = ()) -> frozenset[Key]:
    """Returns the groups whose name may be shown on what their people write.

    `sizes` is how many people of each group could have written it. `wrote` are the groups that have written: the texts of a
    group stay when all its people have left. Groups of at least the privacy minimum are named, but only while all other
    groups together have at least as many people; otherwise the texts without a name would point at those few. Whether the
    few have written anything makes no difference, because the names would otherwise disappear with their first text.
    """
    named = frozenset(key for key, people in sizes.items() if people >= privacy_minimum)
    others = [key for key in {*sizes, *wrote} - named if sizes.get(key, 0) or key in wrote]
    if others and sum(sizes.get(key, 0) for key in others) < privacy_minimum:
        return frozenset()
    return named


def may_name(people: int, privacy_minimum: int) -> bool:
    """Returns whether a group of so many people may be named by itself, as in a sentence on the board."""
    return people >= privacy_minimum
