"""Mail after the seminar: what was sent to whom on which day, and who asked to be told.

Neither table holds the text of a mail, because it contains a link: the text is made from the rows when it is sent.
"""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import Listing, Moment, workshop_key


class Outgoing(Model):
    """One mail to one address on one day. The row is written before the mail is sent, so that no other process sends it
    too. A row that stays `claimed` means that the sending process ended before it noted the result."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    kind: Mapped[str] = mapped_column(String(12))
    #: keyed hash of the address; the address itself is in the row of the link or the subscription and is erased there
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    day: Mapped[Day] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(Text, default="")
    #: keys of the tasks it told of (`rules.reminders.Task.key`), so that none is told twice
    told: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: the answer of the mail server
    words: Mapped[str] = mapped_column(Text, default="")
    claimed_at: Mapped[datetime] = mapped_column(Moment)
    #: of a waiting mail: when it is tried again
    again_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("workshop_id", "kind", "address_hash", "day", name="uq_outbox_key"),
        CheckConstraint("kind in ('reminder','news','confirmation')", name="kind"),
        CheckConstraint("state in ('claimed','sent','perhaps','refused','waiting')", name="state"),
    )


class Subscription(Model):
    """An address that asked to be told what happens. It has no person, no number and no order (`WITHOUT ROWID`), and of the
    time only the day, so that it cannot be matched with the journal."""

    __tablename__ = "subscription"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    address: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5))
    asked_on: Mapped[Day] = mapped_column(Date)
    #: midnight of the day it was confirmed; None until then
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: the token, sealed with the server's key, for the link in each mail
    sealed_token: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("workshop_id", "address", name="uq_subscription_address"),
        {"sqlite_with_rowid": False},
    )
