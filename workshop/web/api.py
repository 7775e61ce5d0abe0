"""The HTTP calls of docs/protocol.md."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, jsonify, request
from sqlalchemy import bindparam, select
from werkzeug.wrappers import Response

from workshop import __version__, dispatch, identity, rate_limits
from workshop.catalogue import t
from workshop.clock import now, stamp
from workshop.commands.people.joining import new_seed
from workshop.cookies import set_token
from workshop.door.arguments import check_storable
from workshop.export.promises.standing import standing as in_words
from workshop.extensions import csrf, db
from workshop.identity import PARTICIPANT
from workshop.models import Group, Organiser, Participant, Workshop, kept
from workshop.rules.codes import show_reentry_code
from workshop.rules.record_ids import number_of
from workshop.rules.refusal import Refused
from workshop.web import joining, passwords
from workshop.web.answers import ok
from workshop.web.authentication import actor_of_request
from workshop.web.downloads import asked_language
from workshop.web.joining import address, workshop_behind

api = Blueprint("api", __name__)
csrf.exempt(api)  # takes bearer tokens, and cookies only with the header `X-Rundbord` (authentication.py)


def body() -> dict[str, Any]:
    """Returns the JSON object of the request. Raises `Refused("malformed")`."""
    try:
        content = request.get_json(silent=True)
    except RecursionError as error:  # brackets nested too deeply
        raise Refused("malformed", "body") from error
    if not isinstance(content, dict):
        raise Refused("malformed", "body")
    return content


def _text(content: dict[str, Any], field: str, needed: bool = True) -> str | None:
    value = content.get(field)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or (needed and not value.strip()):
        raise Refused("malformed", field)
    check_storable({field: value})
    return value


@api.post("/api/join")
def join() -> Response:
    """Lets a person join a workshop by its code or a group's code."""
    content = body()
    unknown = set(content) - {"code", "group", "name", "id"}
    if unknown:
        raise Refused("malformed", sorted(unknown)[0])
    code = _text(content, "code") or ""
    workshop = workshop_behind(code)
    seed = _text(content, "id", needed=False) or new_seed()
    if len(seed) < 32 or len(seed) > 64:
        raise Refused("malformed", "id")
    group, given = _text(content, "group", needed=False), content.get("name")
    # A name is cleaned like every text people write, so it is not refused for characters that cannot be stored.
    name = given if isinstance(given, str) else _text(content, "name", needed=False)
    number = workshop.id
    return _welcome(201, number, joining.join(workshop, code, seed, group, name, known="id" in content))


@api.post("/api/reenter")
def reenter() -> Response:
    """Lets a person back in by re-entry code; the earlier token ends."""
    content = body()
    reentry_code = _text(content, "reentry_code") or ""
    workshop = workshop_behind(_text(content, "code") or "")
    number = workshop.id
    return _welcome(200, number, joining.reenter(workshop, reentry_code))


_group, _room = Group.__table__.c, Workshop.__table__.c
_WELCOME = (
    select(Participant.__table__.c.name, _group.key, _room.title, _room.language, _room.retention_days)
    .select_from(Participant.__table__.join(Group.__table__, _group.id == Participant.__table__.c.group_id))
    .join(Workshop.__table__, _room.id == _group.workshop_id)
    .where(Participant.__table__.c.id == bindparam("person"))
)


def _welcome(status: int, workshop_id: int, arrived: joining.Arrived) -> Response:
    found = kept.row(_WELCOME, person=number_of(arrived.participant))
    response = ok(
        status,
        token=arrived.token,
        reentry_code=show_reentry_code(arrived.personal_code),
        participant={"id": arrived.participant, "group": found.key, "name": found.name},
        workshop={"id": workshop_id, "title": found.title, "language": found.language},
    )
    return set_token(response, PARTICIPANT, workshop_id, arrived.token, max(1, found.retention_days) + 30)


@api.post("/api/login")
def login() -> Response:
    """Returns an organiser's token, for scripts: `{name, password}` gives `{ok, token, organiser}`."""
    content = body()
    name, password = _text(content, "name") or "", _text(content, "password") or ""
    organiser, token = passwords.log_in(address(), name, password)
    return ok(token=token, organiser={"id": f"organiser:{organiser.id}", "name": organiser.name})


@api.get("/api/sync")
def sync() -> Response:
    """Answers `sync` as the socket does."""
    actor = actor_of_request()
    rate_limits.check(actor)
    since = request.args.get("since", "0")
    if not since.isascii() or not since.isdigit() or len(since) > 15:
        raise Refused("malformed", "since")
    return ok(**_without_ok(dispatch.sync(actor, {"since": int(since), "epoch": request.args.get("epoch")})))


@api.get("/api/similar")
def similar() -> Response:
    """Returns ideas that may say the same as `text`; to a facilitator who sends no text, the likely pairs of all ideas
    (docs/rules.md section 9)."""
    actor = actor_of_request()
    rate_limits.check(actor)
    return ok(**_without_ok(dispatch.similar(actor, request.args.get("text"))))


@api.get("/api/versions")
def versions() -> Response:
    """Returns every version of the goal or agreement `on`; with `since` also what differs from that version."""
    actor = actor_of_request()
    rate_limits.check(actor)
    return ok(**_without_ok(dispatch.versions(actor, request.args.get("on", ""), request.args.get("since"))))


@api.get("/api/follow_up")
def follow_up() -> Response:
    """Returns the state of the follow-up: items, answers, lines, reports, look-backs, and what only this token may see."""
    actor = actor_of_request(afterwards=True)
    rate_limits.check(actor)
    return ok(**_without_ok(dispatch.follow_up(actor)))


@api.get("/api/standing")
def standing() -> Response:
    """Returns the state of the follow-up in short sentences, as on the public page, in the language `lang`: for the board
    and the console after the seminar."""
    actor = actor_of_request(afterwards=True)
    rate_limits.check(actor)
    if actor.workshop_id is None:
        raise Refused("not_found", "workshop")
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    return ok(now=stamp(now()), **in_words(workshop, asked_language() or workshop.language))


@api.post("/api/commands")
def commands() -> Response:
    """Answers `command` as the socket does; also for the roles of the follow-up."""
    actor = actor_of_request(afterwards=True)
    rate_limits.check(actor)
    return ok(**_without_ok(dispatch.command(actor, body())))


def _without_ok(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "ok"}


@api.post("/api/seen")
def seen() -> Response:
    """Answers `seen` as the socket does."""
    actor = actor_of_request()
    rate_limits.check_seen(actor)
    return ok(**_without_ok(dispatch.seen(actor, body())))


@api.post("/api/workshops")
def create_workshop() -> Response:
    """Creates a workshop. Returns its codes and the tokens of its links."""
    from workshop.commands.room.creating import create_workshop as create

    actor = actor_of_request()
    rate_limits.check(actor)
    if actor.role != identity.ORGANISER or actor.organiser_id is None:
        raise Refused("not_allowed")
    organiser = db.session.get_one(Organiser, actor.organiser_id)
    return ok(201, **create(organiser.id, body()))


@api.get("/healthz")
def healthz() -> Response:
    """Returns whether the database can be written, found out by a real write; 503 with the reason in words where not."""
    fault = current_app.extensions["rundbord_health"].fault(db.engine)
    if fault is None:
        return ok(version=__version__, database=True)
    words = t(f"database.{fault}", current_app.config["RUNDBORD"].language)
    response = jsonify(ok=False, version=__version__, database=False, reason=fault, words=words)
    response.status_code = 503
    return response
