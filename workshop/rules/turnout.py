"""How many of each group have voted (docs/rules.md section 7).

How many of the whole room have voted is shown all the time, so whoever is shown some groups can subtract them from it.
Therefore either every group is shown or none is.
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

    Groups that vote openly count too: while their vote is open, who of them has voted is nobody's to know either.
    """
    return disclosure({group: voted.get(group, 0) for group in groups}, (), privacy_minimum).all_groups


def turnout_by_group(voted: Mapping[str, int], eligible: Mapping[str, int], privacy_minimum: int) -> list[Turnout]:
    """Returns the turnout that may be shown beside that of the whole room, by effective group; both mappings have their keys.

    Nothing where a group has cast too few votes, and nothing where one group is the whole room: its row would be the room's.
    """
    present = sorted(key for key, people in eligible.items() if people > 0)
    if len(present) < 2 or not may_show_groups(voted, present, privacy_minimum):
        return []
    return [Turnout(split_key(key), voted.get(key, 0), eligible[key]) for key in present]
