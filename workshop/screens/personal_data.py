"""All data that the server holds of one person, for that person.

It includes in which votes they took part and what they voted by name. It does not include what they voted secretly, because
the server does not know it (docs/secrecy.md).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select

from workshop.clock import now, stamp
from workshop.extensions import db
from workshop.models import (
    Amendment,
    Comment,
    Commitment,
    Consent,
    ConsentGiven,
    Group,
    Idea,
    IdeaSupport,
    IdeaView,
    JournalEntry,
    NamedPaper,
    Objection,
    Participant,
    Participation,
    Token,
    Workshop,
)
from workshop.models.base import column_name

#: technical columns, columns that only name the person, and hashes and encrypted columns, which nobody can read
_LEFT_OUT = {
    "id",
    "seq",
    "workshop_id",
    "participant_id",
    "parent_id",
    "mine_seq",
    "shown_seq",
    "reentry_hash",
    "hash",
    "sealed_name",
    "name_salt",
    "sealed_reason",
    "reason_salt",
    "sealed_code",
    "sealed_link",
}


def held(participant_id: int) -> dict[str, Any]:
    """Returns `{made_at, workshop, person, devices, ideas, supports, ideas_seen, comments, amendments, objections, consents,
    commitments, votes, open_votes, journal}`. Columns have their names in the database, so that a new column is included
    without a change here."""
    person = db.session.get_one(Participant, participant_id)
    workshop = db.session.get_one(Workshop, person.workshop_id)
    return {
        "made_at": stamp(now()),
        "workshop": {"id": workshop.record_id, "title": workshop.title, "names_are_kept_for_days": workshop.retention_days},
        "person": _columns(person) | {"group": _group(person)},
        "devices": _of(Token, person),
        "ideas": _of(Idea, person),
        "supports": _supports(person),
        "ideas_seen": _ideas_seen(person),
        "comments": _of(Comment, person),
        "amendments": _of(Amendment, person),
        "objections": _of(Objection, person),
        "consents": _consents(person),
        "commitments": _of(Commitment, person),
        "votes": _votes(person),
        "open_votes": _open_votes(person),
        "journal": _journal(person),
    }


def _of(model: Any, person: Participant) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(model).where(model.participant_id == person.id).order_by(model.id))
    return [_columns(row) for row in rows]


def _columns(row: Any) -> dict[str, Any]:
    """Returns a row as JSON values, with its record id where it is a record."""
    found = {"id": row.record_id} if hasattr(row, "record_id") else {}
    for column in inspect(type(row)).column_attrs:
        name = column_name(column)
        if name not in _LEFT_OUT:
            found[name] = _plain(getattr(row, column.key))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value


def _group(person: Participant) -> str:
    return db.session.get_one(Group, person.group_id).key


def _supports(person: Participant) -> list[str]:
    rows = select(IdeaSupport.idea_id).where(IdeaSupport.participant_id == person.id).order_by(IdeaSupport.idea_id)
    return [Idea.record_id_of(number) for number in db.session.scalars(rows)]


def _consents(person: Participant) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Consent.on, Consent.round)
        .join(ConsentGiven, ConsentGiven.consent_id == Consent.id)
        .where(ConsentGiven.participant_id == person.id)
        .order_by(Consent.id)
    )
    return [{"on": on, "round": number} for on, number in rows]


def _ideas_seen(person: Participant) -> list[str]:
    """Returns the ideas of others that have been on this person's screen."""
    rows = db.session.scalars(
        select(IdeaView.idea_id).where(IdeaView.participant_id == person.id).order_by(IdeaView.idea_id)
    )
    return [Idea.record_id_of(number) for number in rows]


def _votes(person: Participant) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Participation.vote_id, Participation.voted)
        .where(Participation.participant_id == person.id)
        .order_by(Participation.vote_id)
    )
    return [{"vote": vote_id, "voted": voted} for vote_id, voted in rows]


def _open_votes(person: Participant) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(NamedPaper).where(NamedPaper.participant_id == person.id).order_by(NamedPaper.vote_id))
    return [_columns(row) for row in rows]


def _journal(person: Participant) -> list[dict[str, Any]]:
    """Returns the names and times of this person's commands in the journal, in which texts are digests only."""
    names = [f"{role}:{person.id}" for role in ("participant", "helper")]
    rows = db.session.execute(
        select(JournalEntry.seq, JournalEntry.at, JournalEntry.name)
        .where(JournalEntry.workshop_id == person.workshop_id, JournalEntry.actor.in_(names))
        .order_by(JournalEntry.seq)
    )
    return [{"seq": seq, "at": stamp(at), "did": name} for seq, at, name in rows]
