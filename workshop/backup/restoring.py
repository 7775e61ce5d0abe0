"""Putting a copy in the place of a database that nobody has open."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.backup.copying import BackupError, to_the_disk

#: where SQLite keeps its shared locks in a file: every open connection of write-ahead mode has one
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510


@dataclass(frozen=True)
class Restored:
    """What was done: where the replaced database lies (None where there was none), and how many workshops began anew."""

    kept: Path | None
    workshops: int


def restore(source: str, target: str, revisions: set[str]) -> Restored:
    """Put the copy `source` in the place of the database `target`.

    The copy is checked first; every workshop gets a new epoch, so that phones ask for everything anew. The replaced database
    is kept beside it with its log. `revisions` are the schemas this program knows. Raises `BackupError`: nothing is changed.
    """
    file, copied = Path(target), Path(source)
    if not copied.is_file():
        raise BackupError(f"There is no file {source}.")
    if is_in_use(file):
        raise BackupError(f"{file} is in use: stop the server first.")
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        workshops = _prepared(copied, part, revisions)
        kept = _set_aside(file)
        os.replace(part, file)
        to_the_disk(file.parent)
    except OSError as error:
        raise BackupError(f"The copy could not be put back: {error}.") from error
    finally:
        for leftover in part.parent.glob(f"{part.name}*"):
            leftover.unlink(missing_ok=True)
    return Restored(kept, workshops)


def is_in_use(file: Path) -> bool:
    """Returns whether any process has the database open. Where the system cannot tell (Windows), replacing it fails instead."""
    try:
        import fcntl
    except ImportError:
        return False
    if not file.exists():
        return False
    with open(file, "r+b") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
    return False


def _prepared(copied: Path, part: Path, revisions: set[str]) -> int:
    """Lay the checked copy with new epochs at `part`; returns how many workshops it has. The given file is not changed."""
    shutil.copyfile(copied, part)
    log = copied.with_name(f"{copied.name}-wal")
    if log.exists():
        # Somebody copied a database together with its log: what stands in there belongs to it.
        shutil.copyfile(log, part.with_name(f"{part.name}-wal"))
    os.chmod(part, 0o600)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as database:
            _check(database, copied, revisions)
            database.execute("PRAGMA journal_mode=DELETE")
            workshops = new_epochs(database)
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{copied} is damaged or no database: {error}.") from error
    to_the_disk(part)
    return workshops


def _check(database: sqlite3.Connection, copied: Path, revisions: set[str]) -> None:
    faults = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
    if faults != ["ok"]:
        raise BackupError(f"{copied} is damaged: {faults[0]}.")
    if database.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupError(f"{copied} is damaged: it has rows that point nowhere.")
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"workshop", "alembic_version"} <= tables:
        raise BackupError(f"{copied} is not a database of Rundbord.")
    made_with = {row[0] for row in database.execute("SELECT version_num FROM alembic_version")}
    if not made_with <= revisions:
        raise BackupError(f"{copied} was made by a newer version of Rundbord: fetch that version first.")


def new_epochs(database: sqlite3.Connection) -> int:
    """Give every workshop a new epoch, so that its phones begin again from nothing; returns how many there are."""
    numbers = [row[0] for row in database.execute("SELECT id FROM workshop")]
    database.execute("BEGIN IMMEDIATE")
    database.executemany("UPDATE workshop SET epoch = ? WHERE id = ?", [(secrets.token_hex(8), n) for n in numbers])
    database.execute("COMMIT")
    return len(numbers)


def _set_aside(file: Path) -> Path | None:
    """Keep the present database, its log with it, under another name, and leave neither log nor index for the copy that
    takes its place: SQLite would write that log over it."""
    kept = None
    if file.exists():
        kept = file.with_name(f"{file.name}.replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        os.link(file, kept)
    log = file.with_name(f"{file.name}-wal")
    if log.exists():
        os.replace(log, f"{kept}-wal") if kept else log.unlink()
    file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
    return kept
