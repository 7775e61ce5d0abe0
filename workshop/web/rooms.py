"""The three live pages: phone, console and board. Each is a shell; its script draws what the live room sends."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from ..commands import COMMANDS
from ..commands.workshops import links
from ..extensions import db
from ..identity import BOARD, FACILITATOR, HELPER, ORGANISER, PARTICIPANT, Actor
from ..models import Group, Workshop
from ..rules import limits
from ..rules.codes import read_join_code
from .addresses import join_url, public_root, qr_rows, shown_host
from .entrance import page_language
from .texts import fields_of_texts, fields_url, texts_url
from .who import page_actor

rooms = Blueprint("rooms", __name__)


def page_facts(workshop: Workshop, actor: Actor, surface: str) -> dict[str, Any]:
    """What a live page's script must know before it is connected. No contents of the room are among it."""
    address = join_url(workshop.code)
    return {
        "as": actor.role,
        "workshop": workshop.id,
        "person": f"participant:{actor.participant_id}" if actor.participant_id else f"{actor.role}:{actor.token_id}",
        "code": workshop.code,
        "title": workshop.title,
        "example": workshop.example,
        "language": page_language(workshop),
        "texts": {lang: texts_url(lang, surface) for lang in ("da", "en")},
        "join": {"url": address, "host": shown_host(), "qr": qr_rows(address)},
        "limits": {
            **limits.TEXT_LIMITS,
            "amendment.growth": limits.AMENDMENT_GROWTH,
            "amendment.open": limits.OPEN_AMENDMENTS,
        },
    }


@rooms.get("/room/<code>")
def phone(code: str) -> Response | str:
    """A participant's phone."""
    read = read_join_code(code)
    workshop = db.session.scalar(select(Workshop).where(Workshop.code == read)) if read else None
    if workshop is None:
        return redirect(url_for("entrance.door", code=code))
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None:
        return redirect(url_for("entrance.door", code=workshop.code))
    more = {lang: texts_url(lang, "phone_more") for lang in ("da", "en")}
    return _live("phone.html", workshop, actor, "phone", more=more, fields_url=fields_url())


def _live(template: str, workshop: Workshop, actor: Actor, surface: str, **more: Any) -> str:
    facts = page_facts(workshop, actor, surface)
    return render_template(template, lang=facts["language"], workshop=workshop, facts=facts | more)


def _let_in(role: str, workshop_id: int) -> tuple[Workshop, Actor]:
    """The workshop and who looks: by the role's own cookie, or its organiser's."""
    actor = page_actor(role, workshop_id) or page_actor(ORGANISER, workshop_id)
    workshop = db.session.get(Workshop, workshop_id)
    if actor is None or workshop is None:
        abort(404)
    return workshop, actor


@rooms.get("/workshops/<int:workshop_id>/console")
def console(workshop_id: int) -> str:
    """The facilitator's console."""
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
        board_url=f"{public_root()}/b/{board_token}" if board_token else None,
        helper={"url": helper_url, "qr": qr_rows(helper_url)} if helper_url else None,
        hands={"rows": limits.HANDS_ROWS, "count": limits.HANDS_COUNT},
        group_joins={group.key: join_url(group.code) for group in groups},
        fields=fields_of_texts(),
        undoable=sorted(name for name, command in COMMANDS.items() if command.undoable),
    )


@rooms.get("/workshops/<int:workshop_id>/board")
def board(workshop_id: int) -> str:
    """The board for the projector."""
    workshop, actor = _let_in(BOARD, workshop_id)
    return _live("board.html", workshop, actor, "board", fields=fields_of_texts())
