"""Finds who sends a request: by bearer token, or by the cookie that a page of ours names.

A browser adds a cookie by itself, also for a request that another site's page makes. So a request that changes something by
cookie must also carry the header `X-Rundbord`, which another site's page cannot set.
"""

from __future__ import annotations

from flask import Request, request

from workshop import identity
from workshop.cookies import cookie_name
from workshop.extensions import db, login
from workshop.identity import Actor
from workshop.models import Organiser
from workshop.rules.record_ids import is_record_number
from workshop.rules.refusal import Refused

HEADER = "X-Rundbord"


def bearer() -> str | None:
    """Returns the token of the `Authorization` header, if any."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def record_number(text: str) -> int:
    """Returns the number of a record in an address. Raises `ValueError` for a text that is no possible number of a record."""
    if not is_record_number(text):
        raise ValueError(text)
    return int(text)


def actor_of_request(workshop_id: int | None = None, *, afterwards: bool = False) -> Actor:
    """Returns the actor of an API request. `?as=ROLE&workshop=ID` name the cookie of a page, `?seat=ID` the seat a helper's
    device acts for; an organiser's token is let into the workshop the request names. `afterwards` also lets in the roles of
    the follow-up (receivers, stewards, panels and cards), who have access to nothing else. Raises `Refused("ended")`,
    `Refused("not_found")` or `Refused("not_allowed")`."""
    named = workshop_id if workshop_id is not None else request.args.get("workshop", type=record_number)
    token = bearer()
    if token is not None:
        actor = identity.find(token)
    else:
        if request.method not in ("GET", "HEAD") and HEADER not in request.headers:
            raise Refused("not_allowed", HEADER)
        role = request.args.get("as", identity.ORGANISER)
        actor = identity.find_as(request.cookies.get(cookie_name(role, named)), role)
    if "seat" in request.args:
        actor = identity.acting_for(actor, request.args["seat"])
    if named is not None:
        actor = identity.in_workshop(actor, named)
    if not afterwards:
        identity.check_in_the_room(actor)
    return actor


@login.request_loader
def organiser_of_request(_request: Request) -> Organiser | None:
    """Returns the organiser who is logged in, for Flask-Login: by the token in the cookie, or by a bearer token."""
    try:
        token = bearer() or request.cookies.get(cookie_name(identity.ORGANISER))
        actor = identity.find_as(token, identity.ORGANISER)
    except Refused:
        return None
    return db.session.get(Organiser, actor.organiser_id) if actor.organiser_id else None


def page_actor(role: str, workshop_id: int | None) -> Actor | None:
    """Returns the actor of a page by its cookie; None without a cookie, or where its token has ended or is of another role
    or workshop than the page's."""
    try:
        return identity.find_as(request.cookies.get(cookie_name(role, workshop_id)), role, workshop_id)
    except Refused:
        return None
