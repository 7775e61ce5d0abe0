"""Ballots and decisions: who voted and what was voted stand in two tables that nothing links.

`Participation` says that a person has taken part. `Paper` holds one whole choice under a key that only the person's
own code can make again (see `secrecy`), with no time, no sequence number and no row number of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import db
from .base import Document, Listing, Moment, Stamped, workshop_key


class Ballot(Stamped, db.Model):
    """A vote on options: dots, approval, or positions."""

    __tablename__ = "ballot"
    kind = "ballot"

    workshop_id: Mapped[int] = workshop_key()
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(String(12))
    #: record ids of the options, in no meaningful order
    options: Mapped[list[Any]] = mapped_column(Listing, default=list)
    settings: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    #: effective group of each declared group key, fixed at opening (docs/rules.md section 7)
    effective: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    absent: Mapped[list[Any]] = mapped_column(Listing, default=list)
    privacy_minimum: Mapped[int] = mapped_column(default=5)
    #: eligible people per effective group, fixed at closing
    eligible: Mapped[dict[str, Any] | None] = mapped_column(Document)
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)
    #: the interim mood: what is shown of it, and what waits to be shown (`rules.interim`); None where none is
    interim: Mapped[dict[str, Any] | None] = mapped_column(Document)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state in ('open','closed','published')", name="state"),
        CheckConstraint("method in ('dots','approval','positions')", name="method"),
    )

    def terms(self) -> dict[str, Any]:
        """What the ballot is held by, as the journal states it at opening and, with who was eligible, at closing."""
        return {
            "method": self.method,
            "options": list(self.options),
            "settings": dict(self.settings),
            "privacy_minimum": self.privacy_minimum,
            "effective": dict(self.effective),
            "absent": list(self.absent),
            "eligible": None if self.eligible is None else dict(self.eligible),
        }


class Decision(Stamped, db.Model):
    """A decision on one version of one goal or agreement, carried in every group or not."""

    __tablename__ = "decision"
    kind = "decision"

    workshop_id: Mapped[int] = workshop_key()
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    subject: Mapped[str] = mapped_column(String(40), index=True)
    subject_version: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    rules: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    #: why it closed: "facilitator", "clock" or "text_changed"
    closed_because: Mapped[str | None] = mapped_column(String(20))
    effective: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    absent: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: eligible people per declared group, frozen at opening
    eligible: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    privacy_minimum: Mapped[int] = mapped_column(default=5)
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("state in ('open','closed')", name="state"),)

    def terms(self) -> dict[str, Any]:
        """What the decision is taken on and by, as the journal states it at opening; nothing of it changes."""
        return {
            "subject": self.subject,
            "version": self.subject_version,
            "text_hash": self.text_hash,
            "rules": dict(self.rules),
            "privacy_minimum": self.privacy_minimum,
            "effective": dict(self.effective),
            "absent": list(self.absent),
            "eligible": dict(self.eligible),
        }


class Participation(db.Model):
    """That a person may take part in a vote (`voted` false) or has (`voted` true). Never what.

    The primary key is the pair itself and the table keeps no row number, so that its order on disk says nothing.
    """

    __tablename__ = "participation"

    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    #: effective group key, fixed when the vote opened
    group: Mapped[str] = mapped_column(Text)
    voted: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_participation_subject_voted", "subject", "voted"),
        {"sqlite_with_rowid": False},
    )


class Paper(db.Model):
    """One whole choice, under a key that is replaced by a random one when the vote closes.

    On SQLite the table is ordered by that key (`WITHOUT ROWID`): neither row number nor order tells who came first.
    """

    __tablename__ = "paper"

    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    group: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    __table_args__ = ({"sqlite_with_rowid": False},)

    def as_sealed(self) -> dict[str, Any]:
        """The paper of a closed vote as it is fingerprinted and, where it may be, published: its random key, the group,
        what was chosen. The words with a stance are published by themselves and left out here."""
        content = dict(self.content)
        chosen = {"stance": content["stance"]} if "stance" in content else {"choices": content}
        return {"key": self.key, "group": self.group, **chosen}
