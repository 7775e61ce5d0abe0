"""The pages of the console's pictures: let in as the console is, shown inside our own pages only, and without contents."""

from __future__ import annotations

import json
import re

import pytest
from werkzeug.test import TestResponse

from tests.kept_room import KeptRoom
from workshop.cookies import cookie_name
from workshop.identity import BOARD, FACILITATOR, PARTICIPANT

SCREENS = pytest.mark.parametrize("screen", ["board", "phone"])


def got(room: KeptRoom, path: str, role: str | None = None, token: str | None = None) -> TestResponse:
    client = room.app.test_client()
    if role is not None:
        client.set_cookie(cookie_name(role, room.id), room.tokens[token or role])
    return client.get(path)


def facts(answer: TestResponse) -> dict:
    found = re.search(r'<script type="application/json" id="page">(.*?)</script>', answer.text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@SCREENS
def test_a_facilitator_is_let_in_and_looks_on(kept: KeptRoom, screen: str):
    answer = got(kept, f"/workshops/{kept.id}/preview/{screen}", FACILITATOR)
    assert answer.status_code == 200
    found = facts(answer)
    assert (found["as"], found["preview"], found["person"]) == (FACILITATOR, True, "preview")
    assert found.get("first") is None, "a picture of nobody asks for nobody's things"
    for name in ("idea", "hidden", "private", "goal"):
        assert f"Idé {name}" not in answer.text


@SCREENS
@pytest.mark.parametrize(("role", "token"), [(None, None), (PARTICIPANT, "author"), (BOARD, BOARD)])
def test_nobody_else_is(kept: KeptRoom, screen: str, role: str | None, token: str | None):
    assert got(kept, f"/workshops/{kept.id}/preview/{screen}", role, token).status_code == 404
    assert got(kept, f"/workshops/{kept.elsewhere.room.id}/preview/{screen}", FACILITATOR).status_code == 404


@SCREENS
def test_it_speaks_the_language_of_the_room_whatever_was_asked_for(kept: KeptRoom, screen: str):
    answer = got(kept, f"/workshops/{kept.id}/preview/{screen}?lang=en", FACILITATOR)
    assert facts(answer)["language"] == "da" and '<html lang="da"' in answer.text


@SCREENS
def test_only_our_own_pages_may_show_it(kept: KeptRoom, screen: str):
    answer = got(kept, f"/workshops/{kept.id}/preview/{screen}", FACILITATOR)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "role", "token"),
    [("/", None, None), ("/workshops/{id}/console", FACILITATOR, None), ("/workshops/{id}/board", BOARD, None),
     ("/room/{code}", PARTICIPANT, "author"), ("/organiser/login", None, None), ("/nothing", None, None)],
)  # fmt: skip
def test_no_other_page_is_shown_inside_another(kept: KeptRoom, path: str, role: str | None, token: str | None):
    answer = got(kept, path.format(id=kept.id, code=kept.rich.room.code), role, token)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
