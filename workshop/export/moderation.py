"""Reads the moderation log of a workshop from the journal and the stored reasons (rules in `rules.moderation`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from workshop.clock import stamp
from workshop.extensions import db
from workshop.models import Comment, Hiding, Idea, JournalEntry
from workshop.rules import moderation as rules
from workshop.rules.record_ids import RecordId
from workshop.rules.roles import role_of


def counts(workshop_id: int) -> dict[str, int]:
    """Returns `{ideas, comments, hidden_now, shown_again}`, for the public record, which shows how much was hidden but not
    what."""
    return rules.counts(_entries(workshop_id))


def log(workshop_id: int) -> list[dict[str, Any]]:
    """Returns each hiding, for organisers and facilitators: `{record, text, at, role, reason, shown_at, shown_by, undone}`.

    The text is the present one; it has been replaced where its author was erased.
    """
    entries = _entries(workshop_id)
    texts = _texts(entry.record for entry in entries)
    return [
        {
            "record": entry.record,
            "text": texts.get(entry.record),
            "at": stamp(entry.at),
            "role": entry.role,
            "reason": entry.reason,
            "shown_at": stamp(entry.shown_at),
            "shown_by": entry.shown_by,
            "undone": entry.undone,
        }
        for entry in entries
    ]


def _texts(records: Iterable[str]) -> dict[str, str]:
    """Returns the present texts of the ideas and comments, by record id."""
    ids = [RecordId.parse(record_id) for record_id in records]
    found: dict[str, str] = {}
    for model in (Idea, Comment):
        numbers = [number for kind, number in ids if kind == model.kind]
        rows = db.session.execute(
            # A text that was never shown to the room is its author's only.
            select(model.id, model.text).where(model.id.in_(numbers), model.shown_seq.is_not(None))
        )
        found |= {model.record_id_of(number): text for number, text in rows}
    return found


def _entries(workshop_id: int) -> list[rules.Hidden]:
    rows = db.session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.workshop_id == workshop_id,
            JournalEntry.name.in_((*rules.HIDES, *rules.SHOWS, "undo")),
        )
        .order_by(JournalEntry.seq)
    )
    reasons = select(Hiding.seq, Hiding.reason).where(Hiding.workshop_id == workshop_id)
    return rules.log(map(_act, rows), dict(db.session.execute(reasons).all()))


def _act(row: JournalEntry) -> rules.Act:
    argument = rules.HIDES.get(row.name) or rules.SHOWS.get(row.name)
    return rules.Act(
        seq=row.seq,
        at=row.at,
        role=role_of(row.actor),
        name=row.name,
        record=row.args.get(argument) if argument else None,
        undone=row.args.get("seq") if row.name == "undo" else None,
    )
