"""What somebody who comes in changes for the others, read once in a transaction: how many there are, the groups, and what
is open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Ballot, Consent, Group, Participant, labels
from workshop.models.labels import People
from workshop.rules.roles import HELPER

_GROUPS = select(Group).where(Group.workshop_id == bindparam("workshop")).order_by(Group.position, Group.id)
_BALLOTS = select(Ballot).where(Ballot.workshop_id == bindparam("workshop"), Ballot.state == "open")
_CONSENTS = select(Consent).where(Consent.workshop_id == bindparam("workshop"), Consent.state == "open")
_HELD = "hall"


@dataclass
class Hall:
    """The people of a workshop per group number, its groups in their order, its open ballots and rounds of consent."""

    people: dict[int, People]
    groups: list[Group]
    ballots: list[Ballot]
    consents: list[Consent]

    @classmethod
    def read(cls, context: Context) -> Hall:
        """Reads it as it is now."""
        here = {"workshop": context.workshop.id}
        groups, ballots, consents = (list(db.session.scalars(kind, here)) for kind in (_GROUPS, _BALLOTS, _CONSENTS))
        return cls(labels.people(context.workshop.id), groups, ballots, consents)

    @classmethod
    def of(cls, context: Context) -> Hall:
        """Returns it as read at the first arrival of this transaction. Arrivals that follow are counted (`count`); what changes
        it otherwise calls `Writing.forget`."""
        found: Hall = context.write.held.get(_HELD) or cls.read(context)
        context.write.held[_HELD] = found
        return found

    def size(self, group_id: int) -> int:
        """Returns how many people a group has."""
        return self.people[group_id].here if group_id in self.people else 0

    def everybody(self) -> int:
        """Returns how many people there are."""
        return sum(counts.here for counts in self.people.values())

    def count(self, person: Participant, role: str, seat: int | None) -> None:
        """Counts somebody who has just come in."""
        before = self.people.get(person.group_id, People(0, 0, 0, 0))
        seats, phones = int(seat is not None), int(role != HELPER)
        now = People(before.here + 1, before.phones + phones, before.seats + seats, before.seats_ever + seats)
        self.people = {**self.people, person.group_id: now}
