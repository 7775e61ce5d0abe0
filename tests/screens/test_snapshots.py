"""A kept snapshot that is as far as the clock is given after one statement, and is what a fresh one would be."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room
from tests.counting import statements
from workshop import screens
from workshop.extensions import db
from workshop.screens import snapshots


@pytest.fixture
def room(app: Flask) -> Room:
    snapshots._kept.clear()
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
