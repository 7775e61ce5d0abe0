"""The three live pages: phone, console and board. Each is a frame without content; its script draws what the live side
sends."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from workshop.catalogue import LANGUAGES, t
from workshop.commands.room.workshops import links
from workshop.door import COMMANDS
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, HELPER, ORGANISER, PARTICIPANT, Actor
from workshop.models import Group, Participant, Workshop
from workshop.network import only_here
from workshop.rules import limits
from workshop.rules.codes import read_join_code
from workshop.web import join_form
from workshop.web.addresses import join_url, public_root, qr_rows, root_for_phones, shown_host
from workshop.web.assets.catalogue import fields_of_texts, fields_url, first_texts_urls, screen_texts_url, texts_url
from workshop.web.authentication import page_actor
from workshop.web.headers import framed_by_ourselves
from workshop.web.languages import page_language

rooms = Blueprint("rooms", __name__)

#: the pages that show the QR code for joining; a phone's page does not, and making the code would be most of its work
_SHOWING_QR = ("console", "board")
#: the limits of texts that only facilitators and organisers write
_BY_FACILITATORS = ("group.", "hands.", "merge.", "step.", "theme.", "workshop.")


def page_facts(workshop: Workshop, actor: Actor, surface: str) -> dict[str, Any]:
    """Returns what a live page's script must know before it is connected, without any content of the room."""
    return {
        "as": actor.role,
        "workshop": workshop.id,
        "person": Participant.record_id_of(actor.participant_id)
        if actor.participant_id
        else f"{actor.role}:{actor.token_id}",
        "code": workshop.code,
        "title": workshop.title,
        "example": workshop.example,
        "language": workshop.language if surface == "board" else page_language(workshop),
        "texts": first_texts_urls(surface, workshop.language),
        "join": _way_in(workshop.code, surface in _SHOWING_QR),
        "limits": _text_limits(surface),
    }


def _way_in(code: str, drawn: bool) -> dict[str, Any]:
    """Returns the address for joining, for people to type and, where it is `drawn`, as a QR code. A drawn one is the address
    by which phones in the room reach the server; `only_here` says that they cannot reach it."""
    if not drawn:
        return {"url": join_url(code), "host": shown_host()}
    root = root_for_phones()
    url = join_url(code, root)
    return {"url": url, "host": shown_host(root), "qr": qr_rows(url), "only_here": only_here(root)}


def _text_limits(surface: str) -> dict[str, int]:
    """Returns the limits of texts, in characters; for a phone or a seat only those of texts that participants write."""
    told = limits.TEXT_LIMITS
    if surface in ("phone", "seat"):
        told = {name: limit for name, limit in told.items() if not name.startswith(_BY_FACILITATORS)}
    return {**told, "amendment.growth": limits.AMENDMENT_GROWTH, "amendment.open": limits.OPEN_AMENDMENTS}


@rooms.get("/room/<code>")
def phone(code: str) -> Response | str:
    """Shows a participant's phone page; leads to the join page where nobody has joined in this browser."""
    read = read_join_code(code)
    workshop = db.session.scalar(select(Workshop).where(Workshop.code == read)) if read else None
    if workshop is None:
        return redirect(url_for("entrance.door", code=code))
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None:
        return redirect(url_for("entrance.door", code=workshop.code))
    # The person has joined, so a join form that is still open in this browser must no longer be valid.
    return join_form.shut(make_response(_live("phone.html", workshop, actor, "phone", **phone_facts())), workshop.id)


def phone_facts() -> dict[str, Any]:
    """Returns what only the script of a phone, or of a seat, must know: the addresses of the texts and fields of screens that
    are loaded later."""
    return {
        "more": {lang: texts_url(lang, "phone_more") for lang in ("da", "en")},
        "screens": {lang: screen_texts_url(lang) for lang in ("da", "en")},
        "fields_url": fields_url(),
    }


def _live(template: str, workshop: Workshop, actor: Actor, surface: str, **more: Any) -> str:
    facts = page_facts(workshop, actor, surface) | more
    return render_template(template, lang=facts["language"], workshop=workshop, facts=facts)


def _let_in(role: str, workshop_id: int) -> tuple[Workshop, Actor]:
    """Returns the workshop and the actor who opens the page, by the role's cookie or its organiser's. Ends the request with
    404 for everybody else."""
    actor = page_actor(role, workshop_id) or page_actor(ORGANISER, workshop_id)
    workshop = db.session.get(Workshop, workshop_id)
    if actor is None or workshop is None:
        abort(404)
    return workshop, actor


@rooms.get("/workshops/<int:workshop_id>/console")
def console(workshop_id: int) -> str:
    """Shows the facilitator's console."""
    workshop, actor = _let_in(FACILITATOR, workshop_id)
    tokens = links(workshop)
    board_token, helper_token = tokens[BOARD], tokens[HELPER]
    helper_url = f"{public_root()}/h/{helper_token}" if helper_token else None
    groups = db.session.scalars(select(Group).where(Group.workshop_id == workshop.id).order_by(Group.position))
    return _live(
        "console.html",
        workshop,
        actor,
        "console",
        previews={screen: url_for(f"rooms.{screen}_preview", workshop_id=workshop.id) for screen in ("board", "phone")},
        import_url=url_for("organising.import_ideas", workshop_id=workshop.id),
        board_url=f"{public_root()}/b/{board_token}" if board_token else None,
        helper={"url": helper_url, "qr": qr_rows(helper_url)} if helper_url else None,
        hands={"rows": limits.HANDS_ROWS, "count": limits.HANDS_COUNT},
        group_joins={group.key: join_url(group.code) for group in groups},
        fields=fields_of_texts(),
        # In every language: the question is shown on all phones, in the workshop's language and not the facilitator's.
        ballot_questions={language: t("console.ballot.title.default", language) for language in LANGUAGES},
        undoable=sorted(name for name, command in COMMANDS.items() if command.undoable),
    )


def _looking_on(workshop: Workshop) -> dict[str, Any]:
    """Returns the facts of a preview on the console: it belongs to no person and is in the workshop's language."""
    return {"preview": True, "person": "preview", "language": workshop.language}


@rooms.get("/workshops/<int:workshop_id>/preview/board")
@framed_by_ourselves
def board_preview(workshop_id: int) -> str:
    """Shows the console's preview of the board."""
    workshop, actor = _let_in(FACILITATOR, workshop_id)
    return _live("board.html", workshop, actor, "board", fields=fields_of_texts(), **_looking_on(workshop))


@rooms.get("/workshops/<int:workshop_id>/preview/phone")
@framed_by_ourselves
def phone_preview(workshop_id: int) -> str:
    """Shows the console's preview of a phone, which belongs to no person."""
    workshop, actor = _let_in(FACILITATOR, workshop_id)
    return _live("phone.html", workshop, actor, "phone", **phone_facts(), **_looking_on(workshop))


@rooms.get("/workshops/<int:workshop_id>/board")
def board(workshop_id: int) -> str:
    """Shows the board, which is projected for everybody."""
    workshop, actor = _let_in(BOARD, workshop_id)
    return _live("board.html", workshop, actor, "board", fields=fields_of_texts())
