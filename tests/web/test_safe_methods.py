"""GET, HEAD and OPTIONS change nothing, whoever asks: programs that show what a link leads to send them unasked."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.conftest import application
from tests.web import every_token, looked_at
from tests.web.conftest import PASSWORD, client_of
from tests.web.every_token import Entrances
from workshop import rate_limits
from workshop.commands.people import accounts
from workshop.commands.room.workshops import links
from workshop.extensions import db
from workshop.first_account import first_organiser_token
from workshop.models import Workshop

#: what an address may hold beside a workshop: a link of each kind, and what each form of the organiser leads to
TOKENS = (
    "facilitator link", "board link", "helper link", "invitation", "receiver link", "steward link", "panel link",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Entrances]]:
    app = application(tmp_path_factory.mktemp("safe"))
    with app.app_context():
        db.create_all()
        yield app, every_token.make()
        db.session.remove()
        db.engine.dispose()


def rows() -> dict[str, list[Any]]:
    """Every row but the mark of `/healthz`, whose purpose is to try a write."""
    db.session.rollback()
    found = {table.name: list(db.session.execute(table.select())) for table in db.metadata.sorted_tables}
    db.session.rollback()
    found["server_mark"] = [row for row in found["server_mark"] if row.name != "health"]
    return found


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Passwords that are counted as wrong."""
    names: list[str] = []
    monkeypatch.setattr(rate_limits, "note_wrong_password", lambda name, address: names.append(name))
    monkeypatch.setattr(rate_limits, "note_wrong_code", lambda address: None)
    monkeypatch.setattr(rate_limits, "check", lambda actor: None)
    return names


@pytest.fixture(scope="module")
def addresses(house: tuple[Flask, Entrances]) -> list[str]:
    """Every page, with each link that its address may hold."""
    app, entrances = house
    found = []
    with pytest.MonkeyPatch.context() as patch:
        for rule in every_token.page_rules(app):
            for token in TOKENS if "token" in rule.arguments else ("",):
                part = "door" if "door" in rule.arguments else "short"
                for short in ("r", "s", "panel") if part == "door" else "fbh" if part in rule.arguments else "f":
                    patch.setitem(every_token.PARTS, "token", entrances.tokens.get(token, ""))
                    patch.setitem(every_token.PARTS, part, short)
                    found.append(entrances.path(rule))
    return found


@pytest.fixture(scope="module")
def looks_for(house: tuple[Flask, Entrances]) -> Callable[[str, str, str], Container[str]]:
    """The cookies that a page looks for, found by asking it without any. That changes nothing either: whoever asks first does
    so between the looks at the rows of its test."""
    app, entrances = house

    @functools.cache
    def looks_for(method: str, path: str, role: str) -> Container[str]:
        answer, looked_for = looked_at.ask(app, path, every_token.query(path, role, entrances.room.id), method)
        assert answer.status_code < 500, path
        return looked_for

    return looks_for


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "who", ["organiser", "facilitator", "participant", "helper", "nothing", "receiver", "steward", "panel"]
)
def test_a_safe_method_changes_no_row_and_counts_nothing(
    house, addresses: list[str], looks_for, counted: list[str], method: str, who: str
):
    app, entrances = house
    client = client_of(app)
    role = who if who in entrances.cookies else "organiser"
    cookies = {entrances.cookies[role]}
    if who in every_token.FOLLOWERS:
        cookies.add(entrances.cookies[f"{who} page"])
    for cookie in cookies:
        client.set_cookie(cookie, entrances.tokens[who])
    before, asked = rows(), 0
    for path in addresses:
        # A page that looks for none of them has been asked already, by somebody without any.
        looked_for = looks_for(method, path, role if path.startswith("/api/") else "")
        if any(cookie in looked_for for cookie in cookies):
            answer = client.open(path, method=method, query_string=every_token.query(path, role, entrances.room.id))
            assert answer.status_code < 500, path
            asked += 1
    assert len(addresses) > 40 and counted == []
    assert asked or method == "OPTIONS", "which Flask answers without looking for anybody"
    after = rows()
    assert [name for name in before if before[name] != after[name]] == []


def test_head_on_a_link_lets_nobody_in_and_a_post_lets_in_one(house):
    app, entrances = house
    token = links(db.session.get_one(Workshop, entrances.room.id))["facilitator"]
    client = client_of(app)
    for method in ("HEAD", "GET", "OPTIONS"):
        answer = client.open(f"/f/{token}", method=method, headers={"Sec-Purpose": "prefetch"})
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    answer = client.post(f"/f/{token}")
    assert answer.status_code == 303 and answer.headers["Location"] == f"/workshops/{entrances.room.id}/console"
    again = client.get(f"/f/{token}")
    assert (again.status_code, again.headers["Location"]) == (302, f"/workshops/{entrances.room.id}/console")


def test_head_on_the_question_whether_a_link_is_replaced_replaces_nothing(house):
    """It did: whatever was not GET was taken for the form."""
    app, entrances = house
    client = client_of(app)
    client.set_cookie(entrances.cookies["organiser"], entrances.tokens["organiser"])
    before = links(db.session.get_one(Workshop, entrances.room.id))
    assert client.head(f"/organiser/workshops/{entrances.room.id}/links/facilitator/replace").status_code == 200
    db.session.rollback()
    assert links(db.session.get_one(Workshop, entrances.room.id)) == before


def test_head_on_the_first_organisers_link_makes_nobody(app: Flask):
    client = client_of(app)
    path = f"/organiser/first/{first_organiser_token()}"
    assert [client.open(path, method=method).status_code for method in ("HEAD", "OPTIONS", "GET")] == [200] * 3
    accounts.check_first_link(first_organiser_token())
    assert accounts.create_first_organiser(first_organiser_token(), "Mette", PASSWORD)
