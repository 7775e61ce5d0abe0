"""What a command is given: the open write, the actor, and short ways to the rows it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select

from ..clock import now
from ..extensions import db
from ..identity import Actor
from ..models import Group, Participant, Step, Workshop
from ..models.base import Stamped
from ..rules.refusal import Refused
from ..rules.roles import HELPER
from ..store import Writing

Row = TypeVar("Row", bound=Stamped)


@dataclass
class Context:
    """One command being carried out."""

    write: Writing
    actor: Actor
    #: the person who acts, where it is one: read once, with the check that it still may
    somebody: Participant | None = None
    #: what the command reckoned before the lock was taken (`Command.prepare`)
    prepared: Any = None
    #: facts the journal keeps beside the arguments: ids made, hashes of texts, outcomes
    facts: dict[str, Any] = field(default_factory=dict)
    #: what the journal's open part says of this command: anybody may read it (docs/proof.md)
    proof: dict[str, Any] = field(default_factory=dict)

    @property
    def workshop(self) -> Workshop:
        return self.write.workshop

    @property
    def seq(self) -> int:
        return self.write.seq

    @property
    def person(self) -> Participant:
        """The participant who acts. Raises `Refused("not_allowed")` for actors who are nobody in the room."""
        if self.somebody is None:
            raise Refused("not_allowed")
        return self.somebody

    @property
    def by_helper(self) -> bool:
        """Whether a helper acts here for somebody without a phone."""
        return self.actor.role == HELPER

    def find(self, model: type[Row], record_id: str, field_name: str | None = None) -> Row:
        """The row behind a record id of this workshop. Raises `Refused("not_found")` naming the field: another
        workshop's records are not found either."""
        row = db.session.get(model, int(record_id.partition(":")[2]))
        if row is None or getattr(row, "workshop_id", self.workshop.id) != self.workshop.id:
            raise Refused("not_found", field_name or model.kind)
        return row

    def find_all(self, model: type[Row], record_ids: list[str], field_name: str) -> list[Row]:
        """The rows behind several record ids, in the order given, each once."""
        return [self.find(model, record_id, field_name) for record_id in dict.fromkeys(record_ids)]

    def add(self, *rows: Any) -> None:
        """Add new rows, stamped, with their keys known afterwards."""
        self.write.add(*rows)

    def touch(self, *rows: Stamped) -> None:
        """Stamp rows whose appearance has changed."""
        self.write.touch(*rows)

    def touch_mine(self, *participants: Participant | int | None) -> None:
        """Mark that what these people see as their own has changed."""
        self.write.touch_mine(*participants)

    def current_step(self) -> Step | None:
        """The step that is running, if any."""
        step_id = self.workshop.current_step_id
        step = db.session.get(Step, step_id) if step_id else None
        return step if step is not None and step.state == "running" else None

    def last_position(self, model: Any) -> int:
        """One past the largest `position` among the workshop's rows of this table."""
        highest = db.session.scalar(
            select(func.max(model.position)).where(model.workshop_id == self.workshop.id)
        )
        return 0 if highest is None else highest + 1

    def group_of(self, key: str) -> Group:
        """The workshop's group with this key. Raises `Refused("not_found", "group")`."""
        group: Group | None = db.session.scalar(
            select(Group).where(Group.workshop_id == self.workshop.id, Group.key == key)
        )
        if group is None:
            raise Refused("not_found", "group")
        return group

    def group_size(self, group_id: int) -> int:
        """How many people of the group have joined and not been removed."""
        count = db.session.scalar(
            select(func.count())
            .select_from(Participant)
            .where(Participant.group_id == group_id, Participant.state == "active")
        )
        return count or 0

    now = staticmethod(now)
