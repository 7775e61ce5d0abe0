"""Wrong codes and passwords are counted, each apart; who has the right code is always let in (docs/security.md)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.commands.voting import Room
from tests.web.conftest import PASSWORD, Browser, Page, client_of
from workshop import rate_limits
from workshop.commands.people import accounts
from workshop.commands.room.creating import create_workshop
from workshop.commands.room.workshops import links
from workshop.extensions import db
from workshop.first_account import first_organiser_token
from workshop.models import Token, Workshop
from workshop.rules import limits
from workshop.rules.refusal import Refused

WRONG = {"name": "Mette", "password": "forkert kode 1"}


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 1}, title="Skolemad")


def flood(client: FlaskClient, room: Room) -> None:
    """Sixty wrong codes from the hall's one address, and some more."""
    for number in range(70):
        answer = client.get(f"/j/{'CDFGHJ'[number % 6]}CCCC{'CDFGHJKMNPQRTVWXY34679'[number % 22]}")
        assert answer.status_code == (404 if number < 60 else 429)


def test_a_right_code_is_let_in_after_any_number_of_wrong_ones(app: Flask, room: Room):
    client = client_of(app)
    flood(client, room)
    door = client.get(f"/j/{room.code}")
    key = Page(door.get_data(as_text=True)).values["key"]
    assert door.status_code == 200
    assert client.post(f"/j/{room.code}", data={"group": "citizens", "key": key}).status_code == 303
    assert client_of(app).get(f"/j/{room.code}/card").status_code == 200
    joined = client_of(app).post("/api/join", json={"code": room.code, "group": "citizens"})
    assert joined.status_code == 201
    back = {"code": room.code, "reentry_code": joined.get_json()["reentry_code"]}
    assert client_of(app).post("/api/reenter", json=back).status_code == 200
    assert client_of(app).post("/", data={"code": room.code}).status_code == 302


def test_wrong_codes_hold_up_no_password_and_no_link(app: Flask, room: Room, mette: Browser, stranger: Browser):
    flood(client_of(app), room)
    assert stranger.send("/organiser/login", name="Mette", password=PASSWORD).status_code == 303
    link = links(db.session.get_one(Workshop, room.id))["board"]
    assert client_of(app).post(f"/b/{link}").status_code == 303
    assert client_of(app).get(f"/organiser/invited/{accounts.invite_organiser()}").status_code == 200
    assert client_of(app).get("/organiser/invited/nothing").status_code == 429


def test_wrong_passwords_hold_up_no_code(app: Flask, room: Room, mette: Browser):
    for _ in range(20):
        client_of(app).post("/api/login", json=WRONG)
    assert client_of(app).get("/j/CCCCCC").status_code == 404
    assert client_of(app).post("/api/join", json={"code": room.code, "group": "citizens"}).status_code == 201


def test_a_wrong_code_over_the_limit_is_told_the_limit_and_what_to_do(app: Flask, room: Room):
    client = client_of(app)
    flood(client, room)
    page = client.get("/j/CCCCCC")
    assert page.status_code == 429
    words = Page(page.get_data(as_text=True)).text
    assert "mere end 60 forkerte koder på et minut" in words and "En rigtig kode virker stadig" in words
    error = client.post("/api/join", json={"code": "CCCCCC"}).get_json()["error"]
    assert (error["code"], error["field"], error["codes"]) == ("too_many", "code", 60) and 1 <= error["retry_after"] <= 60
    wrong = {"code": room.code, "reentry_code": "00000-00000"}
    assert client.post("/api/reenter", json=wrong).status_code == 429


def test_ten_wrong_passwords_for_an_account_pause_it_from_that_address_alone(app: Flask, mette: Browser, bo: Browser):
    here, there = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    call = lambda body, at: client_of(app).post("/api/login", json=body, environ_base=at)  # noqa: E731
    assert [call(WRONG, here).status_code for _ in range(11)] == [403] * 10 + [429]
    right = {"name": " Mette ", "password": PASSWORD}
    error = call(right, here).get_json()["error"]
    assert (error["code"], error["passwords"]) == ("too_many", 10) and 1 <= error["retry_after"] <= 900
    assert call(right, there).status_code == 200
    assert call({"name": "Bo", "password": PASSWORD}, here).status_code == 200


def test_a_right_password_forgives_the_slips_before_it(app: Flask, mette: Browser):
    client, right = client_of(app), {"name": "Mette", "password": PASSWORD}
    for _ in range(3):
        assert [client.post("/api/login", json=WRONG).status_code for _ in range(9)] == [403] * 9
        assert client.post("/api/login", json=right).status_code == 200


