"""The links of facilitators, boards and helpers: opening one lets a device in, which gets a token of its own."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from sqlalchemy import select

from workshop import catalogue, identity, secrecy
from workshop.commands.room.workshops import device_token
from workshop.cookies import set_token
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, HELPER
from workshop.models import Token
from workshop.rules.refusal import Refused
from workshop.web.authentication import page_actor
from workshop.web.entrance import Answer, entrance
from workshop.web.languages import page_language

_ROLES = {"f": FACILITATOR, "b": BOARD, "h": HELPER}
_PAGES = {FACILITATOR: "rooms.console", BOARD: "rooms.board", HELPER: "rooms.helper"}


@entrance.get("/<any(f,b,h):short>/<token>")
def link(short: str, token: str) -> Answer:
    """Shows the page of a link; leads on at once where this device was let in before. Opening the page changes nothing,
    because programs that preview links open it too. The page's script sends its form at once."""
    role = _ROLES[short]
    try:
        row = _link(role, token)
    except Refused as refusal:
        return _gone(refusal)
    if page_actor(role, row.workshop_id) is not None:
        return redirect(url_for(_PAGES[role], workshop_id=row.workshop_id))
    return render_template("link.html", lang=page_language(), role=role)


@entrance.post("/<any(f,b,h):short>/<token>")
def enter_by_link(short: str, token: str) -> Answer:
    """Lets this device in by a link. The device gets its own token, and the link disappears from its address bar."""
    role = _ROLES[short]
    try:
        row = _link(role, token)
        response = redirect(url_for(_PAGES[role], workshop_id=row.workshop_id), 303)
        if page_actor(role, row.workshop_id) is None:
            device = secrecy.new_token()
            device_token(row, device)
            set_token(response, role, row.workshop_id, device)
    except Refused as refusal:
        return _gone(refusal)
    return response


def _link(role: str, token: str) -> Token:
    """Returns the row of a link of this role. Raises `Refused("ended")`, also for the token of a device that was let in."""
    wanted = select(Token).where(Token.hash == identity.token_hash(token), Token.role == role)
    row: Token | None = db.session.scalar(wanted)
    identity.check_alive(row)
    if row is None or row.sealed_link is None:
        raise Refused("ended")
    return row


def _gone(refusal: Refused) -> tuple[str, int]:
    lang = page_language()
    status = 429 if refusal.code == "too_many" else 410
    return render_template("gone.html", lang=lang, error=catalogue.refusal(refusal.as_error(), lang)), status
