"""The HTTP calls of docs/protocol.md."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .. import __version__, dispatch, identity, pace, secrecy
from ..commands import perform
from ..commands.arguments import check_storable
from ..commands.joining import join_secrets, new_seed, workshop_of_code
from ..cookies import set_token
from ..extensions import csrf, db
from ..identity import PARTICIPANT, VISITOR, Actor
from ..models import Group, Organiser, Participant, Workshop
from ..rules.codes import show_reentry_code
from ..rules.refusal import Refused
from .answers import ok
from .who import actor_of_request

api = Blueprint("api", __name__)
csrf.exempt(api)  # bearer tokens, and cookies only with a header of our own: see who.py


def body() -> dict[str, Any]:
    """The JSON object of the request. Raises `Refused("malformed")`."""
    try:
        content = request.get_json(silent=True)
    except RecursionError as error:  # brackets without end
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
    """Come into a workshop by its code or a group's."""
    content = body()
    unknown = set(content) - {"code", "group", "name", "id"}
    if unknown:
        raise Refused("malformed", sorted(unknown)[0])
    address = request.remote_addr or ""
    pace.check_wrong(address)
    code = _text(content, "code") or ""
    try:
        workshop = workshop_of_code(code)
    except Refused:
        pace.note_wrong(address)
        raise
    seed = _text(content, "id", needed=False) or new_seed()
    if len(seed) < 32 or len(seed) > 64:
        raise Refused("malformed", "id")
    args: dict[str, Any] = {"code": code, "seed": seed}
    for field in ("group", "name"):
        if content.get(field) is not None:
            args[field] = _text(content, field)
    visitor = Actor(VISITOR, workshop.id)
    known_id = seed if "id" in content else None
    answer = perform(visitor, "join", args, known_id)
    token, code = join_secrets(seed)
    return _welcome(201, workshop.id, answer["result"]["participant"], token, code)


@api.post("/api/reenter")
def reenter() -> Response:
    """Come back by re-entry code; the earlier token ends."""
    content = body()
    address = request.remote_addr or ""
    pace.check_wrong(address)
    token = secrecy.new_token()
    reentry_code = _text(content, "reentry_code") or ""
    try:
        workshop = workshop_of_code(_text(content, "code") or "")
        args = {"reentry_code": reentry_code, "token": token}
        answer = perform(Actor(VISITOR, workshop.id), "reenter", args)
    except Refused as refusal:
        if refusal.code == "unknown_code":
            pace.note_wrong(address)
        raise
    actor = identity.find(token)
    return _welcome(200, workshop.id, answer["result"]["participant"], token, actor.personal_code or "")


def _welcome(status: int, workshop_id: int, participant: str, token: str, code: str) -> Response:
    workshop = db.session.get_one(Workshop, workshop_id)
    person = db.session.get_one(Participant, int(participant.partition(":")[2]))
    group = db.session.get_one(Group, person.group_id)
    response = ok(
        status,
        token=token,
        reentry_code=show_reentry_code(code),
        participant={"id": participant, "group": group.key, "name": person.name},
        workshop={"id": workshop.id, "title": workshop.title, "language": workshop.language},
    )
    days = max(1, workshop.retention_days) + 30
    return set_token(response, PARTICIPANT, workshop.id, token, days)


@api.post("/api/login")
def login() -> Response:
    """An organiser's token for scripts: `{name, password}` → `{ok, token}`."""
    content = body()
    address = request.remote_addr or ""
    pace.check_wrong(address)
    from ..commands.accounts import log_in

    try:
        organiser, token = log_in(_text(content, "name") or "", _text(content, "password") or "")
    except Refused:
        pace.note_wrong(address)
        raise
    return ok(token=token, organiser={"id": f"organiser:{organiser.id}", "name": organiser.name})


@api.get("/api/sync")
def sync() -> Response:
    """The socket's `sync` over HTTP."""
    actor = actor_of_request()
    pace.check(actor)
    since = request.args.get("since", "0")
    if not since.isascii() or not since.isdigit() or len(since) > 15:
        raise Refused("malformed", "since")
    return ok(**_without_ok(dispatch.sync(actor, {"since": int(since), "epoch": request.args.get("epoch")})))


@api.get("/api/similar")
def similar() -> Response:
    """Ideas that may say the same as `text`; for a facilitator without a text, the likely pairs."""
    actor = actor_of_request()
    pace.check(actor)
    return ok(**_without_ok(dispatch.similar(actor, request.args.get("text"))))


@api.get("/api/versions")
def versions() -> Response:
    """Every version of the goal or agreement `on`; with `since` also what differs from that version."""
    actor = actor_of_request()
    pace.check(actor)
    return ok(**_without_ok(dispatch.versions(actor, request.args.get("on", ""), request.args.get("since"))))


@api.post("/api/commands")
def commands() -> Response:
    """The socket's `command` over HTTP."""
    actor = actor_of_request()
    pace.check(actor)
    return ok(**_without_ok(dispatch.command(actor, body())))


def _without_ok(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "ok"}


@api.post("/api/seen")
def seen() -> Response:
    """The socket's `seen` over HTTP."""
    actor = actor_of_request()
    pace.check_seen(actor)
    return ok(**_without_ok(dispatch.seen(actor, body())))


@api.post("/api/workshops")
def create_workshop() -> Response:
    """Create a workshop; answers its codes and the facilitator's and board's tokens."""
    from ..commands.creating import create_workshop as create

    actor = actor_of_request()
    if actor.role != identity.ORGANISER or actor.organiser_id is None:
        raise Refused("not_allowed")
    organiser = db.session.get_one(Organiser, actor.organiser_id)
    return ok(201, **create(organiser.id, body()))


@api.get("/healthz")
def healthz() -> Response:
    """Whether the database can be written."""
    try:
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TEMPORARY TABLE IF NOT EXISTS health (at integer)"))
            if db.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA user_version")
    except OperationalError:
        response = ok(503, version=__version__, database=False)
        response.set_data(response.get_data().replace(b'"ok":true', b'"ok":false'))
        return response
    return ok(version=__version__, database=True)