def test_an_account_is_guessed_at_sixty_times_an_hour_from_everywhere(app: Flask, mette: Browser):
    for number in range(6):
        at = {"REMOTE_ADDR": f"192.0.2.{number}"}
        for _ in range(10):
            assert client_of(app).post("/api/login", json=WRONG, environ_base=at).status_code == 403
    answer = client_of(app).post("/api/login", json=WRONG, environ_base={"REMOTE_ADDR": "192.0.2.99"})
    assert answer.status_code == 429 and answer.get_json()["error"]["in_an_hour"] == 60


def test_an_address_guesses_sixty_times_in_a_quarter_at_all_accounts_together(app: Flask, mette: Browser):
    for number in range(60):
        rate_limits.note_wrong_password(f"Konto {number}", "192.0.2.1")
    with pytest.raises(Refused) as refused:
        rate_limits.check_password("Mette", "192.0.2.1")
    assert refused.value.facts["passwords"] == 60
    rate_limits.check_password("Mette", "192.0.2.2")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "", True),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool):
    assert (rate_limits._network(one) == rate_limits._network(other)) is same


def test_the_old_password_is_guessed_at_no_more_often(app: Flask, mette: Browser):
    sent = {"old_password": "forkert kode", "password": "en helt anden kode"}
    assert [mette.send("/organiser/account", **sent).status_code for _ in range(10)] == [422] * 10
    answer = mette.send("/organiser/account", old_password=PASSWORD, password="en helt anden kode")
    assert answer.status_code == 429 and accounts.log_in("Mette", PASSWORD)


# --- what one account and one link may make -----------------------------------------------------------------------------


def test_an_account_has_so_many_workshops_and_no_more(app: Flask, mette: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "WORKSHOPS", 2)
    mette.make()
    mette.make()
    answer = mette.send("/organiser/workshops/new", title="Den tredje", template="empty", language="da")
    assert answer.status_code == 422 and "plads til 2 workshopper" in Page(answer.get_data(as_text=True)).text
    assert create_workshop(None, {"title": "Et eksempel", "example": True})


def test_an_account_makes_so_many_invitations_a_day(app: Flask, mette: Browser, bo: Browser):
    path = "/organiser/account/invitation"
    answers = [mette.send(path, page="/organiser/account") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert "20 invitationer på en dag" in Page(answers[-1].get_data(as_text=True)).text
    assert bo.send(path, page="/organiser/account").status_code == 200


def test_a_link_lets_in_so_many_devices(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "DEVICES", 2)
    link = links(db.session.get_one(Workshop, room.id))["helper"]
    answers = [client_of(app).post(f"/h/{link}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "er brugt på 2 enheder" in Page(answers[-1].get_data(as_text=True)).text


def test_one_log_in_more_than_there_may_be_ends_the_oldest(app: Flask, mette: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LOG_INS", 2)
    for _ in range(3):
        accounts.log_in("Mette", PASSWORD)
    rows = db.session.query(Token).filter_by(organiser_id=mette.organiser.id).order_by(Token.id).all()
    assert [row.ended_at is None for row in rows] == [False, False, True, True]


# --- where a form leads back to -----------------------------------------------------------------------------------------

ELSEWHERE = [
    "/organiser\r\nSet-Cookie: a=b", "/organiser\nX", "/organiser/\x0b", "/organiser\x7f", "/organiserx", "//organiser",
    "/organiser\\..\\..", "\\\\elsewhere.example", " /organiser", "/organiser/\t//elsewhere.example", "",
]  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_line_break_or_another_host_in_next_leads_to_the_list(mette: Browser, stranger: Browser, path: str):
    form = stranger.open("/organiser/login")
    data = {"csrf_token": form.csrf, "name": "Mette", "password": PASSWORD}
    answer = stranger.client.post("/organiser/login", query_string={"next": path}, data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organiser")
    answer = mette.send("/organiser/language", page="/organiser/account", language="da", back=path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organiser")


@pytest.mark.parametrize(
    "path", ["/organiser", "/organiser/workshops/new?template=empty", "/organiser?lang=en", "/organiser/æ"]
)
def test_a_page_of_the_organisers_is_led_back_to(mette: Browser, path: str):
    answer = mette.send("/organiser/language", page="/organiser/account", language="da", back=path)
    assert answer.status_code == 303 and answer.headers["Location"].replace("%C3%A6", "æ") == path


def test_the_first_link_takes_no_empty_looking_password(stranger: Browser):
    answer = stranger.send(f"/organiser/first/{first_organiser_token()}", name="Mette", password=" " * 10)
    assert answer.status_code == 422 and "er tomt" in Page(answer.get_data(as_text=True)).text
