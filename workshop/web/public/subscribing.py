"""Subscribing to news by mail: asking for it at the public record, confirming by a mail, and leaving.

Nothing here needs a log-in or sets a cookie. Opening a page changes nothing, because programs that scan mails open every link
in them.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from workshop import catalogue, rate_limits
from workshop.commands.follow_up import subscribing
from workshop.commands.follow_up.links import alive
from workshop.extensions import csrf, db
from workshop.forwarding import perform
from workshop.identity import Actor
from workshop.mail_keys import link_to_stop, plain
from workshop.models import FollowUpLink, Token, Workshop
from workshop.rules.refusal import Refused
from workshop.web.answers import STATUS
from workshop.web.languages import page_language

subscriptions = Blueprint("subscriptions", __name__)
# The one-click request of a mail program has no session and no cookie; the token in the address authorises it.
csrf.exempt(subscriptions)


@subscriptions.after_request
def _not_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@subscriptions.post("/record/<slug>/subscribe")
def subscribe(slug: str) -> Response:
    """Sends a mail that asks the holder of an address to confirm a subscription. The answer is the same whether or not the
    address was subscribed before."""
    workshop = db.session.scalar(
        select(Workshop).where(Workshop.record_slug == slug, Workshop.record_published_at.is_not(None))
    )
    if workshop is None:
        raise NotFound
    lang = catalogue.language(request.form.get("language") or workshop.language)
    try:
        rate_limits.check_subscription(request.remote_addr or "")
        subscribing.subscribe(workshop.id, request.form.get("address", ""), lang)
    except Refused as refusal:
        too_many = catalogue.refusal(refusal.as_error(), lang) if refusal.code == "too_many" else None
        return _page("refused", lang, STATUS.get(refusal.code, 409), error=too_many)
    return _page("asked", lang)


@subscriptions.get("/subscribe/<token>")
def confirmation(token: str) -> Response:
    """Shows the page that the link in the first mail leads to, with a button to confirm."""
    return _of_subscription(token, "confirm", lambda: None)


@subscriptions.post("/subscribe/<token>")
def confirm(token: str) -> Response:
    """Confirms a subscription: from now on news is sent to the address."""
    return _of_subscription(token, "confirmed", lambda: subscribing.confirm(token))


@subscriptions.get("/unsubscribe/<token>")
def leaving(token: str) -> Response:
    """Shows the page that the link at the end of each mail leads to, with a button to stop mails."""
    number = link_to_stop(token)
    if number is None:
        return _of_subscription(token, "leave", lambda: None)
    link = _follower(number)
    return _page("left", page_language()) if link is None or not link.address else _page("leave", page_language())


@subscriptions.post("/unsubscribe/<token>")
def leave(token: str) -> Response:
    """Stops mails, by the button or by the one-click request of a mail program (RFC 8058). It may be repeated."""
    number = link_to_stop(token)
    if number is not None:
        _stop(number)
        return _page("left", page_language())
    try:
        row, _ = subscribing.subscription(token)
        lang = row.language
        subscribing.unsubscribe(token)
    except Refused:
        lang = page_language()
    return _page("left", lang)


def _of_subscription(token: str, shown: str, act: Callable[[], None]) -> Response:
    """Returns the page of a subscription after `act` was carried out; 410 for a token that is no longer valid."""
    try:
        row, workshop = subscribing.subscription(token)
        lang, title = row.language, workshop.title
        act()
    except Refused:
        return _page("gone", page_language(), 410)
    return _page(shown, lang, title=title)


def _follower(number: int) -> FollowUpLink | None:
    """Returns the link of a receiver or a steward; None for one that has ended."""
    token = db.session.get(Token, number)
    return db.session.get(FollowUpLink, number) if token is not None and token.ended_at is None else None


def _stop(number: int) -> None:
    """Stops the mails to the address of a link, at every link of the workshop that has it: the token was in a mail to it. Each
    is stopped by the command that its holder can also give. Does nothing where the link has no address."""
    link = _follower(number)
    if link is None or not link.address:
        return
    workshop, address = db.session.get_one(Workshop, link.workshop_id), plain(link.address)
    for actor in [Actor(one.role, workshop.id, one.token_id) for one in alive(workshop) if plain(one.address) == address]:
        try:
            perform(actor, "stop_reminders", {})
        except Refused as refusal:
            if refusal.code not in ("already", "ended"):
                raise


def _page(shown: str, lang: str, status: int = 200, **facts: object) -> Response:
    return make_response(render_template("subscription.html", lang=lang, shown=shown, **facts), status)
