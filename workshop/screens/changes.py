"""`changes`: the records of an audience that have changed since a number of the workshop's clock."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select

from workshop.extensions import db
from workshop.models import Tombstone, Workshop
from workshop.rules.refusal import Refused
from workshop.screens import hands, ideas, people, rooms, texts, votes
from workshop.screens.kinds import KINDS, Kind
from workshop.screens.view import AUDIENCES, BOARD, FACILITATOR, ROOM, View

__all__ = ["AUDIENCES", "BOARD", "FACILITATOR", "ROOM", "changes", "hands", "ideas", "people", "texts", "votes"]


def live_changes(workshop_id: int, since: int, audience: str) -> dict[str, Any]:
    """Returns what is pushed: the same as `changes`, but of a vote of which only the turnout has changed, only the turnout
    record. The vote's own record follows within seconds (`tell_turnout`)."""
    return changes(workshop_id, since, audience, live=True)


def changes(workshop_id: int, since: int, audience: str, *, live: bool = False) -> dict[str, Any]:
    """Returns `{epoch, from, to, put, gone}` for the audience `room`, `board` or `facilitator`.

    `since` 0, or a number that the clock has not reached, gives the whole snapshot with `from: 0`. Records are whole, so
    receiving one twice does no harm. Raises `Refused("not_found")` for an unknown workshop.
    """
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is None:
        raise Refused("not_found", "workshop")
    if since > workshop.clock or since < 0:
        since = 0
    to = workshop.clock
    view = View(workshop, audience)
    put: list[dict[str, Any]] = []
    gone: list[str] = []
    if workshop.seq > since or since == 0:
        put.append(rooms.present_workshop(workshop, view))
    if workshop.board_seq > since or since == 0:
        put.append(rooms.present_board(workshop, view))
    for kind in _moved(view, since):
        _read_kind(kind, view, since, put, gone)
    if not live:
        put.extend(_votes_that_moved(view, put))
    if since:
        # A tombstone does not count where a record with the same id exists again.
        here = {record["id"] for record in put}
        gone.extend(record_id for record_id in _tombstones(view, since) if record_id not in here)
    return {"epoch": workshop.epoch, "from": since, "to": to, "put": put, "gone": gone}


@cache
def _newest(audience: str) -> Any:
    """Returns the statement that reads the newest stamp of each kind. Building it costs more than running it, so it is
    kept."""
    workshop: BindParameter[int] = bindparam("workshop")
    return select(
        *(
            select(func.max(stamp)).where(model.workshop_id == workshop).scalar_subquery()
            for model, stamp in _stamps(audience)
        )
    )


def _stamps(audience: str) -> list[tuple[Any, Any]]:
    view = View(Workshop(), audience)
    return [(kind.model, kind.stamp(view)) for kind in KINDS if view.facilitator or not kind.facilitator_only]


def _moved(view: View, since: int) -> list[Kind]:
    """Returns the kinds that have a row stamped after `since`, by one statement, so that a small change costs little."""
    kinds = [kind for kind in KINDS if view.facilitator or not kind.facilitator_only]
    row = db.session.execute(_newest(view.audience), {"workshop": view.workshop.id}).one()
    return [kind for kind, seq in zip(kinds, row, strict=True) if seq is not None and (seq > since or since == 0)]


@cache
def _rows_since(kind: Kind, audience: str) -> Any:
    """Returns the statement that reads the rows of a kind that are stamped after a number of the clock."""
    model, stamp = kind.model, kind.stamp(View(Workshop(), audience))
    return select(model).where(model.workshop_id == bindparam("workshop"), stamp > bindparam("since")).order_by(model.id)


def _read_kind(kind: Kind, view: View, since: int, put: list[dict[str, Any]], gone: list[str]) -> None:
    wanted = _rows_since(kind, view.audience)
    for row in db.session.scalars(wanted, {"workshop": view.workshop.id, "since": since}):
        record = kind.present(row, view)
        if record is not None:
            put.append(record)
        elif since and kind.was_seen(row, view):
            gone.append(row.record_id)


def _votes_that_moved(view: View, put: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the votes whose turnout record is in `put` while they are not, so that both records show the same numbers."""
    there = {record["id"] for record in put}
    moved = [record["on"] for record in put if record["kind"] == "turnout" and record["on"] not in there]
    return [record for on in moved if (record := votes.present_vote(on, view)) is not None]


_TOMBSTONES = select(Tombstone.record).where(
    Tombstone.workshop_id == bindparam("workshop"), Tombstone.seq > bindparam("since")
)
_TOMBSTONES_OF_THE_ROOM = _TOMBSTONES.where(Tombstone.room.is_(True))


def _tombstones(view: View, since: int) -> list[str]:
    wanted = _TOMBSTONES if view.facilitator else _TOMBSTONES_OF_THE_ROOM
    return list(db.session.scalars(wanted, {"workshop": view.workshop.id, "since": since}))
