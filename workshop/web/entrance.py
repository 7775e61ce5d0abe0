"""The way in: the front page, joining, coming back, and the links of facilitators, boards and helpers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from .. import catalogue, identity, pace, secrecy
from ..commands import perform
from ..commands.joining import join_secrets, new_seed, workshop_of_code
from ..commands.workshops import device_token
from ..cookies import clear_token, set_token
from ..extensions import csrf, db
from ..identity import BOARD, FACILITATOR, HELPER, PARTICIPANT, VISITOR, Actor
from ..models import Group, Token, Workshop
from ..rules.codes import read_join_code
from ..rules.refusal import Refused
from .who import page_actor

entrance = Blueprint("entrance", __name__)
# A form that lets a visitor in changes nothing for anybody who is somebody already; there is no session to forge.
csrf.exempt(entrance)


def page_language(workshop: Workshop | None = None) -> str:
    """The language of a page: asked for by `?lang=`, else the workshop's, else the browser's."""
    asked = request.args.get("lang")
    if asked in ("da", "en"):
        return asked
    if workshop is not None:
        return workshop.language
    return request.accept_languages.best_match(("da", "en"), "da")


@entrance.get("/")
def front() -> str:
    """Where a code is typed."""
    return _front(page_language())


def _front(lang: str, error: str | None = None, typed: str = "") -> str:
    return render_template("front.html", lang=lang, error=error, typed=typed)


@entrance.post("/")
def typed_code() -> Response | tuple[str, int]:
    """A typed code leads to its door."""
    typed = request.form.get("code", "")
    read = read_join_code(typed)
    if read is None:
        error = catalogue.refusal({"code": "unknown_code"}, page_language())
        return _front(page_language(), error, typed), 404
    return redirect(url_for("entrance.door", code=read, **_lang()))


def _lang() -> dict[str, str]:
    asked = request.args.get("lang")
    return {"lang": asked} if asked in ("da", "en") else {}


@entrance.get("/j/<code>")
def door(code: str) -> Response | str | tuple[str, int]:
    """The page behind the QR: who one is here as, and what is promised; straight in for who is in already."""
    try:
        workshop = _workshop(code)
    except Refused as refusal:
        return _front(page_language(), catalogue.refusal(refusal.as_error(), page_language()), code), 404
    if page_actor(PARTICIPANT, workshop.id) is not None:
        return redirect(url_for("rooms.phone", code=workshop.code, **_lang()))
    return _door(workshop, code, {})


def _workshop(code: str) -> Workshop:
    address = request.remote_addr or ""
    pace.check_wrong(address)
    try:
        return workshop_of_code(code)
    except Refused:
        pace.note_wrong(address)
        raise


def _door(workshop: Workshop, code: str, typed: dict[str, str], refusal: Refused | None = None) -> str:
    lang = page_language(workshop)
    own = db.session.scalar(select(Group).where(Group.workshop_id == workshop.id, Group.code == read_join_code(code)))
    groups = [own] if own else [group for group in workshop.groups if group.self_selectable]
    return render_template(
        "join.html",
        lang=lang,
        workshop=workshop,
        code=read_join_code(code),
        groups=groups,
        given_group=own,
        typed=typed,
        seed=typed.get("id") or new_seed(),
        error=catalogue.refusal(refusal.as_error(), lang) if refusal else None,
        error_field=refusal.field if refusal else None,
    )


@entrance.post("/j/<code>")
def come_in(code: str) -> Response | str | tuple[str, int]:
    """Join, or come back by re-entry code."""
    typed = {name: request.form.get(name, "") for name in ("group", "name", "id", "reentry_code")}
    workshop: Workshop | None = None
    try:
        workshop = _workshop(code)
        token = _reenter(workshop, typed) if typed["reentry_code"] else _join(workshop, code, typed)
    except Refused as refusal:
        lang = page_language(workshop)
        if workshop is None:
            return _front(lang, catalogue.refusal(refusal.as_error(), lang), code), 404
        return _door(workshop, code, typed, refusal), 422
    return _let_in(workshop, token)


def _join(workshop: Workshop, code: str, typed: dict[str, str]) -> str:
    seed = typed["id"] if 32 <= len(typed["id"]) <= 64 else new_seed()
    args: dict[str, Any] = {"code": code, "seed": seed, "name": typed["name"] or None}
    if typed["group"]:
        args["group"] = typed["group"]
    perform(Actor(VISITOR, workshop.id), "join", args, seed)
    return join_secrets(seed)[0]


def _reenter(workshop: Workshop, typed: dict[str, str]) -> str:
    token = secrecy.new_token()
    try:
        perform(
            Actor(VISITOR, workshop.id), "reenter", {"reentry_code": typed["reentry_code"], "token": token}
        )
    except Refused as refusal:
        if refusal.code == "unknown_code":
            pace.note_wrong(request.remote_addr or "")
        raise
    return token


@entrance.get("/j/<code>/card")
def card(code: str) -> str | tuple[str, int]:
    """The page behind the code on a seat's card: in on one's own phone. The personal code stands behind the `#`, which a
    browser keeps to itself; the page's script writes it into the field."""
    try:
        return _card(_workshop(code))
    except Refused as refusal:
        return _front(page_language(), catalogue.refusal(refusal.as_error(), page_language()), code), 404


