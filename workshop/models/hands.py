"""Shows of hands: what was counted in the room, separate from all votes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import Listing, Moment, Stamped, workshop_key


class ShowOfHands(Stamped, Model):
    """A question put to the room and the hands that were counted. It is never added to a ballot or a decision."""

    __tablename__ = "show_of_hands"
    kind = "show_of_hands"

    workshop_id: Mapped[int] = workshop_key()
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    question: Mapped[str] = mapped_column(Text)
    #: [{label, count}] in the order they were asked
    rows: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: record id of what it was about, and the version of a text that has versions
    on: Mapped[str | None] = mapped_column(String(40))
    on_version: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (Index("ix_show_of_hands_workshop_id_seq", "workshop_id", "seq"),)
