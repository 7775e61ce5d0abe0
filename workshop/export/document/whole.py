"""The whole outcome, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workshop.clock import day_of
from workshop.export.document.hands import ShowOfHands
from workshop.export.document.room import GroundRules, Mandate, Room
from workshop.export.document.texts import Agreement, Commitment, Goal, Idea
from workshop.export.document.votes import Ballot, Decision, Rules

SCHEMA = "rundbord/outcome/2"


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
    hands: tuple[ShowOfHands, ...] = ()
    schema: str = SCHEMA

    def agreements_standing(self, standing: str) -> tuple[Agreement, ...]:
        """The agreements of one standing, in the room's order."""
        return tuple(one for one in self.agreements if one.standing == standing)

    def goals_standing(self, standing: str) -> tuple[Goal, ...]:
        """The goals of one standing, in the room's order."""
        return tuple(one for one in self.goals if one.standing == standing)

    def decision_on(self, text: Goal | Agreement) -> Decision | None:
        """The last decision on the words of a text as they stand, corrections of the language left out; a vote on an earlier
        wording says nothing about these."""
        same_words = range(text.base_version, text.version + 1)
        on_text = (one for one in self.decisions if one.subject.id == text.id and one.binding)
        return next((one for one in on_text if one.subject_version in same_words), None)

    @property
    def texts(self) -> tuple[Goal | Agreement, ...]:
        """The agreements, then the goals."""
        return (*self.agreements, *self.goals)

    @property
    def held_on(self) -> date:
        """The day the document is filed under: when it closed, else when it opened, else when it was made."""
        return self.closed_on or self.opened_on or day_of(self.provenance.made_at)
