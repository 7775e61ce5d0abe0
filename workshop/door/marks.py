"""Named moments that the server stores for itself, one row per name, written inside a write (`models.ServerMark`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workshop.clock import now
from workshop.extensions import db
from workshop.models import ServerMark


def put(name: str, moment: datetime) -> None:
    """Writes the mark. Another process that writes it waits until the transaction ends."""
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    row = insert(ServerMark).values(name=name, at=moment)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": moment}))


def lock(name: str) -> None:
    """Takes the lock of this name until the transaction ends: one process at a time has it."""
    put(name, now())


def get(name: str) -> datetime | None:
    """Returns the moment of the mark, or None if it was never written."""
    found: datetime | None = db.session.scalar(select(ServerMark.at).where(ServerMark.name == name))
    return found
