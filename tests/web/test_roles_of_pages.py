"""Every page, with every token under every cookie name: what is not for a role does not open to it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import application
from tests.web import every_token, looked_at
from tests.web.conftest import client_of
from tests.web.every_token import Entrances
from workshop import rate_limits
from workshop.extensions import db, socketio

KINDS = (
    "participant", "ended", "facilitator", "board", "helper", "organiser", "organiser elsewhere", "participant elsewhere",
    "facilitator elsewhere", "facilitator link", "board link", "helper link", "seat", "invitation", "card", "nothing",
    "receiver", "steward", "panel", "receiver link", "steward link", "panel link",
    "other receiver", "other steward", "ended steward", "receiver elsewhere", "steward elsewhere",
)  # fmt: skip
Answer = tuple[int, str | None, str]
Strangers = Callable[[str, str], tuple[Answer, Container[str]]]
#: the pages of each role, beside what is open to everybody: at least these open, so that the test below can fail
OPEN = {
    "participant": {"rooms.phone", "api.sync", "personal.own_data", "personal.own_trail", "personal.way_back"},
    "facilitator": {"rooms.console", "rooms.board_preview", "rooms.phone_preview", "downloads.download", "api.sync"},
    "board": {"rooms.board", "api.sync"},
    "helper": {"rooms.helper", "rooms.cards", "rooms.seat", "api.sync"},
    "card": {"entrance.card_home"},
    "receiver": {"following.receiver"},
    "steward": {"following.steward"},
    "panel": {"following.panel"},
    "organiser": {"rooms.console", "rooms.board", "organising.workshop", "organising.groups", "downloads.download"},
}

#: the cookies of the time after the seminar: the live room is closed to all of them
AFTERWARDS = {"card", "receiver", "steward", "panel", "receiver page", "steward page", "panel page"}
BY_DEVICES_ALONE = {"receiver link", "steward link", "panel link"}
#: opens to the device that made the seat, and not to the link that let it in
NEEDS_MORE = {"rooms.seat"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Entrances]]:
    app = application(tmp_path_factory.mktemp("entrances"))
    with app.app_context():
        db.create_all()
        yield app, every_token.make()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def pages(house: tuple[Flask, Entrances]) -> list[tuple[str, str]]:
    """The endpoint and the address of every page."""
    app, entrances = house
    return [(rule.endpoint, entrances.path(rule)) for rule in every_token.page_rules(app)]


@pytest.fixture(scope="module")
def strangers(house: tuple[Flask, Entrances]) -> Strangers:
    """What somebody without any cookie is answered, and which cookies were looked for; asked once for each page."""
    app, entrances = house
    secrets = entrances.secrets()

    @functools.cache
    def stranger(path: str, role: str) -> tuple[Answer, Container[str]]:
        given, looked_for = looked_at.ask(app, path, every_token.query(path, role, entrances.room.id))
        answer = told(path, given)
        assert not any(secret in answer[2] for secret in secrets), path
        return answer, looked_for

    return stranger


@pytest.fixture(autouse=True)
def nobody_is_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "check", lambda actor: None)
    monkeypatch.setattr(rate_limits, "note_wrong_code", lambda address: None)


def told(path: str, answer: TestResponse) -> Answer:
    """Status, where it leads and what it shows."""
    # A call says `ended` or `not_found` where the token is unknown or another workshop's: no, both times.
    status = 404 if path.startswith("/api/") and answer.status_code == 401 else answer.status_code
    # A file that is no text is read byte by byte, so that what must not be in it is still found.
    return status, answer.headers.get("Location"), answer.get_data().decode("utf-8", "replace")


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_opens_the_pages_of_its_role_alone(house, pages: list[tuple[str, str]], strangers: Strangers, kind: str):
    """Under a cookie that is not its own a token is nothing: the page is the stranger's."""
    app, entrances = house
    assert set(KINDS) == set(entrances.tokens)
    secrets, opened, asked = entrances.secrets(), set(), 0
    for endpoint, path in pages:
        for role, cookie in entrances.cookies.items():
            stranger, looked_for = strangers(path, role)
            if cookie not in looked_for:
                continue  # the stranger's answer, which holds no secret
            client = client_of(app)
            client.set_cookie(cookie, entrances.tokens[kind])
            seen = told(path, client.get(path, query_string=every_token.query(path, role, entrances.room.id)))
            asked += 1
            if role in entrances.own.get(kind, ()):
                if seen[:2] != stranger[:2] and seen[0] == 200:
                    opened.add(endpoint)
                continue
            assert not any(secret in seen[2] for secret in secrets), (path, kind, cookie)
            if (kind, role) != ("organiser elsewhere", "organiser"):  # who has pages of their own in the same cookie
                assert seen[:2] == stranger[:2], (path, kind, cookie)
    assert asked > len(pages)
    allowed = OPEN.get(kind.removesuffix(" link"), set())
    # What a link has let in gets into the pages of its role; the links of the time after the seminar open none themselves.
    assert opened >= (set() if kind in BY_DEVICES_ALONE else allowed - NEEDS_MORE)
    if "facilitator" not in kind and "organiser" not in kind:
        assert {endpoint for endpoint in opened - allowed if not endpoint.startswith("api.")} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_socket_is_let_in_by_the_cookie_of_its_own_role_alone(house: tuple[Flask, Entrances], kind: str):
    app, entrances = house
    let_in = set()
    for role, cookie in entrances.cookies.items():
        browser = app.test_client()
        browser.set_cookie(cookie, entrances.tokens[kind])
        auth = {"as": role, "workshop": entrances.room.id}
        line = socketio.test_client(app, auth=auth, flask_test_client=browser)
        if line.is_connected():
            let_in.add(role)
            line.disconnect()
    assert let_in == entrances.own.get(kind, set()) - AFTERWARDS


def test_a_page_holds_the_helpers_link_for_those_who_lead_alone(house: tuple[Flask, Entrances]):
    """The fault that was: a participant's own token in the facilitator's cookie."""
    app, entrances = house
    path = f"/workshops/{entrances.room.id}/console"
    client = client_of(app)
    client.set_cookie(entrances.cookies["facilitator"], entrances.tokens["participant"])
    assert client.get(path).status_code == 404
    client.set_cookie(entrances.cookies["facilitator"], entrances.tokens["facilitator"])
    shown = client.get(path)
    assert shown.status_code == 200 and entrances.tokens["helper link"] in shown.get_data(as_text=True)


def test_what_a_link_has_let_in_is_no_link(house: tuple[Flask, Entrances]):
    """Only a link makes devices: what they make is counted, and ends with it."""
    app, entrances = house
    after = (("r", "receiver"), ("s", "steward"), ("panel", "panel"))
    for short, role in (("f", "facilitator"), ("b", "board"), ("h", "helper"), ("h", "seat"), *after):
        for call in (client_of(app).get, client_of(app).post):
            assert call(f"/{short}/{entrances.tokens[role]}").status_code == 410, role
