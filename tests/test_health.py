"""`/healthz` tries a real write: a full, read-only, locked, moved or silent database is told in words."""

from __future__ import annotations

import json
import os
import resource
import secrets
import sqlite3
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, event, select

from tests.conftest import application
from tests.databases import Original
from tests.load.server import Server
from tests.services import free_port
from workshop import database_faults
from workshop.extensions import db
from workshop.health import Health
from workshop.models import ServerMark


def ask(server: Server) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
def test_a_real_server_tells_a_full_disk_a_lock_and_a_lost_file_and_is_well_again(engine: str):
    with Server(settings={"ASYNC_ENGINE": engine, "LANGUAGE": "en"}) as server:
        assert ask(server)[0] == 200
        # No file of this process may grow any more: what a full disk is to it.
        server.process.rlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        time.sleep(1.1)
        status, said = ask(server)
        assert (status, said["ok"], said["database"], said["reason"]) == (503, False, False, "full")
        assert said["words"].startswith("The disk with the database is full.")
        server.process.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        time.sleep(1.1)
        assert ask(server)[0] == 200
        file = server.folder / "rundbord.sqlite"
        with sqlite3.connect(file, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(1.1)
            began = time.monotonic()
            assert ask(server)[1]["reason"] == "locked"
            assert time.monotonic() - began < 2
            other.execute("ROLLBACK")
        time.sleep(1.1)
        assert ask(server)[0] == 200
        file.rename(server.folder / "elsewhere")
        time.sleep(1.1)
        assert ask(server)[1]["reason"] == "moved"
        (server.folder / "elsewhere").rename(file)
        time.sleep(1.1)
        assert ask(server)[0] == 200


@pytest.fixture
def upgraded(upgraded_original: Callable[[str], Original], tmp_path: Path) -> Iterator[Any]:
    with upgraded_original("sqlite").copy(tmp_path):
        made = application(tmp_path)
        with made.app_context():
            yield made
            db.session.remove()
            db.engine.dispose()


def test_the_row_is_written_at_most_once_a_second(upgraded, monkeypatch):
    written: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_rest) -> None:
        if "server_mark" in statement:
            written.append(statement)

    client = upgraded.test_client()
    answers = [client.get("/healthz") for _ in range(20)]
    assert {answer.status_code for answer in answers} == {200} and answers[0].json["database"] is True
    assert len(written) == 1 and written[0].startswith("INSERT INTO server_mark")
    moment = time.monotonic() + 1.5
    monkeypatch.setattr("workshop.health.time.monotonic", lambda: moment)
    client.get("/healthz")
    assert len(written) == 2
    marks = db.session.scalars(select(ServerMark.name)).all()
    assert marks == ["health"]


def test_a_table_that_is_not_there_is_a_fault_too(app):
    db.session.remove()
    ServerMark.__table__.drop(db.engine)
    assert app.test_client().get("/healthz").status_code == 503


@contextmanager
def nobody_of_importance() -> Iterator[None]:
    """Root may write to every file, so a test that runs as root acts as another user meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_only_be_read_is_told(upgraded_original: Callable[[str], Original]):
    with tempfile.TemporaryDirectory() as name, upgraded_original("sqlite").copy(folder := Path(name)):
        folder.chmod(0o755)
        file = folder / "rundbord.sqlite"
        made = application(folder)
        with made.app_context(), db.engine.connect() as kept:
            kept.exec_driver_sql("SELECT 1")
            for part in folder.iterdir():
                part.chmod(0o444)
            engine = create_engine(f"sqlite:///{file}")
            with nobody_of_importance():
                found = Health().fault(engine)
                engine.dispose()
            assert found == "read_only"
            kept.close()
            db.engine.dispose()


def test_a_sqlite_file_that_may_not_grow_is_full(upgraded):
    @event.listens_for(db.engine, "connect")
    def limit(connection, _record) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    db.engine.dispose()
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        with pytest.raises(sqlite3.OperationalError) as caught:
            raw.execute("CREATE TABLE more (text)")
            for _ in range(1000):
                raw.execute("INSERT INTO more VALUES (?)", (secrets.token_hex(2000),))
    assert database_faults.reason(caught.value) == "full"


@pytest.fixture
def postgres_url(upgraded_original: Callable[[str], Original], tmp_path: Path) -> Iterator[str]:
    with upgraded_original("postgresql").copy(tmp_path) as settings:
        yield settings["DATABASE_URL"]


def test_postgresql_that_is_away_locked_or_read_only_is_told(postgres_url: str, tmp_path: Path):
    made = application(tmp_path, DATABASE_URL=postgres_url)
    with made.app_context():
        assert Health().fault(db.engine) is None
        with psycopg.connect(postgres_url) as other:
            other.execute("SELECT * FROM server_mark FOR UPDATE")
            began = time.monotonic()
            assert Health().fault(db.engine) == "locked"
            assert time.monotonic() - began < 2
        assert Health().fault(db.engine) is None
        name = postgres_url.rpartition("/")[2]
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        db.engine.dispose()
        assert Health().fault(db.engine) == "read_only"
        db.session.remove()
        db.engine.dispose()
    away = create_engine(f"postgresql+psycopg://postgres@127.0.0.1:{free_port()}/x")
    assert Health().fault(away) == "unreachable"
    nowhere = create_engine(
        "postgresql+psycopg" + postgres_url.removeprefix("postgresql").rpartition("/")[0] + "/is_not_there"
    )
    assert Health().fault(nowhere) == "refused"


def test_every_reason_has_its_words():
    from workshop.catalogue import has

    assert [name for name in database_faults.REASONS if not has(f"database.{name}")] == []
