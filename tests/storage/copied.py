"""A room whose database is copied, and what is looked for in the copies."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commands.voting import Room
from workshop.extensions import db

NAME = "Ingeborg Tranekær"
REVISION = "en udgave"


def path() -> Path:
    db.session.rollback()
    return Path(str(db.engine.url.database))


def room_of_a_revision() -> Room:
    """A room whose database says which schema it has, as a migrated one does."""
    made = Room({"citizens": 6, "politicians": 6})
    with closing(sqlite3.connect(path())) as connection, connection:
        connection.execute("create table alembic_version (version_num text)")
        connection.execute("insert into alembic_version values (?)", (REVISION,))
    return made
