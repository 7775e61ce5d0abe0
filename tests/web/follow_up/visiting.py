"""Somebody who opens a link after the seminar, and fills in the forms of its page as a browser does."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.conftest import client_of

DOORS = {"receiver": "r", "steward": "s", "panel": "panel"}
_HIDDEN = re.compile(r'name="(key|once)" value="([^"]*)"')


def opened(app: Flask, room: PromiseRoom, role: str, client: FlaskClient | None = None, **about: Any) -> Visitor:
    """Who is let in by a new link, in a browser of their own."""
    token = room.do(room.chair, "make_link", role=role, **about)["link"]
    return Visitor(client or client_of(app), role, token)


class Visitor:
    """A browser with the page of one link open."""

    def __init__(self, client: FlaskClient, role: str, token: str) -> None:
        self.client, self.door = client, f"/{DOORS[role]}/{token}"
        answer = client.post(self.door)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        self.path = str(answer.headers["Location"])

    def see(self, status: int = 200, query: str = "") -> str:
        """The page as it is now."""
        answer = self.client.get(self.path + query)
        assert answer.status_code == status
        return unescape(answer.get_data(as_text=True))

    def hidden(self) -> dict[str, str]:
        """The key and the id of the page's forms."""
        return dict(_HIDDEN.findall(self.see()))

    def send(self, under: str = "", hidden: dict[str, str] | None = None, /, **fields: str) -> TestResponse:
        """Sends one of the page's forms."""
        return self.client.post(self.path + under, data={**(hidden or self.hidden()), **fields})

    def answer(self, on: str, act: str = "save", /, revision: int = 0, **fields: str) -> TestResponse:
        """Fills in the answer to an item."""
        prefix = on.replace(":", "-")
        typed = {f"{prefix}-{name}": value for name, value in {**fields, "revision": str(revision)}.items()}
        return self.send(act=act, **typed)


def words(answer: TestResponse) -> str:
    """What a page says, read as a person reads it."""
    return unescape(answer.get_data(as_text=True))
