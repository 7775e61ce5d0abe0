"""Decisions: an agreement must be carried in every group of the room (docs/rules.md section 6).

Stances are counted per effective group. This module returns all counts; `workshop.rules.disclosure` decides which of them
are published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Self

from workshop.rules.groups import DEFAULT_PRIVACY_MINIMUM, LOWEST_PRIVACY_MINIMUM, split_key
from workshop.rules.refusal import Refused, together

STANCES: tuple[str, ...] = ("for", "reservation", "against", "blank")
OUTCOMES: tuple[str, ...] = (
    "no_quorum",
    "missing_required_group",
    "no_position",
    "blocked_by_group",
    "not_carried_overall",
    "ratified",
)
#: the settings of a `Rule` that are shares
SHARES: tuple[str, ...] = ("quorum", "group_majority", "binding_majority", "overall_majority")


@dataclass(frozen=True)
class Stance:
    """One person's stance without the person: the effective group, one of `STANCES`, and the words with it."""

    group: str
    stance: str
    reason: str = ""


@dataclass(frozen=True)
class Rule:
    """The thresholds, locked when the first decision opens. Shares are of `for + reservation + against`.

    `group_majority` must be exceeded (a tie fails); the others must be reached. Effective groups with one of the
    `binding_groups` (the declared groups of the parties who bind themselves) also need `binding_majority`.
    """

    quorum: Fraction = Fraction(1, 2)
    group_majority: Fraction = Fraction(1, 2)
    binding_majority: Fraction = Fraction(2, 3)
    overall_majority: Fraction = Fraction(2, 3)
    privacy_minimum: int = DEFAULT_PRIVACY_MINIMUM
    binding_groups: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Self:
        """Returns the rule of a record's settings, with fractions as `"a/b"` and defaults for what is not given.

        Raises `Refused("malformed", "settings.NAME")`; further bad shares are among its `others`.
        """
        for name in settings:
            if name not in cls.__dataclass_fields__:
                raise Refused("malformed", f"settings.{name}")
        default = cls()
        privacy_minimum = settings.get("privacy_minimum", default.privacy_minimum)
        if not isinstance(privacy_minimum, int) or privacy_minimum < LOWEST_PRIVACY_MINIMUM:
            raise Refused("malformed", "settings.privacy_minimum", lowest=LOWEST_PRIVACY_MINIMUM)
        binding_groups = settings.get("binding_groups", [])
        if not isinstance(binding_groups, list | tuple | set | frozenset):
            raise Refused("malformed", "settings.binding_groups")
        shares = together(*(partial(_share, settings, name, getattr(default, name)) for name in SHARES))
        return cls(
            **dict(zip(SHARES, shares, strict=True)),
            privacy_minimum=privacy_minimum,
            binding_groups=frozenset(str(key) for key in binding_groups),
        )

    def as_settings(self) -> dict[str, object]:
        """Returns what `from_settings` reads, as JSON values, as it is printed with the result."""
        return {
            "quorum": _written(self.quorum),
            "group_majority": _written(self.group_majority),
            "binding_majority": _written(self.binding_majority),
            "overall_majority": _written(self.overall_majority),
            "privacy_minimum": self.privacy_minimum,
            "binding_groups": sorted(self.binding_groups),
        }

    def quorum_needed(self, eligible: int) -> int:
        """Returns how many people must take part, blank stances included: ⌈quorum · eligible⌉."""
        return -(-self.quorum.numerator * eligible // self.quorum.denominator)

    def binds(self, group: str) -> bool:
        """Returns whether the effective group holds a party that binds itself."""
        return not self.binding_groups.isdisjoint(split_key(group))


@dataclass(frozen=True)
class Tally:
    """The counts of one group, or of the room: `eligible` counts people, the other fields stances."""

    eligible: int = 0
    in_favour: int = 0
    reservation: int = 0
    against: int = 0
    blank: int = 0

    @property
    def yes(self) -> int:
        """Returns y of section 6: the stances for, with or without a reservation."""
        return self.in_favour + self.reservation

    @property
    def positions(self) -> int:
        """Returns d of section 6: all stances but the blank ones."""
        return self.yes + self.against

    @property
    def cast(self) -> int:
        """Returns v of section 6: all stances, blank ones included."""
        return self.positions + self.blank


@dataclass(frozen=True)
class GroupOutcome:
    """One effective group: its key, its tally, and its status (`carried`, `not_carried`, `no_quorum` or `no_position`)."""

    key: str
    tally: Tally
    status: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Returns the keys of the declared groups in it, sorted."""
        return split_key(self.key)


@dataclass(frozen=True)
class Decision:
    """The outcome, and everything it follows from; the groups are in the order of their keys."""

    outcome: str
    groups: tuple[GroupOutcome, ...]
    overall: Tally
    overall_status: str
    absent: tuple[str, ...]
    missing_required: tuple[str, ...]

    @property
    def blocked_by(self) -> tuple[GroupOutcome, ...]:
        """Returns the groups in which it was not carried."""
        return tuple(group for group in self.groups if group.status == "not_carried")


def decide(
    rule: Rule,
    eligible: Mapping[str, int],
    stances: Iterable[Stance],
    required_groups: Collection[str] = (),
    absent: Collection[str] = (),
) -> Decision:
    """Returns the counted stances and the outcome: the first of `OUTCOMES` that applies.

    `eligible` is people per effective group, frozen at opening. `required_groups` and `absent` are declared
    keys. Raises `ValueError` for a stance from a group that was not counted at opening, or an unknown stance.
    """
    tallies = _tallies(eligible, stances)
    groups = tuple(GroupOutcome(key, tally, group_status(rule, key, tally)) for key, tally in sorted(tallies.items()))
    overall = _sum(tallies.values())
    status = overall_status(rule, overall)
    missing = tuple(sorted(set(required_groups) & set(absent)))
    return Decision(_outcome(groups, status, missing), groups, overall, status, tuple(sorted(absent)), missing)


def group_status(rule: Rule, group: str, tally: Tally) -> str:
    """Returns the status of one effective group by steps 1, 3 and 4 of section 6."""
    yes, d = tally.yes, tally.positions
    if tally.eligible == 0 or tally.cast < rule.quorum_needed(tally.eligible):
        return "no_quorum"
    if d == 0:
        return "no_position"
    carried = yes > rule.group_majority * d
    if rule.binds(group):
        carried = carried and yes >= rule.binding_majority * d
    return "carried" if carried else "not_carried"


def overall_status(rule: Rule, tally: Tally) -> str:
    """Returns the status of the whole room by steps 1, 3 and 5 of section 6."""
    if tally.eligible == 0 or tally.cast < rule.quorum_needed(tally.eligible):
        return "no_quorum"
    if tally.positions == 0:
        return "no_position"
    return "carried" if tally.yes >= rule.overall_majority * tally.positions else "not_carried"


def _outcome(groups: Collection[GroupOutcome], overall: str, missing_required: Collection[str]) -> str:
    statuses = {group.status for group in groups}
    if "no_quorum" in statuses or overall == "no_quorum":
        return "no_quorum"
    if missing_required:
        return "missing_required_group"
    if "no_position" in statuses:
        return "no_position"
    if "not_carried" in statuses:
        return "blocked_by_group"
    return "ratified" if overall == "carried" else "not_carried_overall"


def _tallies(eligible: Mapping[str, int], stances: Iterable[Stance]) -> dict[str, Tally]:
    counts = {group: dict.fromkeys(STANCES, 0) for group in eligible}
    for taken in stances:
        if taken.group not in counts or taken.stance not in STANCES:
            raise ValueError(f"no such stance in this decision: {taken.group} {taken.stance}")
        counts[taken.group][taken.stance] += 1
    return {
        group: Tally(eligible[group], n["for"], n["reservation"], n["against"], n["blank"]) for group, n in counts.items()
    }


def _sum(tallies: Collection[Tally]) -> Tally:
    return Tally(
        sum(tally.eligible for tally in tallies),
        sum(tally.in_favour for tally in tallies),
        sum(tally.reservation for tally in tallies),
        sum(tally.against for tally in tallies),
        sum(tally.blank for tally in tallies),
    )


def _share(settings: Mapping[str, object], name: str, default: Fraction) -> Fraction:
    value = settings.get(name)
    if value is None:
        return default
    try:
        share = Fraction(value) if isinstance(value, str) else None
    except (ValueError, ZeroDivisionError):
        share = None
    if share is None or not 0 < share <= 1:
        raise Refused("malformed", f"settings.{name}")
    return share


def _written(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
