"""The outcome of a workshop as one neutral document: plain values, no layout, no database.

Every format (PDF, Word, Excel, CSV, Markdown, JSON, calendar, the public page) is made from an `Outcome` and from
nothing else, so they cannot tell different stories. Texts that people wrote stand as they were written. What the
disclosure rules withhold (docs/rules.md section 7) is withheld here already: a format cannot show what is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

SCHEMA = "rundbord/outcome/1"


@dataclass(frozen=True)
class Figure:
    """A published count: an exact number, "at most n", a band such as "1/3-1/2", or nothing (withheld).

    `all_but` goes with the highest band: all but at most that many.
    """

    exact: int | None = None
    at_most: int | None = None
    band: str | None = None
    all_but: int | None = None

    @classmethod
    def read(cls, value: Any) -> Figure:
        """From a result's own form (docs/protocol.md): `12`, `{"at_most": 2}`, `{"band": "1/3-1/2"}` or `None`."""
        if isinstance(value, Mapping):
            return cls(at_most=value.get("at_most"), band=value.get("band"), all_but=value.get("all_but"))
        return cls(exact=int(value)) if value is not None else cls()

    @property
    def withheld(self) -> bool:
        """Whether nothing at all may be said about it."""
        return self.exact is None and self.at_most is None and self.band is None

    def write(self) -> int | dict[str, Any] | None:
        """Back to the form of the results."""
        if self.at_most is not None:
            return {"at_most": self.at_most}
        if self.band is not None:
            return {"band": self.band} | ({"all_but": self.all_but} if self.all_but is not None else {})
        return self.exact


WITHHELD = Figure()


@dataclass(frozen=True)
class Reference:
    """A pointer to another part of the document: its record id, its name here ("Mål 2") and its text."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class Mandate:
    """Who asked, who answers, and how far the room's word reaches."""

    commissioning_body: str
    receiving_body: str
    response_due: date | None
    participation_level: str
    promise: str
    decision_level: str
    fixed_frame: str
    negotiable: str


@dataclass(frozen=True)
class Presence:
    """One effective group in the room: small groups stand together; `marks` are the drawn marks, 0 is none."""

    keys: tuple[str, ...]
    name: str
    people: Figure
    required: bool
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Room:
    """Who was in the room, per group. `absent` are groups of the workshop in which nobody was."""

    groups: tuple[Presence, ...]
    absent: tuple[str, ...]
    people: Figure
    privacy_minimum: int


@dataclass(frozen=True)
class GroundRules:
    """The rules the room worked by, and how consent went. `outcome` is None when no round was held."""

    text: str
    outcome: str | None = None
    rounds: int = 0
    objections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """A quality check that is still open on a text (docs/rules.md section 2)."""

    code: str
    severity: str
    field: str | None = None


@dataclass(frozen=True)
class Goal:
    """A goal in its last wording. `standing`: agreed, not_agreed or unfinished."""

    id: str
    label: str
    standing: str
    version: int
    title: str
    challenge: str = ""
    target_group: str = ""
    indicator: str = ""
    unit: str = ""
    data_source: str = ""
    baseline: str = ""
    baseline_date: str = ""
    target: str = ""
    direction: str = ""
    deadline: str = ""
    owner: str = ""
    contributors: str = ""
    decision_level: str = ""
    first_step: str = ""
    first_step_due: str = ""
    from_ideas: tuple[Reference, ...] = ()
    open_checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Contribution:
    """What one party gives. `contact` is left out of public documents."""

    what: str
    how_much: str = ""
    by_when: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Party:
    """One side of an agreement: its name, its group's name, what it gives, and how far its word binds."""

    name: str
    group: str
    contributions: tuple[Contribution, ...] = ()
    mandate: str = ""
    ask_whom: str = ""
    answer_by: str = ""


@dataclass(frozen=True)
class Agreement:
    """An agreement in its last wording. `standing`: agreed, intention, not_agreed or unfinished."""

    id: str
    label: str
    standing: str
    version: int
    kind: str
    purpose: str
    goals: tuple[Reference, ...] = ()
    parties: tuple[Party, ...] = ()
    decision_rule: str = ""
    ground_rules: str = ""
    disagreement: str = ""
    resources: str = ""
    openness: str = "public"
    review_date: str = ""
    end_date: str = ""
    exit_terms: str = ""
    notice_days: int | None = None
    dissent: tuple[str, ...] = ()
    what_we_try: str = ""
    how_we_will_know: str = ""
    stop_or_widen: str = ""
    open_checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Tally:
    """The stances in one group or in the room, as far as they may be shown. `for_` leaves reservations out."""

    for_: Figure = WITHHELD
    reservation: Figure = WITHHELD
    against: Figure = WITHHELD
    blank: Figure = WITHHELD
    cast: Figure = WITHHELD
    eligible: Figure = WITHHELD


