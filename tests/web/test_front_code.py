"""The front page takes a personal code by itself, and "Mig" gives the address that does the same."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.commands.voting import Room
from tests.web.conftest import Page, client_of
from workshop.commands.people import joining
from workshop.extensions import db
from workshop.models import Participant


@pytest.fixture
def rooms(app: Flask) -> list[Room]:
    return [Room({"citizens": 1}, title=title) for title in ("Skolemad", "Havnen", "Cykelstier")]


def come_in(app: Flask, room: Room) -> dict[str, Any]:
    return dict(client_of(app).post("/api/join", json={"code": room.code, "group": "citizens"}).get_json())


def type_code(client: FlaskClient, typed: str) -> TestResponse:
    key = Page(client.get("/").get_data(as_text=True)).values["key"]
    return client.post("/", data={"code": typed, "key": key})


def who(client: FlaskClient, room: Room) -> str:
    answer = client.get(f"/api/sync?since=0&as=participant&workshop={room.id}")
    return str(answer.get_json()["me"]["id"])


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        "{code} ",
        "Min kode er {small}",
        "{bare}",
        "http://hal.dk/j/{room}/back#{code}",
        "http://hal.dk/j/{room}/card#{bare}",
    ],
)
def test_a_personal_code_lets_its_person_in_again(app: Flask, rooms: list[Room], typed: str):
    room = rooms[1]
    me = come_in(app, room)
    own = me["reentry_code"]
    written = typed.format(code=own, small=own.lower(), bare=own.replace("-", ""), room=room.code)
    phone = client_of(app)
    answer = type_code(phone, written)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/room/{room.code}")
    assert who(phone, room) == me["participant"]["id"]
    people = db.session.query(Participant).filter_by(workshop_id=room.id).count()
    assert people == 2, "somebody new came in"
    earlier = client_of(app).get("/api/sync?since=0", headers={"Authorization": f"Bearer {me['token']}"})
    assert earlier.status_code == 401


def test_it_works_when_the_room_is_locked_and_closed(app: Flask, rooms: list[Room]):
    room = rooms[0]
    me = come_in(app, room)
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2099-01-01")
    room.do(room.chair, "edit_workshop", locked=True)
    room.do(room.chair, "close_workshop")
    phone = client_of(app)
    assert type_code(phone, me["reentry_code"]).status_code == 303
    assert who(phone, room) == me["participant"]["id"]


def test_the_rooms_code_leads_to_its_door_as_before(app: Flask, rooms: list[Room]):
    answer = client_of(app).post("/", data={"code": rooms[0].code})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/j/{rooms[0].code}")


def test_an_unknown_code_is_told_what_to_do_and_is_counted(app: Flask, rooms: list[Room]):
    client = client_of(app)
    answer = type_code(client, "00000-00000")
    assert answer.status_code == 404
    words = Page(answer.get_data(as_text=True)).text
    assert "har 6 tegn, din egen kode har 10" in words and "Har været med før" in words
    me = come_in(app, rooms[0])
    statuses = [type_code(client, f"00000-{number:05}").status_code for number in range(1, 65)]
    assert statuses == [404] * 59 + [429] * 5
    assert type_code(client, me["reentry_code"]).status_code == 303, "a right code is always let in"


def test_a_form_of_another_browser_lets_nobody_in(app: Flask, rooms: list[Room]):
    me = come_in(app, rooms[0])
    other = Page(client_of(app).get("/").get_data(as_text=True)).values["key"]
    victim = client_of(app)
    victim.get("/")
    for data in ({"code": me["reentry_code"]}, {"code": me["reentry_code"], "key": other}):
        answer = victim.post("/", data=data)
        assert answer.status_code == 409
        assert "Tryk igen" in Page(answer.get_data(as_text=True)).text
    assert type_code(victim, me["reentry_code"]).status_code == 303


def test_who_was_taken_out_does_not_come_back(app: Flask, rooms: list[Room]):
    me = come_in(app, rooms[0])
    rooms[0].do(rooms[0].chair, "remove_participant", participant=me["participant"]["id"])
    phone = client_of(app)
    assert type_code(phone, me["reentry_code"]).status_code == 401
    assert phone.get(f"/api/sync?since=0&as=participant&workshop={rooms[0].id}").status_code == 401


def test_more_workshops_than_fit_in_one_question(app: Flask, rooms: list[Room], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(joining, "_HASHES_ASKED_AT_ONCE", 2)
    for room in rooms:
        code = come_in(app, room)["reentry_code"]
        assert [found.id for found in joining.workshops_of_person(code)] == [room.id]


def test_the_own_address_leads_back(app: Flask, rooms: list[Room]):
    me = come_in(app, rooms[0])
    phone = client_of(app)
    answer = phone.get("/api/me/return", headers={"Authorization": f"Bearer {me['token']}"}).get_json()
    assert answer["url"].endswith(f"/j/{rooms[0].code}/back#{me['reentry_code']}")
    assert len(answer["qr"]) == len(answer["qr"][0]) and set("".join(answer["qr"])) == {"0", "1"}
    path, _, own = answer["url"].partition("#")
    path = path[path.index("/j/") :]
    page = Page(phone.get(path).get_data(as_text=True))
    assert "Fortsæt på denne telefon" in page.text and "hjælper" not in page.text
    back = phone.post(path, data={"reentry_code": own, "key": page.values["key"]})
    assert back.status_code == 303 and who(phone, rooms[0]) == me["participant"]["id"]


def test_a_phone_that_is_in_already_is_warned_of_somebody_elses_code(app: Flask, rooms: list[Room]):
    me = come_in(app, rooms[0])
    phone, address = client_of(app), f"/j/{rooms[0].code}/back"
    warning = "Du er allerede med på denne telefon"
    assert warning not in Page(phone.get(address).get_data(as_text=True)).text
    type_code(phone, me["reentry_code"])
    page = Page(phone.get(address).get_data(as_text=True))
    assert warning in page.text
    wrong = phone.post(address, data={"reentry_code": "00000-00000", "key": page.values["key"]})
    assert warning in Page(wrong.get_data(as_text=True)).text
    assert who(phone, rooms[0]) == me["participant"]["id"]


def test_nobody_but_a_person_has_an_own_address(app: Flask, rooms: list[Room]):
    from workshop.commands.room.workshops import links
    from workshop.models import Workshop

    assert client_of(app).get("/api/me/return").status_code == 401
    board = client_of(app)
    board.post(f"/b/{links(db.session.get_one(Workshop, rooms[0].id))['board']}")
    assert board.get(f"/api/me/return?as=board&workshop={rooms[0].id}").status_code == 403
