"""A lock that another program holds stops nobody but those who need it (docs/architecture.md, law 9)."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.live.lines import House, new_id, post
from tests.load.server import Server
from tests.services import copied_postgres

pytestmark = pytest.mark.on_disk

#: seconds the other program holds its lock
HELD = 3.0
#: what a read may take on a machine with other work, as a part of what it takes where the loop is frozen
QUICK = HELD * 2 / 3
HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


@pytest.fixture(scope="module", params=["eventlet", "gevent"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    with Server(settings={"ASYNC_ENGINE": request.param}) as server:
        yield House.open(server)


@pytest.fixture(scope="module", params=["eventlet", "gevent"])
def postgres_house(request: pytest.FixtureRequest, prepared_postgres: str) -> Iterator[House]:
    with (
        copied_postgres(prepared_postgres) as url,
        Server(settings={"ASYNC_ENGINE": request.param, "DATABASE_URL": url}, prepared=True) as server,
    ):
        yield House.open(server)


@pytest.fixture
def postgres_url(postgres_house: House) -> str:
    """The address of the database of `postgres_house`."""
    return postgres_house.server.environment["DATABASE_URL"]


@pytest.fixture
def file(house: House) -> Path:
    """The SQLite file of `house`."""
    return house.server.folder / "rundbord.sqlite"


@contextmanager
def sqlite_write_lock(file: Path, seconds: float) -> Iterator[None]:
    """A process of its own holds SQLite's write lock for so long."""
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(file), str(seconds)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        yield
    finally:
        holder.wait(30)
        holder.stdout.close()


@contextmanager
def row_lock(url: str, statement: str, *numbers: int) -> Iterator[psycopg.Connection]:
    """Another connection of PostgreSQL has locked the rows until the block ends."""
    with psycopg.connect(url) as other:
        other.execute(statement, numbers)
        yield other
        other.rollback()


def person_of(house: House, made: dict[str, Any]) -> dict[str, Any]:
    body = {"code": made["workshop"]["code"], "group": "citizens", "id": new_id()}
    return post(f"{house.server.url}/api/join", body)


