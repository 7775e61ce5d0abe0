"""Closes connections whose token has ended: a person was removed, a link replaced, an account signed out."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from workshop.extensions import db, socketio
from workshop.live.connections import Connection
from workshop.models import Participant, Token


def ended(workshop_id: int, connections: Iterable[Connection]) -> list[tuple[Connection, str]]:
    """Returns those of a workshop's connections whose token has ended, each with the reason: `removed` for a removed person,
    else `ended`. A token also ends with its person, with the link by which it was let in, and with the device it was derived
    from (`identity.check_alive`)."""
    found = list(connections)
    reasons = _reasons(or_(Token.workshop_id == workshop_id, Token.id.in_(_staff(found))))
    return [(one, reasons[one.actor.token_id]) for one in found if one.actor.token_id in reasons]


def signed_out(connections: Iterable[Connection]) -> list[tuple[Connection, str]]:
    """Returns the same for the connections of all but participants, in any workshops. It is asked at intervals, because
    signing out does not move the clock of a workshop."""
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
    """Sends `closed` to a connection and removes it from all its rooms. No other green thread runs in between, so nothing
    else is sent to it afterwards. `engine.sweep` ends the session once the page has had time to fetch the message."""
    socketio.emit("closed", {"reason": reason}, to=connection.sid)
    socketio.server.disconnect(connection.sid)
