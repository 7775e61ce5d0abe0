"""What people write: ideas, comments, and the themes they are laid under; and which ideas a person has had in view."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, bindparam, false, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import BigId, Moment, Place, Stamped, workshop_key


class Theme(Stamped, Model):
    """A heading ideas are laid under."""

    __tablename__ = "theme"
    kind = "theme"

    workshop_id: Mapped[int] = workshop_key()
    title: Mapped[str] = mapped_column(Text)
    position: Mapped[float] = mapped_column(Place, default=0)


class Idea(Stamped, Model):
    """An idea. Its author never leaves the server except to the author."""

    __tablename__ = "idea"
    kind = "idea"

    workshop_id: Mapped[int] = workshop_key()
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"), index=True)
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="private")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    builds_on_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", ondelete="SET NULL"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", ondelete="SET NULL"), index=True)
    merge_variant: Mapped[str | None] = mapped_column("merge_sort", String(10))
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    #: the author's words when asking to have it shown again; None = has not asked since it was hidden
    asked_again: Mapped[str | None] = mapped_column(Text)
    position: Mapped[float] = mapped_column(Place, default=0)
    #: a helper wrote it for somebody without a phone
    by_helper: Mapped[bool] = mapped_column(default=False)
    #: its author was erased and its words with them: it stands on for what was built on it, and nobody can vote on it
    erased: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: where an idea that was brought along comes from; None = somebody in the room wrote it
    source: Mapped[str | None] = mapped_column(Text)
    #: the clock when the room first saw it; None = never, so its id is not mentioned to the room either
    shown_seq: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state in ('private','open','merged','hidden','withdrawn')", name="state"),
        Index("ix_idea_workshop_id_seq", "workshop_id", "seq"),
    )


class IdeaSupport(Model):
    """That a person stands behind somebody else's idea instead of writing it again. No order, no time; nobody is shown a
    number before a ballot on the idea is published (docs/secrecy.md)."""

    __tablename__ = "idea_support"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class Comment(Stamped, Model):
    """A short remark on a record: it builds on, asks, worries, or tells of an experience."""

    __tablename__ = "comment"
    kind = "comment"

    workshop_id: Mapped[int] = workshop_key()
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
    on: Mapped[str] = mapped_column(String(40), index=True)
    text: Mapped[str] = mapped_column(Text)
    variant: Mapped[str] = mapped_column("sort", String(12))
    state: Mapped[str] = mapped_column(String(10), default="open")
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    by_helper: Mapped[bool] = mapped_column(default=False, server_default=false())
    shown_seq: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("sort in ('builds_on','question','concern','experience')", name="sort"),
        Index("ix_comment_workshop_id_seq", "workshop_id", "seq"),
    )


class IdeaView(Model):
    """That somebody has had an idea on the screen: once for each person and idea, without a time.

    A note, not a change: no screen shows it, so it is not stamped (docs/decisions.md, 23). It goes with the names.
    """

    __tablename__ = "idea_view"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    workshop_id: Mapped[int] = workshop_key()

    __table_args__ = ({"sqlite_with_rowid": False},)


@cache
def noting_views(dialect: str) -> Any:
    """Returns the statement that notes which of `ideas` of a `workshop` a `person` has had on the screen."""
    idea, person = Idea.__table__.c, bindparam("person", type_=Integer)
    shown = select(idea.id, person, idea.workshop_id).where(
        idea.workshop_id == bindparam("workshop"),
        idea.id.in_(bindparam("ideas", expanding=True)),
        idea.state.in_(("open", "merged")),
        idea.shown_seq.is_not(None),
        or_(idea.participant_id.is_(None), idea.participant_id != person),
    )
    insert = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(IdeaView)
    return insert.from_select(["idea_id", "participant_id", "workshop_id"], shown).on_conflict_do_nothing()