def command(house: House, token: str, name: str = "post_idea", /, **args: Any) -> tuple[int, dict[str, Any], float]:
    """One command over HTTP: status, answer, seconds."""
    body = json.dumps({"id": new_id(), "name": name, "args": args or {"text": "Flere træer"}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{house.server.url}/api/commands", body, headers)
    return timed(lambda: urllib.request.urlopen(request, timeout=30))


def read(house: House, path: str, token: str | None = None) -> tuple[int, dict[str, Any], float]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(house.server.url + path, headers=headers)
    return timed(lambda: urllib.request.urlopen(request, timeout=30))


def timed(call: Callable[[], Any]) -> tuple[int, dict[str, Any], float]:
    before = time.monotonic()
    try:
        with call() as answer:
            status, content = answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        status, content = error.code, json.load(error)
    return status, content, time.monotonic() - before


def test_while_another_program_holds_sqlite_posts_wait_and_reads_are_answered(house: House, file: Path):
    made = house.workshop()
    people = [person_of(house, made) for _ in range(4)]
    *writers, reader = people
    with ThreadPoolExecutor(4) as threads:
        with sqlite_write_lock(file, HELD):
            posts = [threads.submit(command, house, person["token"]) for person in writers]
            time.sleep(0.3)
            reads = [read(house, "/api/sync?since=0", reader["token"]) for _ in range(10)]
            assert not any(task.done() for task in posts), "the lock was not held"
        answers = [task.result() for task in posts]
    assert [status for status, _, _ in reads] == [200] * 10
    assert max(seconds for *_, seconds in reads) < QUICK
    assert [status for status, _, _ in answers] == [200] * 3
    assert max(seconds for *_, seconds in answers) < HELD + QUICK
    assert len({answer["seq"] for _, answer, _ in answers}) == 3


def test_a_post_that_waits_too_long_is_answered_with_broken_and_counts_once_when_sent_again(house: House, file: Path):
    made = house.workshop()
    person = person_of(house, made)
    again = {"id": new_id(), "name": "post_idea", "args": {"text": "Kun én gang"}}
    with sqlite_write_lock(file, 6.5):
        with pytest.raises(urllib.error.HTTPError) as refused:
            post(f"{house.server.url}/api/commands", again, person["token"])
        with refused.value as answer:
            assert answer.code == 503 and answer.headers["Retry-After"] == "2"
            assert json.load(answer) == {"ok": False, "error": {"code": "broken", "locked": True, "retry_after": 2}}
    assert post(f"{house.server.url}/api/commands", again, person["token"])["ok"]
    assert post(f"{house.server.url}/api/commands", again, person["token"])["ok"]
    with sqlite3.connect(file) as look:
        ideas = "select count(*) from idea where text = 'Kun én gang' and workshop_id = ?"
        assert look.execute(ideas, (made["workshop"]["id"],)).fetchone() == (1,)
    look.close()


def test_a_held_workshop_of_postgresql_stops_nobody_else(postgres_house: House, postgres_url: str):
    house = postgres_house
    held, other = house.workshop(), house.workshop()
    waiting, free = person_of(house, held), person_of(house, other)
    lock = "SELECT 1 FROM workshop WHERE id = %s FOR UPDATE"
    with ThreadPoolExecutor(1) as threads:
        with row_lock(postgres_url, lock, held["workshop"]["id"]):
            post_there = threads.submit(command, house, waiting["token"])
            time.sleep(0.3)
            answers = [
                *(read(house, "/healthz") for _ in range(5)),
                *(command(house, free["token"]) for _ in range(5)),
                *(read(house, "/api/sync?since=0", waiting["token"]) for _ in range(5)),
            ]
            assert not post_there.done(), "the row was not held"
        status, answer, _ = post_there.result()
    assert [status for status, _, _ in answers] == [200] * 15
    assert max(seconds for *_, seconds in answers) < QUICK
    assert status == 200 and answer["ok"]


def test_a_held_row_inside_a_command_stops_nobody_else_either(postgres_house: House, postgres_url: str):
    """The workshop is free, but a row that the command changes is not: it is tried again as a whole."""
    house = postgres_house
    made = house.workshop()
    waiting, free = person_of(house, made), person_of(house, made)
    number = int(waiting["participant"]["id"].partition(":")[2])
    with ThreadPoolExecutor(1) as threads:
        with row_lock(postgres_url, "SELECT 1 FROM participant WHERE id = %s FOR UPDATE", number):
            rename = threads.submit(command, house, waiting["token"], "set_name", name="Anna")
            time.sleep(0.3)
            answers = [
                *(read(house, "/healthz") for _ in range(5)),
                *(command(house, free["token"]) for _ in range(5)),
            ]
            assert not rename.done(), "the row was not held"
        status, answer, _ = rename.result()
    assert [status for status, _, _ in answers] == [200] * 10
    assert max(seconds for *_, seconds in answers) < QUICK
    assert status == 200 and answer["ok"]
    with psycopg.connect(postgres_url) as look:
        assert look.execute("SELECT name FROM participant WHERE id = %s", (number,)).fetchone() == ("Anna",)
        journal = "SELECT count(*) FROM journal_entry WHERE name = 'set_name' AND workshop_id = %s"
        entries = look.execute(journal, (made["workshop"]["id"],)).fetchone()
    assert entries == (1,)


def test_a_row_held_for_too_long_ends_in_broken_and_nothing_is_done(postgres_house: House, postgres_url: str):
    house = postgres_house
    made = house.workshop()
    person = person_of(house, made)
    with row_lock(postgres_url, "SELECT 1 FROM workshop WHERE id = %s FOR UPDATE", made["workshop"]["id"]):
        status, answer, seconds = command(house, person["token"])
    assert (status, answer["error"]["code"], answer["error"]["locked"]) == (503, "broken", True)
    assert 4 < seconds < 5 + QUICK
    with psycopg.connect(postgres_url) as look:
        ideas = "SELECT count(*) FROM idea WHERE workshop_id = %s"
        assert look.execute(ideas, (made["workshop"]["id"],)).fetchone() == (0,)


def test_a_table_that_is_locked_while_somebody_is_erased_stops_nobody(postgres_house: House, postgres_url: str):
    """The vacuum waits for the table on a connection that lets others be served."""
    house = postgres_house
    made = house.workshop()
    leaving, free = person_of(house, made), person_of(house, made)
    command(house, leaving["token"])
    with ThreadPoolExecutor(1) as threads, row_lock(postgres_url, "LOCK TABLE idea IN SHARE UPDATE EXCLUSIVE MODE"):
        erasing = threads.submit(command, house, leaving["token"], "erase_me", keep_votes=False)
        answers = [read(house, "/api/sync?since=0", free["token"]) for _ in range(20)]
        status, answer, _ = erasing.result()
    assert [status for status, _, _ in answers] == [200] * 20
    assert max(seconds for *_, seconds in answers) < QUICK
    assert status == 200 and answer["ok"]
    assert "Traceback" not in house.server.log_end()
