"""The Socket.IO messages of docs/protocol.md: it only translates between the wire and the dispatcher."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import current_app, request
from flask_socketio import ConnectionRefusedError, join_room

from .. import dispatch, identity, pace
from ..cookies import cookie_name
from ..extensions import socketio
from ..identity import Actor
from ..rules.refusal import Refused
from ..rules.roles import CHAIRS
from .connections import Connection, room_name

_log = logging.getLogger(__name__)


def register() -> None:
    """Bind the handlers to the Socket.IO server."""
    socketio.on_event("connect", _connect)
    socketio.on_event("disconnect", _disconnect)
    socketio.on_event("sync", _sync)
    socketio.on_event("command", _command)
    socketio.on_event("seen", _seen)
    socketio.on_event("writing", _writing)
    socketio.on_error_default(_broken)


def _live() -> Any:
    return current_app.extensions["rundbord_live"]


def _connect(auth: Any = None) -> None:
    try:
        actor = _who(auth if isinstance(auth, dict) else {})
    except Refused as refusal:
        raise ConnectionRefusedError(refusal.code) from refusal
    if actor.workshop_id is None:
        raise ConnectionRefusedError("not_found")
    live = _live()
    connection = Connection(request.sid, actor)  # type: ignore[attr-defined]
    live.connections.add(connection)
    live.feed.enter(connection.workshop_id, actor.audience)
    join_room(room_name(actor.audience, connection.workshop_id))
    live.presence.someone_new(connection.workshop_id, actor.audience)
    if connection.person is not None:
        live.connections.seen.add(connection.person)


def _who(auth: dict[str, Any]) -> Actor:
    """The actor of a new connection: by `token`, or for a page by `as` and `workshop` and the cookie they name. A helper's
    device also names the `seat` it acts for, if any. With `preview` somebody who runs the workshop looks on as the room
    does."""
    token = auth.get("token")
    if token is None and isinstance(auth.get("as"), str):
        token = request.cookies.get(cookie_name(auth["as"], auth.get("workshop")))
    actor = identity.find(token if isinstance(token, str) else None)
    if isinstance(auth.get("seat"), str):
        actor = identity.acting_for(actor, auth["seat"])
    if actor.role == identity.ORGANISER and isinstance(auth.get("workshop"), int):
        actor = identity.in_workshop(actor, auth["workshop"])
    return identity.looking_on(actor) if auth.get("preview") is True and actor.role in CHAIRS else actor


def _disconnect(_reason: Any = None) -> None:
    live = _live()
    connection = live.connections.remove(request.sid)  # type: ignore[attr-defined]
    if connection is None or connection.person is None:
        return
    person = connection.person
    if person not in live.connections.participants(connection.workshop_id):
        live.presence.note_lost(connection.workshop_id, person)


def _connection() -> Connection:
    live = _live()
    connection: Connection | None = live.connections.by_sid.get(request.sid)  # type: ignore[attr-defined]
    if live.stopping:
        raise Refused("broken", stopping=True)
    if connection is None:
        raise Refused("ended")
    return connection


def _sync(payload: Any = None) -> dict[str, Any]:
    try:
        connection = _connection()
        pace.check(connection.actor)
        answer = dispatch.sync(connection.actor, payload)
    except Refused as refusal:
        return dispatch.refused(refusal)
    connection.mine_seq = max(connection.mine_seq, answer["mine_seq"])
    return answer


def _command(payload: Any = None) -> dict[str, Any]:
    try:
        connection = _connection()
        pace.check(connection.actor)
        answer = dispatch.command(connection.actor, payload)
    except Refused as refusal:
        return dispatch.refused(refusal)
    if "mine" in answer:
        connection.mine_seq = max(connection.mine_seq, answer["mine"]["seq"])
    return answer


def _seen(payload: Any = None) -> dict[str, Any]:
    try:
        connection = _connection()
        pace.check_seen(connection.actor)
        return dispatch.seen(connection.actor, payload)
    except Refused as refusal:
        return dispatch.refused(refusal)


def _writing(payload: Any = None) -> None:
    """`writing {active}`: this person has begun or stopped writing. Told to nobody but as a count of people."""
    connection = _live().connections.by_sid.get(request.sid)  # type: ignore[attr-defined]
    if connection is not None and connection.actor.participant_id is not None and isinstance(payload, dict):
        connection.writing = payload.get("active") is True


def _broken(error: Exception) -> dict[str, Any]:
    """A fault of ours: no answer to the command, so that the client sends it again with the same id."""
    number = secrets.token_hex(4)
    _log.error("fault %s", number, exc_info=error)
    if request.event["message"] == "connect":  # type: ignore[attr-defined]
        # An answer would let it in.
        raise ConnectionRefusedError("broken")
    return dispatch.refused(Refused("broken", number=number))
