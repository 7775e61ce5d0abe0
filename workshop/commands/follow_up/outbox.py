"""The outbox: each mail is claimed by a row before it is sent, so that two processes never send it twice.

These writes are notes of the server, not changes of a room: they move no clock and are not in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workshop import locks
from workshop.clock import day_of, moment_of, now
from workshop.extensions import db
from workshop.mail_keys import address_hash
from workshop.models import FollowUpLink, Outgoing, Subscription, Token
from workshop.store import writing_outside

REMINDER, NEWS, CONFIRMATION = "reminder", "news", "confirmation"
STALLED = timedelta(minutes=10)
"""A mail whose sender has told nothing for so long may have been sent: the sender itself gives up much sooner."""
AGAIN = timedelta(minutes=30)
"""After so long a mail that the server would not take for now is tried again."""
UNCONFIRMED = timedelta(days=7)
"""So long an address that asked to be told may wait before it is confirmed."""


@dataclass(frozen=True)
class Claim:
    """What is to be sent to whom on a day. `links` or `holder` say by what the address is held: a mail whose links have
    ended, or whose subscription is gone, is not sent any more."""

    workshop_id: int
    kind: str
    to: str
    day: date
    subject: str
    told: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    holder: str | None = None


@locks.again
def claim(wanted: Claim) -> int | None:
    """Returns the number of the row if this process is the one to send the mail now; None where another one does, or did,
    or where nobody wants it any more."""
    with writing_outside():
        if not _is_wanted(wanted):
            return None
        number = _new_row(wanted) or _waited(wanted)
        if number is not None:
            _drop_older(wanted, number)
        return number


def _is_wanted(wanted: Claim) -> bool:
    if wanted.holder is not None:
        row = db.session.get(Subscription, wanted.holder)
        return row is not None and (row.confirmed_at is None) == (wanted.kind == CONFIRMATION)
    alive = (
        select(FollowUpLink.token_id)
        .join(Token, Token.id == FollowUpLink.token_id)
        .where(FollowUpLink.token_id.in_(wanted.links), FollowUpLink.address != "", Token.ended_at.is_(None))
    )
    return db.session.scalar(alive.limit(1)) is not None


def _new_row(wanted: Claim) -> int | None:
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    row = insert(Outgoing).values(
        workshop_id=wanted.workshop_id,
        kind=wanted.kind,
        address_hash=address_hash(wanted.to),
        day=wanted.day,
        state="claimed",
        subject=wanted.subject if wanted.kind == REMINDER else "",
        told=list(wanted.told),
        words="",
        claimed_at=now(),
    )
    number: int | None = db.session.scalar(row.on_conflict_do_nothing().returning(Outgoing.id))
    return number


def _waited(wanted: Claim) -> int | None:
    """Claims the mail of the same day that the server would not take before, once its time has come."""
    row = _mine(wanted, update(Outgoing)).where(
        Outgoing.day == wanted.day, Outgoing.state == "waiting", Outgoing.again_at <= now()
    )
    number: int | None = db.session.scalar(
        row.values(state="claimed", claimed_at=now(), told=list(wanted.told)).returning(Outgoing.id)
    )
    return number


def _drop_older(wanted: Claim, number: int) -> None:
    """Deletes what the new row stands for too: mails of earlier days that are still waiting, and of news all older rows."""
    older = _mine(wanted, delete(Outgoing)).where(Outgoing.id != number, Outgoing.day < wanted.day)
    db.session.execute(older if wanted.kind == NEWS else older.where(Outgoing.state == "waiting"))


def _mine(wanted: Claim, statement: Any) -> Any:
    return statement.where(
        Outgoing.workshop_id == wanted.workshop_id,
        Outgoing.kind == wanted.kind,
        Outgoing.address_hash == address_hash(wanted.to),
    ).execution_options(synchronize_session=False)


@locks.again
def note_result(number: int, wanted: Claim, state: str, words: str) -> None:
    """Stores what came of a claimed mail: `sent`, `perhaps`, `refused` or `waiting`. A subscriber whose address the server
    refuses for good is forgotten, for nobody else is told of it. Of a mail to a subscriber only the day is kept."""
    with writing_outside():
        values: dict[str, Any] = {"state": state, "words": words}
        if state == "waiting":
            values["again_at"] = now() + AGAIN
        if wanted.kind != REMINDER:
            values |= {"words": "", "claimed_at": moment_of(wanted.day, "00:00")}
        db.session.execute(update(Outgoing).where(Outgoing.id == number).values(**values))
        if wanted.holder is not None and state == "refused":
            db.session.execute(delete(Subscription).where(Subscription.token_hash == wanted.holder))


@locks.again
def tidy(moment: datetime | None = None) -> None:
    """Marks mails whose sender ended in between as perhaps sent; forgets addresses that were never confirmed, and what was
    sent to them."""
    moment = moment or now()
    today = day_of(moment)
    stalled = (Outgoing.state == "claimed", Outgoing.claimed_at < moment - STALLED)
    unconfirmed = (Subscription.confirmed_at.is_(None), Subscription.asked_on < today - UNCONFIRMED)
    asked = (Outgoing.kind == CONFIRMATION, Outgoing.day < today - UNCONFIRMED)
    if not any(
        db.session.scalar(select(model).where(*which).limit(1)) is not None
        for model, which in ((Outgoing, stalled), (Subscription, unconfirmed), (Outgoing, asked))
    ):
        return
    with writing_outside():
        db.session.execute(update(Outgoing).where(*stalled).values(state="perhaps"))
        db.session.execute(delete(Subscription).where(*unconfirmed))
        db.session.execute(delete(Outgoing).where(*asked))
