"""The pages and calls of a follow-up card: in by its code, answered without a script, changed by nothing but a POST."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.commands.follow_up.card_room import CardRoom
from tests.web.conftest import Page, client_of
from workshop import rate_limits
from workshop.extensions import db
from workshop.models import Token, VerdictPaper
from workshop.rules import codes


@pytest.fixture
def room(app: Flask) -> CardRoom:
    return CardRoom({"citizens": 6, "politicians": 6})


def enter(client: FlaskClient, code: str):
    page = Page(client.get("/k").get_data(as_text=True))
    return client.post("/k", data={"code": code, "key": page.values["key"]})


def test_the_call_lets_in_and_says_where(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    answer = client_of(app).post("/api/card", json={"code": code})
    told = answer.get_json()
    assert answer.status_code == 200 and set(told) == {"ok", "token", "workshop"}
    assert told["workshop"] == {"id": room.id, "title": "Skolemad", "language": "da"}
    look_back = room.look_back()
    head = {"Authorization": f"Bearer {told['token']}"}
    seen = client_of(app).get("/api/follow_up", headers=head).get_json()
    assert seen["mine"]["verdicts"] == {look_back: {}}
    command = {"look_back": look_back, "on": room.agreement, "verdict": "kept"}
    sent = {"id": "0" * 32, "name": "judge", "args": command}
    assert client_of(app).post("/api/commands", json=sent, headers=head).get_json()["ok"]
    assert db.session.query(VerdictPaper).count() == 1
    for path in ("/api/sync", "/api/me/data", "/api/me/trail", "/api/versions?on=" + room.goal):
        assert client_of(app).get(path, headers=head).status_code == 403, path


def test_a_card_lets_in_whatever_the_last_day_is_and_its_cookie_lasts_as_long_as_browsers_keep_one(app: Flask):
    room = CardRoom(agreement={"review_date": "9999-12-31"})
    code = room.take(room.everybody[0])
    for answer in (client_of(app).post("/api/card", json={"code": code}), enter(client_of(app), code)):
        assert answer.status_code in (200, 302, 303)
        assert f"Max-Age={400 * 24 * 60 * 60};" in answer.headers["Set-Cookie"]


def test_wrong_codes_are_counted_as_join_codes_are_and_a_right_one_is_always_let_in(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    client = client_of(app)
    for number in range(rate_limits.WRONG_CODES + 2):
        wrong = codes.reentry_code(number.to_bytes(16, "big"))
        answer = client.post("/api/card", json={"code": wrong})
        assert answer.status_code == (404 if number < rate_limits.WRONG_CODES else 429)
    assert client.post("/k/paper", data={"code": "AAAAA-AAAAA"}).status_code == 429
    assert client.get("/j/CDFGHJ").status_code == 429
    assert client.post("/api/card", json={"code": code}).status_code == 200


@pytest.mark.parametrize("given", [{}, {"code": 7}, {"code": "x", "more": 1}, {"code": None}])
def test_a_call_without_a_code_is_refused(app: Flask, room: CardRoom, given: dict):
    for path in ("/api/card", "/api/card/paper"):
        assert client_of(app).post(path, json=given).status_code == 422


def test_the_address_of_a_card_has_the_code_behind_the_hash(app: Flask, room: CardRoom):
    answer = client_of(app).post("/api/card/paper", json={"code": "abcde12345"}).get_json()
    assert answer["url"].endswith("/k#ABCDE-12345") and len(answer["qr"]) > 20


def test_a_card_answers_item_by_item_without_a_script(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    look_back = room.look_back([room.agreement, room.goal], question="Kom I videre?")
    client = client_of(app)
    arrived = enter(client, code.lower())
    assert arrived.status_code == 303 and arrived.headers["Location"] == f"/k/{room.id}"
    home = client.get(f"/k/{room.id}").get_data(as_text=True)
    assert "Kom I videre?" in home and "Du har svaret på 0 af 2." in home and "Bedre mad" in home
    number = look_back.partition(":")[2]
    first = f"/k/{room.id}/{number}/1"
    page = Page(client.get(first).get_data(as_text=True))
    sent = {"key": page.values["key"], "verdict": "partly", "words": "Vi så to hegn"}
    on = client.post(first, data=sent)
    assert on.headers["Location"] == f"/k/{room.id}/{number}/2"
    last = client.post(f"/k/{room.id}/{number}/2", data={**sent, "verdict": "kept", "words": ""})
    assert last.headers["Location"] == f"/k/{room.id}?thanks=1"
    home = client.get(last.headers["Location"]).get_data(as_text=True)
    assert "Tak. Dine svar er gemt." in home and "Dit svar: Delvist" in home and "Dit svar: Ja, holdt" in home
    again = client.get(first).get_data(as_text=True)
    assert 'value="partly" required checked' in again and "Vi så to hegn" in again


def test_an_answer_that_is_missing_or_too_long_keeps_what_was_typed(app: Flask, room: CardRoom):
    look_back = room.take(room.everybody[0]) and room.look_back()
    code = room.take(room.everybody[1])
    client = client_of(app)
    enter(client, code)
    path = f"/k/{room.id}/{look_back.partition(':')[2]}/1"
    key = Page(client.get(path).get_data(as_text=True)).values["key"]
    missing = client.post(path, data={"key": key, "words": "Vi så to hegn"})
    assert missing.status_code == 409 and "Vi så to hegn" in missing.get_data(as_text=True)
    long = client.post(path, data={"key": key, "verdict": "kept", "words": "x" * 401})
    assert long.status_code == 409 and "x" * 401 in long.get_data(as_text=True)
    strange = client.post(path, data={"key": "0" * 48, "verdict": "kept"})
    assert strange.status_code == 409
    assert db.session.query(VerdictPaper).count() == 0


def test_a_get_changes_nothing_and_a_page_of_another_site_neither(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    look_back = room.look_back()
    client = client_of(app)
    enter(client, code)
    before = db.session.query(Token).count()
    for path in ("/k", f"/k/{room.id}", f"/k/{room.id}/{look_back.partition(':')[2]}/1", f"/k?code={code}"):
        assert client.get(path).status_code == 200
    other = {"Origin": "https://other.example", "Sec-Fetch-Site": "cross-site"}
    for path in ("/k", "/k/paper", f"/k/{room.id}/leave", "/api/card"):
        assert client.post(path, data={"code": code}, headers=other).status_code == 403
    assert client.post("/k", data={"code": code}).status_code == 409, "without the form's key"
    assert db.session.query(Token).count() == before and db.session.query(VerdictPaper).count() == 0


def test_a_browser_forgets_a_card_and_the_card_stays_valid(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    client = client_of(app)
    enter(client, code)
    assert "Skolemad" in client.get("/k").get_data(as_text=True)
    assert client.post(f"/k/{room.id}/leave").status_code == 303
    assert client.get(f"/k/{room.id}").headers["Location"] == "/k"
    assert enter(client, code).status_code == 303


def test_a_card_whose_time_is_over_is_told_when_that_was(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    client = client_of(app)
    enter(client, code)
    with room.after(700):
        assert client_of(app).post("/api/card", json={"code": code}).status_code == 401
        assert "Kortet gjaldt til og med" in enter(client_of(app), code).get_data(as_text=True)
        assert client.get(f"/k/{room.id}").status_code == 401


def test_a_card_opens_no_other_workshop_and_no_closed_look_back(app: Flask, room: CardRoom):
    there = CardRoom({"citizens": 5, "politicians": 5}, title="Et andet sted")
    client = client_of(app)
    enter(client, room.take(room.everybody[0]))
    there.take(there.everybody[0])
    look_back = there.look_back()
    number = look_back.partition(":")[2]
    assert client.get(f"/k/{there.id}").headers["Location"] == "/k"
    assert client.get(f"/k/{room.id}/{number}/1").headers["Location"] == f"/k/{room.id}"
    here = room.look_back()
    path = f"/k/{room.id}/{here.partition(':')[2]}/1"
    key = Page(client.get(path).get_data(as_text=True)).values["key"]
    room.close(here)
    assert client.post(path, data={"key": key, "verdict": "kept"}).headers["Location"] == f"/k/{room.id}"
    assert "ikke noget at svare på" in client.get(f"/k/{room.id}").get_data(as_text=True)


def test_a_look_back_whose_last_day_has_passed_is_not_asked_before_the_clock_has_closed_it(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    number = room.look_back(ahead=3).partition(":")[2]
    client = client_of(app)
    enter(client, code)
    with room.after(3):
        assert "Svar nu" in client.get(f"/k/{room.id}").get_data(as_text=True)
    with room.after(4):
        assert "ikke noget at svare på" in client.get(f"/k/{room.id}").get_data(as_text=True)
        assert client.get(f"/k/{room.id}/{number}/1").headers["Location"] == f"/k/{room.id}"


def test_a_card_is_printed_with_its_group_and_its_last_day(app: Flask, room: CardRoom):
    code = room.take(room.people["politicians"][0])
    page = client_of(app).post("/k/paper", data={"code": code}).get_data(as_text=True)
    assert code in page and "Skolemad" in page and "Kortet gælder til og med" in page and "<svg" in page


def test_the_pages_are_english_too(app: Flask, room: CardRoom):
    code = room.take(room.everybody[0])
    room.look_back()
    client = client_of(app)
    enter(client, code)
    for path, words in (("/k", "Answer with your card"), (f"/k/{room.id}", "Was it kept?")):
        assert words in client.get(f"{path}?lang=en").get_data(as_text=True)
