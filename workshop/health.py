"""Finds out whether the database can be written, by a real write to a row of its own, at most once a second."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from workshop.clock import now
from workshop.database_faults import reason
from workshop.extensions import WRITE_OPTION
from workshop.models import ServerMark

#: how long a result is reused, seconds
_FRESH = 1.0
#: how long the write waits for a lock, milliseconds: with SQLite the whole server stands still meanwhile
_PATIENCE = 100


class Health:
    """The health of one application's database."""

    def __init__(self) -> None:
        self._found: str | None = None
        self._at: float | None = None
        #: device and number of the SQLite file when it was first checked
        self._file: tuple[int, int] | None = None

    def fault(self, engine: Engine) -> str | None:
        """Returns None while the database can be written, else the reason (`database_faults.REASONS`)."""
        moment = time.monotonic()
        if self._at is None or moment - self._at >= _FRESH:
            if self._at is not None:
                # Requests that come in while this check waits get the previous answer.
                self._at = moment
            self._found = self._try_writing(engine)
            self._at = time.monotonic()
        return self._found

    def _try_writing(self, engine: Engine) -> str | None:
        try:
            if self._has_moved(engine):
                return "moved"
            with engine.connect() as connection:
                connection = connection.execution_options(**{WRITE_OPTION: True})
                with _patience(connection), connection.begin():
                    _write(connection)
        except (SQLAlchemyError, sqlite3.Error) as error:
            found = reason(error)
            return "read_only" if found == "full" and _may_not_write(engine) else found
        return None

    def _has_moved(self, engine: Engine) -> bool:
        """Returns whether the SQLite file was replaced by another file or removed: what is written to the open one would be
        lost when the server ends."""
        name = engine.url.database
        if engine.dialect.name != "sqlite" or not name or name == ":memory:":
            return False
        try:
            found = os.stat(name)
        except OSError:
            # At the first check the write itself shows what is wrong with the path.
            return self._file is not None
        place = (found.st_dev, found.st_ino)
        self._file = self._file or place
        return place != self._file


def _may_not_write(engine: Engine) -> bool:
    """Returns whether the SQLite file may only be read. SQLite says of a disk that has become read only what it says of one
    that takes no more: that a write failed."""
    name = engine.url.database
    return engine.dialect.name == "sqlite" and bool(name) and not os.access(str(name), os.W_OK)


@contextmanager
def _patience(connection: Connection) -> Iterator[None]:
    """Makes a SQLite connection wait for a lock for at most `_PATIENCE`, and restores its setting afterwards. On PostgreSQL
    `_write` sets this for one transaction."""
    driver: Any = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    before = int(driver.execute("PRAGMA busy_timeout").fetchone()[0])
    driver.execute(f"PRAGMA busy_timeout={min(before, _PATIENCE)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={before}")


def _write(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(f"SET LOCAL lock_timeout = {_PATIENCE}"))
    insert = sqlite_insert if sqlite else postgresql_insert
    mark = insert(ServerMark).values(name="health", at=now())
    connection.execute(mark.on_conflict_do_update(index_elements=["name"], set_={"at": now()}))
