"""What a command receives: the open write, the actor, and methods that find the rows it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import func, select

from workshop.clock import now
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Group, Participant, Step, Workshop, headcount
from workshop.models.base import Stamped
from workshop.models.by_kind import by_record_id
from workshop.models.items import Item, items
from workshop.rules import places
from workshop.rules.record_ids import number_of
from workshop.rules.refusal import Refused
from workshop.rules.roles import HELPER
from workshop.store import Writing

Row = TypeVar("Row", bound=Stamped)


@dataclass
class Context:
    """The state of one command while it is executed."""

    write: Writing
    actor: Actor
    #: the participant who acts, None for any other actor; read once, when the permission is checked
    somebody: Participant | None = None
    #: what `Command.prepare` returned before the lock was taken
    prepared: Any = None
    #: what `Command.secret_result` returned: sent to whoever gave the command, stored nowhere
    secret: dict[str, Any] = field(default_factory=dict, repr=False)
    #: facts the journal stores with the arguments: new ids, hashes of texts, outcomes
    facts: dict[str, Any] = field(default_factory=dict)
    #: what the journal's open part says of this command: anybody may read it (docs/proof.md)
    proof: dict[str, Any] = field(default_factory=dict)

    @property
    def workshop(self) -> Workshop:
        """Returns the workshop, locked for this write."""
        return self.write.workshop

    @property
    def seq(self) -> int:
        """Returns the number of the workshop's clock that this command gets."""
        return self.write.seq

    @property
    def person(self) -> Participant:
        """Returns the participant who acts. Raises `Refused("not_allowed")` for an actor who is no participant."""
        if self.somebody is None:
            raise Refused("not_allowed")
        return self.somebody

    @property
    def by_helper(self) -> bool:
        """Returns whether a helper acts for a participant without a phone."""
        return self.actor.role == HELPER

    @cached_property
    def items(self) -> dict[str, Item]:
        """Returns what is followed up after the seminar, by record id. Read once per command: the commands that use it
        change no text."""
        return {found.id: found for found in items(self.workshop)}

    def find(self, model: type[Row], record_id: str, field_name: str | None = None) -> Row:
        """Returns the row with this record id. Raises `Refused("not_found")` naming the field, also for a record of another
        workshop or kind."""
        row = by_record_id(record_id, (model,))
        if row is None or self._is_elsewhere(row):
            raise Refused("not_found", field_name or model.kind)
        self.write.held[record_id] = row
        return row

    def find_among(self, models: Iterable[type[Row]], record_id: str, field_name: str) -> Row:
        """Returns the row with this record id, which may be of several kinds. Raises `Refused("not_found")` like `find`."""
        row = by_record_id(record_id, models)
        if row is None or self._is_elsewhere(row):
            raise Refused("not_found", field_name)
        return row

    def find_all(self, model: type[Row], record_ids: list[str], field_name: str) -> list[Row]:
        """Returns the rows with these record ids in the given order, each once, read by one statement. Raises
        `Refused("not_found")` naming the field."""
        numbers = dict.fromkeys(number_of(record_id) for record_id in record_ids)
        if not numbers:
            return []
        rows = {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(numbers)))}
        for number in numbers:
            if number not in rows or self._is_elsewhere(rows[number]):
                raise Refused("not_found", field_name)
        return [rows[number] for number in numbers]

    def _is_elsewhere(self, row: Stamped) -> bool:
        """Returns whether the row belongs to another workshop."""
        return bool(getattr(row, "workshop_id", self.workshop.id) != self.workshop.id)

    def add(self, *rows: Any) -> None:
        """Adds new rows, stamped with the clock; their keys are known afterwards."""
        self.write.add(*rows)

    def touch(self, *rows: Stamped) -> None:
        """Stamps rows whose projection has changed, so that they are sent."""
        self.write.touch(*rows)

    def touch_mine(self, *participants: Participant | int | None) -> None:
        """Marks that the `mine` of these participants has changed."""
        self.write.touch_mine(*participants)

    def current_step(self) -> Step | None:
        """Returns the running step, or None."""
        step_id = self.workshop.current_step_id
        step = db.session.get(Step, step_id) if step_id else None
        self.write.held["step"] = step
        return step if step is not None and step.state == "running" else None

    def last_position(self, model: Any) -> int:
        """Returns a `position` behind all of the workshop's rows of this table."""
        highest = db.session.scalar(select(func.max(model.position)).where(model.workshop_id == self.workshop.id))
        return places.after(highest)

    def group_of(self, key: str) -> Group:
        """Returns the workshop's group with this key. Raises `Refused("not_found", "group")`."""
        group: Group | None = db.session.scalar(select(Group).where(Group.workshop_id == self.workshop.id, Group.key == key))
        if group is None:
            raise Refused("not_found", "group")
        return group

    def group_size(self, group_id: int) -> int:
        """Returns how many participants of the group have joined and were not removed."""
        return headcount.joined(self.workshop.id, Participant.group_id == group_id)

    now = staticmethod(now)
