"""Ideas, comments and themes, and which ideas a person supports or has had on the screen."""

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
    """A heading for a group of ideas."""

    __tablename__ = "theme"
    kind = "theme"

    workshop_id: Mapped[int] = workshop_key()
    title: Mapped[str] = mapped_column(Text)
    position: Mapped[float] = mapped_column(Place, default=0)


class Idea(Stamped, Model):
    """An idea. Who wrote it is never sent to anybody but the author."""

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
    #: the author's words when asking for it to be shown again; None = has not asked since it was hidden
    asked_again: Mapped[str | None] = mapped_column(Text)
    position: Mapped[float] = mapped_column(Place, default=0)
    #: a helper wrote it for somebody without a phone
    by_helper: Mapped[bool] = mapped_column(default=False)
    #: its author and its words were erased; the row stays because others were built on it, and nobody can vote on it
    erased: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: where an idea that was brought along comes from; None = somebody in the room wrote it
    source: Mapped[str | None] = mapped_column(Text)
    #: the clock when the room first saw it; None = never, and then not even its id is sent to the room
    shown_seq: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state in ('private','open','merged','hidden','withdrawn')", name="state"),
        Index("ix_idea_workshop_id_seq", "workshop_id", "seq"),
    )


class IdeaSupport(Model):
    """A person's support of somebody else's idea, given instead of writing the idea again. The table keeps no order and no
    time; nobody is shown a number before a ballot on the idea is published (docs/secrecy.md)."""

    __tablename__ = "idea_support"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class Comment(Stamped, Model):
    """A short remark on a record: it builds on it, asks a question, states a concern, or tells of an experience."""

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
    """An idea that a person has had on the screen: one row for each person and idea, without a time.

    No record depends on the rows, so no command writes them and nothing is stamped (docs/decisions.md, 23). They are erased
    with the names.
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
    """Returns the statement that stores which of the `ideas` of a `workshop` a `person` has had on the screen: those that
    the room can see and the person did not write."""
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
