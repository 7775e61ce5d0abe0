"""A copy of a database that is in use.

A copy holds no ballot paper of a vote that is open: two copies would show which paper came between them, and the journal who
voted between (docs/secrecy.md). The papers are taken out in memory, before anything of the copy is on a disk.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

_KINDS = ("ballot", "decision")
#: seconds a copy waits for somebody who has the whole file
_WAITS = 10.0


class BackupError(Exception):
    """The copy cannot be made or put back; the message says why and what to do."""


def copy(source: str, target: str, with_open_votes: bool = False) -> int:
    """Write a consistent copy of the database at `source` to `target`, complete and on the disk before it has that name.

    Returns how many votes were open; their papers are in the copy only `with_open_votes`. Raises `BackupError`.
    """
    if not Path(source).is_file():
        raise BackupError(f"There is no database at {source}.")
    try:
        with (
            closing(sqlite3.connect(f"file:{_quoted(source)}?mode=rw", uri=True, timeout=_WAITS)) as database,
            closing(sqlite3.connect(":memory:", isolation_level=None)) as held,
        ):
            database.backup(held)
            votes = _open_votes(held)
            if votes and not with_open_votes:
                _take_out(held, votes)
            _write(held, Path(target))
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"The copy could not be made: {error}.") from error
    return len(votes)


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _open_votes(database: sqlite3.Connection) -> list[str]:
    """Returns the votes whose papers a copy must not hold. What those decide who hold a follow-up card is left out: the journal
    knows all cards by one name, so a paper that came between two copies is nobody's, and none is lost with a disk."""
    found = []
    for kind in _KINDS:
        of_cards = " AND electorate != 'cards'" if _has(database, kind, "electorate") else ""
        found += [f"{kind}:{row[0]}" for row in database.execute(f"SELECT id FROM {kind} WHERE state = 'open'{of_cards}")]
    return found


def _take_out(database: sqlite3.Connection, votes: list[str]) -> None:
    """Empty the box of every open vote, as if nobody had voted in it secretly. Votes by name stay: they name their voter."""
    secret = ""
    if _has(database, "named_paper", "subject"):
        secret = (
            " AND NOT EXISTS (SELECT 1 FROM named_paper WHERE named_paper.subject = participation.subject"
            " AND named_paper.participant_id = participation.participant_id)"
        )
    database.execute("BEGIN")
    for vote in votes:
        database.execute("DELETE FROM paper WHERE subject = ?", (vote,))
        database.execute(f"UPDATE participation SET voted = 0 WHERE subject = ?{secret}", (vote,))
        if _has(database, "participation", "by_helper"):
            database.execute("UPDATE participation SET by_helper = 0 WHERE subject = ? AND NOT voted", (vote,))
    # A phone that sends a vote once more must not be told that it is in.
    database.execute("DELETE FROM answer WHERE name IN ('cast_ballot', 'take_stance')")
    database.execute("COMMIT")
    database.execute("VACUUM")


def _has(database: sqlite3.Connection, table: str, column: str) -> bool:
    """Whether the schema has the column: a copy is also made before an update."""
    return column in {row[1] for row in database.execute(f"PRAGMA table_info({table})")}


def _write(database: sqlite3.Connection, target: Path) -> None:
    """Write beside the target, bring it to the disk, and only then give it its name: nobody meets half a copy."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(part, isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode=OFF")
            database.backup(file)
        to_the_disk(part)
        os.replace(part, target)
        to_the_disk(target.parent)
    finally:
        part.unlink(missing_ok=True)


def to_the_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":  # Windows has no such thing for folders
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
