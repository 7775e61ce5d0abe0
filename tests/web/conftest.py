"""What the tests of pages share: an organiser who is logged in, and forms filled in as a browser fills them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from workshop import secrecy
from workshop.commands.people import accounts
from workshop.commands.room.creating import create_workshop
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor, issue
from workshop.models import Organiser, Workshop
from workshop.store import writing_outside

PASSWORD = "en lang adgangskode"


class Page(HTMLParser):
    """The words, the forms' fields and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.values: dict[str, str] = {}
        self.csrf: str | None = None
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "textarea" and name:
            self._area, self.values[name] = name, ""
        if tag == "input" and name == "csrf_token":
            self.csrf = given.get("value")
        elif tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.values[name] = given.get("value") or ""
        elif tag == "option" and "selected" in given:
            self.values[f"option {len(self.values)}"] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


class Client(FlaskClient):
    """A client whose requests know nothing of each other. The tests run inside an application context, and Flask would
    let all of them share its `g`, where the libraries keep who is logged in and the form's key."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):
            g.pop(name)
        return super().open(*args, **kwargs)


def client_of(app: Flask) -> FlaskClient:
    app.test_client_class = Client
    return app.test_client()


@dataclass
class Browser:
    """A browser of one person: follows no redirects by itself, sends the form key of the page it has open."""

    client: FlaskClient
    organiser: Organiser | None = None

    def open(self, path: str, status: int = 200) -> Page:
        answer = self.client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.headers.get("Location"))
        return Page(answer.get_data(as_text=True))

    def send(self, path: str, page: str | None = None, **values: Any) -> TestResponse:
        """Fill in the form that stands on `page` (by default at the path itself) and send it to the path."""
        opened = self.open(page or path)
        assert opened.csrf, "there is no form on the page"
        return self.client.post(path, data={"csrf_token": opened.csrf, **values})

    def make(self, **content: Any) -> int:
        """A workshop of the organiser's own; its number."""
        assert self.organiser is not None
        made = create_workshop(self.organiser.id, {"title": "Unge i Fjordby", "template": "idea_pool", **content})
        return int(made["workshop"]["id"])

    def actor(self, workshop_id: int) -> Actor:
        assert self.organiser is not None
        return Actor(ORGANISER, workshop_id, organiser_id=self.organiser.id)


def workshop(number: int) -> Workshop:
    """The row as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Workshop, number)


def logged_in(app: Flask, name: str) -> Browser:
    organiser = accounts.create_organiser(name, PASSWORD)
    _, token = accounts.log_in(name, PASSWORD)
    client = client_of(app)
    client.set_cookie(cookie_name(ORGANISER), token)
    return Browser(client, organiser)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """Somebody without any cookie."""
    return Browser(client_of(app))


@pytest.fixture
def mette(app: Flask) -> Browser:
    return logged_in(app, "Mette")


@pytest.fixture
def bo(app: Flask) -> Browser:
    return logged_in(app, "Bo")


def owner_of(app: Flask, workshop_id: int) -> Browser:
    """The browser of a workshop's organiser, who is logged in."""
    token = secrecy.new_token()
    owner = db.session.get_one(Workshop, workshop_id).organiser_id
    with writing_outside():
        issue(token, ORGANISER, organiser_id=owner)
    client = client_of(app)
    client.set_cookie(cookie_name(ORGANISER), token)
    return Browser(client, db.session.get(Organiser, owner))
