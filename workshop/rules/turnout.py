"""How many of each group have voted, while a vote is open (docs/rules.md section 7).

How many of the whole room have voted is shown all the time, so whoever is shown the figures of some groups can subtract
them from it. Therefore not only the groups that are shown have ten people, but also all that is left of the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.rules.groups import effective_groups, split_key

TURNOUT_FROM = 10
"""Of fewer people, "4 of 5 have voted" points at the one who has not."""


@dataclass(frozen=True)
class Turnout:
    """How many of so many have voted. `keys` are declared groups, counted together."""

    keys: tuple[str, ...]
    voted: int
    eligible: int


def turnout_by_group(voted: Mapping[str, int], eligible: Mapping[str, int], privacy_minimum: int) -> list[Turnout]:
    """The turnout that may be shown beside that of the whole room; both mappings are by effective group.

    Effective groups under ten people are counted together as small groups are for the vote itself, only that the pool has
    at least ten. Where one pool is all there is, nothing is shown but the room.
    """
    grouping = effective_groups(eligible, max(TURNOUT_FROM, privacy_minimum))
    if len(grouping.groups) < 2:
        return []
    return [
        Turnout(
            keys=tuple(sorted(declared for key in group.keys for declared in split_key(key))),
            voted=sum(voted.get(key, 0) for key in group.keys),
            eligible=group.size,
        )
        for group in grouping.groups
    ]
