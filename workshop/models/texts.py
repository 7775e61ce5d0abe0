"""Goals and agreements with their versions, amendments, consent, objections and commitments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import BigId, Document, Listing, Moment, Place, Stamped, workshop_key
from workshop.models.by_kind import by_record_id


class Versioned(Stamped):
    """A text that people vote on: its fields are in `content`, and each wording has a number.

    `version`, `content` and `checks` are what the room was shown. What an editor has saved since then is the draft: it
    binds nothing until it is shown (docs/rules.md section 1).
    """

    version: Mapped[int] = mapped_column(default=1)
    #: the number, the fields, the time of saving and the checks of the draft; all None where there is none
    draft_version: Mapped[int | None]
    draft_content: Mapped[dict[str, Any] | None] = mapped_column(Document)
    draft_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    draft_checks: Mapped[list[Any] | None] = mapped_column(Listing)
    #: the stamp for phones, which a draft does not change; `seq` is the stamp for audiences that read drafts
    room_seq: Mapped[int] = mapped_column(BigId, default=0, server_default=text("0"))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: `[{code, severity, field}]`, computed by docs/rules.md section 2 when the text or the room changed
    checks: Mapped[list[Any]] = mapped_column(Listing, default=list)
    position: Mapped[float] = mapped_column(Place, default=0)
    #: whether anybody in the room may propose changes; facilitators open and close it
    takes_amendments: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime] = mapped_column(Moment)

    def stamp(self, seq: int) -> None:
        self.seq = self.room_seq = seq

    def stamp_draft(self, seq: int) -> None:
        """Sets the number of the clock under which the row changed for the audiences that read drafts only."""
        self.seq = seq

    @property
    def newest_version(self) -> int:
        """Returns the number of the newest wording, shown or not; edits are made on it."""
        return self.version if self.draft_version is None else self.draft_version

    @property
    def newest_content(self) -> dict[str, Any]:
        """Returns the fields of the newest wording, shown or not."""
        return self.content if self.draft_content is None else self.draft_content


class Goal(Versioned, Model):
    """What is to be different, for whom, by when (docs/rules.md section 1)."""

    __tablename__ = "goal"
    kind = "goal"
    workshop_id: Mapped[int] = workshop_key()
    __table_args__ = (
        CheckConstraint("state in ('draft','proposed','deciding','agreed','not_agreed','dropped')", name="state"),
    )


class Agreement(Versioned, Model):
    """Who gives what to reach the goals (docs/rules.md section 1)."""

    __tablename__ = "agreement"
    kind = "agreement"
    workshop_id: Mapped[int] = workshop_key()
    __table_args__ = (
        CheckConstraint(
            "state in ('draft','proposed','deciding','agreed','not_agreed','dropped','intention')", name="state"
        ),
    )


#: the tables of texts that people vote on
TEXTS: tuple[type[Goal] | type[Agreement], ...] = (Goal, Agreement)


def text_by(text_id: str) -> Goal | Agreement | None:
    """Returns the goal or agreement with this record id; None where there is none, or the id is of another kind."""
    return by_record_id(text_id, TEXTS)


class TextVersion(Model):
    """One version of a goal or agreement: its fields, by which role it was made, why, and when."""

    __tablename__ = "text_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    text_id: Mapped[str] = mapped_column("subject", String(40), index=True)
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    text_hash: Mapped[str] = mapped_column(String(64))
    changed: Mapped[list[Any]] = mapped_column(Listing, default=list)
    by_role: Mapped[str] = mapped_column(String(12))
    cause: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    #: of a correction of the language: the role of the person who confirmed it
    confirmed_by: Mapped[str | None] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("subject", "version"),)


class Amendment(Stamped, Model):
    """A change to one field, proposed by a participant; or a correction of its language, which facilitators may propose
    too."""

    __tablename__ = "amendment"
    kind = "amendment"

    workshop_id: Mapped[int] = workshop_key()
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
    on: Mapped[str] = mapped_column(String(40), index=True)
    field: Mapped[str] = mapped_column(String(40))
    #: `change`, or `language` for a correction of the language (docs/rules.md section 1)
    variant: Mapped[str] = mapped_column("sort", String(10), default="change", server_default="change")
    #: the facilitator or organiser who proposed it, by pseudonym; None = the participant did
    proposed_by: Mapped[str | None] = mapped_column(String(40))
    on_version: Mapped[int]
    #: the version in which it was accepted
    in_version: Mapped[int | None]
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default="open")
    answer: Mapped[str] = mapped_column(Text, default="")
    #: what it changes was changed while it was open, so it must be adapted before it can be accepted
    stale: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("state in ('open','accepted','rejected','withdrawn')", name="state"),)


class Consent(Stamped, Model):
    """A round of consent on a small text: the ground rules, or a draft (docs/rules.md section 3)."""

    __tablename__ = "consent"
    kind = "consent"

    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40), index=True)
    #: running number; the number people read leaves out rounds that do not count (`rounds.spent`)
    round: Mapped[int] = mapped_column(default=1)
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(12), default="open")
    outcome: Mapped[str | None] = mapped_column(String(20))
    eligible: Mapped[int] = mapped_column(default=0)
    #: of a round begun by a change of the ground rules: the ground rules before the change
    words_before: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("on", "round"), CheckConstraint("state in ('open','closed')", name="state"))


class ConsentGiven(Model):
    """A person's "no objection" in a round."""

    __tablename__ = "consent_given"

    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)


class Objection(Stamped, Model):
    """A reasoned objection. Only the objector closes it."""

    __tablename__ = "objection"
    kind = "objection"

    workshop_id: Mapped[int] = workshop_key()
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"))
    on: Mapped[str] = mapped_column(String(40), index=True)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="open")
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("state in ('open','resolved')", name="state"),)


class Commitment(Stamped, Model):
    """A person's public position on a text, by name or as an unnamed member of the group. Separate from the secret vote."""

    __tablename__ = "commitment"
    kind = "commitment"

    workshop_id: Mapped[int] = workshop_key()
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    on: Mapped[str] = mapped_column(String(40), index=True)
    standing: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    #: the name when the commitment was made; None = shown as an unnamed member of the group
    name: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
    #: the person asked that this stays when names are erased
    keep: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("participant_id", "on"),
        CheckConstraint("standing in ('behind','not_behind','abstains')", name="standing"),
        Index("ix_commitment_workshop_id_seq", "workshop_id", "seq"),
    )
