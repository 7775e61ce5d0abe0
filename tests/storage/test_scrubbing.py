"""Overwriting the unused space of a SQLite file while it is in use (workshop/scrubbing.py)."""

from __future__ import annotations

import random
import sqlite3
import string
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop import offload, scrubbing

pytestmark = pytest.mark.on_disk

PRAGMAS = ("journal_mode=WAL", "secure_delete=ON", "foreign_keys=ON", "synchronous=OFF")


def opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A file in which rows have grown and moved from page to page, indexed, without row numbers and longer than a page."""
    file = tmp_path / "notes.sqlite"
    with closing(opened(file)) as connection:
        fill(connection, random.Random(7), 600)
        yield file


def fill(connection: sqlite3.Connection, chance: random.Random, rows: int) -> list[str]:
    connection.execute("create table note (id integer primary key, text text)")
    connection.execute("create table keyed (key text primary key, text text) without rowid")
    connection.execute("create index by_text on note (text)")
    marks = []
    for number in range(rows):
        mark = f"spor{number:05}" + "".join(chance.choices(string.ascii_letters, k=12))
        marks.append(mark)
        longer = mark + "x" * chance.choice((0, 40, 280, 9000))
        connection.execute("insert into note (text) values (?)", (longer,))
        connection.execute("insert into keyed values (?, ?)", (f"{chance.random()}", longer))
        if number % 3 == 0:
            other = chance.randrange(len(marks))
            connection.execute("update note set text = ? where id = ?", (marks[other] + "x" * 280, other + 1))
    return marks


def rows_of(path: Path) -> list[list[tuple]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return [connection.execute(f"select * from {table} order by 1").fetchall() for table in ("note", "keyed")]


def on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_what_moved_between_pages_is_gone_and_every_row_is_as_before(path: Path):
    with closing(opened(path)) as connection:
        connection.execute("update note set text = '[fjernet]'")
        connection.execute("update keyed set text = '[fjernet]'")
        before = rows_of(path)
        assert b"spor0" in on_disk(path)
        assert scrubbing.scrub(str(path)) is True
        assert b"spor0" not in on_disk(path)
        assert rows_of(path) == before


def test_a_connection_that_read_before_cannot_bring_the_old_copies_back(path: Path):
    with closing(opened(path)) as other:
        other.execute("update note set text = '[fjernet]'")
        other.execute("update keyed set text = '[fjernet]'")
        other.execute("select max(text) from note").fetchone()
        other.execute("select max(text) from keyed").fetchone()
        assert offload.run("workshop.scrubbing:scrub", str(path)) is True
        other.execute("update note set text = text || '!'")
        other.execute("update keyed set text = text || '!'")
        assert b"spor0" not in on_disk(path)


def test_while_somebody_reads_an_old_state_nothing_is_done_and_nobody_is_stopped(path: Path, monkeypatch):
    monkeypatch.setattr(scrubbing, "_TRIES_FOR", 0.3)
    with closing(opened(path)) as reader, closing(opened(path)) as writer:
        reader.execute("begin")
        reader.execute("select count(*) from note").fetchone()
        writer.execute("update note set text = '[fjernet]'")
        assert scrubbing.scrub(str(path)) is False
        writer.execute("insert into note (text) values ('efter')")
        reader.execute("commit")
        assert scrubbing.scrub(str(path)) is True
        assert rows_of(path)[0][-1] == (601, "efter")


def test_writers_and_readers_go_on_while_it_runs_again_and_again(path: Path, monkeypatch):
    """No row is lost or wrong, whatever is written between the parts of the file."""
    monkeypatch.setattr(scrubbing, "PART", 64 * 1024)
    over = threading.Event()
    written: list[str] = []

    def write() -> None:
        chance = random.Random(3)
        with closing(opened(path)) as connection:
            connection.execute("pragma busy_timeout=5000")
            while not over.is_set():
                text = f"ny{len(written):06}" + "y" * chance.choice((0, 300, 5000))
                connection.execute("insert into note (text) values (?)", (text,))
                written.append(text)
                connection.execute("delete from keyed where key in (select key from keyed limit 1)")
                time.sleep(0.001)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        results = [offload.run("workshop.scrubbing:scrub", str(path)) for _ in range(4)]
    finally:
        over.set()
        thread.join()
    assert any(results) and len(written) > 5
    notes = rows_of(path)[0]
    assert [text for _, text in notes[600:]] == written


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), rows=st.integers(0, 120), page=st.sampled_from((512, 1024, 4096, 65536)))
def test_any_file_keeps_its_rows(tmp_path_factory: pytest.TempPathFactory, seed: int, rows: int, page: int):
    file = tmp_path_factory.mktemp("any") / "any.sqlite"
    chance = random.Random(seed)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"pragma page_size={page}")
        connection.execute("pragma journal_mode=WAL")
        connection.execute("pragma secure_delete=ON")
        fill(connection, chance, rows)
        connection.execute("delete from note where id % 3 = ?", (chance.randrange(3),))
        connection.execute("update keyed set text = substr(text, 1, 4)")
        before = rows_of(file)
        assert scrubbing.scrub(str(file)) is True
        assert rows_of(file) == before
        content = file.read_bytes()
        for place in range(0, len(content), page):
            begin = 100 if place == 0 else 0
            for first, last in scrubbing.unused(content[place : place + page], begin):
                assert not any(content[place + first : place + last])


def test_a_file_of_another_kind_is_refused(tmp_path: Path):
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma auto_vacuum=FULL")
        connection.execute("create table note (text)")
    with pytest.raises(sqlite3.DatabaseError):
        scrubbing.scrub(str(file))
