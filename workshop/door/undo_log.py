"""Records what a facilitator's command changes, so that exactly this can be undone for a few seconds.

Of a changed row only the changed columns are stored, each with its value before and after the command. So an undo can detect
that somebody else has changed one of them since, and it writes only columns that its command wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapper, Session

from workshop.clock import now, utc
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Answer, Attendance, Hiding, JournalEntry, Tombstone, Undo
from workshop.models.base import column_name

#: internal records that an undo must not restore
_NOT_ROWS = (Answer, Hiding, JournalEntry, Tombstone, Undo)
#: stamps and computed columns: an undo computes them again instead of restoring them
DERIVED = frozenset(
    {
        *("seq", "mine_seq", "board_seq", "room_seq", "clock", "journal_hash", "chair_token_id", "last_seen_at"),
        *("checks", "draft_checks"),
    }
)

Image = dict[str, Any]


@contextmanager
def remembering(context: Context, wanted: bool) -> Iterator[None]:
    """Records what the command changes while the block runs, if `wanted`, and adds it as an `Undo` row."""
    if not wanted:
        yield
        return
    memory = Memory()
    session = db.session()
    context.write.remembered = True
    event.listen(session, "before_flush", memory.before_flush)
    event.listen(session, "after_flush", memory.after_flush)
    try:
        yield
        session.flush()
    finally:
        event.remove(session, "before_flush", memory.before_flush)
        event.remove(session, "after_flush", memory.after_flush)
    # Stored even if nothing changed: the screen offers an undo, which must then succeed.
    db.session.add(
        Undo(
            workshop_id=context.workshop.id,
            seq=context.seq,
            actor=context.actor.pseudonym,
            at=now(),
            # Participants whose `mine` the command changed: an undo changes it again.
            rows={"changes": memory.images(), "own": sorted(context.write.marked)},
        )
    )


class Memory:
    """The rows a command has created, changed and deleted, collected from the session's flushes.

    An image is `{table, key, kind, before, after}`. `kind`: `made` (`after` is the whole row), `removed` (`before` is) or
    `changed` (both hold the changed columns). `stamped`: the row was sent to every client, and must be sent again.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], tuple[Any, Image]] = {}

    def before_flush(self, session: Session, _flush: Any, _instances: Any) -> None:
        """Collects the changed and deleted rows, while their old values can still be read."""
        for row in session.dirty:
            if session.is_modified(row):
                self._changed(row)
        for row in session.deleted:
            self._removed(row)

    def after_flush(self, session: Session, _flush: Any) -> None:
        """Collects the created rows, which have their keys only now."""
        for row in session.new:
            # Attendance is a record of its own: undoing the start of a step deletes no sample.
            if not isinstance(row, (*_NOT_ROWS, Attendance)):
                self._keep(row, "made")

    def images(self) -> list[Image]:
        """Returns the images to store. `after` is read here, when the command is complete."""
        return [image | {"after": _after(row, image)} for row, image in self._rows.values()]

    def _keep(self, row: Any, kind: str) -> Image:
        key = [_as_json(value) for value in inspect(row).mapper.primary_key_from_instance(row)]
        empty: Image = {"table": row.__tablename__, "key": key, "kind": kind, "stamped": False, "before": {}}
        return self._rows.setdefault((row.__tablename__, str(key)), (row, empty))[1]

    def _changed(self, row: Any) -> None:
        if isinstance(row, _NOT_ROWS):
            return
        image = self._keep(row, "changed")
        if image["kind"] == "made":
            return
        for name in _changed_columns(row):
            if name == "seq":
                image["stamped"] = True
            if name not in DERIVED and name not in image["before"]:
                image["before"][name] = _as_json(_old_value(row, name))

    def _removed(self, row: Any) -> None:
        if isinstance(row, (*_NOT_ROWS, Attendance)):
            return
        self._changed(row)
        image = self._keep(row, "removed")
        if image["kind"] == "made":
            del self._rows[(image["table"], str(image["key"]))]
            return
        image["kind"] = "removed"
        image["before"] = {name: stored(row, name) for name in columns(row)} | image["before"]


def columns(row: Any) -> list[str]:
    """Returns the names of the columns of a row that an undo restores or compares."""
    return [name for name in map(column_name, inspect(type(row)).column_attrs) if name not in DERIVED]


def attribute_of(model: type, name: str) -> str:
    """Returns the attribute that maps a column. Images use the column names of the database, so stored images and refusals
    stay valid when an attribute is renamed."""
    mapper: Mapper[Any] = inspect(model)
    return str(mapper.get_property_by_column(mapper.local_table.columns[name]).key)


def stored(row: Any, name: str) -> Any:
    """Returns a column's present value in the form in which `before` and `after` are stored."""
    return _as_json(getattr(row, attribute_of(type(row), name)))


def _after(row: Any, image: Image) -> dict[str, Any]:
    if image["kind"] == "removed":
        return {}
    names = columns(row) if image["kind"] == "made" else image["before"]
    return {name: stored(row, name) for name in names}


def _changed_columns(row: Any) -> list[str]:
    state = inspect(row)
    mapped = state.mapper.column_attrs
    return [column_name(column) for column in mapped if state.attrs[column.key].history.has_changes()]


def _old_value(row: Any, name: str) -> Any:
    """Returns the value before the change. It is read from the database where the session does not have it: after a JSON
    column was changed in place."""
    state = inspect(row)
    history = state.attrs[attribute_of(type(row), name)].history
    if history.deleted:
        return history.deleted[0]
    mapper = state.mapper
    own = (column == value for column, value in zip(mapper.primary_key, state.identity, strict=True))
    with db.session.no_autoflush:
        return db.session.scalar(select(mapper.local_table.columns[name]).where(*own))


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": utc(value).isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    return value


def from_json(value: Any) -> Any:
    """Returns a column's value from its stored form."""
    if isinstance(value, dict) and set(value) == {"moment"}:
        return datetime.fromisoformat(value["moment"])
    if isinstance(value, dict) and set(value) == {"day"}:
        return date.fromisoformat(value["day"])
    return value
