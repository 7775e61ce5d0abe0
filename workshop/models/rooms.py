"""The workshop, its groups, the steps of its programme, and samples of attendance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.extensions import Model
from workshop.models.base import BigId, Document, Moment, Place, Stamped, workshop_key
from workshop.rules.attendance import Sample


class Workshop(Stamped, Model):
    """One seminar. `clock` grows by one with each accepted command."""

    __tablename__ = "workshop"
    kind = "workshop"

    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id", ondelete="SET NULL"), index=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    epoch: Mapped[str] = mapped_column(String(32))
    #: the workshop's clock; `seq` is its value when this row's own appearance last changed
    clock: Mapped[int] = mapped_column(BigId, default=0)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    language: Mapped[str] = mapped_column(String(5), default="da")
    template: Mapped[str] = mapped_column(String(30), default="empty")
    example: Mapped[bool] = mapped_column(default=False)

    title: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text, default="")
    participation_level: Mapped[str] = mapped_column(String(20), default="collaborate")
    promise: Mapped[str] = mapped_column(Text, default="")
    decision_level: Mapped[str] = mapped_column(String(20), default="recommendation")
    fixed_frame: Mapped[str] = mapped_column(Text, default="")
    negotiable: Mapped[str] = mapped_column(Text, default="")
    commissioning_body: Mapped[str] = mapped_column(Text, default="")
    receiving_body: Mapped[str] = mapped_column(Text, default="")
    response_due: Mapped[date | None] = mapped_column(Date)
    #: when and where it is planned: the day, the local time ("09:00"), and the place
    day: Mapped[date | None] = mapped_column(Date)
    begins: Mapped[str | None] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(Text, default="", server_default="")
    ground_rules: Mapped[str] = mapped_column(Text, default="")

    privacy_minimum: Mapped[int] = mapped_column(default=5)
    #: whether groups are named on what their people write, where that does not point at a person (`models.labels`)
    group_labels: Mapped[bool] = mapped_column(default=True, server_default=true())
    retention_days: Mapped[int] = mapped_column(default=90)
    ideas_always_open: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    #: thresholds and quorum of docs/rules.md section 6; locked when the first decision opens
    decision_rules: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: the seed of the lots of docs/rules.md section 5, drawn and shown when the workshop is created
    lot_seed: Mapped[str] = mapped_column(String(32))

    current_step_id: Mapped[int | None] = mapped_column(
        ForeignKey("step.id", ondelete="SET NULL", use_alter=True, name="fk_workshop_current_step_id")
    )
    chair_token_id: Mapped[int | None] = mapped_column(
        ForeignKey("token.id", ondelete="SET NULL", use_alter=True, name="fk_workshop_chair_token_id")
    )
    board_shows: Mapped[str] = mapped_column(String(40), default="lobby")
    board_zoom: Mapped[int] = mapped_column(default=100)
    board_page: Mapped[int] = mapped_column(default=0)
    #: hash of the newest journal entry
    journal_hash: Mapped[str | None] = mapped_column(String(64))
    board_seq: Mapped[int] = mapped_column(BigId, default=0)

    record_slug: Mapped[str | None] = mapped_column(String(40), unique=True)
    record_published_at: Mapped[datetime | None] = mapped_column(Moment)
    #: when the record was withdrawn, and why; the page at its address says so until it is published again
    record_withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    record_withdrawn_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    names_erased_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state in ('draft','open','closed')", name="state"),
        CheckConstraint("privacy_minimum >= 3", name="privacy_minimum"),
    )

    groups: Mapped[list[Group]] = relationship(order_by="Group.position, Group.id", viewonly=True)
    steps: Mapped[list[Step]] = relationship(
        order_by="Step.position, Step.id", viewonly=True, foreign_keys="Step.workshop_id"
    )


class Group(Stamped, Model):
    """A group of people in the room. People choose it when they join, or join with the group's own code."""

    __tablename__ = "group"
    kind = "group"

    workshop_id: Mapped[int] = workshop_key()
    key: Mapped[str] = mapped_column(String(40))
    name_da: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    level: Mapped[str | None] = mapped_column(String(30))
    code: Mapped[str] = mapped_column(String(6), unique=True)
    required: Mapped[bool] = mapped_column(default=False)
    self_selectable: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    #: which of the eight drawn group marks it has, 1 to 8; 0 is none
    glyph: Mapped[int] = mapped_column(default=0)
    #: its members are asked whether they vote openly in the next vote
    asked_openly: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (UniqueConstraint("workshop_id", "key"),)


class Step(Stamped, Model):
    """One part of the programme."""

    __tablename__ = "step"
    kind = "step"

    workshop_id: Mapped[int] = workshop_key()
    step_kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text, default="")
    instruction: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    position: Mapped[float] = mapped_column(Place, default=0)
    minutes: Mapped[int | None]
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    settings: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    __table_args__ = (
        CheckConstraint("state in ('waiting','running','done')", name="state"),
        Index("ix_step_workshop_id_seq", "workshop_id", "seq"),
    )


class Attendance(Model):
    """How many people of each group had joined and were present at one moment.

    The server takes the samples without a command, so they do not move the clock (docs/decisions.md, 23).
    """

    __tablename__ = "attendance"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    #: the step that started at that moment; None for a sample that was only due by time
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    #: `[joined, present]` by declared group key
    counts: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    def as_sample(self) -> Sample:
        """Returns the row as `rules.attendance` reads it."""
        counts = {key: (int(joined), int(present)) for key, (joined, present) in self.counts.items()}
        return Sample(self.at, counts, Step.record_id_of(self.step_id))
