"""A helper's pages over HTTP: the link, the list, the phone of a seat, the cards, and the door behind a card's code."""

from __future__ import annotations

import re
import secrets
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio.test_client import SocketIOTestClient

from tests.commands.voting import Room, refused
from tests.web.conftest import Browser, Page, client_of, workshop
from workshop import identity
from workshop.commands.room.workshops import links
from workshop.cookies import cookie_name
from workshop.extensions import db, socketio
from workshop.identity import HELPER, PARTICIPANT
from workshop.models import Participant, Workshop
from workshop.web.organiser.sheets import qr

pytestmark = pytest.mark.usefixtures("app")
SCRIPT = {"X-Rundbord": "1"}


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 5, "politicians": 5}, title="Skolemad")


@pytest.fixture
def device(app: Flask, room: Room) -> FlaskClient:
    """A browser that the helpers' link has let in."""
    return let_in(app, room)


def let_in(app: Flask, room: Room) -> FlaskClient:
    client = client_of(app)
    answer = client.post(f"/h/{link(room)}")
    assert answer.status_code == 303 and answer.headers["Location"] == f"/workshops/{room.id}/helper"
    return client


def link(room: Room) -> str:
    db.session.rollback()
    token = links(db.session.get_one(Workshop, room.id))[HELPER]
    assert token
    return token


def actor(client: FlaskClient, room: Room) -> identity.Actor:
    cookie = client.get_cookie(cookie_name(HELPER, room.id))
    assert cookie is not None
    return identity.find(cookie.value)


def send(client: FlaskClient, room: Room, command: str, /, seat: str | None = None, **args: Any) -> dict[str, Any]:
    """A command by the device's cookie, for itself or for a seat."""
    who = {"as": HELPER, "workshop": room.id} | ({"seat": seat} if seat else {})
    body = {"id": secrets.token_hex(16), "name": command, "args": args}
    answer: dict[str, Any] = client.post("/api/commands", query_string=who, json=body, headers=SCRIPT).get_json()
    return answer


def made(client: FlaskClient, room: Room, **args: Any) -> str:
    answer = send(client, room, "create_seat", **{"group": "citizens", **args})
    assert answer["ok"], answer
    return str(answer["result"]["seat"])


def code_of(client: FlaskClient, room: Room, seat: str) -> str:
    who = {"since": 0, "as": HELPER, "workshop": room.id, "seat": seat}
    return str(client.get("/api/sync", query_string=who).get_json()["me"]["reentry_code"])


# --- the link -----------------------------------------------------------------------------------------------------------


def test_the_organiser_shows_and_replaces_the_helpers_link(mette: Browser, stranger: Browser):
    number = mette.make()
    old = links(workshop(number))[HELPER]
    shown = mette.client.get(f"/organiser/workshops/{number}").get_data(as_text=True)
    assert f"/h/{old}" in shown and "Hjælpernes link" in shown and shown.count('<svg class="qr"') == 2
    assert stranger.client.post(f"/h/{old}").status_code == 303
    assert stranger.client.get(f"/workshops/{number}/helper").status_code == 200
    assert "Ingen hjælper kan skrive for nogen" in mette.open(f"/organiser/workshops/{number}/links/helper/replace").text
    mette.send(f"/organiser/workshops/{number}/links/helper/replace")
    assert links(workshop(number))[HELPER] not in (None, old)
    gone = stranger.client.get(f"/h/{old}")
    assert gone.status_code == 410
    for path in ("helper", "helper/cards", "helper/1"):
        assert stranger.client.get(f"/workshops/{number}/{path}").status_code == 404


def test_a_workshop_without_a_helpers_link_says_so_and_makes_one(mette: Browser):
    """As one that was made before there were helpers."""
    from sqlalchemy import update

    from workshop.models import Token
    from workshop.store import writing_outside

    number = mette.make()
    with writing_outside():
        db.session.execute(update(Token).where(Token.role == HELPER).values(ended_at=Token.created_at))
    assert "Der er ikke lavet et link endnu." in mette.open(f"/organiser/workshops/{number}").text
    mette.send(f"/organiser/workshops/{number}/links/helper/replace")
    assert links(workshop(number))[HELPER]


