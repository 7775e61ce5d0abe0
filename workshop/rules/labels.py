"""Labels: where the name of a group may stand on what its people write (docs/rules.md section 7)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def labelled(sizes: Mapping[Key, int], privacy_minimum: int, wrote: Collection[Key] = ()) -> frozenset[Key]:
    """Returns the groups whose name may stand on what their people write.

    `sizes` is how many people of each group could have written it, `wrote` the groups that have written: one whose people
    have all left still has its texts. Groups of at least the privacy minimum are named, but only while the people of all
    others are together at least as many: the texts without a name would otherwise point at those few. Whether those few
    have written anything plays no part, or the first text would tell of them.
    """
    named = frozenset(key for key, people in sizes.items() if people >= privacy_minimum)
    others = [key for key in {*sizes, *wrote} - named if sizes.get(key, 0) or key in wrote]
    if others and sum(sizes.get(key, 0) for key in others) < privacy_minimum:
        return frozenset()
    return named


def may_name(people: int, privacy_minimum: int) -> bool:
    """Returns whether a group may be named by itself, as in a sentence on the board that addresses it."""
    return people >= privacy_minimum
