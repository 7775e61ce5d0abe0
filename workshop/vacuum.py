"""Removes what was erased from the disk too, not only from the tables (docs/secrecy.md).

SQLite overwrites the rows it frees, but a row that was moved to another page may have left a copy behind. So the
write-ahead log is emptied and the unused space of the file overwritten, in a process of its own (`scrubbing`). On
PostgreSQL the dead rows are vacuumed, on a connection whose waiting does not block other requests.

It does not wait for readers and writers: what they prevent is tried again each second. On SQLite the log must be empty
before the file is touched, so while somebody reads only emptying the log is tried. PostgreSQL keeps a dead row as long as
somebody may still read it, and says of `VACUUM` that it succeeded.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from workshop import offload
from workshop.extensions import READ_WAITS, db, patient_connection

#: milliseconds that `VACUUM` waits for a locked table
_LOCK_TIMEOUT = 200
#: whether another session of this database may still read what is dead now. Of sessions of other roles PostgreSQL tells it to
#: superusers and members of `pg_read_all_stats` only.
_READ_BY_OTHERS = """
SELECT EXISTS (
  SELECT 1 FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND (age(backend_xmin) > 0 OR age(backend_xid) > 0)
)"""
#: whether it runs in this process at present; a call meanwhile leaves the work to the next second
_under_way = False
#: whether something that was erased is still on the disk, because somebody was reading or writing
_waiting = False
_log = logging.getLogger(__name__)


def rewrite() -> None:
    """Overwrites what was erased. It does not wait for readers and writers: `rewrite_if_waiting` tries again."""
    global _waiting, _under_way
    if _under_way:
        _waiting = True
        return
    again, _under_way, _waiting = _waiting, True, False
    done = False
    try:
        done = _vacuumed() if db.engine.dialect.name == "postgresql" else _overwritten()
    except Exception:  # noqa: BLE001 - the command is committed and must be answered; this is tried again
        if not again:
            _log.exception("what was erased could not be overwritten yet; trying again each second")
    finally:
        _under_way = False
    if not done:
        _waiting = True


def rewrite_if_waiting() -> None:
    """Tries again what another reader or writer prevented."""
    if _waiting:
        rewrite()


def is_waiting() -> bool:
    """Returns whether something that was erased is still on the disk."""
    return _waiting


def _overwritten() -> bool:
    """Returns whether the write-ahead log was emptied and the unused space of the file overwritten."""
    connection = db.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if not _log_emptied(driver):
            return False
    finally:
        connection.close()
    file = db.engine.url.database
    return not file or file == ":memory:" or bool(offload.run("workshop.scrubbing:scrub", file))


def _log_emptied(driver: sqlite3.Connection) -> bool:
    driver.execute("PRAGMA busy_timeout=0")
    try:
        return not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={READ_WAITS}")


def _vacuumed() -> bool:
    """Returns whether the dead rows of all our tables were vacuumed away."""
    tables = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
    with patient_connection(db.engine) as alone:
        alone.execute(f"SET lock_timeout = {_LOCK_TIMEOUT}")
        try:
            # Asked before: who begins to read afterwards no longer sees the rows.
            kept = alone.execute(_READ_BY_OTHERS).fetchone()[0]
            alone.execute(f"VACUUM {tables}")
        except alone.OperationalError:
            # Somebody else has locked a table.
            return False
    return not kept
