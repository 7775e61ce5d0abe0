"""The links of receivers, stewards and panels: a link lets a device in, which gets its own token.

Opening a link changes nothing, because programs that preview links open it too. The page's form lets the device in.
"""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from workshop import identity, secrecy
from workshop.catalogue import LANGUAGES
from workshop.commands.room.workshops import device_token
from workshop.cookies import LONGEST, set_token
from workshop.extensions import db
from workshop.identity import PANEL, RECEIVER, STEWARD
from workshop.models import FollowUpLink, Token
from workshop.rules.refusal import Refused
from workshop.web.entrance import Answer, entrance
from workshop.web.follow_up.pages import cookie_of_link, gone
from workshop.web.languages import page_language

_ROLES = {"r": RECEIVER, "s": STEWARD, "panel": PANEL}


@entrance.get("/<any(r,s,panel):door>/<token>")
def follow_up_link(door: str, token: str) -> Answer:
    """Shows the page of a link, whose script sends the form at once; leads on where this link has let the device in before."""
    role = _ROLES[door]
    try:
        row, _ = _link(role, token)
    except Refused as refusal:
        return gone(refusal, token)
    if _is_in(role, row):
        return redirect(_page(role, row))
    return render_template("link.html", lang=page_language(), role=role)


@entrance.post("/<any(r,s,panel):door>/<token>")
def enter_by_follow_up_link(door: str, token: str) -> Answer:
    """Lets this device in by a link. The device gets its own token, and the link disappears from its address bar."""
    role = _ROLES[door]
    try:
        row, _ = _link(role, token)
        response = redirect(_page(role, row), 303)
        if not _is_in(role, row):
            device = secrecy.new_token()
            device_token(row, device)
            _keep(response, role, row, device)
    except Refused as refusal:
        return gone(refusal, token)
    return response


def _keep(response: Response, role: str, row: Token, device: str) -> None:
    assert row.workshop_id is not None
    name = cookie_of_link(role, row.workshop_id, row.id)
    set_token(response, role, row.workshop_id, device, days=LONGEST, name=name)


def _link(role: str, token: str) -> tuple[Token, FollowUpLink]:
    """Returns the row of a link of this role, and what it is for. Raises `Refused("ended")`, also for the token of a device
    that was let in."""
    row: Token | None = db.session.scalar(select(Token).where(Token.hash == identity.token_hash(token), Token.role == role))
    identity.check_alive(row)
    link = db.session.get(FollowUpLink, row.id) if row is not None else None
    if row is None or row.sealed_link is None or link is None:
        raise Refused("ended")
    return row, link


def _is_in(role: str, row: Token) -> bool:
    """Returns whether this device was let in by this link and its token is still valid."""
    assert row.workshop_id is not None
    token = request.cookies.get(cookie_of_link(role, row.workshop_id, row.id))
    try:
        actor = identity.find_as(token, role, row.workshop_id)
    except Refused:
        return False
    held = db.session.get(Token, actor.token_id)
    return held is not None and held.parent_id == row.id


def _page(role: str, row: Token) -> str:
    asked = request.args.get("lang")
    lang: dict[str, Any] = {"lang": asked} if asked in LANGUAGES else {}
    return url_for(f"following.{role}", workshop_id=row.workshop_id, link_id=row.id, **lang)
