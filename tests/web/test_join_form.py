"""The join form: of this site and this browser, once, for one person."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.commands.voting import Room
from tests.web import every_token, looked_at
from tests.web.conftest import Page, client_of
from workshop import identity
from workshop.commands.people.joining import join_secrets
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import PARTICIPANT
from workshop.models import Answer, Participant, Token

SEED = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 1, "politicians": 1}, title="Skolemad")


def key_of(client: FlaskClient, room: Room) -> str:
    return Page(client.get(f"/j/{room.code}").get_data(as_text=True)).values["key"]


def send(client: FlaskClient, room: Room, key: str | None = None, headers: dict[str, str] | None = None, **typed: str):
    data = {"group": "citizens", "key": key or key_of(client, room), **typed}
    return client.post(f"/j/{room.code}", data=data, headers=headers)


def who(client: FlaskClient, room: Room) -> int | None:
    """The number of the person whose phone this is."""
    held = client.get_cookie(cookie_name(PARTICIPANT, room.id))
    return identity.find(held.value).participant_id if held else None


def people(room: Room) -> int:
    db.session.rollback()
    return db.session.query(Participant).filter_by(workshop_id=room.id).count()


# --- once for one person ------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_brings_one_person_in(app: Flask, room: Room):
    client = client_of(app)
    key = key_of(client, room)
    assert send(client, room, key, name="Karen").status_code == 303
    first = who(client, room)
    assert send(client, room, key, name=" Karen ").status_code == 303
    assert who(client, room) == first and people(room) == 3


def test_the_page_asked_for_again_after_a_lost_answer_is_the_same_form(app: Flask, room: Room):
    client = client_of(app)
    assert send(client, room).status_code == 303
    first = who(client, room)
    client.delete_cookie(cookie_name(PARTICIPANT, room.id))  # the answer never came
    assert send(client, room).status_code == 303
    assert who(client, room) == first and people(room) == 3


@pytest.mark.parametrize("other", [{"name": "Bo"}, {"name": ""}, {"name": "Karen", "group": "politicians"}])
def test_a_known_form_with_another_name_or_group_is_another_person(app: Flask, room: Room, other: dict[str, str]):
    client = client_of(app)
    key = key_of(client, room)
    send(client, room, key, name="Karen")
    karen = who(client, room)
    client.delete_cookie(cookie_name(PARTICIPANT, room.id))
    answer = send(client, room, key, **other)
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422 and "Tryk igen for at deltage som en ny person" in page.text
    assert who(client, room) is None and people(room) == 3
    assert page.values["key"] != key
    assert send(client, room, page.values["key"], **other).status_code == 303
    assert who(client, room) not in (None, karen) and people(room) == 4


def test_leave_back_and_the_same_words_are_a_new_person(app: Flask, room: Room):
    """Nobody said a name: the second person fills in just what the first did, in the page the browser had kept."""
    client = client_of(app)
    key = key_of(client, room)
    send(client, room, key)
    first = who(client, room)
    token = client.get_cookie(cookie_name(PARTICIPANT, room.id)).value
    client.post(f"/j/{room.code}/leave")
    assert who(client, room) is None
    with pytest.raises(identity.Refused, match="ended"):
        identity.find(token)
    kept_page = send(client, room, key)
    assert kept_page.status_code == 422 and "Siden har været åben for længe" in Page(kept_page.get_data(as_text=True)).text
    assert send(client, room).status_code == 303
    assert who(client, room) not in (None, first)
    db.session.rollback()
    assert db.session.get_one(Participant, first).state == "active", "the first person is in the room still"


def test_a_form_behind_the_phones_page_has_served_its_time(app: Flask, room: Room):
    client = client_of(app)
    key = key_of(client, room)
    send(client, room, key)
    assert client.get(f"/room/{room.code}").status_code == 200
    assert send(client, room, key).status_code == 422 and people(room) == 3


def test_the_call_is_answered_the_same_and_refuses_another_name(app: Flask, room: Room):
    call = {"code": room.code, "group": "citizens", "name": "Karen", "id": SEED}
    first = client_of(app).post("/api/join", json=call)
    again = client_of(app).post("/api/join", json={**call, "code": f"{room.code[:3]}-{room.code[3:].lower()}"})
    assert (first.status_code, again.status_code) == (201, 201) and first.get_json() == again.get_json()
    for other in ({"name": "Bo"}, {"group": "politicians"}):
        answer = client_of(app).post("/api/join", json={**call, **other})
        assert answer.status_code == 409
        assert answer.get_json()["error"] == {"code": "conflict", "field": "id", "another_person": True}
    del call["name"]
    assert client_of(app).post("/api/join", json=call).status_code == 409
    assert people(room) == 3


def test_the_call_does_not_let_in_who_has_left(app: Flask, room: Room):
    call = {"code": room.code, "group": "citizens", "id": SEED}
    phone = client_of(app)
    phone.post("/api/join", json=call)
    phone.post(f"/j/{room.code}/leave")
    assert client_of(app).post("/api/join", json=call).status_code == 401


def test_a_seed_whose_answer_is_not_kept_opens_nothing(app: Flask, room: Room):
    """The rows from before ids were hashed are deleted: their seeds have lain in the clear."""
    call = {"code": room.code, "group": "citizens", "id": SEED}
    assert client_of(app).post("/api/join", json=call).status_code == 201
    db.session.query(Answer).filter_by(actor="visitor").delete()
    db.session.commit()
    answer = client_of(app).post("/api/join", json=call)
    assert answer.status_code == 409 and answer.get_json()["error"]["code"] == "already" and people(room) == 3
    other = Room({"citizens": 0})
    answer = client_of(app).post("/api/join", json={**call, "code": other.code})
    assert answer.status_code == 409 and people(other) == 0


def test_of_a_visitors_command_id_a_keyed_hash_is_kept(app: Flask, room: Room):
    client_of(app).post("/api/join", json={"code": room.code, "group": "citizens", "id": SEED})
    (kept,) = [row.command_id for row in db.session.query(Answer).filter_by(actor="visitor", name="join")]
    assert re.fullmatch("[0-9a-f]{64}", kept) and kept != SEED
    assert db.session.query(Token).filter_by(hash=identity.token_hash(join_secrets(SEED)[0])).count() == 1


# --- other sites --------------------------------------------------------------------------------------------------------


OTHERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://[::1"},
]
OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "http://localhost:80"},
    {"Origin": "https://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]


@pytest.mark.parametrize("headers", OTHERS)
def test_another_sites_form_is_refused(app: Flask, room: Room, headers: dict[str, str]):
    client = client_of(app)
    answer = send(client, room, headers=headers)
    assert answer.status_code == 403 and "fra en anden hjemmeside" in Page(answer.get_data(as_text=True)).text
    assert who(client, room) is None and people(room) == 2


@pytest.mark.parametrize("headers", OWN)
def test_a_form_of_our_own_is_let_in_whatever_the_browser_says_of_itself(app: Flask, room: Room, headers: dict[str, str]):
    assert send(client_of(app), room, headers=headers).status_code == 303


def test_on_the_network_of_a_hall_the_address_asked_for_is_ours(app: Flask, room: Room):
    """Plain HTTP: the browser sends no `Sec-Fetch-Site`, and the address is a number."""
    client = client_of(app)
    at = {"base_url": "http://192.168.1.20:5000"}
    key = Page(client.get(f"/j/{room.code}", **at).get_data(as_text=True)).values["key"]
    data = {"group": "citizens", "key": key}
    for origin, status in (("http://192.168.1.21:5000", 403), ("http://192.168.1.20:5000", 303)):
        assert client.post(f"/j/{room.code}", data=data, headers={"Origin": origin}, **at).status_code == status


def test_nothing_that_changes_anything_takes_another_sites_request(app: Flask, room: Room):
    entrances = every_token.make()
    client = client_of(app)
    for kind in ("organiser", "facilitator", "participant", "helper"):
        client.set_cookie(entrances.cookies[kind], entrances.tokens[kind])
    asked = 0
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for rule in every_token.page_rules(app, method):
            for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
                answer = client.open(entrances.path(rule), method=method, headers=headers)
                # The organiser's forms are refused for want of their key before anybody looks where they come from.
                assert answer.status_code == (400 if rule.rule.startswith("/organiser") else 403), rule.rule
                asked += 1
    assert asked > 40


@pytest.mark.parametrize("path", ["/j/{code}", "/j/{code}/card"])
def test_a_form_with_the_key_of_another_browser_lets_nobody_in(app: Flask, room: Room, path: str):
    """What a site could fetch from us and put before somebody else; for a browser that says nothing of where it comes from."""
    attacker, victim = client_of(app), client_of(app)
    key = key_of(attacker, room)
    code = room.people["citizens"][0].personal_code
    key_of(victim, room)
    for typed in ({"group": "citizens"}, {"reentry_code": code}):
        for sent in (key, "", "æ", SEED):
            answer = victim.post(path.format(code=room.code), data={**typed, "key": sent, "id": SEED})
            assert answer.status_code == 422 and who(victim, room) is None
    bare = client_of(app)
    assert bare.post(path.format(code=room.code), data={"group": "citizens", "key": key}).status_code == 422
    assert people(room) == 2


def test_what_is_sent_with_a_form_becomes_no_secret(app: Flask, room: Room):
    client = client_of(app)
    send(client, room, id=SEED)
    token = client.get_cookie(cookie_name(PARTICIPANT, room.id)).value
    assert token != join_secrets(SEED)[0]
    held = client.get_cookie(cookie_name("door", room.id)).value
    for known in (held, held[:32], key_of(client_of(app), room)):
        assert join_secrets(known)[0] != token


def test_with_tls_no_neighbouring_host_can_set_the_forms_cookie(app: Flask, room: Room):
    app.config["SESSION_COOKIE_SECURE"] = True
    answer = client_of(app).get(f"/j/{room.code}", base_url="https://localhost")
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if "door" in one]
    assert cookie.startswith(f"__Host-rundbord_door_{room.id}=") and "Secure" in cookie and "Path=/" in cookie
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Domain" not in cookie


@pytest.mark.parametrize("path", ["/j/{code}", "/j/{code}/card"])
def test_a_browser_that_refuses_cookies_is_told_so_and_nobody_is_brought_in(app: Flask, room: Room, path: str):
    bare = app.test_client(use_cookies=False)
    page = Page(bare.get(path.format(code=room.code)).get_data(as_text=True))
    for said in ("din browser gemmer ikke", "Du er ikke talt med endnu"):
        answer = bare.post(path.format(code=room.code), data={"group": "citizens", "reentry_code": "", **page.values})
        page = Page(answer.get_data(as_text=True))
        assert answer.status_code == 422 and said in page.text
    assert people(room) == 2


# --- what browsers keep -------------------------------------------------------------------------------------------------


def test_no_page_is_kept_by_a_browser_unless_it_says_so(app: Flask, room: Room):
    entrances = every_token.make()
    kept = set()
    own = [(kind, role) for kind, roles in entrances.own.items() for role in sorted(roles)]
    for rule in every_token.page_rules(app):
        path = entrances.path(rule)
        answer, looked_for = looked_at.ask(app, path, {})
        answers = [answer]
        for kind, role in [*own, ("nothing", "participant")]:
            cookie = entrances.cookies[role]
            if cookie in looked_for:  # else it is the answer without it
                client = client_of(app)
                client.set_cookie(cookie, entrances.tokens[kind])
                answers.append(client.get(path))
        if any(answer.headers["Cache-Control"] != "no-store" for answer in answers):
            kept.add(rule.endpoint)
    assert kept <= {"personal.secrecy"}
    answer = client_of(app).post(f"/f/{entrances.tokens['facilitator link']}")
    assert answer.status_code == 303 and answer.headers["Cache-Control"] == "no-store"