def test_no_other_link_and_no_other_role_opens_the_helpers_pages(app: Flask, room: Room, mette: Browser):
    for role in ("facilitator", "board"):
        token = links(db.session.get_one(Workshop, room.id))[role]
        assert client_of(app).get(f"/h/{token}").status_code == 410
    assert client_of(app).get("/h/nonsense").status_code == 410
    assert mette.client.get(f"/workshops/{room.id}/helper").status_code == 404
    assert mette.client.get(f"/workshops/{mette.make()}/helper").status_code == 404, "the organiser is no helper's device"


# --- the pages ----------------------------------------------------------------------------------------------------------


def test_the_page_of_a_seat_is_this_devices_alone(app: Flask, room: Room, device: FlaskClient):
    seat = made(device, room, name="Karen Holm")
    page = device.get(f"/workshops/{room.id}/helper/1").get_data(as_text=True)
    assert f'"seat": "{seat}"' in page and '"as": "helper"' in page
    assert "Karen" not in page and code_of(device, room, seat) not in page, "the page's source holds nothing of the room"
    other = let_in(app, room)
    for client, number in ((other, 1), (device, 2), (device, 0)):
        answer = client.get(f"/workshops/{room.id}/helper/{number}")
        assert answer.status_code == 302 and answer.headers["Location"] == f"/workshops/{room.id}/helper"
    assert client_of(app).get(f"/workshops/{room.id}/helper/1").status_code == 404


def test_the_cards_hold_number_group_and_code_of_the_own_seats(app: Flask, room: Room, device: FlaskClient):
    first, second = made(device, room, name="Karen Holm"), made(device, room, group="politicians")
    other = let_in(app, room)
    theirs = made(other, room)
    codes = [code_of(device, room, seat) for seat in (first, second)]
    answer = device.get(f"/workshops/{room.id}/helper/cards")
    html = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert html.count('<li class="seat-card"') == html.count('<svg class="qr"') == 2
    assert all(code in html for code in codes) and "Karen Holm" in html and code_of(other, room, theirs) not in html
    one = device.get(f"/workshops/{room.id}/helper/cards?seat=2").get_data(as_text=True)
    assert codes[1] in one and codes[0] not in one
    english = device.get(f"/workshops/{room.id}/helper/cards?lang=en").get_data(as_text=True)
    assert "Keep the card" in english and "Gem kortet" not in english
    assert "Der er ingen kort" in let_in(app, room).get(f"/workshops/{room.id}/helper/cards").get_data(as_text=True)
    assert device.get(f"/workshops/{room.id}/helper/cards?seat=x").status_code == 200


def test_the_drawing_on_a_card_leads_to_its_door_with_the_code_behind_the_hash(app: Flask, room: Room, device: FlaskClient):
    seat = made(device, room)
    code = code_of(device, room, seat).replace("-", "")
    html = device.get(f"/workshops/{room.id}/helper/cards").get_data(as_text=True)
    assert str(qr(f"http://localhost/j/{room.code}/card#{code}")) in html


# --- acting over HTTP and sockets ---------------------------------------------------------------------------------------


def test_a_device_writes_and_votes_for_its_seats_by_naming_them(room: Room, device: FlaskClient):
    first, second = made(device, room), made(device, room)
    ideas = [
        send(device, room, "post_idea", seat, text=f"Idé {n}")["result"]["idea"] for n, seat in enumerate((first, second))
    ]
    ballot = room.ballot(ideas)
    answer = send(device, room, "cast_ballot", first, ballot=ballot, choices={ideas[0]: 1})
    assert answer["mine"]["voted"] == {ballot: True}
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 12}
    listed = device.get("/api/sync", query_string={"since": 0, "as": HELPER, "workshop": room.id}).get_json()["mine"][
        "seats"
    ]
    assert [one["voted"] for one in listed] == [{ballot: True}, {}]
    data = device.get("/api/me/data", query_string={"as": HELPER, "workshop": room.id, "seat": second}).get_json()
    assert [idea["text"] for idea in data["ideas"]] == ["Idé 1"]


@pytest.mark.parametrize(
    ("seat", "status", "code"),
    [
        ("participant:1", 401, "ended"),
        ("participant:²", 422, "malformed"),
        ("", 422, "malformed"),
        ("idea:1", 422, "malformed"),
    ],
)
def test_a_seat_that_is_not_the_devices_is_refused(room: Room, device: FlaskClient, seat: str, status: int, code: str):
    query = {"as": HELPER, "workshop": room.id, "seat": seat}
    body = {"id": secrets.token_hex(16), "name": "set_ready", "args": {"ready": True}}
    answer = device.post("/api/commands", query_string=query, json=body, headers=SCRIPT)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)


