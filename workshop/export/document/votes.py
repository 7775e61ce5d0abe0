"""Decisions and ballots, as far as they are published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workshop.export.document.figures import WITHHELD, Figure, Reference, Share
from workshop.export.document.openness import NamedVote, OpenGroup


@dataclass(frozen=True)
class Tally:
    """The stances in one group or in the room, as far as they may be shown. `for_` does not include reservations."""

    for_: Figure = WITHHELD
    reservation: Figure = WITHHELD
    against: Figure = WITHHELD
    blank: Figure = WITHHELD
    cast: Figure = WITHHELD
    eligible: Figure = WITHHELD


@dataclass(frozen=True)
class GroupResult:
    """The result in one effective group: always its status, and its counts where they are published."""

    keys: tuple[str, ...]
    name: str
    status: str
    counts: Tally | None = None
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rules:
    """The thresholds of a decision, as fractions "a/b" (docs/rules.md section 6).

    `binding_groups` are the groups whose parties bind themselves; only these need `binding_majority`.
    """

    quorum: str = "1/2"
    group_majority: str = "1/2"
    binding_majority: str = "2/3"
    overall_majority: str = "2/3"
    binding_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class VotedGoal:
    """A goal of an agreement in the version that was voted on, with the fields that are shown with the vote."""

    id: str
    label: str
    version: int
    title: str
    baseline: str = ""
    baseline_date: str = ""
    target: str = ""
    unit: str = ""
    direction: str = ""
    deadline: str = ""
    owner: str = ""
    edition: int | None = None


@dataclass(frozen=True)
class Decision:
    """One vote on one version of one text, per group and in the room. `binding` marks the last one on its subject.

    `voted` and `eligible` are the turnout of the whole room, which is always published; `by_helper` is how many of those who
    voted did so through a helper. `reservations` and `dissent` are the reasons of those who voted secretly; `by_name` holds the
    votes and reasons of the `open_groups`. `goals` are the agreement's goals as they were voted on. `reopened`: the text was
    carried and afterwards opened for changes, so it is no longer agreed. `electorate`: those `present`, all who had `joined`,
    or after the seminar those who hold `cards`. `subject_edition` is the number that people read for the version.
    """

    id: str
    subject: Reference
    subject_version: int
    text_hash: str
    outcome: str
    groups: tuple[GroupResult, ...]
    overall: GroupResult
    voted: Figure = WITHHELD
    eligible: Figure = WITHHELD
    electorate: str = "present"
    absent: tuple[str, ...] = ()
    missing_required: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    rules: Rules = Rules()
    closed_at: datetime | None = None
    binding: bool = True
    openness: str = "secret"
    open_groups: tuple[OpenGroup, ...] = ()
    secret_groups: tuple[str, ...] = ()
    by_name: tuple[NamedVote, ...] = ()
    by_helper: int = 0
    counts_from: int = 10
    goals: tuple[VotedGoal, ...] = ()
    reopened: bool = False
    subject_edition: int | None = None

    @property
    def number(self) -> int:
        """Returns the number that people read for the version that was voted on."""
        return self.subject_edition or self.subject_version


@dataclass(frozen=True)
class OptionResult:
    """One option of a ballot: its figures in the order of the ballot's `columns`, in total and per effective group."""

    option: Reference
    total: tuple[Figure, ...]
    by_group: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True)
class ShortlistStep:
    """How one idea came on the list: which phase chose it, at what price per supporter, which ideas tied with it, and what
    broke the tie (approvals, groups, smallest_share, lot; None where that is withheld)."""

    option: Reference
    phase: str
    price: str | None
    supporters: Figure
    tied: tuple[Reference, ...] = ()
    broken_by: str | None = None


@dataclass(frozen=True)
class Shortlist:
    """The ideas chosen proportionally (docs/rules.md section 5).

    `weights` is one_person, per_group or custom. `other_winners` is the list by `other_weights`, if it differs. `heads` are
    the groups' shares of the room, `uncovered` the groups with no chosen idea, `one_more` the idea that would come next,
    `lot_seed` the text from which lots are drawn.
    """

    seats: int | None
    weights: str
    winners: tuple[Reference, ...]
    steps: tuple[ShortlistStep, ...]
    coverage: tuple[Share, ...] = ()
    influence: tuple[Share, ...] = ()
    other_weights: str = "per_group"
    other_winners: tuple[Reference, ...] = ()
    heads: tuple[Share, ...] = ()
    uncovered: tuple[str, ...] | None = None
    one_more: Reference | None = None
    lot_seed: str = ""


@dataclass(frozen=True)
class CommonGround:
    """How far one statement is shared by all declared groups: from "0" to "1", None where counts per group are not published
    (docs/rules.md section 8)."""

    statement: Reference
    value: str | None
    by_group: tuple[Share, ...] = ()


@dataclass(frozen=True)
class OwnCause:
    """Statements on which one group stands out from the others."""

    group: str
    statements: tuple[Reference, ...]


@dataclass(frozen=True)
class Ballot:
    """A published ballot. `columns` is ("votes",) or ("agree", "pass", "disagree"). `by_helper` is how many of those who voted
    did so through a helper. `counts_from`: the number of votes from which on counts are published."""

    id: str
    title: str
    method: str
    settings: Mapping[str, Any]
    voted: Figure
    eligible: Figure
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    options: tuple[OptionResult, ...]
    shortlist: Shortlist | None = None
    common_ground: tuple[CommonGround, ...] = ()
    own_causes: tuple[OwnCause, ...] = ()
    openness: str = "secret"
    open_groups: tuple[OpenGroup, ...] = ()
    secret_groups: tuple[str, ...] = ()
    by_name: tuple[NamedVote, ...] = ()
    by_helper: int = 0
    counts_from: int = 10


Vote = Decision | Ballot
