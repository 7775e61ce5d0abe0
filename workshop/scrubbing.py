"""Overwrites what SQLite leaves behind in the unused space of its pages, while the database is in use.

With `secure_delete` SQLite overwrites the rows and pages it frees. What remains is the copy of a row that was moved to
another page when pages were split or joined. It lies in the gap between a page's list of rows and its rows, which nothing
reads. `VACUUM` would remove it by writing the whole file anew; this module writes zeros into those gaps instead.

This is safe because SQLite does not read the gaps: a byte in them may change at any moment, even if the machine stops in the
middle. Each part of the file is overwritten under the write lock and only while the write-ahead log is empty, so that nobody
else writes to the file. The commit that ends each part makes every other connection drop its cached pages.

It runs in a process of its own (`offload`), because closing a file drops the locks that SQLite holds on it in the same
process. Uses the standard library only. File format: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

#: bytes of the file that are overwritten under one lock; a part takes some ten milliseconds
PART = 8 * 1024 * 1024
#: bytes: the length of the file's header, and the place of SQLite's locks, whose page in a larger file holds no data
_FILE_HEADER, _PENDING_BYTE = 100, 0x40000000
#: the length of a page's header by the kind of b-tree page
_HEADERS = {2: 12, 5: 12, 10: 8, 13: 8}
#: bytes; a page that holds the rest of a long row begins with a page number, whose first byte could be taken for a kind of
#: b-tree page only in a larger file
_LARGEST = 32 * 1024**3
#: milliseconds to wait for readers or a writer, seconds for the whole part, and the pause between two attempts
_WAITS, _TRIES_FOR, _PAUSE = 100, 3.0, 0.02


def scrub(path: str) -> bool:
    """Overwrites the unused space of the SQLite file at `path`, and empties its write-ahead log.

    Returns whether everything was done: False when other readers or writers prevented it for seconds. Raises
    `sqlite3.DatabaseError` for a file whose format this module cannot read.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    # The file is closed after the connection, because closing it drops this process's locks on it.
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
    """Returns the size of a page, bytes. Raises `sqlite3.DatabaseError` for a file whose format this module cannot read."""
    file.seek(0)
    header = file.read(_FILE_HEADER)
    auto_vacuum, reserved = any(header[52:56]), header[20]
    if header[:16] != b"SQLite format 3\0" or auto_vacuum or reserved or file.seek(0, 2) > _LARGEST:
        raise sqlite3.DatabaseError("the unused space of this file cannot be overwritten")
    size = int.from_bytes(header[16:18], "big")
    return 65536 if size == 1 else size


def _one_part(connection: sqlite3.Connection, file: BinaryIO, path: Path, start: int, size: int) -> bool:
    """Overwrites the unused space of one part, from `start` on. Returns whether it could be done in time."""
    latest = time.monotonic() + _TRIES_FOR
    while time.monotonic() < latest:
        if _empty_log(connection) and _locked(connection):
            try:
                if _log_size(path) == 0:
                    overwrite(file, start, min(start + PART, path.stat().st_size), size)
                    # Any commit makes the other connections read their pages again; this number has no other use.
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
    """Writes zeros over the unused space of the pages between two places of the file. Returns how many bytes it wrote.

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
    """Yields the unused parts of one b-tree page as (first, last + 1); none for a page of another kind. Raises
    `sqlite3.DatabaseError` for a damaged page.

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
        # The first four bytes of a free part hold the place of the next one and its own length.
        yield free + 4, free + length
        free = following
