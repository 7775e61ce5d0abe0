"""After the seminar: the handover, the receiver's answers and path, what owners and parties report, and how it ends.

Rows are added and not overwritten, except drafts, so that everything said stays readable.
"""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model, db
from workshop.models.base import Moment, workshop_key
from workshop.models.people import Token


class FollowUpLink(Model):
    """What a link of a receiver, a steward or a panel is for. The token itself is a `Token` like any other link's.

    `address` is personal data: it is erased with the names, and never in the journal.
    """

    __tablename__ = "follow_up_link"

    token_id: Mapped[int] = mapped_column(ForeignKey("token.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    role: Mapped[str] = mapped_column(String(12))
    #: the item a steward reports on, or that was passed to a receiver; None = everything that was handed over
    on: Mapped[str | None] = mapped_column(String(40), index=True)
    #: of a steward: the party of the agreement, or the owner of the goal
    party: Mapped[str] = mapped_column(Text, default="")
    #: of a receiver: the body that answers
    body: Mapped[str] = mapped_column(Text, default="")
    #: who a steward's work was passed on to; personal data as `address` is
    name: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text, default="")
    #: of work that was passed on: `offered` until the successor accepts (`active`) or refuses it (`refused`)
    state: Mapped[str] = mapped_column(String(10), default="active")
    #: the link whose work was passed on to this one
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("token.id", ondelete="SET NULL"))
    #: what was said when it was passed on, in public
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("role in ('receiver','steward','panel')", name="role"),
        CheckConstraint("state in ('active','offered','refused')", name="state"),
    )


def link_behind(token_id: int | None) -> FollowUpLink | None:
    """Returns what the link of a token is for; of a device's token, the link that let the device in. None for a token
    without such a link."""
    token = db.session.get(Token, token_id) if token_id else None
    return db.session.get(FollowUpLink, token.parent_id or token.id) if token else None


class Handover(Model):
    """The result was handed over: when, to whom, which journal hash, and by when an answer is due."""

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    at: Mapped[datetime] = mapped_column(Moment)
    by_role: Mapped[str] = mapped_column(String(12))
    to: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[Day] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    #: the journal's last hash before the handover
    hash: Mapped[str] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class ReceiverAnswer(Model):
    """A receiver's answer to an item, a draft or published. Published answers stay; the newest counts."""

    __tablename__ = "receiver_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40), index=True)
    #: the receiver's link; None once it is gone
    link_id: Mapped[int | None] = mapped_column(ForeignKey("token.id", ondelete="SET NULL"))
    #: the body that answered, as it was called then
    by_body: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[Day | None] = mapped_column(Date)
    body: Mapped[str] = mapped_column(Text, default="")
    #: of a draft: grows by one with each saving, so that a save based on an older revision can be refused
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (Index("ix_receiver_answer_workshop_id_on", "workshop_id", "on"),)


class Postponement(Model):
    """A new day for the answer to one item or to all (`on` None), set by the receiver, with the reason."""

    __tablename__ = "postponement"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str | None] = mapped_column(String(40))
    #: the body whose clock it is; empty = the first receiver
    by_body: Mapped[str] = mapped_column(Text, default="")
    to: Mapped[Day] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class OverdueCorrection(Model):
    """A false alarm that the organiser cleared: the answer to an item was shown as late and is not."""

    __tablename__ = "overdue_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class PathStep(Model):
    """One station of an item on its way through committees; of all items where `on` is None."""

    __tablename__ = "path_step"
    kind = "path_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str | None] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    date: Mapped[Day] = mapped_column(Date)
    title: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text, default="")
    case_number: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)


class LineReport(Model):
    """What the party that owes a line reports of it. The newest report counts; earlier ones stay."""

    __tablename__ = "line_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40), index=True)
    line: Mapped[int]
    party: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[Day] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state in ('delivered','partly','not_delivered','withdrawn')", name="state"),
        CheckConstraint("line >= 0", name="line"),
    )


class LineVerdict(Model):
    """Whether another party of the same agreement confirms or contests a report. The newest verdict of a party counts."""

    __tablename__ = "line_verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    report_id: Mapped[int] = mapped_column(ForeignKey("line_report.id", ondelete="CASCADE"), index=True)
    party: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("verdict in ('confirmed','contested')", name="verdict"),)


class FollowUpReport(Model):
    """An owner's report on an item: a measured value, a status chosen by the owner, what worked and what went wrong. A
    mistake is corrected by a new report that names the old one (`corrects_id`), which then no longer counts."""

    __tablename__ = "follow_up_report"
    kind = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40), index=True)
    party: Mapped[str] = mapped_column(Text)
    date: Mapped[Day] = mapped_column(Date)
    #: the value as written, and its exact value as "numerator/denominator"
    value: Mapped[str | None] = mapped_column(Text)
    exact: Mapped[str | None] = mapped_column(Text)
    value_date: Mapped[Day | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(12))
    what_worked: Mapped[str] = mapped_column(Text, default="")
    what_went_wrong: Mapped[str] = mapped_column(Text, default="")
    lesson: Mapped[str] = mapped_column(Text, default="")
    next_date: Mapped[Day | None] = mapped_column(Date)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up_report.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("status in ('on_track','partly','reached','not_reached','dropped')", name="status"),)


class EndedAgreement(Model):
    """An agreement that a party or the organiser ended by its own terms: from which day, who said so, and why."""

    __tablename__ = "ended_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40), index=True)
    by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    said_on: Mapped[Day] = mapped_column(Date)
    ends_on: Mapped[Day] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(Moment)


class FollowUpDate(Model):
    """A day on which owners are asked to report (`set_rhythm`)."""

    __tablename__ = "follow_up_date"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[Day] = mapped_column(Date, primary_key=True)
    #: proposed at closing, and not yet confirmed or changed by the organiser
    proposed: Mapped[bool] = mapped_column(default=False, server_default=false())
