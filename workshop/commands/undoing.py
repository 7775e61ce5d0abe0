"""Remembering the rows a facilitator's action changes, so that it can be undone for a few seconds.

The rows are remembered as they were before the command, by table and key. Undoing puts them back, but only while none of
them has been changed again: other people's work is never undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from ..clock import now
from ..extensions import db
from ..models import Answer, Attendance, Hiding, JournalEntry, Participant, Tombstone, Undo, Workshop
from .context import Context

#: bookkeeping that an undo must not turn back
_NOT_ROWS = (Answer, Attendance, Hiding, JournalEntry, Tombstone, Undo)
_NOT_COLUMNS = {Workshop: {"clock", "journal_hash", "chair_token_id"}, Participant: {"mine_seq", "last_seen_at"}}


@contextmanager
def remembering(context: Context, wanted: bool) -> Iterator[None]:
    """Keep the before-images of what the command changes, where it can be undone."""
    if not wanted:
        yield
        return
    images: dict[tuple[str, str], dict[str, Any]] = {}

    def before_flush(session: Session, _flush: Any, _instances: Any) -> None:
        for row in session.dirty:
            if session.is_modified(row):
                _keep(images, row, _before(row))
        for row in session.deleted:
            _keep(images, row, _before(row))

    def after_flush(session: Session, _flush: Any) -> None:
        for row in session.new:
            _keep(images, row, None)

    session = db.session()
    event.listen(session, "before_flush", before_flush)
    event.listen(session, "after_flush", after_flush)
    try:
        yield
        session.flush()
    finally:
        event.remove(session, "before_flush", before_flush)
        event.remove(session, "after_flush", after_flush)
    if images:
        db.session.add(
            Undo(
                workshop_id=context.workshop.id,
                seq=context.seq,
                actor=context.actor.pseudonym,
                at=now(),
                rows={"images": list(images.values())},
            )
        )


def _keep(images: dict[tuple[str, str], dict[str, Any]], row: Any, before: dict[str, Any] | None) -> None:
    if isinstance(row, _NOT_ROWS):
        return
    key = [_as_json(value) for value in inspect(row).mapper.primary_key_from_instance(row)]
    place = (row.__tablename__, str(key))
    if place not in images:
        images[place] = {"table": row.__tablename__, "key": key, "before": before}


def _before(row: Any) -> dict[str, Any]:
    """All columns of a row as they were when it was read."""
    state = inspect(row)
    left_out = _NOT_COLUMNS.get(type(row), set())
    values: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        if column.key in left_out:
            continue
        history = state.attrs[column.key].history
        value = history.deleted[0] if history.deleted else state.attrs[column.key].loaded_value
        values[column.key] = _as_json(value)
    return values


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    return value


def from_json(value: Any) -> Any:
    """A column's value as it was, from what `_as_json` made of it."""
    if isinstance(value, dict) and set(value) == {"moment"}:
        return datetime.fromisoformat(value["moment"])
    if isinstance(value, dict) and set(value) == {"day"}:
        return date.fromisoformat(value["day"])
    return value
