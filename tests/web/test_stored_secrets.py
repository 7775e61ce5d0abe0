"""A copy of the database, without the server's key, lets nobody in: every string in it is sent to every way in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask

from tests.web import every_token
from tests.web.conftest import PASSWORD, Page, client_of
from tests.web.every_token import Entrances
from workshop import rate_limits
from workshop.commands.people import accounts
from workshop.extensions import db, socketio
from workshop.models import Participant

SEED = "0123456789abcdef0123456789abcdef"
CARD = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def entrances(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Entrances:
    """Somebody has come in by every way."""
    for name in ("note_wrong_code", "check", "check_password", "note_wrong_password"):
        monkeypatch.setattr(rate_limits, name, lambda *given: None)
    accounts.create_organiser("Mette", PASSWORD)
    accounts.log_in("Mette", PASSWORD)
    made = every_token.make()
    phone = client_of(app)
    key = Page(phone.get(f"/j/{made.room.code}").get_data(as_text=True)).values["key"]
    assert phone.post(f"/j/{made.room.code}", data={"group": "citizens", "key": key, "name": "Karen"}).status_code == 303
    for seed in (SEED, CARD):
        call = {"code": made.room.code, "group": "citizens", "id": seed}
        joined = client_of(app).post("/api/join", json=call).get_json()
    back = {"code": made.room.code, "reentry_code": joined["reentry_code"]}
    assert client_of(app).post("/api/reenter", json=back).status_code == 200
    assert client_of(app).post(f"/f/{made.tokens['facilitator link']}").status_code == 303
    return made


def stored() -> set[str]:
    """Every text and every blob of the file, the strings inside JSON too; blobs as letters and as hex."""
    db.session.rollback()
    found: set[str] = set()
    with sqlite3.connect(str(db.engine.url.database)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in file.execute(f'SELECT * FROM "{table}"'):
                for cell in row:
                    found.update(_strings(cell))
    return {text for text in found if text and "\x00" not in text}


def _strings(cell: Any) -> Iterator[str]:
    if isinstance(cell, bytes):
        yield from (cell.hex(), cell.decode("latin-1"))
    elif isinstance(cell, dict):
        for key, value in cell.items():
            yield from (key, *_strings(value))
    elif isinstance(cell, list):
        for value in cell:
            yield from _strings(value)
    elif isinstance(cell, str):
        yield cell
        if cell[:1] in "[{":
            with suppress(ValueError):
                yield from _strings(json.loads(cell))


def test_no_stored_string_opens_any_way_in(app: Flask, entrances: Entrances):
    room, strings = entrances.room, stored()
    assert SEED not in strings and CARD not in strings
    assert {"Mette", room.code, "Karen"} < strings and len(strings) > 150, "the file was read"
    members = {number for (number,) in db.session.query(Participant.id)}
    opened: list[tuple[str, str]] = []
    for text in sorted(strings):
        for way, let_in in ways(app, entrances, members, text):
            if let_in:
                opened.append((way, text))
    assert opened == []


def ways(app: Flask, entrances: Entrances, members: set[int], text: str) -> Iterator[tuple[str, bool]]:
    """Every way in, tried with one text, and whether it let in as somebody who was there before."""
    room, client = entrances.room, client_of(app)
    ascii_text = text if text.isascii() and text.isprintable() else None
    call = {"code": room.code, "group": "citizens", "id": text}
    yield "join", _is_member(client.post("/api/join", json=call).get_json(), members)
    back = client.post("/api/reenter", json={"code": room.code, "reentry_code": text})
    yield "reenter", back.status_code == 200
    login = client.post("/api/login", json={"name": "Mette", "password": text})
    yield "login", login.status_code == 200
    yield "socket", socketio.test_client(app, auth={"token": text}).is_connected()
    if ascii_text is None:
        return
    for short in "fbh":
        yield "link", client_of(app).post(f"/{short}/{_quoted(text)}").status_code == 303
    for way in ("first", "invited"):
        yield way, client_of(app).get(f"/organiser/{way}/{_quoted(text)}").status_code == 200
    yield "bearer", client_of(app).get("/api/sync", headers={"Authorization": f"Bearer {text}"}).status_code == 200
    browser = client_of(app)
    for cookie in entrances.cookies.values():
        browser.set_cookie(cookie, text)
    at = f"/workshops/{room.id}"
    for path in (f"{at}/console", f"{at}/board", f"{at}/helper", f"/room/{room.code}", "/organiser"):
        yield path, browser.get(path).status_code == 200
    form = browser.post(f"/j/{room.code}", data={"group": "citizens", "key": text, "id": text})
    yield "form", form.status_code == 303


def _quoted(text: str) -> str:
    return text.replace("%", "%25").replace("/", "%2F").replace("?", "%3F").replace("#", "%23")


def _is_member(answer: dict[str, Any], members: set[int]) -> bool:
    """Whether a join let in as one of those who were there: a new person is nobody's secret."""
    return bool(answer["ok"]) and int(answer["participant"]["id"].partition(":")[2]) in members
