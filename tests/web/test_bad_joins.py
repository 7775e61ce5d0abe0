"""Who may not come in, and a code as people have it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kept_room import KeptRoom
from tests.web.commanding import ask
from tests.web.conftest import Page

JOINS: list[tuple[str, dict[str, Any], int, str, str | None]] = [
    ("unknown code", {"code": "QQQQQQ"}, 404, "unknown_code", "code"),
    ("a code too short", {"code": "Q"}, 404, "unknown_code", "code"),
    ("an emoji as code", {"code": "🌱🌱🌱🌱🌱🌱"}, 404, "unknown_code", "code"),
    ("SQL as code", {"code": "' OR 1=1 --"}, 404, "unknown_code", "code"),
    ("half a character as code", {"code": "\ud800ABCDE"}, 422, "malformed", "code"),
    ("no code", {}, 422, "malformed", "code"),
    ("a number as code", {"code": 123456}, 422, "malformed", "code"),
    ("a role", {"code": "@", "role": "facilitator"}, 422, "malformed", "role"),
    ("no group", {"code": "@"}, 409, "group_required", "group"),
    ("a group that is not here", {"code": "@", "group": "kings"}, 404, "not_found", "group"),
    ("half a character as group", {"code": "@", "group": "\ud800"}, 422, "malformed", "group"),
    ("a zero byte as group", {"code": "@", "group": "\x00"}, 422, "malformed", "group"),
    ("a list as group", {"code": "@", "group": ["citizens"]}, 422, "malformed", "group"),
    ("a name too long", {"code": "@", "group": "citizens", "name": "x" * 61}, 409, "too_long", "name"),
    ("a short id", {"code": "@", "group": "citizens", "id": "1"}, 422, "malformed", "id"),
]


@pytest.mark.parametrize(("content", "status", "code", "field"), [row[1:] for row in JOINS], ids=[row[0] for row in JOINS])
def test_a_bad_join_lets_nobody_in(kept: KeptRoom, content: dict[str, Any], status: int, code: str, field: str | None):
    before = kept.rows()
    sent = {key: kept.rich.room.code if value == "@" else value for key, value in content.items()}
    answer = kept.app.test_client().post("/api/join", json=sent)
    assert answer.status_code == status and answer.get_json()["error"]["code"] == code, answer.get_json()
    assert answer.get_json()["error"].get("field") == field
    assert kept.rows() == before


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA", "x", "🌱", "\ud800", "\x00" * 10, "I" * 500])
def test_a_wrong_reentry_code_lets_nobody_in(kept: KeptRoom, code: str):
    before = kept.rows()
    answer = kept.app.test_client().post("/api/reenter", json={"code": kept.rich.room.code, "reentry_code": code})
    assert answer.get_json()["error"]["code"] in ("unknown_code", "malformed") and answer.status_code in (404, 422)
    assert kept.rows() == before


def test_a_code_as_people_have_it_leads_in_by_every_door(kept: KeptRoom):
    code, client = kept.rich.room.code, kept.app.test_client()
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    personal = None
    address = f"https://rundbord.dk/j/{code}/"
    for typed in (f"Kode: {code[:3]} {code[3:]}.", f"”{code.lower()}”", address, wide, f"{code[:3]}–{code[3:]}"):
        front = client.post("/", data={"code": typed})
        assert front.status_code == 302 and front.headers["Location"] == f"/j/{code}", typed
        joined = client.post("/api/join", json={"code": typed, "group": "citizens"})
        assert joined.status_code == 201, (typed, joined.get_json())
        personal = joined.get_json()["reentry_code"]
    for path in (f"/j/{code}/", f"/j/{code}.", f"/j/{code.lower()}", f"/j/{code}/card/", f"/j/{code[:3]}-{code[3:]}"):
        assert kept.app.test_client().get(path).status_code == 200, path
    for own in (f"Kode: {personal}", f"”{personal.lower()}”.", f"https://rundbord.dk/j/{code}/card#{personal}"):
        back = kept.app.test_client().post("/api/reenter", json={"code": f"{code}.", "reentry_code": own})
        assert back.status_code == 200 and back.get_json()["reentry_code"] == personal, own
        phone = kept.app.test_client()
        key = Page(phone.get(f"/j/{code}/").get_data(as_text=True)).values["key"]
        assert phone.post(f"/j/{code}/", data={"reentry_code": own, "key": key}).status_code == 303, own


def test_a_draft_and_a_closed_workshop_take_nobody_in_and_no_words(kept: KeptRoom):
    do, chair = kept.rich.do, kept.rich.chair
    do(chair, "close_ballot", ballot=kept.rich.ids["ballot"])
    do(chair, "close_decision", decision=kept.rich.ids["decision"])
    do(chair, "close_workshop")
    before = kept.rows()
    join = {"code": kept.rich.room.code, "group": "citizens"}
    answer = kept.app.test_client().post("/api/join", json=join)
    assert answer.status_code == 409 and answer.get_json()["error"]["code"] == "closed"
    for name, args in (
        ("post_idea", {"text": "For sent"}),
        ("cast_ballot", {"ballot": kept.rich.ids["ballot"], "choices": {}}),
        ("consent", {"on": f"workshop:{kept.id}"}),
        ("make_commitment", {"on": kept.rich.ids["agreement"], "standing": "behind"}),
    ):
        assert ask(kept, "http", "author", name, **args)["error"]["code"] == "closed", name
    assert kept.rows() == before
    client = kept.app.test_client()
    read = client.get("/api/sync", headers={"Authorization": f"Bearer {kept.tokens['author']}"})
    assert read.status_code == 200, "who is in may still read"
