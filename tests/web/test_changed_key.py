"""A server that was started with another SECRET_KEY: its old links are gone, and no page breaks over that."""

from __future__ import annotations

from contextlib import suppress

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.commands.voting import Room
from tests.web.conftest import PASSWORD, Browser, client_of
from workshop import demo, identity, secrecy
from workshop.commands.people import accounts
from workshop.commands.room.workshops import links, lost_links
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, HELPER, ORGANISER
from workshop.models import Token, Workshop
from workshop.rules.refusal import Refused
from workshop.store import writing_outside

OTHER_KEY = "another secret for tests, 32 characters"


@pytest.fixture
def changed(app: Flask, mette: Browser) -> tuple[Browser, int, dict[str, str | None]]:
    """A workshop made with the old key, its links then, and its organiser who has logged in again under the new one."""
    number = mette.make()
    before = links(db.session.get_one(Workshop, number))
    app.config["SECRET_KEY"] = OTHER_KEY
    _, token = accounts.log_in(mette.organiser.name, PASSWORD)
    client = client_of(app)
    client.set_cookie(cookie_name(ORGANISER), token)
    return Browser(client, mette.organiser), number, before


def test_links_of_the_old_key_are_shown_as_lost_and_a_new_one_is_made(changed):
    browser, number, before = changed
    workshop = db.session.get_one(Workshop, number)
    assert all(before.values()) and links(workshop) == dict.fromkeys((FACILITATOR, BOARD, HELPER))
    assert lost_links(workshop) == {FACILITATOR, BOARD, HELPER}
    page = browser.open(f"/organiser/workshops/{number}")
    assert page.text.count("fordi serveren har fået en ny hemmelig nøgle") == 3 and "/f/" not in page.text
    assert browser.client.get(f"/workshops/{number}/console").status_code == 200
    assert browser.send(f"/organiser/workshops/{number}/links/board/replace").status_code == 303
    db.session.rollback()
    assert lost_links(workshop) == {FACILITATOR, HELPER}
    token = links(workshop)[BOARD]
    page = browser.open(f"/organiser/workshops/{number}")
    assert page.text.count("fordi serveren har fået en ny hemmelig nøgle") == 2
    assert browser.client.get(f"/b/{token}").status_code == 200


def pages(number: int) -> list[str]:
    here = f"/organiser/workshops/{number}"
    rooms = [f"/workshops/{number}/{page}" for page in ("console", "preview/board", "preview/phone", "board", "helper")]
    tabs = [f"{here}/{page}" for page in ("settings", "groups", "sheet", "export")]
    return ["/organiser", "/organiser/account", here, *tabs, *rooms]


def test_no_page_breaks_for_the_organiser_nor_for_tokens_of_the_old_key(changed, app):
    browser, number, before = changed
    assert [path for path in pages(number) if browser.client.get(path).status_code >= 500] == []
    stranger: FlaskClient = client_of(app)
    for role, token in before.items():
        stranger.set_cookie(cookie_name(role, number), token)
    for short, role in (("f", FACILITATOR), ("b", BOARD), ("h", HELPER)):
        assert stranger.get(f"/{short}/{before[role]}").status_code == 410
    assert [path for path in pages(number) if stranger.get(path).status_code >= 500] == []
    for path in ("/api/sync", "/api/me/data", "/api/me/trail"):
        assert stranger.get(path, headers={"Authorization": f"Bearer {before[FACILITATOR]}"}).status_code == 401


def test_the_example_names_the_ways_in_that_are_left(changed):
    _, number, _ = changed
    workshop = db.session.get_one(Workshop, number)
    assert demo.paths(workshop)[0][0] == "everybody"


@pytest.mark.parametrize("sealed", [b"\xff" * 10, b"\x00\x80", bytes(range(32))])
def test_a_damaged_seal_ends_a_token_and_hides_a_link_and_breaks_nothing(app, sealed):
    room = Room({"citizens": 1})
    token = secrecy.new_token()
    with writing_outside():
        person = identity.issue(
            token, "participant", workshop_id=room.id, participant_id=room.everybody[0].participant_id,
            personal_code="ABCDEFGHJK",
        )  # fmt: skip
        db.session.execute(update(Token).where(Token.id == person.id).values(sealed_code=sealed))
        db.session.execute(update(Token).where(Token.sealed_link.is_not(None)).values(sealed_link=sealed))
    db.session.expire_all()
    rows = db.session.scalars(select(Token).where(Token.sealed_link.is_not(None))).all()
    assert [identity.link_text(row) for row in rows] == [None] * 3
    with suppress(Refused):  # what comes out may by chance be a text, and then it is a wrong one
        assert identity.find(token).personal_code != "ABCDEFGHJK"


def test_a_seal_that_is_no_text_cannot_be_opened():
    for number in range(300):
        sealed = secrecy.seal("key", "token", "ABCDEFGHJK")
        try:
            assert secrecy.unseal(f"key {number}", "token", sealed) != "ABCDEFGHJK"
        except secrecy.CannotOpen:
            return
    raise AssertionError("no wrong key was noticed")
