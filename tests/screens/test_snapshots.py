"""A kept snapshot that is as far as the clock is given after one statement, and is what a fresh one would be."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.counting import statements
from workshop import screens
from workshop.extensions import db
from workshop.models import Workshop
from workshop.screens import snapshots
from workshop.store import writing_outside


@pytest.fixture
def room(app: Flask) -> Room:
    snapshots.clear()
    return Room({"citizens": 6})


def records(found: dict[str, Any]) -> dict[str, Any]:
    return {record["id"]: record for record in found["put"]}


def told(room: Room, since: int) -> int:
    """What the pump does: reads what has changed, sends it, and brings the kept snapshot forward."""
    db.session.rollback()
    found = screens.live_changes(room.id, since, "room")
    screens.follow(room.id, "room", found)
    return found["to"]


def test_what_was_told_is_given_after_one_statement(room: Room):
    room.ideas(2)
    sent = screens.snapshot(room.id, "room")["to"]
    room.do(room.everybody[0], "withdraw_idea", idea="idea:1")
    room.ideas(1)
    room.join("citizens")
    sent = told(room, sent)
    with statements() as seen:
        kept = screens.snapshot(room.id, "room")
    assert len(seen) == 1 and kept["to"] == sent == room.clock()
    assert records(kept) == records(screens.changes(room.id, 0, "room"))
    assert kept == screens.snapshot(room.id, "room")


def test_what_is_behind_is_brought_forward(room: Room):
    """Also where nobody was told yet: whoever has an answer finds it in the next snapshot."""
    screens.snapshot(room.id, "room")
    (idea,) = room.ideas(1)
    found = screens.snapshot(room.id, "room")
    assert found["to"] == room.clock() and idea in records(found)


def test_while_people_vote_the_ballots_own_record_is_read_again(room: Room):
    ballot = room.ballot(room.ideas(1))
    sent = screens.snapshot(room.id, "room")["to"]
    room.cast(room.everybody[0], ballot, **{"idea:1": 1})
    told(room, sent)
    kept = screens.snapshot(room.id, "room")
    assert records(kept)[ballot]["turnout"]["voted"] == 1
    assert records(kept) == records(screens.changes(room.id, 0, "room"))


@pytest.mark.parametrize("audience", ["room", "board", "facilitator"])
def test_who_comes_back_with_the_same_number_is_given_the_same_after_one_statement(room: Room, audience: str):
    room.ideas(2)
    since = room.clock()
    room.ideas(1)
    room.do(room.everybody[0], "withdraw_idea", idea="idea:1")
    first = screens.catch_up(room.id, since, audience)
    assert first == screens.changes(room.id, since, audience) and first["put"] and first["gone"]
    with statements() as seen:
        again = screens.catch_up(room.id, since, audience)
    assert len(seen) == 1 and again == first
    # Another number, and another audience, are answers of their own.
    assert screens.catch_up(room.id, since - 1, audience) == screens.changes(room.id, since - 1, audience)
    assert screens.catch_up(room.id, 1, "facilitator") == screens.changes(room.id, 1, "facilitator")


def test_who_comes_back_after_a_change_is_given_it(room: Room):
    room.ideas(1)
    since = room.clock()
    screens.catch_up(room.id, since, "room")
    (idea,) = room.ideas(1)
    found = screens.catch_up(room.id, since, "room")
    assert found["to"] == room.clock() and idea in records(found)


def test_a_room_that_was_restored_is_read_anew(room: Room):
    """A backup brings an earlier number of the clock back, under a new epoch."""
    room.ideas(1)
    since = room.clock() - 1
    before = screens.catch_up(room.id, since, "room")
    with writing_outside():
        db.session.get_one(Workshop, room.id).epoch = "restored"
    assert before["epoch"] != "restored"
    assert screens.catch_up(room.id, since, "room")["epoch"] == "restored"


def test_a_large_answer_is_not_kept(room: Room, monkeypatch: pytest.MonkeyPatch):
    since = room.clock()
    room.ideas(2)
    monkeypatch.setattr(snapshots, "_LARGEST", 1)
    first = screens.catch_up(room.id, since, "room")
    assert len(first["put"]) > 1 and screens.catch_up(room.id, since, "room") is not first
    monkeypatch.setattr(snapshots, "_LARGEST", len(first["put"]))
    assert screens.catch_up(room.id, since, "room") is screens.catch_up(room.id, since, "room")
