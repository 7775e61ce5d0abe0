"""The journal, answers to commands, tombstones, what can be undone, and moments that the server stores for itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.clock import stamp
from workshop.extensions import Model
from workshop.models.base import BigId, Document, Moment, workshop_key
from workshop.rules.roles import role_of

#: the columns of an entry that its hash covers, `sealed` for the others
_HASHED = ("workshop_id", "seq", "at", "actor", "name", "proof", "sealed")


class JournalEntry(Model):
    """One accepted command. Personal text is kept as a salted digest; the salt is deleted when the text is erased.

    The hash covers what anybody may read (`proof` and the role) and, of the rest, only the `sealed` digest, so that the
    whole chain can be published without telling who did what (docs/proof.md).
    """

    __tablename__ = "journal_entry"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: what anybody may read: fingerprints of texts, terms and results; nothing about a person
    proof: Mapped[dict[str, Any]] = mapped_column(Document, default=dict, server_default="{}")
    #: salted digest of who did it and with which arguments
    sealed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str | None] = mapped_column(String(32))

    def as_entry(self) -> dict[str, Any]:
        """Returns the part of the row that its hash covers, as `rules.chain` reads it and as it is published."""
        return open_part({name: getattr(self, name) for name in _HASHED})


def open_part(row: dict[str, Any]) -> dict[str, Any]:
    """Returns what the hash of a journal entry covers, from its columns."""
    return {
        "workshop": row["workshop_id"],
        "seq": row["seq"],
        "at": stamp(row["at"]),
        "role": role_of(row["actor"]),
        "name": row["name"],
        "proof": dict(row["proof"]),
        "sealed": row["sealed"],
    }


class Hiding(Model):
    """The reason for hiding an idea or a comment, kept for the moderation log also after it is shown again.

    `seq` is the number of the journal entry with the actor, the role and the time.
    """

    __tablename__ = "hiding"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigId, primary_key=True)
    record: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)


class Answer(Model):
    """The answer an actor got to a command id; the same id sent again gets it again (docs/architecture.md, law 7).

    Of a visitor's command id only a keyed hash is kept, because a token is derived from the id (`identity.kept_id`).
    """

    __tablename__ = "answer"

    actor: Mapped[str] = mapped_column(String(40), primary_key=True)
    command_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    name: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int] = mapped_column(BigId)
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)


class Tombstone(Model):
    """A record that was removed, and the clock's number of its removal."""

    __tablename__ = "tombstone"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    record: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(BigId)
    #: False for records only facilitators ever saw
    room: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (Index("ix_tombstone_workshop_id_seq", "workshop_id", "seq"),)


class Undo(Model):
    """The rows as they were before a facilitator's action, for the few seconds it can be undone."""

    __tablename__ = "undo"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    seq: Mapped[int] = mapped_column(BigId)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)
    #: [{table, key, before: {column: value} | null}]
    rows: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    __table_args__ = (UniqueConstraint("workshop_id", "seq"),)


class ServerMark(Model):
    """A moment that the server stores for itself, one row per name: `health` of the health check, `clock` of the retention
    (when it last trusted the server's clock), `first` as a lock while the first account is created."""

    __tablename__ = "server_mark"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
