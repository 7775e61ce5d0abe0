"""Seeing that what was erased is gone from the disk too, not only from the tables (docs/secrecy.md).

SQLite overwrites the cells it frees, but rows that were moved to another page when a page was full may have left a copy
behind. So the file is written anew, and the write-ahead log emptied. On PostgreSQL the dead rows are vacuumed away.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from sqlalchemy import text

from ..extensions import db
from ..models import (
    Amendment,
    Comment,
    Commitment,
    Idea,
    IdeaSupport,
    IdeaView,
    JournalEntry,
    NamedPaper,
    Objection,
    Participant,
    TextVersion,
    Token,
    Undo,
)

#: tables that names or people's own words were in
_TABLES = (
    Participant, Token, Idea, IdeaSupport, IdeaView, Comment, Amendment, Objection, Commitment, NamedPaper, TextVersion,
    JournalEntry, Undo,
)  # fmt: skip
#: somebody was reading or writing, so the old pages are still there
_waiting = False
_log = logging.getLogger(__name__)


def rewrite() -> None:
    """Write the database anew without what was erased. It never waits for others: `rewrite_if_waiting` tries again."""
    global _waiting
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            for table in _TABLES:
                alone.execute(text(f"VACUUM {table.__tablename__}"))
        return
    connection = db.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            _waiting = not _written_anew(driver)
    finally:
        connection.close()


def _written_anew(driver: sqlite3.Connection) -> bool:
    """Whether the file was written anew and the write-ahead log emptied."""
    waits = int(driver.execute("PRAGMA busy_timeout").fetchone()[0])
    driver.execute("PRAGMA busy_timeout=0")
    try:
        driver.execute("VACUUM")
        return not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        # Somebody else holds the write lock, or the disk is too full for a second copy.
        if not _waiting:
            _log.warning("the database could not be written anew yet (%s); trying again each second", error)
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={waits}")


def rewrite_if_waiting() -> None:
    """Try again what somebody stood in the way of."""
    if _waiting:
        rewrite()
