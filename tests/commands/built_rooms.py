"""Rooms that were built before: joining two dozen people takes longer than most tests, so a room of the same groups and
settings is put into an empty database as it was, with a new epoch and everybody just seen."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, update

from workshop import clock
from workshop.extensions import db
from workshop.models import Participant, Token, Workshop, kept
from workshop.store import writing_outside

Facts = dict[str, Any]


@dataclass
class _Built:
    content: bytes
    facts: Facts


_built: dict[str, _Built] = {}
_ROWS = "SELECT EXISTS (SELECT 1 FROM workshop) + EXISTS (SELECT 1 FROM organiser)"


def built(key: str, build: Callable[[], Facts]) -> Facts:
    """The facts of a room, which is in the database afterwards: as kept under the key, or built now. Only an empty SQLite file
    is filled from what was kept, and never while the clock is held."""
    file = _empty_file()
    if file is None:
        return build()
    found = _built.get(key)
    if found is None:
        facts = build()
        _built[key] = _Built(_read(file), deepcopy(facts))
        return facts
    _end_session()
    file.write_bytes(found.content)
    as_if_built_now()
    return deepcopy(found.facts)


def _empty_file() -> Path | None:
    """The file is asked itself: to have the application look costs more than to fill it."""
    if db.engine.dialect.name != "sqlite" or not db.engine.url.database or clock._frozen is not None:
        return None
    file = Path(db.engine.url.database)
    with closing(sqlite3.connect(file)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" in tables:
            return None  # made by the migrations: a copy of a file that was not would not know its revision
        (rows,) = connection.execute(_ROWS).fetchone()
    return None if rows else file


def _end_session() -> None:
    db.session.remove()
    db.engine.dispose()


def _read(file: Path) -> bytes:
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    _end_session()
    return file.read_bytes()


_EPOCH = update(Workshop.__table__).values(epoch=bindparam("new"))
_PEOPLE = update(Participant.__table__).values(last_seen_at=bindparam("now"))
_DEVICES = update(Token.__table__).where(Token.__table__.c.last_seen_at.is_not(None)).values(last_seen_at=bindparam("now"))


def as_if_built_now() -> None:
    """A new epoch, so that nothing cached of another copy is taken for this one's, and everybody just seen."""
    with writing_outside():
        kept.connection().execute(_EPOCH, {"new": secrets.token_hex(8)})
        for statement in (_PEOPLE, _DEVICES):
            kept.connection().execute(statement, {"now": clock.now()})
