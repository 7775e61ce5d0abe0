"""The same rooms on PostgreSQL: every command there, two processes at once, and no odd letter finds a fault."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SECRET_KEY, application
from tests.contending import POSTS
from tests.databases import new_database
from tests.giving import Scenario
from tests.kept_room import KeptRoom, kept_room
from tests.live_client import assert_same_after
from tests.open_room import WITH_OPEN_VOTES, open_room
from tests.rich_room import RichRoom
from tests.scenarios import SCENARIOS
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Idea, JournalEntry, Workshop
from workshop.rules.chain import verify
from workshop.web import api

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptRoom]:
    with kept_room(tmp_path_factory.mktemp("postgresql"), "postgresql") as room:
        assert db.engine.dialect.name == "postgresql"
        yield room


@pytest.fixture
def rich(on_postgresql: KeptRoom) -> RichRoom:
    """The room as it was built."""
    on_postgresql.put_back()
    return on_postgresql.rich


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_old_state_and_changes_make_a_fresh_snapshot_on_postgresql(rich: RichRoom, name: str):
    assert_same_after(rich, name, SCENARIOS[name](rich))


@pytest.mark.parametrize(("name", "scenario"), WITH_OPEN_VOTES)
def test_the_same_on_postgresql_where_people_vote_by_name(rich: RichRoom, name: str, scenario: Scenario):
    assert_same_after(rich, name, scenario(open_room(rich)))


@pytest.mark.parametrize("name", ["post_idea", "cast_ballot", "edit_goal", "join"])
def test_the_journal_holds_on_postgresql(rich: RichRoom, name: str):
    actor, args = SCENARIOS[name](rich)
    perform(actor, name, args)
    rows = select(JournalEntry).where(JournalEntry.workshop_id == rich.room.id).order_by(JournalEntry.seq)
    assert verify(row.as_entry() | {"hash": row.hash} for row in db.session.scalars(rows)).holds


def test_two_processes_that_write_at_once_lose_nothing(rich: RichRoom, tmp_path: Path):
    """Posts of two processes into one workshop: each acknowledged one is there once, under a number of its own, and the
    journal holds."""
    rich.start("ideas")
    before = int(db.session.scalar(select(Workshop.clock).where(Workshop.id == rich.room.id)) or 0)
    url = urlsplit(str(db.engine.url.render_as_string(hide_password=False)))._replace(scheme="postgresql").geturl()
    people = [(str(one.token_id), str(one.participant_id)) for one in (rich.author, rich.other)]
    words = [sys.executable, "-m", "tests.contending", url, str(rich.room.id)]
    running = [
        subprocess.Popen([*words, *person, str(tmp_path / person[1])], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for person in people
    ]
    said = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    assert all(len(numbers) == POSTS for numbers in said)
    numbers = sorted(number for one in said for number in one)
    assert numbers == list(range(before + 1, before + 2 * POSTS + 1)), "every number was given once"
    db.session.rollback()
    texts = db.session.scalars(select(Idea.text).where(Idea.workshop_id == rich.room.id, Idea.text.like("Samtidig %"))).all()
    assert sorted(texts) == sorted(f"Samtidig {person} {n}" for _, person in people for n in range(POSTS))
    rows = select(JournalEntry).where(JournalEntry.workshop_id == rich.room.id).order_by(JournalEntry.seq)
    assert verify(row.as_entry() | {"hash": row.hash} for row in db.session.scalars(rows)).holds


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on a database that stays empty: whatever is asked there is refused."""
    with new_database("postgresql") as settings:
        app = application(tmp_path_factory.mktemp("letters"), **settings)
        with app.app_context():
            db.create_all()
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def on_postgres(empty: Flask) -> Iterator[Flask]:
    # The other tests of this file have an application of their own: this one is current during the test only.
    with empty.app_context():
        yield empty
        db.session.remove()


@pytest.mark.parametrize("letter", ["\x00", "\ud800", "²", "9" * 40])
def test_no_odd_letter_finds_a_fault_on_postgresql(on_postgres, letter: str, monkeypatch: pytest.MonkeyPatch):
    """SQLite takes a zero byte and PostgreSQL does not; neither takes half a character."""
    monkeypatch.setattr(api.rate_limits, "note_wrong_code", lambda address: None)
    monkeypatch.setattr(api.rate_limits, "check_password", lambda name, address: None)
    client = on_postgres.test_client()
    quoted = letter.encode("utf-8", "surrogatepass").hex("%")
    for path in ("/record/%", "/j/%", "/room/%", "/f/%", "/b/%", "/organiser/first/%", "/organiser/invited/%"):
        assert client.get(path + quoted).status_code in (200, 302, 303, 400, 404, 410, 422), path
    for path, body in (
        ("/api/join", {"code": letter}),
        ("/api/join", {"code": letter * 6, "group": letter, "name": letter}),
        ("/api/reenter", {"code": letter, "reentry_code": letter}),
        ("/api/login", {"name": letter, "password": letter}),
    ):
        answer = client.post(path, json=body)
        assert answer.status_code in (403, 404, 409, 422), (path, answer.get_json())
    for token in (letter, letter * 30):
        headers = {"Authorization": f"Bearer {token.encode('utf-8', 'replace').decode('latin-1')}"}
        assert client.get("/api/sync", headers=headers).status_code == 401
        assert client.get("/api/sync?workshop=" + quoted, headers=headers).status_code == 401
    assert SECRET_KEY and db.session.scalar(select(Workshop.id)) is None
