"""How many of each group have voted (docs/rules.md section 7).

How many of the whole room have voted is always shown, so the number of a missing group could be found by subtracting the
others. Therefore either every group is shown or none is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshop.rules.disclosure import disclosure
from workshop.rules.groups import split_key


@dataclass(frozen=True)
class Turnout:
    """How many have voted of how many who may. `keys` are declared groups, counted together."""

    keys: tuple[str, ...]
    voted: int
    eligible: int


def may_show_groups(voted: Mapping[str, int], groups: Collection[str], privacy_minimum: int) -> bool:
    """Returns whether numbers per group may be shown: every effective group has cast enough votes.

    Groups that vote openly need enough votes too: while a vote is open, who of them has voted is secret as well.
    """
    return disclosure({group: voted.get(group, 0) for group in groups}, (), privacy_minimum).all_groups


def turnout_by_group(voted: Mapping[str, int], eligible: Mapping[str, int], privacy_minimum: int) -> list[Turnout]:
    """Returns the turnout by effective group that may be shown beside that of the whole room. Both mappings are by effective
    group key.

    Empty where a group has cast too few votes, and where there is only one group, which would have the numbers of the room.
    """
    present = sorted(key for key, people in eligible.items() if people > 0)
    if len(present) < 2 or not may_show_groups(voted, present, privacy_minimum):
        return []
    return [Turnout(split_key(key), voted.get(key, 0), eligible[key]) for key in present]
