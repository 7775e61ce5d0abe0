"""Follow-up cards and look-backs: the verdict of those who were in the room, after their names are erased.

A card is stored by the encrypted hash of its code, without number, time or order, so that nothing in the database leads from
it to the participant who took it (docs/secrecy.md). A verdict is stored as a ballot paper is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import Document, Listing, Moment, workshop_key


class FollowUpCard(Model):
    """One card: its key (`models.card_box`) and the group it speaks for. Ordered by the key (`WITHOUT ROWID`)."""

    __tablename__ = "follow_up_card"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))

    __table_args__ = ({"sqlite_with_rowid": False},)


class LookBack(Model):
    """A question to those who hold a card: were these items kept? Open until a day, or until it is closed before."""

    __tablename__ = "look_back"
    kind = "look_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    #: record ids of the items
    on: Mapped[list[Any]] = mapped_column(Listing, default=list)
    question: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="open")
    #: cards per effective group, and the effective group of each declared one, fixed at opening
    cards: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    effective: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    privacy_minimum: Mapped[int] = mapped_column(default=5)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: by item, fixed at closing
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)
    papers_hash: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("state in ('open','closed')", name="state"),)


class VerdictPaper(Model):
    """One card's verdict on one item of a look-back. Its key can be made again from the card's code only, and is replaced by
    a random one at closing."""

    __tablename__ = "verdict_paper"

    look_back_id: Mapped[int] = mapped_column(ForeignKey("look_back.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40))
    group: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("verdict in ('kept','partly','not_kept','cannot_say')", name="verdict"),
        {"sqlite_with_rowid": False},
    )

    def as_sealed(self) -> dict[str, Any]:
        """Returns the paper of a closed look-back as it is fingerprinted: its random key, the item, the group, the
        verdict."""
        return {"key": self.key, "on": self.on, "group": self.group, "verdict": self.verdict}
