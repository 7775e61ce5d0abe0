"""A picture on the console sees what the room sees, and is nobody in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.kept_room import KeptRoom
from workshop.extensions import socketio
from workshop.identity import BOARD, FACILITATOR


@contextmanager
def line(room: KeptRoom, token: str, **auth: Any) -> Iterator[Any]:
    client = socketio.test_client(room.app, auth={"token": room.tokens[token], **auth})
    yield client
    if client.is_connected():
        client.disconnect()


def synced(client: Any) -> dict[str, Any]:
    answer = client.emit("sync", {"since": 0, "epoch": None}, callback=True)
    assert answer["ok"], answer
    return answer


def records(answer: dict[str, Any]) -> dict[str, Any]:
    return {record["id"]: record for record in answer["put"]}


def command(client: Any, name: str, **args: Any) -> dict[str, Any]:
    return client.emit("command", {"id": "0" * 32, "name": name, "args": args}, callback=True)


def live(room: KeptRoom) -> Any:
    return room.app.extensions["rundbord_live"]


def test_it_sees_exactly_what_the_room_sees(kept: KeptRoom):
    with line(kept, FACILITATOR, preview=True) as picture, line(kept, BOARD) as board, line(kept, FACILITATOR) as console:
        seen, shown, known = (records(synced(client)) for client in (picture, board, console))
    assert seen == shown
    assert kept.rich.ids["hidden"] in known and kept.rich.ids["hidden"] not in seen
    assert not any(record["kind"] == "participant" for record in seen.values())


def test_it_is_nobody_and_has_nothing_of_its_own(kept: KeptRoom):
    with line(kept, FACILITATOR, preview=True) as picture:
        answer = synced(picture)
        assert (answer["mine"], answer["me"]["role"], answer["me"]["name"], answer["me"]["group"]) == ({}, BOARD, None, None)
        picture.emit("writing", {"active": True})
        presence = live(kept).presence
        here, writing = presence._gather(kept.id)
        assert (here, writing) == (set(), 0)
        assert live(kept).connections.facilitators() == set(), "a chair is not here because a picture is"


@pytest.mark.parametrize("name", ["start_step", "edit_workshop", "post_idea", "show_on_board", "take_chair"])
def test_every_command_is_refused(kept: KeptRoom, name: str):
    _, args = kept.scenario(name)
    before = kept.rows()
    with line(kept, FACILITATOR, preview=True) as picture:
        assert command(picture, name, **args)["error"]["code"] == "not_allowed"
    assert kept.rows() == before


@pytest.mark.parametrize("token", ["author", BOARD])
def test_nobody_else_becomes_somebody_else_by_asking_for_it(kept: KeptRoom, token: str):
    with line(kept, token, preview=True) as asked, line(kept, token) as plain:
        assert synced(asked)["me"] == synced(plain)["me"]


def test_a_picture_of_a_phone_is_sent_what_phones_are_and_one_of_the_board_what_the_board_is(kept: KeptRoom):
    goal = kept.rich.ids["other_goal"]
    kept.rich.do(kept.rich.chair, "edit_goal", goal=goal, version=1, title="Under arbejde", draft=True)
    titles = {}
    for preview in ("phone", "board", True):
        with line(kept, FACILITATOR, preview=preview) as picture:
            answer = synced(picture)
            assert answer["me"]["role"] == BOARD
            titles[preview] = next(record["title"] for record in answer["put"] if record["id"] == goal)
    assert titles["phone"] != "Under arbejde" and titles["board"] == titles[True] == "Under arbejde"


@pytest.mark.parametrize("preview", ["true", 1, None, {}])
def test_only_the_plain_word_counts(kept: KeptRoom, preview: Any):
    with line(kept, FACILITATOR, preview=preview) as client:
        assert synced(client)["me"]["role"] == FACILITATOR


def test_it_ends_with_the_link_it_came_by(kept: KeptRoom):
    with line(kept, FACILITATOR, preview=True) as picture:
        kept.rich.do(kept.rich.chair, "replace_link", role=FACILITATOR)
        try:
            answer = picture.emit("sync", {"since": 0, "epoch": None}, callback=True)
            assert answer == {"ok": False, "error": {"code": "ended"}}
        except RuntimeError:
            assert not picture.is_connected(), "the feed may be quicker, and close it"
        deadline = time.monotonic() + 20
        while picture.is_connected() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not picture.is_connected()
