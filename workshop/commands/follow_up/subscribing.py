"""Addresses that ask to be told what happens: asked for, confirmed by a mail, left by one click.

They belong to nobody the room knows: no actor, no journal, no clock. So who subscribed cannot be laid beside what people
did in the workshop.
"""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workshop import locks
from workshop.clock import moment_of, today
from workshop.extensions import db
from workshop.mail_keys import address_hash, new_subscription_token, subscription_hash
from workshop.models import Outgoing, Subscription, Workshop
from workshop.rules import limits
from workshop.rules.cleaning import clean
from workshop.rules.mail_addresses import is_mail_address
from workshop.rules.refusal import Refused
from workshop.store import writing_outside


def read_address(text: str) -> str:
    """Returns an address of e-mail as it is kept. Raises `Refused("malformed", "address")`, also for a line break in it."""
    address = text.strip()
    if not is_mail_address(address) or clean(address, one_line=True) != address:
        raise Refused("malformed", "address", mail_address=True)
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.casefold()}"


@locks.again
def subscribe(workshop_id: int, address: str, language: str) -> None:
    """Notes that an address asks to be told. Nothing tells the asker whether it was known: one that is confirmed stays as
    it is, one that asked today gets no second mail, and an older request is replaced by a new one. Beyond
    `limits.SUBSCRIPTIONS` addresses nothing is noted. Nor does the time tell it: the same is read, computed and written
    where nothing is noted."""
    kept = read_address(address)
    with writing_outside():
        here = Subscription.workshop_id == workshop_id
        row = db.session.scalar(select(Subscription).where(here, Subscription.address == kept).with_for_update())
        others = db.session.scalar(select(func.count()).where(here, Subscription.address != kept)) or 0
        hashed, sealed = new_subscription_token()
        known = row is not None and (row.confirmed_at is not None or row.asked_on == today())
        if known or others >= limits.SUBSCRIPTIONS:
            _write_the_same(workshop_id)
            return
        if row is not None:
            db.session.delete(row)
            db.session.flush()
        insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
        new = insert(Subscription).values(
            token_hash=hashed,
            workshop_id=workshop_id,
            address=kept,
            language=language,
            asked_on=today(),
            sealed_token=sealed,
        )
        # Asked twice at the same moment: one of the two stands.
        db.session.execute(new.on_conflict_do_nothing())


def _write_the_same(workshop_id: int) -> None:
    """Writes one row of the workshop as it is, which takes as long as a new one: without it the answer would come sooner."""
    first = select(func.min(Subscription.token_hash)).where(Subscription.workshop_id == workshop_id).scalar_subquery()
    db.session.execute(
        update(Subscription)
        .where(Subscription.token_hash == first)
        .values(address=Subscription.address, workshop_id=Subscription.workshop_id)
        .execution_options(synchronize_session=False)
    )


def subscription(token: str) -> tuple[Subscription, Workshop]:
    """Returns the subscription of a token, and its workshop. Raises `Refused("ended")`."""
    row = db.session.get(Subscription, subscription_hash(token)) if token.isascii() else None
    if row is None:
        raise Refused("ended")
    return row, db.session.get_one(Workshop, row.workshop_id)


@locks.again
def confirm(token: str) -> None:
    """Confirms a subscription; again is the same as once. Raises `Refused("ended")`."""
    with writing_outside():
        row, _ = subscription(token)
        if row.confirmed_at is None:
            row.confirmed_at = moment_of(today(), "00:00")


@locks.again
def unsubscribe(token: str) -> None:
    """Deletes a subscription and what was sent to it. Raises `Refused("ended")` for one that is gone."""
    with writing_outside():
        row, _ = subscription(token)
        sent = (Outgoing.workshop_id == row.workshop_id, Outgoing.address_hash == address_hash(row.address))
        db.session.execute(delete(Outgoing).where(*sent, Outgoing.kind != "reminder"))
        db.session.delete(row)
