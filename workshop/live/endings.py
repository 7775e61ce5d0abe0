"""Closes connections whose token has ended: a person was removed, a link replaced, an account signed out."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from workshop.extensions import db, socketio
from workshop.live.connections import Connection
from workshop.models import Participant, Token


def ended(workshop_id: int, connections: Iterable[Connection]) -> list[tuple[Connection, str]]:
    """Returns those of a workshop's connections whose token has ended, and why: `removed` from the room, or `ended`.
    A token ends with its person, with the link that let it in, and with the device it was made from
    (`identity.check_alive`)."""
    found = list(connections)
    reasons = _reasons(or_(Token.workshop_id == workshop_id, Token.id.in_(_staff(found))))
    return [(one, reasons[one.actor.token_id]) for one in found if one.actor.token_id in reasons]


def signed_out(connections: Iterable[Connection]) -> list[tuple[Connection, str]]:
    """Returns the same for connections of facilitators and organisers in any workshop: signing out moves no clock."""
    found = [connection for connection in connections if connection.actor.participant_id is None]
    reasons = _reasons(Token.id.in_(_staff(found))) if found else {}
    return [(one, reasons[one.actor.token_id]) for one in found if one.actor.token_id in reasons]


def _staff(connections: list[Connection]) -> set[int]:
    tokens = {one.actor.token_id for one in connections if one.actor.participant_id is None}
    return {token for token in tokens if token is not None}


def _reasons(which: ColumnElement[bool]) -> dict[int | None, str]:
    """Returns why tokens have ended, by token; valid tokens are left out."""
    device, link = aliased(Token), aliased(Token)
    rows = db.session.execute(
        select(Token.id, Participant.state)
        .outerjoin(Participant, Participant.id == Token.participant_id)
        .outerjoin(device, device.id == Token.parent_id)
        .outerjoin(link, link.id == device.parent_id)
        .where(
            which,
            or_(
                Token.ended_at.is_not(None),
                device.ended_at.is_not(None),
                link.ended_at.is_not(None),
                Participant.state != "active",
            ),
        )
    )
    return {token: "removed" if state == "removed" else "ended" for token, state in rows}


def close(connection: Connection, reason: str) -> None:
    """Sends `closed` to a connection and takes it out of all its rooms. Nothing yields in between, so it is sent nothing
    afterwards; `engine.sweep` ends the session itself once this can have been fetched."""
    socketio.emit("closed", {"reason": reason}, to=connection.sid)
    socketio.server.disconnect(connection.sid)