def _card(workshop: Workshop, typed: str = "", refusal: Refused | None = None) -> str:
    lang = page_language(workshop)
    error = catalogue.refusal(refusal.as_error(), lang) if refusal else None
    return render_template("card.html", lang=lang, workshop=workshop, typed=typed, error=error)


@entrance.post("/j/<code>/card")
def take_over(code: str) -> Response | str | tuple[str, int]:
    """The person of a seat comes in with an own phone: from here on no helper writes for it."""
    typed = {"reentry_code": request.form.get("reentry_code", "")}
    try:
        workshop = _workshop(code)
    except Refused as refusal:
        return _front(page_language(), catalogue.refusal(refusal.as_error(), page_language()), code), 404
    try:
        return _let_in(workshop, _reenter(workshop, typed))
    except Refused as refusal:
        return _card(workshop, typed["reentry_code"], refusal), 422


def _let_in(workshop: Workshop, token: str) -> Response:
    """To the phone's page, with the token in its cookie."""
    response = redirect(url_for("rooms.phone", code=workshop.code, **_lang()), 303)
    return set_token(response, PARTICIPANT, workshop.id, token, max(1, workshop.retention_days) + 30)


@entrance.post("/j/<code>/leave")
def leave(code: str) -> Response:
    """This device forgets who one is here. The person stays in the room and comes back by re-entry code.

    Only a request that brings the cookie along is heeded, and another site's page cannot send that.
    """
    response = redirect(url_for("entrance.front", **_lang()), 303)
    read = read_join_code(code)
    workshop = db.session.scalar(select(Workshop).where(Workshop.code == read)) if read else None
    if workshop is None or page_actor(PARTICIPANT, workshop.id) is None:
        return response
    return clear_token(response, PARTICIPANT, workshop.id)


_ROLES = {"f": FACILITATOR, "b": BOARD, "h": HELPER}
_PAGES = {FACILITATOR: "rooms.console", BOARD: "rooms.board", HELPER: "rooms.helper"}


@entrance.get("/<any(f,b,h):short>/<token>")
def link(short: str, token: str) -> Response | tuple[str, int]:
    """A link lets this device in: it gets a token of its own, so that the link is not seen in its address bar."""
    role = _ROLES[short]
    row = db.session.scalar(select(Token).where(Token.hash == identity.token_hash(token), Token.role == role))
    try:
        identity.check_alive(row)
    except Refused as refusal:
        lang = page_language()
        return render_template("gone.html", lang=lang, error=catalogue.refusal(refusal.as_error(), lang)), 410
    assert row is not None and row.workshop_id is not None
    response = redirect(url_for(_PAGES[role], workshop_id=row.workshop_id))
    if page_actor(role, row.workshop_id) is None:
        device = secrecy.new_token()
        device_token(row, device)
        set_token(response, role, row.workshop_id, device)
    return response
