"""Every version of a text over HTTP: for whoever is in the room, and for nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.commands.voting import GOAL, Room
from tests.web.test_personal import joined
from workshop.web.assets.catalogue import fields_url


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 5})


@pytest.fixture
def goal(room: Room) -> str:
    goal = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Mere mad")
    return goal


def ask(client: FlaskClient, headers: dict[str, str], **args: str):
    return client.get("/api/versions", query_string=args, headers=headers)


def test_a_phone_is_told_what_changed_and_what_differs_from_a_version(client: FlaskClient, room: Room, goal: str):
    answer = ask(client, joined(client, room), on=goal, since="1").get_json()
    assert answer["ok"] and answer["version"] == 2
    change = {"field": "title", "old": GOAL["title"], "new": "Mere mad"}
    assert answer["changes"] == answer["stretches"][0]["changes"] == [change]


@pytest.mark.parametrize(
    ("args", "status", "code"),
    [
        ({"on": "goal:999"}, 404, "not_found"),
        ({"on": "idea:1"}, 422, "malformed"),
        ({"on": "goal:²"}, 422, "malformed"),
        ({}, 422, "malformed"),
        ({"since": "9"}, 422, "malformed"),
        ({"since": "-1"}, 422, "malformed"),
        ({"since": "x" * 400}, 422, "malformed"),
    ],
)
def test_what_is_not_there_is_refused(
    client: FlaskClient, room: Room, goal: str, args: dict[str, str], status: int, code: str
):
    on = {} if not args else {"on": goal}
    answer = ask(client, joined(client, room), **{**on, **args})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)


def test_another_rooms_text_is_not_found_and_nobody_asks_without_a_token(client: FlaskClient, room: Room, goal: str):
    elsewhere = Room({"citizens": 1})
    assert ask(client, joined(client, elsewhere), on=goal).status_code == 404
    assert ask(client, {}, on=goal).status_code == 401


def test_the_table_of_fields_is_kept_for_ever_under_its_address(client: FlaskClient, room: Room):
    answer = client.get(fields_url())
    assert "immutable" in answer.headers["Cache-Control"]
    names = {one["name"]: one for one in answer.get_json()["agreement"]}
    assert names["purpose"]["correctable"] and not names["parties"]["correctable"] and names["dissent"]["derived"]
    assert client.get("/catalogue/fields.0000000000.json").headers["Cache-Control"] == "no-cache"