@dataclass(frozen=True)
class GroupResult:
    """How one effective group stood: always its status; counts or a band only where the group is large enough."""

    keys: tuple[str, ...]
    name: str
    status: str
    counts: Tally | None = None
    band: str | None = None
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rules:
    """The thresholds a decision was taken by, as fractions "a/b" (docs/rules.md section 6).

    `binding_groups` are the groups whose parties bind themselves; only they need `binding_majority`.
    """

    quorum: str = "1/2"
    group_majority: str = "1/2"
    binding_majority: str = "2/3"
    overall_majority: str = "2/3"
    binding_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One vote on one version of one text, per group and in the room. `binding` is the last one on its subject.

    `voted` and `eligible` are the turnout of the whole room, which is always published.
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
    absent: tuple[str, ...] = ()
    missing_required: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    rules: Rules = Rules()
    closed_at: datetime | None = None
    binding: bool = True


@dataclass(frozen=True)
class Commitment:
    """Where a person stands, by own choice. `name` is None for those who stand as a member of their group."""

    on: Reference
    standing: str
    name: str | None
    group: str | None
    words: str = ""


@dataclass(frozen=True)
class OptionResult:
    """One option of a ballot: figures in the order of the ballot's `columns`, in all and per effective group."""

    option: Reference
    total: tuple[Figure, ...]
    by_group: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True)
class ShortlistStep:
    """How one idea came on the list: which phase chose it, at what price per supporter, and who tied with it."""

    option: Reference
    phase: str
    price: str | None
    supporters: Figure
    tied: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Share:
    """A fraction for a group, such as "2/3"; None is withheld."""

    group: str
    value: str | None


@dataclass(frozen=True)
class Shortlist:
    """The ideas chosen proportionally (docs/rules.md section 5).

    `weights` is one_person, per_group or custom. `other_winners` is the list by `other_weights`, if it differs.
    """

    seats: int | None
    weights: str
    winners: tuple[Reference, ...]
    steps: tuple[ShortlistStep, ...]
    coverage: tuple[Share, ...] = ()
    influence: tuple[Share, ...] = ()
    other_weights: str = "per_group"
    other_winners: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class CommonGround:
    """How far one statement is shared by all declared groups: from "0" to "1", a band, or withheld
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
    """A published ballot. `columns` is ("votes",) or ("agree", "pass", "disagree")."""

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


@dataclass(frozen=True)
class Remark:
    """A comment on an idea."""

    sort: str
    text: str
    group: str | None = None


@dataclass(frozen=True)
class Idea:
    """An idea and what became of it. `group` only where the group reaches the privacy minimum."""

    id: str
    label: str
    text: str
    why: str
    state: str
    group: str | None = None
    theme: str | None = None
    builds_on: Reference | None = None
    merged_into: Reference | None = None
    chosen: bool = False
    became: tuple[Reference, ...] = ()
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """When the document was made, by which version of the program, and what to check it against."""

    made_at: datetime
    program_version: str
    journal_entries: int
    journal_hash: str | None


@dataclass(frozen=True)
class Outcome:
    """Everything a workshop came to. Agreements come first wherever it is written out."""

    key: str
    language: str
    example: bool
    public: bool
    state: str
    title: str
    question: str
    opened_on: date | None
    closed_on: date | None
    mandate: Mandate
    room: Room
    ground_rules: GroundRules
    agreements: tuple[Agreement, ...]
    goals: tuple[Goal, ...]
    decisions: tuple[Decision, ...]
    commitments: tuple[Commitment, ...]
    ballots: tuple[Ballot, ...]
    ideas: tuple[Idea, ...]
    hidden_ideas: int
    withheld_agreements: int
    rules: Rules
    provenance: Provenance
    schema: str = SCHEMA

    def agreements_standing(self, standing: str) -> tuple[Agreement, ...]:
        """The agreements of one standing, in the room's order."""
        return tuple(one for one in self.agreements if one.standing == standing)

    def goals_standing(self, standing: str) -> tuple[Goal, ...]:
        """The goals of one standing, in the room's order."""
        return tuple(one for one in self.goals if one.standing == standing)

    def decision_on(self, subject: str, version: int) -> Decision | None:
        """The last decision on this version of a text; a vote on an earlier wording says nothing about this one."""
        return next(
            (one for one in self.decisions if one.subject.id == subject and one.subject_version == version and one.binding),
            None,
        )

    @property
    def held_on(self) -> date:
        """The day the document is filed under: when it closed, else when it opened, else when it was made."""
        return self.closed_on or self.opened_on or self.provenance.made_at.date()
