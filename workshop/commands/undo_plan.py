"""What an undo would restore, row by row, and what others have done since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workshop.door.context import Context
from workshop.door.undo_log import from_json
from workshop.extensions import db
from workshop.models import (
    BallotPaper,
    Group,
    JournalEntry,
    NamedPaper,
    Participant,
    Participation,
    TextVersion,
    Undo,
    Workshop,
)
from workshop.models.base import Stamped
from workshop.rules.record_ids import number_of
from workshop.rules.refusal import Refused


@dataclass
class Change:
    """One row that the command changed, and its present state: `row` is None if it is gone."""

    model: Any
    key: tuple[Any, ...]
    kind: str
    stamped: bool
    before: dict[str, Any]
    after: dict[str, Any]
    row: Any

    @property
    def record(self) -> str | None:
        """The record id under which a refusal names the row; None if it belongs to no record. A person is named by the
        group, and a person's part in a vote by the vote, so that a refusal does not show who has voted or answered."""
        if isinstance(self.row, Participant):
            return str(Group.record_id_of(self.row.group_id))
        if issubclass(self.model, Stamped):
            return str(self.model.record_id_of(self.key[0]))
        if isinstance(self.row, TextVersion):
            return self.row.text_id
        return self.row.vote_id if isinstance(self.row, BallotPaper | NamedPaper | Participation) else None

    def value(self, name: str) -> Any:
        """Returns the value a column had before the command."""
        return from_json(self.before[name])

    def puts_back(self, model: type, *names: str) -> bool:
        """Returns whether one of these columns of an existing row of the table is restored."""
        return self.kind == "changed" and isinstance(self.row, model) and bool(set(names) & set(self.before))


@dataclass
class Plan:
    """All rows of the command, those to restore first; and what others did after it."""

    changes: list[Change]
    later: list[JournalEntry]
    moved: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, context: Context, kept: Undo, entry: JournalEntry) -> Plan:
        order = {"removed": 0, "changed": 1, "made": 2}
        changes = [_read(image) for image in kept.rows["changes"]]
        return cls(sorted(changes, key=lambda change: order[change.kind]), _later(context, entry.seq))

    def named_since(self, record: str) -> bool:
        """Returns whether a later entry names the record or has made a new wording of it."""
        return any(
            mentions(entry.args, record) or any(text["subject"] == record for text in entry.proof.get("texts", ()))
            for entry in self.later
        )

    def comes_back(self, model: type, number: int) -> bool:
        """Returns whether this undo restores that row."""
        return any(one.kind == "removed" and one.model is model and one.key == (number,) for one in self.changes)

    def opened_since(self, *models: type) -> Iterator[Any]:
        """Yields the votes that others have opened since and that still exist."""
        for entry in self.later:
            for model in models:
                kind = model.kind  # type: ignore[attr-defined]
                if entry.name == f"open_{kind}":
                    vote = db.session.get(model, number_of(str(entry.proof[kind])))
                    if vote is not None:
                        yield vote

    def note(self, record: str | None, *fields: str) -> None:
        """Notes that these fields of the record have changed since, or that the whole record has."""
        if record is not None:
            self.moved.setdefault(record, set()).update(fields)

    def refuse(self) -> None:
        """Raises `conflict` if anything was noted."""
        if self.moved:
            moved = [{"record": record, "fields": sorted(fields)} for record, fields in sorted(self.moved.items())]
            raise Refused("conflict", "seq", moved=moved)


def _read(image: dict[str, Any]) -> Change:
    mappers = Workshop.registry.mappers
    model = next(mapper.class_ for mapper in mappers if mapper.class_.__tablename__ == image["table"])
    key = tuple(from_json(value) for value in image["key"])
    row = db.session.get(model, key)
    return Change(model, key, image["kind"], image["stamped"], image["before"], image["after"], row)


def _later(context: Context, seq: int) -> list[JournalEntry]:
    """Returns what was done after the command and has not been undone; nothing of it is by the actor."""
    entries = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.workshop_id == context.workshop.id, JournalEntry.seq > seq)
        .order_by(JournalEntry.seq)
    ).all()
    undone = {entry.proof.get("undone") for entry in entries}
    return [entry for entry in entries if entry.seq not in undone and "undone" not in entry.proof]


def mentions(value: Any, record_id: str) -> bool:
    """Returns whether a record id is anywhere in an entry's arguments."""
    if isinstance(value, dict):
        return any(mentions(part, record_id) for part in value.values())
    if isinstance(value, list):
        return any(mentions(part, record_id) for part in value)
    return bool(value == record_id)
