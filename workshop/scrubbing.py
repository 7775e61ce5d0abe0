"""Overwriting what SQLite leaves behind in the unused space of its pages, while the database is in use.

With `secure_delete` SQLite overwrites the rows and pages it frees. What it leaves is the copy of a row that was moved to
another page when pages were split or joined: it stands in the gap between a page's list of rows and its rows, where nothing
reads it. `VACUUM` would remove it by writing the whole file anew; here zeros are written into those gaps instead.

Why this is safe: the gaps hold nothing that SQLite reads, so a byte of them may change at any moment, even if the machine
stops in the middle. Each part of the file is done under the write lock and only while the write-ahead log is empty, so that
nobody else writes to the file. A commit at its end makes every other connection drop its own copies of pages.

It runs in a process of its own (`aside`): closing a file would drop the locks that SQLite has on it in the same process. A
leaf: the standard library only. File format: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

#: a part of the file that is done under one lock, bytes: some ten milliseconds
PART = 8 * 1024 * 1024
#: where the header of the first page ends, and SQLite's own locks lie in files larger than this
_FILE_HEADER, _PENDING_BYTE = 100, 0x40000000
#: kinds of b-tree pages and the length of their headers
_HEADERS = {2: 12, 5: 12, 10: 8, 13: 8}
#: a page that holds the rest of a long row begins with a page number: a byte of `_HEADERS` only in files larger than this
_LARGEST = 32 * 1024**3
#: milliseconds to wait for readers or a writer, seconds for the whole part, and the pause between two attempts
_WAITS, _TRIES_FOR, _PAUSE = 100, 3.0, 0.02


def scrub(path: str) -> bool:
    """Overwrite the unused space of the SQLite file at `path`, and empty its write-ahead log.

    Returns whether everything was done: False when somebody who reads or writes stood in the way for seconds. Raises
    `sqlite3.DatabaseError` for a file that is not what this knows how to read.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    # The file is closed after the connection: closing it drops this process's locks on it.
    with open(path, "r+b", buffering=0) as file:
        try:
            connection.execute(f"PRAGMA busy_timeout={_WAITS}")
            connection.execute("PRAGMA synchronous=FULL")
            return _scrub(connection, file, Path(path))
        finally:
            connection.close()


def _scrub(connection: sqlite3.Connection, file: BinaryIO, path: Path) -> bool:
    size = _page_size(file)
    start = 0
    while start < path.stat().st_size:
        if not _one_part(connection, file, path, start, size):
            return False
        start += PART
    return _empty_log(connection)


def _page_size(file: BinaryIO) -> int:
    """Returns the size of a page. Raises `sqlite3.DatabaseError` where the pages are of kinds that this does not know."""
    file.seek(0)
    header = file.read(_FILE_HEADER)
    auto_vacuum, reserved = any(header[52:56]), header[20]
    if header[:16] != b"SQLite format 3\0" or auto_vacuum or reserved or file.seek(0, 2) > _LARGEST:
        raise sqlite3.DatabaseError("the unused space of this file cannot be overwritten")
    size = int.from_bytes(header[16:18], "big")
    return 65536 if size == 1 else size


def _one_part(connection: sqlite3.Connection, file: BinaryIO, path: Path, start: int, size: int) -> bool:
    """Overwrite the unused space of the pages from `start` on. Returns whether it could be done in time."""
    latest = time.monotonic() + _TRIES_FOR
    while time.monotonic() < latest:
        if _empty_log(connection) and _locked(connection):
            try:
                if _log_size(path) == 0:
                    overwrite(file, start, min(start + PART, path.stat().st_size), size)
                    # Any commit makes the other connections read anew; this number is used for nothing else.
                    number = connection.execute("PRAGMA user_version").fetchone()[0]
                    connection.execute(f"PRAGMA user_version={(number + 1) % 2**31}")
                    connection.execute("COMMIT")
                    return True
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        time.sleep(_PAUSE)
    return False


def _empty_log(connection: sqlite3.Connection) -> bool:
    try:
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False


def _locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def _log_size(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def overwrite(file: BinaryIO, start: int, end: int, size: int) -> int:
    """Write zeros over the unused space of the pages between two places of the file; returns how many bytes changed.

    Nobody else may write to the file meanwhile.
    """
    file.seek(start)
    content = file.read(end - start)
    changed = 0
    for offset in range(0, len(content) - size + 1, size):
        place = start + offset
        if place == _PENDING_BYTE:
            continue
        page = content[offset : offset + size]
        for first, last in unused(page, _FILE_HEADER if place == 0 else 0):
            if any(page[first:last]):
                file.seek(place + first)
                file.write(bytes(last - first))
                changed += last - first
    return changed


def unused(page: bytes, begin: int = 0) -> Iterator[tuple[int, int]]:
    """Yields the parts of one b-tree page that hold nothing, as (first, last + 1); none for a page of another kind.

    `begin` is where the page's header begins: 100 in the first page of a file.
    """
    header = _HEADERS.get(page[begin])
    if header is None:
        return
    number = int.from_bytes(page[begin + 3 : begin + 5], "big")
    rows = int.from_bytes(page[begin + 5 : begin + 7], "big") or 65536
    gap = begin + header + 2 * number
    if gap > rows or rows > len(page):
        raise sqlite3.DatabaseError("a page of the database is damaged")
    yield gap, rows
    free = int.from_bytes(page[begin + 1 : begin + 3], "big")
    while free:
        following = int.from_bytes(page[free : free + 2], "big")
        length = int.from_bytes(page[free + 2 : free + 4], "big")
        if length < 4 or free + length > len(page) or (following and following <= free):
            raise sqlite3.DatabaseError("a page of the database is damaged")
        # Its first four bytes say where the next free part is and how long this one is.
        yield free + 4, free + length
        free = following