def test_a_participant_names_no_seat(app: Flask, room: Room, device: FlaskClient):
    seat = made(device, room)
    joined = client_of(app).post("/api/join", json={"code": room.code, "group": "citizens"}).get_json()
    headers = {"Authorization": f"Bearer {joined['token']}"}
    answer = client_of(app).get(f"/api/sync?since=0&seat={seat}", headers=headers)
    assert answer.status_code == 403 and answer.get_json()["error"]["code"] == "not_allowed"


def connect(app: Flask, **auth: Any) -> SocketIOTestClient:
    return socketio.test_client(app, auth=auth)


def test_a_socket_speaks_for_the_seat_it_names_and_for_no_other(app: Flask, room: Room, device: FlaskClient):
    seat = made(device, room)
    token = device.get_cookie(cookie_name(HELPER, room.id)).value  # type: ignore[union-attr]
    line = connect(app, token=token, seat=seat)
    assert line.emit("sync", {"since": 0}, callback=True)["me"]["seat"] == 1
    line.disconnect()
    assert not connect(app, token=token, seat="participant:1").is_connected()
    stranger = identity.find(token)
    with refused("ended"):
        identity.acting_for(stranger, "participant:1")


# --- the door behind a card ---------------------------------------------------------------------------------------------


def test_the_person_comes_in_by_the_card_and_the_helper_is_out(app: Flask, room: Room, device: FlaskClient):
    seat = made(device, room)
    code = code_of(device, room, seat)
    idea = send(device, room, "post_idea", seat, text="En bænk")["result"]["idea"]
    phone = client_of(app)
    door = Page(phone.get(f"/j/{room.code}/card").get_data(as_text=True))
    assert "Brug dit kort" in door.text and door.values["reentry_code"] == ""
    answer = phone.post(f"/j/{room.code}/card?lang=en", data={"reentry_code": code, "key": door.values["key"]})
    assert answer.status_code == 303 and answer.headers["Location"] == f"/room/{room.code}?lang=en"
    assert phone.get(f"/room/{room.code}").status_code == 200
    mine = phone.get("/api/sync", query_string={"since": 0, "as": PARTICIPANT, "workshop": room.id}).get_json()
    assert set(mine["mine"]["ideas"]) == {idea} and mine["me"]["seat"] == 1
    assert send(device, room, "set_ready", seat, ready=True)["error"]["code"] == "ended"
    assert device.get(f"/workshops/{room.id}/helper/1").status_code == 302
    assert code not in device.get(f"/workshops/{room.id}/helper/cards").get_data(as_text=True)
    assert db.session.get_one(Participant, int(seat.partition(":")[2])).role == PARTICIPANT


def test_a_wrong_code_stays_in_its_field_with_the_reason(app: Flask, room: Room, device: FlaskClient):
    made(device, room)
    phone = client_of(app)
    key = Page(phone.get(f"/j/{room.code}/card").get_data(as_text=True)).values["key"]
    answer = phone.post(f"/j/{room.code}/card", data={"reentry_code": "ABCDE-FGHJK", "key": key})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'value="ABCDE-FGHJK"' in html and 'aria-invalid="true"' in html
    assert client_of(app).post(f"/j/{room.code}/card", data={}).status_code == 422
    for call in (client_of(app).get, client_of(app).post):
        assert call("/j/QQQQQQ/card").status_code == 404


def test_the_helpers_words_are_in_the_helpers_texts(app: Flask, room: Room, device: FlaskClient):
    page = device.get(f"/workshops/{room.id}/helper").get_data(as_text=True)
    addresses = re.findall(r"/catalogue/(?:da|en)\.helper\.\w+\.json", page)
    assert len(set(addresses)) == 2
    found = device.get(addresses[0]).get_json()["messages"]
    assert {"helper.title", "helper.acting.you", "error.ended", "element.by_helper"} <= set(found)
    made(device, room)
    seat = device.get(f"/workshops/{room.id}/helper/1").get_data(as_text=True)
    found = device.get(re.findall(r"/catalogue/da\.seat\.\w+\.json", seat)[0]).get_json()["messages"]
    assert "helper.acting.you" in found and "helper.title" not in found and "phone.step_of" in found
