"""Who may act: organisers with an account, and everybody else with a token."""

from __future__ import annotations

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import BigId, Moment, Stamped, workshop_key


class Organiser(UserMixin, Model):
    """An account. The password is kept as an Argon2 hash."""

    __tablename__ = "organiser"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5), default="da")
    created_at: Mapped[datetime] = mapped_column(Moment)


class Participant(Stamped, Model):
    """A person in the room. Only facilitators see the record."""

    __tablename__ = "participant"
    kind = "participant"

    workshop_id: Mapped[int] = workshop_key()
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    name: Mapped[str | None] = mapped_column(Text)
    #: keyed hash of the re-entry code; the code itself is never stored in the clear
    reentry_hash: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(10), default="active")
    #: `helper` for a seat that a helper acts for, until the person comes with a phone of their own
    role: Mapped[str] = mapped_column(String(12), default="participant")
    #: the running number on the card of a person who came without a phone; kept when they get one
    seat: Mapped[int | None]
    #: a helper has marked the seat as present; without meaning for somebody with a phone
    present: Mapped[bool] = mapped_column(default=False, server_default=false())
    ready: Mapped[bool] = mapped_column(default=False)
    #: whether this person agrees that their small group votes openly in the next vote; None = not answered
    agrees_openly: Mapped[bool | None]
    #: has taken a follow-up card; which one is not stored
    has_card: Mapped[bool] = mapped_column(default=False, server_default=false())
    joined_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    #: when this person last changed group; None = is still in the first one
    moved_at: Mapped[datetime | None] = mapped_column(Moment)
    #: the workshop's clock when this person's own `mine` last changed
    mine_seq: Mapped[int] = mapped_column(BigId, default=0)

    __table_args__ = (
        CheckConstraint("state in ('active','removed')", name="state"),
        Index("ix_participant_workshop_id_seq", "workshop_id", "seq"),
        #: for counting the people of a room and of its groups
        Index("ix_participant_workshop_id_state_group_id_seat", "workshop_id", "state", "group_id", "seat"),
        Index("uq_participant_workshop_id_seat", "workshop_id", "seat", unique=True),
    )


class Token(Model):
    """A token of a client. Only a keyed hash of it is stored.

    `sealed_code` is the person's re-entry code, encrypted with the token: whoever holds the token can read it, the database
    alone cannot (see `identity`). A link is a token too; opening it in a browser makes a device token whose `parent_id` is
    the link, so that replacing a link ends every device it let in. A helper's device in turn is the parent of the tokens by
    which it acts for seats.
    """

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("token.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_code: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: the text of a link, encrypted with the server's key, so that it can be shown and printed again
    sealed_link: Mapped[bytes | None] = mapped_column(LargeBinary)
    name: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
