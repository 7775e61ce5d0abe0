"""Organisers' accounts: how the first one is made, who is let in, and what ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.voting import refused
from tests.web.conftest import PASSWORD, Browser, Page, logged_in, workshop
from workshop import clock
from workshop.commands.people import accounts
from workshop.commands.room.creating import create_workshop
from workshop.cookies import cookie_name
from workshop.first_account import first_organiser_token
from workshop.identity import ORGANISER, find

FIRST = "/organiser/first/"


def text(answer) -> str:
    return Page(answer.get_data(as_text=True)).text


def test_the_first_link_makes_one_account_and_lets_it_in(stranger: Browser):
    path = FIRST + first_organiser_token()
    answer = stranger.send(path, name="Mette Holm", password=PASSWORD)
    assert answer.status_code == 303 and answer.headers["Location"] == "/organiser"
    assert "Ingen workshopper endnu" in stranger.open("/organiser").text
    assert stranger.client.get(path).status_code == 410


def test_a_wrong_first_link_makes_nobody(stranger: Browser):
    answer = stranger.client.get(FIRST + "0" * 48)
    assert answer.status_code == 410 and "Linket virker ikke længere" in text(answer)
    assert stranger.client.get(FIRST + "æøå").status_code == 410


def test_the_first_organiser_gets_the_example_that_was_nobodys(stranger: Browser):
    example = create_workshop(None, {"title": "Eksemplet", "example": True})["workshop"]["id"]
    other = create_workshop(None, {"title": "Ikke et eksempel"})["workshop"]["id"]
    stranger.send(FIRST + first_organiser_token(), name="Mette", password=PASSWORD)
    assert workshop(example).organiser_id is not None
    assert workshop(other).organiser_id is None


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("", PASSWORD, "er tomt"),
        ("x" * 61, PASSWORD, "60 tegn"),
        ("Mette", "hemmelig", "Vælg en længere adgangskode"),
        ("Mette", "", "er tomt"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_told_at_its_field(stranger: Browser, name: str, password: str, words: str):
    answer = stranger.send(FIRST + first_organiser_token(), name=name, password=password)
    assert answer.status_code == 422 and words in text(answer)
    if name and len(name) < 60:
        assert f'value="{name}"' in answer.get_data(as_text=True)
    assert password == "" or password not in answer.get_data(as_text=True)


def test_a_bad_name_and_a_bad_password_are_told_together(stranger: Browser):
    answer = stranger.send(FIRST + first_organiser_token(), name="", password="kort")
    assert "er tomt" in text(answer) and "Vælg en længere adgangskode" in text(answer)


def test_logging_in_leads_where_one_was_going(app: Flask, mette: Browser, stranger: Browser):
    answer = stranger.client.get("/organiser/workshops/new?template=empty")
    assert answer.status_code == 303
    login = answer.headers["Location"]
    assert login.startswith("/organiser/login?next=")
    answer = stranger.send(login, name=" Mette ", password=PASSWORD)
    assert answer.headers["Location"] == "/organiser/workshops/new?template=empty"
    assert stranger.open("/organiser/workshops/new?template=empty").values["template"] == "empty"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example", "//elsewhere.example", "/api/login", "javascript:alert(1)"]
)
def test_logging_in_never_leads_out_of_the_house(mette: Browser, stranger: Browser, elsewhere: str):
    answer = stranger.send(f"/organiser/login?next={elsewhere}", name="Mette", password=PASSWORD)
    assert answer.headers["Location"] == "/organiser"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(mette: Browser, stranger: Browser):
    answers = [stranger.send("/organiser/login", name=name, password="forkert kode") for name in ("Mette", "Ingen")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("Navnet eller adgangskoden er forkert" in text(answer) for answer in answers)
    assert not any(cookie_name(ORGANISER) in answer.headers.get("Set-Cookie", "") for answer in answers)


def test_guessing_is_stopped_after_a_while(mette: Browser, stranger: Browser):
    for _ in range(10):
        assert stranger.send("/organiser/login", name="Mette", password="forkert kode").status_code == 422
    answer = stranger.send("/organiser/login", name="Mette", password=PASSWORD)
    assert answer.status_code == 429 and "10 forkerte adgangskoder på et kvarter" in text(answer)


def test_logging_out_ends_the_token_and_not_only_the_cookie(mette: Browser):
    token = mette.client.get_cookie(cookie_name(ORGANISER)).value
    mette.send("/organiser/logout", page="/organiser/account")
    with refused("ended"):
        find(token)
    assert mette.client.get("/organiser").status_code == 303


def test_changing_the_password_ends_every_other_log_in(app: Flask, mette: Browser):
    _, elsewhere = accounts.log_in("Mette", PASSWORD)
    answer = mette.send("/organiser/account", old_password=PASSWORD, password="en helt anden kode")
    assert answer.status_code == 303 and "skiftet" in mette.open("/organiser/account").text
    with refused("ended"):
        find(elsewhere)
    with refused("not_allowed", "password"):
        accounts.log_in("Mette", PASSWORD)
    assert accounts.log_in("Mette", "en helt anden kode")


def test_the_old_password_is_needed_to_change_it(mette: Browser):
    answer = mette.send("/organiser/account", old_password="forkert kode", password="en helt anden kode")
    assert answer.status_code == 422 and "nuværende adgangskode er forkert" in text(answer)
    assert accounts.log_in("Mette", PASSWORD)


def test_an_invitation_makes_one_account_that_sees_nothing_of_the_inviters(app: Flask, mette: Browser, stranger: Browser):
    mette.make()
    page = Page(mette.send("/organiser/account/invitation", page="/organiser/account").get_data(as_text=True))
    link = next(word for word in page.words if "/organiser/invited/" in word).strip().removeprefix("http://localhost")
    stranger.send(link, name="Bo", password=PASSWORD)
    assert "Ingen workshopper endnu" in stranger.open("/organiser").text
    assert stranger.client.get(link).status_code == 410


def test_an_invitation_is_no_way_in_by_itself(app: Flask, mette: Browser, stranger: Browser):
    token = accounts.invite_organiser()
    stranger.client.set_cookie(cookie_name(ORGANISER), token)
    assert stranger.client.get("/organiser").status_code == 303
    number = mette.make()
    header = {"Authorization": f"Bearer {token}"}
    assert stranger.client.get(f"/api/workshops/{number}/export/md", headers=header).status_code == 404
    assert stranger.client.post("/api/workshops", json={"title": "x"}, headers=header).status_code == 403


def test_a_name_that_is_taken_does_not_use_up_the_invitation(mette: Browser, stranger: Browser):
    path = f"/organiser/invited/{accounts.invite_organiser()}"
    answer = stranger.send(path, name="Mette", password=PASSWORD)
    assert answer.status_code == 422 and "Navnet er taget" in text(answer)
    assert stranger.send(path, name="Mette H.", password=PASSWORD).status_code == 303


def test_an_old_invitation_has_ended(app: Flask, stranger: Browser):
    token = accounts.invite_organiser()
    with clock.frozen(clock.now() + accounts.INVITATION_LASTS + timedelta(seconds=1)):
        assert stranger.client.get(f"/organiser/invited/{token}").status_code == 410


def test_a_form_without_its_key_changes_nothing(mette: Browser):
    number = mette.make()
    for path, data in (
        ("/organiser/logout", {}),
        ("/organiser/account", {"old_password": PASSWORD, "password": "en helt anden kode"}),
        (f"/organiser/workshops/{number}/settings", {"title": "Kapret"}),
        (f"/organiser/workshops/{number}/delete", {"title": "Unge i Fjordby"}),
        (f"/organiser/workshops/{number}/links/board/replace", {}),
    ):
        answer = mette.client.post(path, data=data)
        assert answer.status_code == 400 and "Siden har været åben for længe" in text(answer), path
    assert workshop(number).title == "Unge i Fjordby"
    assert mette.open("/organiser")


def test_the_key_of_another_session_does_not_fit(app: Flask, mette: Browser, bo: Browser):
    stolen = bo.open("/organiser/account").csrf
    answer = mette.client.post("/organiser/logout", data={"csrf_token": stolen})
    assert answer.status_code == 400


def test_the_session_cookie_is_sent_to_organisers_pages_only(mette: Browser):
    answer = mette.client.get("/organiser/account")
    (session,) = [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("rundbord_form=")]
    assert "Path=/organiser" in session and "HttpOnly" in session and "SameSite=Lax" in session


def test_each_organiser_has_a_language_of_ones_own(app: Flask, mette: Browser):
    mette.send("/organiser/language", page="/organiser/account", language="en", back="/organiser/account")
    assert "Your account" in mette.open("/organiser/account").text
    assert "Din konto" in logged_in(app, "Karen").open("/organiser/account").text
    assert "Your account" in mette.open("/organiser/account").text
