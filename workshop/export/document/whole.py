"""The whole outcome, and its provenance."""

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
    """When and by which version of the program the document was made, and the end of the journal to check it against."""

    made_at: datetime
    program_version: str
    journal_entries: int
    journal_hash: str | None


@dataclass(frozen=True)
class Outcome:
    """The whole outcome of a workshop. Agreements come first in every format."""

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
        """Returns the agreements with one standing, in the room's order."""
        return tuple(one for one in self.agreements if one.standing == standing)

    def goals_standing(self, standing: str) -> tuple[Goal, ...]:
        """Returns the goals with one standing, in the room's order."""
        return tuple(one for one in self.goals if one.standing == standing)

    def decision_on(self, text: Goal | Agreement) -> Decision | None:
        """Returns the last decision on the present text, which may have had its language corrected since; None where only
        earlier texts were voted on."""
        same_words = range(text.base_version, text.version + 1)
        on_text = (one for one in self.decisions if one.subject.id == text.id and one.binding)
        return next((one for one in on_text if one.subject_version in same_words), None)

    @property
    def texts(self) -> tuple[Goal | Agreement, ...]:
        """Returns the agreements, then the goals."""
        return (*self.agreements, *self.goals)

    @property
    def held_on(self) -> date:
        """Returns the day under which the document is filed: when the workshop closed, else when it opened, else when the
        document was made."""
        return self.closed_on or self.opened_on or day_of(self.provenance.made_at)
