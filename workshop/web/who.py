"""Who sends a request: by bearer token, or by the cookie a page of ours names.

A cookie is sent along by the browser itself, so a request that changes something by cookie must also carry the header
`X-Rundbord`, which another site's page cannot set.
"""

from __future__ import annotations

from flask import Request, request

from .. import identity
from ..cookies import cookie_name
from ..extensions import db, login
from ..identity import Actor
from ..models import Organiser
from ..rules.refusal import Refused

HEADER = "X-Rundbord"


def bearer() -> str | None:
    """The token of the `Authorization` header, if any."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def actor_of_request(workshop_id: int | None = None) -> Actor:
    """The actor of an API request. `?as=ROLE&workshop=ID` name the cookie of a page, `?seat=ID` the seat a helper's device
    acts for; an organiser's token is let into the workshop the request names. Raises `Refused("ended")` or
    `Refused("not_found")`."""
    named = workshop_id if workshop_id is not None else request.args.get("workshop", type=int)
    token = bearer()
    if token is None:
        token = request.cookies.get(cookie_name(request.args.get("as", identity.ORGANISER), named))
        if request.method not in ("GET", "HEAD") and HEADER not in request.headers:
            raise Refused("not_allowed", HEADER)
    actor = identity.find(token)
    if "seat" in request.args:
        actor = identity.acting_for(actor, request.args["seat"])
    if named is None or (actor.role == identity.ORGANISER and named is None):
        return actor
    return identity.in_workshop(actor, named)


@login.request_loader
def organiser_of_request(_request: Request) -> Organiser | None:
    """The organiser who is logged in, for Flask-Login: known by the token in the cookie, or by a bearer token."""
    try:
        actor = identity.find(bearer() or request.cookies.get(cookie_name(identity.ORGANISER)))
    except Refused:
        return None
    return db.session.get(Organiser, actor.organiser_id) if actor.organiser_id else None


def page_actor(role: str, workshop_id: int | None) -> Actor | None:
    """The actor of a page by its cookie, or None where there is none or it has ended."""
    try:
        actor = identity.find(request.cookies.get(cookie_name(role, workshop_id)))
        return identity.in_workshop(actor, workshop_id) if workshop_id is not None else actor
    except Refused:
        return None
