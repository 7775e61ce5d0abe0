"""Rooms that were built before: joining two dozen people takes longer than most tests, so a room of the same groups and
settings is put into an empty database as it was, with a new epoch and everybody just seen."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, update

from workshop import clock
from workshop.extensions import db
from workshop.models import Organiser, Participant, Token, Workshop
from workshop.store import writing_outside

Facts = dict[str, Any]


@dataclass
class _Built:
    content: bytes
    facts: Facts


_built: dict[str, _Built] = {}


def built(key: str, build: Callable[[], Facts]) -> Facts:
    """The facts of a room, which is in the database afterwards: as kept under the key, or built now. Only an empty SQLite file
    is filled from what was kept, and never while the clock is held."""
    file = _empty_file()
    if file is None:
        return build()
    kept = _built.get(key)
    if kept is None:
        facts = build()
        _built[key] = _Built(_read(file), deepcopy(facts))
        return facts
    _end_session()
    file.write_bytes(kept.content)
    _as_if_built_now()
    return deepcopy(kept.facts)


def _empty_file() -> Path | None:
    if db.engine.dialect.name != "sqlite" or not db.engine.url.database or clock._frozen is not None:
        return None
    if "alembic_version" in inspect(db.engine).get_table_names():
        return None  # made by the migrations: a copy of a file that was not would not know its revision
    empty = all(db.session.query(model.id).first() is None for model in (Workshop, Organiser))
    return Path(db.engine.url.database) if empty else None


def _end_session() -> None:
    db.session.remove()
    db.engine.dispose()


def _read(file: Path) -> bytes:
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    _end_session()
    return file.read_bytes()


def _as_if_built_now() -> None:
    with writing_outside():
        db.session.execute(update(Workshop).values(epoch=secrets.token_hex(8)))
        db.session.execute(update(Participant).values(last_seen_at=clock.now()))
        db.session.execute(update(Token).where(Token.last_seen_at.is_not(None)).values(last_seen_at=clock.now()))
