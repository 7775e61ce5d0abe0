"""Agreements reopened after the seminar: a new version beside the one in force, and whether the parties accept it.

The row of the agreement keeps the version in force until the new one is carried (docs/rules.md section 11). Those who hold a
card vote in a `Decision` whose electorate is `cards`; its ballot papers are stored as all secret papers are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model, db
from workshop.models.base import Document, Moment, workshop_key
from workshop.models.texts import TextVersion, Versioned
from workshop.models.votes import Decision

#: the states of a new version that is under way; an agreement has at most one in these states
UNDER_WAY = ("draft", "deciding")
#: the cause of a version that was proposed by reopening the agreement
CAUSE = "reopened"


class Reopening(Model):
    """One new version of an agreement, from the day the agreement was reopened until the new version is carried or not."""

    __tablename__ = "reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    #: record id of the agreement
    on: Mapped[str] = mapped_column(String(40), index=True)
    #: the version that was in force when the agreement was reopened
    from_version: Mapped[int]
    #: the number of the new version, given when the decision on it opens
    version: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    #: the fields of the new version; fixed once the decision is open
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: of the draft: grows by one with each saving, so that a save based on an older revision can be refused
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    #: when it was carried, not carried or withdrawn
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("state in ('draft','deciding','carried','not_carried','withdrawn')", name="state"),)


class PartyWord(Model):
    """Whether a party of the agreement accepts the new version. The newest answer of a party counts; earlier ones stay."""

    __tablename__ = "party_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40))
    reopening_id: Mapped[int] = mapped_column(ForeignKey("reopening.id", ondelete="CASCADE"), index=True)
    party: Mapped[str] = mapped_column(Text)
    accepted: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)


def under_way(on: str) -> Reopening | None:
    """Returns the new version of an agreement that is being written or decided on; None where there is none."""
    return db.session.scalar(select(Reopening).where(Reopening.on == on, Reopening.state.in_(UNDER_WAY)))


def last_words(reopening_id: int) -> dict[str, PartyWord]:
    """Returns the newest answer of each party that has given one, by the party's name."""
    rows = db.session.scalars(select(PartyWord).where(PartyWord.reopening_id == reopening_id).order_by(PartyWord.id))
    return {row.party: row for row in rows}


def not_in_force() -> Select[Any]:
    """Returns the statement that selects the numbers of decisions on new versions that are not in force, or not yet. The
    decision on the agreement before them still holds."""
    wanted = select(Reopening.decision_id)
    return wanted.where(Reopening.decision_id.is_not(None), Reopening.state != "carried")


_PROPOSED = select(Reopening.version).where(Reopening.on == bindparam("text"), Reopening.state != "carried")


def proposed(text_id: str) -> set[int]:
    """Returns the versions of a text that were proposed by reopening it and are not in force."""
    return {version for version in db.session.scalars(_PROPOSED, {"text": text_id}) if version is not None}


def next_version(text: Versioned) -> int:
    """Returns the number of a text's next version: one more than the highest there is, proposed versions included."""
    wanted = select(func.max(TextVersion.version)).where(TextVersion.text_id == text.record_id)
    return max(text.newest_version, db.session.scalar(wanted) or 0) + 1


def decision_of(row: Reopening) -> Decision | None:
    """Returns the decision on a new version; None before it is opened."""
    return db.session.get(Decision, row.decision_id) if row.decision_id is not None else None
