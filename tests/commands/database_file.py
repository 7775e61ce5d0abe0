"""What stands in the file of the database, for the tests of what may not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workshop.extensions import db


def file() -> Path:
    """The file of SQLite. Tests that are played on PostgreSQL have none, and end here."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("it reads the file of SQLite")
    return Path(str(db.engine.url.database))


def on_disk() -> bytes:
    """Everything the database has on disk: the file and the write-ahead log."""
    db.session.rollback()
    log = file().with_name(file().name + "-wal")
    return file().read_bytes() + (log.read_bytes() if log.exists() else b"")


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The file as somebody sees it who has stolen it."""
    db.session.rollback()
    connection = sqlite3.connect(file())
    try:
        yield connection
    finally:
        connection.close()


def everything_but(*tables: str) -> str:
    """All rows of all other tables, as text."""
    with opened() as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return repr({name: connection.execute(f'select * from "{name}"').fetchall() for name in names if name not in tables})
