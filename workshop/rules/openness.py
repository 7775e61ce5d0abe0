"""Who votes openly and by name (docs/rules.md section 7).

It is declared for a step before any vote in it, or agreed to by every member of a small group. It is settled when a vote
opens and frozen with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from workshop.rules.groups import JOINT
from workshop.rules.refusal import Refused

DECLARED: tuple[str, ...] = ("secret", "open", "some_open")
"""What can be declared for a step: everybody votes secretly, everybody votes by name, or the named groups do."""

SETTINGS: tuple[str, ...] = ("openness", "open_groups")
"""The settings of a step that declare it."""

Why = Literal["declared", "agreed"]


@dataclass(frozen=True)
class Openness:
    """Which groups vote by name in one vote. `groups` are those named with `some_open`, `agreed` the small groups whose
    every member has agreed to it for this vote.
    """

    declared: str = "secret"
    groups: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()

    def opens(self, key: str) -> bool:
        """Returns whether a declared group votes by name. A pool (`citizens+researchers`) never does."""
        return self.why(key) is not None

    def why(self, key: str) -> Why | None:
        """Returns why the group votes by name: `declared` before the vote, or `agreed` by every member. None: it votes
        secretly."""
        if JOINT in key:
            return None
        if self.declared == "open" or (self.declared == "some_open" and key in self.groups):
            return "declared"
        return "agreed" if key in self.agreed else None

    def among(self, keys: Collection[str]) -> list[str]:
        """Returns those of the groups that vote by name, sorted."""
        return sorted(key for key in keys if self.opens(key))

    def as_record(self) -> dict[str, object]:
        """Returns what `from_record` reads, as JSON values, as it is frozen with the vote."""
        return {"declared": self.declared, "groups": list(self.groups), "agreed": list(self.agreed)}

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> Self:
        """Returns the openness in a stored record; an empty record means secret."""
        return cls(
            declared=str(record.get("declared", "secret")),
            groups=_keys(record.get("groups")),
            agreed=_keys(record.get("agreed")),
        )

    @classmethod
    def of_step(cls, settings: Mapping[str, object]) -> Self:
        """Returns the openness that the settings of a step declare."""
        return cls(declared=str(settings.get("openness", "secret")), groups=_keys(settings.get("open_groups")))


def declared_settings(
    before: Mapping[str, object], given: Mapping[str, object], known: Collection[str]
) -> dict[str, object]:
    """Returns `openness`, and with `some_open` also `open_groups`, of a step's settings after a change; empty where neither
    was ever set.

    `known` are the keys of the workshop's groups. Raises `Refused` with the field `settings.openness` or
    `settings.open_groups`: `malformed`, `empty` for no group, `not_found` (fact `group`) for one that does not exist.
    """
    stays = {name: value for name, value in before.items() if name in SETTINGS}
    if given.keys().isdisjoint(SETTINGS):
        return stays
    declared = given.get("openness", stays.get("openness", "secret"))
    if not isinstance(declared, str) or declared not in DECLARED:
        raise Refused("malformed", "settings.openness", known=list(DECLARED))
    if declared != "some_open":
        if given.get("open_groups"):
            raise Refused("malformed", "settings.open_groups")
        return {"openness": declared}
    groups = given.get("open_groups", stays.get("open_groups", []))
    if not isinstance(groups, list) or not all(isinstance(key, str) for key in groups):
        raise Refused("malformed", "settings.open_groups")
    if not groups:
        raise Refused("empty", "settings.open_groups")
    for key in groups:
        if key not in known:
            raise Refused("not_found", "settings.open_groups", group=key)
    return {"openness": declared, "open_groups": sorted(set(groups))}


def without_group(settings: Mapping[str, object], key: str) -> dict[str, object]:
    """Returns a step's settings after a group was removed; without any open group left the step becomes secret."""
    left = [one for one in _keys(settings.get("open_groups")) if one != key]
    rest = {name: value for name, value in settings.items() if name not in SETTINGS}
    return rest | ({"openness": "some_open", "open_groups": left} if left else {"openness": "secret"})


def all_agreed(eligible: Mapping[str, int], agreed: Mapping[str, int], privacy_minimum: int) -> tuple[str, ...]:
    """Returns the groups that vote openly because each of their members said yes.

    `eligible` is people per declared group, `agreed` how many of them have agreed, for each group that was asked. Only
    groups under the privacy minimum can do so: a larger one is counted by itself anyway and keeps its secret vote.
    """
    return tuple(
        sorted(key for key, yes in agreed.items() if 0 < eligible.get(key, 0) < privacy_minimum and yes == eligible[key])
    )


def few_in_secret(sizes: Mapping[str, int], openness: Openness, privacy_minimum: int) -> bool:
    """Returns whether those who vote secretly beside open groups are fewer than the privacy minimum. Only their status is
    published then, and even that may tell how a single one of them voted. `sizes` is people per effective group."""
    secret = sum(size for key, size in sizes.items() if not openness.opens(key))
    return 0 < secret < min(privacy_minimum, sum(sizes.values()))


def _keys(value: object) -> tuple[str, ...]:
    return tuple(str(key) for key in value) if isinstance(value, list | tuple) else ()
