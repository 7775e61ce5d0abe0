"""Every form of the pages by link, with every token there is: who is not let in changes nothing, at any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.conftest import application
from tests.web import every_token
from tests.web.conftest import client_of
from tests.web.every_token import FOLLOWERS, Entrances
from workshop import rate_limits
from workshop.extensions import db

#: whose page each form stands on; a new one that is not named here fails
FORMS = {
    "following.answer": "receiver",
    "following.draft": "receiver",
    "following.receiver_path": "receiver",
    "following.receiver_question": "receiver",
    "following.report": "steward",
    "following.verdict": "steward",
    "following.steward_question": "steward",
    "following.hand_on": "steward",
    "following.say": "panel",
}
#: forms that are filled in here by fields that are there in every workshop
KEEPING = {"following.receiver_path", "following.say"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Entrances]]:
    app = application(tmp_path_factory.mktemp("attacks"))
    with app.app_context():
        db.create_all()
        yield app, every_token.make()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def nobody_is_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "check", lambda actor: None)


def rows() -> dict[str, list[Any]]:
    db.session.rollback()
    return {table.name: list(db.session.execute(table.select())) for table in db.metadata.sorted_tables}


def forms(app: Flask) -> list[Any]:
    return [rule for rule in every_token.page_rules(app, "POST") if rule.endpoint.startswith("following.")]


def test_every_form_is_named_with_whose_page_it_stands_on(house: tuple[Flask, Entrances]):
    app, _ = house
    assert {rule.endpoint: every_token.page_of(rule) for rule in forms(app)} == FORMS


def test_no_form_takes_anything_from_who_is_not_let_in_by_its_link(house: tuple[Flask, Entrances]):
    app, entrances = house
    before, asked = rows(), 0
    for rule in forms(app):
        owner = FORMS[rule.endpoint]
        for kind, token in entrances.tokens.items():
            for cookie in (owner, f"{owner} page"):
                if kind == owner and cookie == f"{owner} page":
                    continue
                client = client_of(app)
                client.set_cookie(entrances.cookies[cookie], token)
                answer = client.post(entrances.path(rule), data={"act": "publish", "words": "x", "key": "nothing"})
                assert answer.status_code == 410, (rule.endpoint, kind, cookie)
                asked += 1
    assert asked > 400 and rows() == before


def test_a_form_and_the_api_share_the_limit_of_the_link(house: tuple[Flask, Entrances], monkeypatch: pytest.MonkeyPatch):
    """Beyond it nothing is stored, what was typed stays on the page, and another device of the link has no new limit."""
    monkeypatch.undo()
    monkeypatch.setattr(rate_limits, "_CHAIR_STEADY", rate_limits.Limit(2, 60))
    app, entrances = house
    before, typed = rows(), "Skrevet, mens der ventes"
    for rule in forms(app):
        rate_limits._counters.kept.clear()
        owner = FORMS[rule.endpoint]
        api = client_of(app)
        for _ in range(2):
            given = {"Authorization": f"Bearer {entrances.tokens[f'{owner} link']}"}
            assert api.get("/api/follow_up", headers=given).status_code == 200
        client = client_of(app)
        client.set_cookie(entrances.cookies[f"{owner} page"], entrances.tokens[owner])
        fields = {"step": "new", "step-new-body": typed, "say-whole-words": typed, "act": "say=whole"}
        answer = client.post(entrances.path(rule), data=fields)
        told = str(answer.get_json()["words"]) if answer.is_json else answer.get_data(as_text=True)
        assert "Du har sendt meget på kort tid" in told, rule.endpoint
        assert answer.is_json or answer.status_code == 429, rule.endpoint
        assert typed in told or rule.endpoint not in KEEPING, rule.endpoint
    assert rows() == before


@pytest.mark.parametrize("key", ["nothing", "", "å"])
def test_who_is_let_in_needs_the_key_of_the_own_page(house: tuple[Flask, Entrances], key: str):
    """What another site, or another device, puts before them is not theirs."""
    app, entrances = house
    before = rows()
    for rule in forms(app):
        client = client_of(app)
        owner = FORMS[rule.endpoint]
        client.set_cookie(entrances.cookies[f"{owner} page"], entrances.tokens[owner])
        answer = client.post(entrances.path(rule), data={"act": "publish", "key": key})
        told = answer.get_json()["ok"] is False if answer.is_json else answer.status_code in (409, 422)
        assert told, rule.endpoint
    assert rows() == before


def test_a_page_opens_to_its_own_link_alone(house: tuple[Flask, Entrances]):
    app, entrances = house
    for role in FOLLOWERS:
        path = f"/workshops/{entrances.room.id}/{role}/{entrances.links[role]}"
        for kind, token in entrances.tokens.items():
            client = client_of(app)
            client.set_cookie(entrances.cookies[f"{role} page"], token)
            assert client.get(path).status_code == (200 if kind == role else 410), (role, kind)


def test_links_of_all_kinds_made_ended_and_replaced_let_nobody_in_again(house: tuple[Flask, Entrances]):
    app, entrances = house
    doors = {"receiver": "r", "steward": "s", "panel": "panel"}
    for role, door in doors.items():
        for kind, token in entrances.tokens.items():
            if kind == f"{role} link":
                continue
            for call in (client_of(app).get, client_of(app).post):
                assert call(f"/{door}/{token}").status_code == 410, (role, kind)
