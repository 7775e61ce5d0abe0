"""The same room on PostgreSQL: old state and changes make a fresh snapshot, and no request finds a fault in the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import SECRET_KEY, application
from tests.rich_room import build
from tests.test_equivalence import SCENARIOS, Client, fresh
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.models import JournalEntry, Workshop
from workshop.rules.chain import verify
from workshop.rules.refusal import Refused
from workshop.web import api

#: those that write in different ways; every command is played on SQLite
PLAYED = [
    "record_hands", "remove_hands", "mark_seat", "take_on_seat",
    "join", "set_name", "set_ready", "post_idea", "edit_idea", "post_comment", "move_idea", "merge_ideas",
    "open_ballot", "cast_ballot", "close_ballot", "publish_ballot", "reveal_ideas", "hide_idea",
    "create_theme", "remove_theme", "propose_amendment", "accept_amendment", "edit_goal", "take_stance",
    "close_decision", "consent", "object", "make_commitment", "remove_step", "start_step", "edit_workshop",
    "add_group", "remove_group", "create_seat", "replace_link",
]  # fmt: skip


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str):
    app = application(tmp_path, DATABASE_URL=postgres_url)
    with app.app_context():
        assert db.engine.dialect.name == "postgresql"
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_one_room_through_commands_of_each_sort_on_postgresql(on_postgres):
    rich = build()
    clients = [Client(rich.room.id, audience) for audience in ("room", "facilitator")]
    for client in clients:
        client.catch_up()
    done, refused = [], []
    for name in PLAYED:
        try:
            actor, args = SCENARIOS[name](rich)
            perform(actor, name, args)
        except Refused as refusal:  # an earlier one has done or undone what it needs
            refused.append((name, refusal.code))
            continue
        done.append(name)
        for client in clients:
            client.catch_up()
            assert client.records == fresh(rich.room.id, client.audience), f"{client.audience} after {name}"
            kept = screens.snapshot(rich.room.id, client.audience)
            assert {record["id"]: record for record in kept["put"]} == client.records
    assert len(done) >= len(PLAYED) - 3, refused
    db.session.rollback()
    journal = db.session.scalars(
        select(JournalEntry).where(JournalEntry.workshop_id == rich.room.id).order_by(JournalEntry.seq)
    )
    assert verify(row.as_entry() | {"hash": row.hash} for row in journal).holds


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
