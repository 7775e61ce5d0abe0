"""Mails to subscribers: the confirmation of an address, and at most one mail a day about what happened on the days before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workshop.catalogue import t
from workshop.clock import day_of
from workshop.extensions import db
from workshop.mail_keys import address_hash, subscription_token
from workshop.models import Outgoing, Subscription, Workshop
from workshop.models.items import Item, items
from workshop.screens.mail_words import confirmation, day_words, news
from workshop.screens.promises import Promises, promises


@dataclass(frozen=True)
class Letter:
    """One mail to a subscriber. `kind`: `news` or `confirmation`; `holder` is the key of the subscription (`token_hash`);
    `stop` the address that ends the mails."""

    kind: str
    workshop_id: int
    holder: str
    to: str
    subject: str
    body: str
    language: str
    stop: str


def confirmations(root: str) -> list[Letter]:
    """Returns a mail for each subscription that is not confirmed and has not been sent one. `root` is the server's address
    without a slash at the end."""
    rows = db.session.execute(
        select(Subscription, Workshop)
        .join(Workshop, Workshop.id == Subscription.workshop_id)
        .where(Subscription.confirmed_at.is_(None))
        .order_by(Subscription.workshop_id, Subscription.token_hash)
    ).all()
    return [letter for row, workshop in rows if (letter := _confirmation(row, workshop, root)) is not None]


def _confirmation(row: Subscription, workshop: Workshop, root: str) -> Letter | None:
    token = subscription_token(row.token_hash, row.sealed_token)
    sent = select(Outgoing.id).where(
        Outgoing.workshop_id == row.workshop_id,
        Outgoing.kind == "confirmation",
        Outgoing.address_hash == address_hash(row.address),
        Outgoing.day >= row.asked_on,
        Outgoing.state != "waiting",
    )
    if token is None or db.session.scalar(sent.limit(1)) is not None:
        return None
    stop = f"{root}/unsubscribe/{token}"
    subject, body = confirmation(workshop.title, f"{root}/subscribe/{token}", stop, row.language)
    return Letter("confirmation", workshop.id, row.token_hash, row.address, subject, body, row.language, stop)


def due_news(workshop: Workshop, today: date, root: str) -> list[Letter]:
    """Returns the mails of a day for confirmed subscriptions; none while the record is not published. A mail tells what
    happened from the day of the last mail, or of the confirmation, until yesterday."""
    if workshop.record_published_at is None:
        return []
    rows = db.session.scalars(
        select(Subscription)
        .where(Subscription.workshop_id == workshop.id, Subscription.confirmed_at.is_not(None))
        .order_by(Subscription.token_hash)
    ).all()
    if not rows:
        return []
    happened = sorted(_happened(workshop), key=lambda one: one[0])
    last = _last_told(workshop)
    record = f"{root}/record/{workshop.record_slug}"
    return [letter for row in rows if (letter := _news(row, workshop, happened, last, record, root, today)) is not None]


Event = tuple[datetime, str, dict[str, str]]


def _news(
    row: Subscription,
    workshop: Workshop,
    happened: list[Event],
    last: dict[str, date],
    record: str,
    root: str,
    today: date,
) -> Letter | None:
    assert row.confirmed_at is not None
    since = max(day_of(row.confirmed_at), last.get(address_hash(row.address), date.min))
    new = [event for event in happened if since <= day_of(event[0]) < today]
    token = subscription_token(row.token_hash, row.sealed_token)
    if not new or token is None:
        return None
    lang, stop = row.language, f"{root}/unsubscribe/{token}"
    said = [t(key, lang, day=day_words(day_of(at), lang), **facts) for at, key, facts in new]
    subject, body = news(said, workshop.title, record, stop, lang)
    return Letter("news", workshop.id, row.token_hash, row.address, subject, body, lang, stop)


def _last_told(workshop: Workshop) -> dict[str, date]:
    """Returns the day of the last mail that was or may have been sent, by the hash of the address."""
    rows = db.session.execute(
        select(Outgoing.address_hash, func.max(Outgoing.day))
        .where(Outgoing.workshop_id == workshop.id, Outgoing.kind == "news", Outgoing.state != "waiting")
        .group_by(Outgoing.address_hash)
    )
    return {str(row[0]): row[1] for row in rows}


def _happened(workshop: Workshop) -> Iterator[Event]:
    """Yields what subscribers are told: published answers, reports, look-backs opened and closed; each with its moment, the
    catalogue key of its sentence, and the facts. What only the parties of an agreement see is left out."""
    said = promises(workshop)
    shown = {one.id: one for one in items(workshop) if not one.withheld}
    yield from _of_items(said, shown)
    for look_back in said.look_backs:
        yield look_back.opened_at, "mail.news.look_back_opened", {}
        if look_back.closed_at is not None:
            yield look_back.closed_at, "mail.news.look_back_closed", {}


def _of_items(said: Promises, shown: dict[str, Item]) -> Iterator[Event]:
    for on, found in shown.items():
        title = {"title": " ".join(found.title.split())}
        for answer in said.answers.get(on, ()):
            if answer.published_at is not None:
                yield answer.published_at, "mail.news.answer", title | {"body": answer.by_body}
        for rows in (said.reports.get(on, ()), said.line_reports.get(on, ())):
            for row in rows:
                yield row.at, "mail.news.report", title | {"party": row.party}
