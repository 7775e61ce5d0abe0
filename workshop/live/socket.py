"""The handlers of the Socket.IO messages of docs/protocol.md; they pass them to the dispatcher."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app, request
from flask_socketio import ConnectionRefusedError, join_room

from workshop import dispatch, identity, rate_limits
from workshop.cookies import cookie_name
from workshop.extensions import socketio
from workshop.identity import Actor
from workshop.live import limits
from workshop.live.connections import Connection, room_name
from workshop.rules.refusal import Refused
from workshop.rules.roles import FACILITATORS

_log = logging.getLogger(__name__)


def register() -> None:
    """Registers the handlers with the Socket.IO server."""
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
    _make_room(live, connection)
    live.connections.add(connection)
    live.feed.enter(connection.workshop_id, actor.audience)
    join_room(room_name(actor.audience, connection.workshop_id))
    live.presence.someone_new(connection.workshop_id, actor.audience)
    if connection.person is not None:
        live.connections.seen.add(connection.person)


def _make_room(live: Any, connection: Connection) -> None:
    """Closes the sockets that have been silent longest if a token has too many. The new one is always accepted: a phone that
    reloads quickly leaves dead sockets behind, and these must not keep it out."""
    others = live.connections.of_token(connection)
    for other in others[: max(0, len(others) - limits.SOCKETS_PER_TOKEN + 1)]:
        _log.info("a token has more than %d sockets; the oldest goes", limits.SOCKETS_PER_TOKEN)
        socketio.server.disconnect(other.sid)


def _who(auth: dict[str, Any]) -> Actor:
    """Returns the actor of a new connection. It is found by `token`, or for a page by the cookie of the role `as` and the
    `workshop`, whose token must be of that role. A helper's device also names the `seat` it acts for, if any. With `preview`
    a facilitator or organiser sees what the board sees, with `preview: "phone"` what a phone sees. Raises `Refused`."""
    token, role, workshop = auth.get("token"), auth.get("as"), auth.get("workshop")
    named = workshop if isinstance(workshop, int) and not isinstance(workshop, bool) else None
    if token is None and isinstance(role, str):
        actor = identity.find_as(request.cookies.get(cookie_name(role, named)), role)
    else:
        actor = identity.find(token if isinstance(token, str) else None)
    if isinstance(auth.get("seat"), str):
        actor = identity.acting_for(actor, auth["seat"])
    identity.check_in_the_room(actor)
    if named is not None:
        actor = identity.in_workshop(actor, named)
    preview = auth.get("preview")
    looks_on = (preview is True or preview in ("board", "phone")) and actor.role in FACILITATORS
    return identity.looking_on(actor, as_phone=preview == "phone") if looks_on else actor


def _disconnect(_reason: Any = None) -> None:
    live = _live()
    connection = live.connections.remove(request.sid)  # type: ignore[attr-defined]
    if connection is None:
        return
    if connection.workshop_id not in live.connections.by_workshop:
        live.feed.forget(connection.workshop_id)
        live.presence.forget(connection.workshop_id)
    if connection.person is None:
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
    connection.heard = time.monotonic()
    return connection


def _sync(payload: Any = None) -> dict[str, Any]:
    try:
        connection = _connection()
        rate_limits.check(connection.actor)
        answer = dispatch.sync(connection.actor, payload)
    except Refused as refusal:
        return dispatch.refused(refusal)
    connection.mine_seq = max(connection.mine_seq, answer["mine_seq"])
    return answer


def _command(payload: Any = None) -> dict[str, Any]:
    try:
        connection = _connection()
        rate_limits.check(connection.actor)
        with _asking(connection):
            return dispatch.command(connection.actor, payload, connection.note_answer)
    except Refused as refusal:
        return dispatch.refused(refusal)


@contextmanager
def _asking(connection: Connection) -> Iterator[None]:
    """A block in which a command of the connection is under way. What the feed held back meanwhile and no answer told is sent
    after it."""
    connection.asking += 1
    try:
        yield
    finally:
        connection.asking -= 1
        if connection.waits_for_own:
            _live().feed.wake(connection.workshop_id)


def _seen(payload: Any = None) -> dict[str, Any]:
    try:
        connection = _connection()
        rate_limits.check_seen(connection.actor)
        return dispatch.seen(connection.actor, payload)
    except Refused as refusal:
        return dispatch.refused(refusal)


def _writing(payload: Any = None) -> None:
    """Handles `writing {active}`: a person has begun or stopped writing. Only the number of people writing is sent."""
    connection = _live().connections.by_sid.get(request.sid)  # type: ignore[attr-defined]
    if connection is not None and connection.actor.participant_id is not None and isinstance(payload, dict):
        connection.writing = payload.get("active") is True


def _broken(error: Exception) -> dict[str, Any]:
    """Answers `broken` after an unexpected error, so that the client sends the command again with the same id."""
    number = secrets.token_hex(4)
    _log.error("fault %s", number, exc_info=error)
    # If it is the database, every screen is told within a second.
    _live().presence.trouble.suspected = True
    if request.event["message"] == "connect":  # type: ignore[attr-defined]
        # Returning an answer here would accept the connection.
        raise ConnectionRefusedError("broken")
    return dispatch.refused(Refused("broken", number=number))
