"""What a person may request: their own data, what became of their own ideas, and who can see what. For the organiser and the
facilitators: what was hidden, and how many were present."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from workshop import rate_limits
from workshop.config import Settings
from workshop.export import moderation
from workshop.export.plain import slug
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Workshop
from workshop.rules.codes import show_reentry_code
from workshop.rules.refusal import Refused
from workshop.rules.roles import FACILITATORS
from workshop.screens.attendance import attendance
from workshop.screens.personal_data import held
from workshop.screens.trail import trail
from workshop.web.addresses import join_url, qr_rows, root_for_phones
from workshop.web.answers import ok
from workshop.web.authentication import actor_of_request
from workshop.web.languages import page_language

personal = Blueprint("personal", __name__)

#: the rows and columns of the table of who can see what (texts `secrecy.cell.WHO.MOMENT`), and the points below it
SECRECY = {
    "who": ("others", "helper", "facilitator", "organiser", "host", "thief", "reader"),
    "moments": ("during", "vote", "after", "open", "erased"),
    "small": ("all", "few", "beside", "words"),
    "own": ("copy", "erase", "words", "support", "cookie"),
}


def _person() -> tuple[Actor, int]:
    """Returns the actor and the participant who sends the request. Raises `Refused("not_allowed")` for any other actor."""
    actor = actor_of_request()
    rate_limits.check(actor)
    if actor.participant_id is None:
        raise Refused("not_allowed")
    return actor, actor.participant_id


@personal.get("/api/me/data")
def own_data() -> Response:
    """Returns everything the server holds about the person who asks, as a JSON file. `?as=participant&workshop=ID` names
    the phone's cookie."""
    actor, person = _person()
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    content = json.dumps(held(person), ensure_ascii=False, indent=1) + "\n"
    response = Response(content, content_type="application/json; charset=utf-8")
    name = "-".join(filter(None, ("rundbord", slug(workshop.title), "mine" if workshop.language == "da" else "my")))
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}-data.json")
    response.headers["Cache-Control"] = "no-store"
    return response


@personal.get("/api/me/return")
def way_back() -> Response:
    """Returns the address that lets the person who asks in again on any phone, also the next day, and its QR code. The
    personal code is behind the `#`, which browsers do not send."""
    actor, _person_id = _person()
    if actor.personal_code is None:
        raise Refused("not_found", "reentry_code")
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    url = f"{join_url(workshop.code, root_for_phones())}/back#{show_reentry_code(actor.personal_code)}"
    return ok(url=url, qr=qr_rows(url))


@personal.get("/api/me/trail")
def own_trail() -> Response:
    """Returns what became of the person's own ideas and amendments, step by step."""
    actor, _person_id = _person()
    return ok(**trail(actor))


@personal.get("/api/workshops/<int:workshop_id>/moderation")
def moderation_log(workshop_id: int) -> Response:
    """Returns what was hidden, when, for which reason, by which role, and whether it was shown again: `{counts, log}`. For
    the organiser and the facilitators; `?as=facilitator` names their cookie."""
    _one_who_leads(workshop_id)
    return ok(counts=moderation.counts(workshop_id), log=moderation.log(workshop_id))


@personal.get("/api/workshops/<int:workshop_id>/attendance")
def attendance_over_the_day(workshop_id: int) -> Response:
    """Returns how many of each group had joined and were present at each sample: `{minimum, looks}`. A number above zero and
    below the privacy minimum is null. For the organiser and the facilitators; `?as=facilitator` names their cookie."""
    _one_who_leads(workshop_id)
    minimum = db.session.get_one(Workshop, workshop_id).privacy_minimum
    return ok(minimum=minimum, looks=attendance(workshop_id))


def _one_who_leads(workshop_id: int) -> None:
    """Raises `Refused("not_allowed")` for anybody but the workshop's organiser and facilitators."""
    if actor_of_request(workshop_id).role not in FACILITATORS:
        raise Refused("not_allowed")


@personal.get("/was")
def accessibility_statement() -> AnyResponse:
    """Leads to the accessibility statement of whoever runs the server; 404 where none is set."""
    address = statement_url()
    if address is None:
        abort(404)
    return redirect(address)


def statement_url() -> str | None:
    """Returns the address of the accessibility statement; None where none is set."""
    settings: Settings = current_app.config["RUNDBORD"]
    return settings.accessibility_url


@personal.get("/secrecy")
def secrecy() -> Response:
    """Shows who can see what, in a table (docs/secrecy.md in plain words). `?back=CODE` adds a link back to a phone's room."""
    code = request.args.get("back", "")
    back = code if code.isascii() and code.isalnum() and len(code) <= 8 else None
    page = render_template("secrecy.html", lang=page_language(), back=back, **SECRECY)
    response = make_response(page)
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Vary"] = "Accept-Language"
    return response
