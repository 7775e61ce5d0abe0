"""What is done with a SQLite database before a server opens it: a damaged one is refused, one of an earlier version copied."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from workshop import backup
from workshop.catalogue import t
from workshop.config import Settings
from workshop.database_faults import reason
from workshop.start_errors import CannotStart

#: how long the copy made before an update is kept: it holds names that are erased afterwards (docs/secrecy.md)
KEPT = timedelta(days=7)
_COPIES = "before-update-*.sqlite"
_log = logging.getLogger(__name__)


def examine(settings: Settings, earlier: Collection[str]) -> Path | None:
    """Checks the SQLite file, and copies one whose schema is one of the `earlier` revisions.

    Returns the copy, None where none was needed. Raises `CannotStart` for a damaged file, `BackupError` where it cannot be
    copied. On PostgreSQL, and where there is no file yet, it does nothing.
    """
    file, copies = _file(settings), settings.instance_path / "backups"
    _let_go(copies, datetime.now(UTC))
    if file is None or not file.is_file():
        return None
    try:
        revision = _checked_revision(file)
    except sqlite3.Error as error:
        if reason(error) != "damaged":
            return None  # whatever else is wrong is told when the server opens it
        raise CannotStart(_damaged(settings, file, copies)) from error
    if revision not in earlier:
        return None
    target = copies / backup.stamped("before-update", datetime.now(UTC))
    backup.copy(str(file), str(target))
    _log.warning("the database is of an earlier version and is updated now; as it was before it is kept in %s", target)
    return target


def _file(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    # A relative path is one in the instance folder, as Flask-SQLAlchemy reads it.
    return settings.instance_path / url.database


def _checked_revision(file: Path) -> str | None:
    """Returns the revision of the schema, None where there is none. Raises `sqlite3.DatabaseError` for a damaged file."""
    with closing(sqlite3.connect(file, timeout=10)) as database:
        found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            damaged = sqlite3.DatabaseError(found)
            damaged.sqlite_errorname = "SQLITE_CORRUPT"
            raise damaged
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def _damaged(settings: Settings, file: Path, copies: Path) -> str:
    """Returns the sentence about a damaged file, with the newest copy where there is one."""
    said = f"{t('database.damaged', settings.language)} ({file})"
    newest = max(copies.glob("*.sqlite"), key=backup.made_at, default=None)
    return said if newest is None else f"{said} {t('start.error.newest', settings.language, file=str(newest))}"


def _let_go(copies: Path, moment: datetime) -> None:
    """Deletes the copies of earlier updates that have been kept long enough."""
    oldest = (moment - KEPT).timestamp()
    for file in copies.glob(_COPIES):
        if backup.made_at(file) < oldest:
            file.unlink(missing_ok=True)
