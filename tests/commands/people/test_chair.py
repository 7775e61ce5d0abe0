"""Who leads the room: deliberate, visible, and never stuck with a device that is gone."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.commands.voting import Room
from workshop import clock, identity
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import JournalEntry, Token
from workshop.rules.refusal import Refused
from workshop.store import note_seen, writing_outside


def co_facilitator(room: Room, name: str = "Jonas") -> Actor:
    token = secrets.token_urlsafe(16)
    with writing_outside():
        identity.issue(token, "facilitator", workshop_id=room.id)
    actor = identity.find(token)
    perform(actor, "set_name", {"name": name})
    return actor


def chair_of(room: Room) -> dict | None:
    return room.record(f"workshop:{room.id}", "facilitator")["chair"]


def silent_for(actor: Actor, seconds: int) -> None:
    with writing_outside():
        db.session.execute(
            update(Token).where(Token.id == actor.token_id).values(last_seen_at=clock.now() - timedelta(seconds=seconds))
        )


@pytest.fixture
def room(app) -> Room:
    return Room({"citizens": 1})


def test_nobody_leads_until_somebody_takes_the_chair(room: Room):
    assert chair_of(room) is None
    perform(room.chair, "set_name", {"name": "Mette"})
    room.do(room.chair, "take_chair")
    assert chair_of(room) == {"id": f"facilitator:{room.chair.token_id}", "name": "Mette"}


def test_the_chair_is_not_taken_from_somebody_who_is_here(room: Room):
    other = co_facilitator(room)
    room.do(room.chair, "take_chair")
    silent_for(room.chair, 45)
    with pytest.raises(Refused) as refusal:
        perform(other, "take_chair", {})
    assert (refusal.value.code, refusal.value.facts) == ("not_allowed", {"chair": True})
    assert chair_of(room)["id"] == f"facilitator:{room.chair.token_id}"


def test_a_co_facilitator_takes_the_chair_of_a_device_silent_for_a_minute(room: Room):
    other = co_facilitator(room)
    room.do(room.chair, "take_chair")
    silent_for(room.chair, 61)
    room.do(other, "take_chair")
    assert chair_of(room) == {"id": f"facilitator:{other.token_id}", "name": "Jonas"}


def test_a_device_that_is_seen_again_keeps_the_chair(room: Room):
    other = co_facilitator(room)
    room.do(room.chair, "take_chair")
    silent_for(room.chair, 300)
    note_seen(set(), {room.chair.token_id or 0})
    with pytest.raises(Refused):
        perform(other, "take_chair", {})


def test_the_chair_of_a_replaced_link_is_free(room: Room):
    room.do(room.chair, "take_chair")
    with writing_outside():
        db.session.execute(update(Token).where(Token.id == room.chair.token_id).values(ended_at=clock.now()))
    other = co_facilitator(room)
    room.do(other, "take_chair")
    assert chair_of(room)["name"] == "Jonas"


def test_only_who_leads_hands_over_and_only_to_a_facilitator_of_this_room(room: Room):
    other, stranger = co_facilitator(room), co_facilitator(Room({"citizens": 1}))
    with pytest.raises(Refused) as refusal:
        perform(room.chair, "hand_over", {"to": f"facilitator:{other.token_id}"})
    assert refusal.value.code == "not_allowed"
    room.do(room.chair, "take_chair")
    for token in (stranger.token_id, room.people["citizens"][0].token_id, 10**9):
        with pytest.raises(Refused) as refusal:
            perform(room.chair, "hand_over", {"to": f"facilitator:{token}"})
        assert refusal.value.code == "not_found"
    room.do(room.chair, "hand_over", to=f"facilitator:{other.token_id}")
    assert chair_of(room)["name"] == "Jonas"
    names = db.session.scalars(select(JournalEntry.name).where(JournalEntry.workshop_id == room.id)).all()
    assert names[-1] == "hand_over"


def test_phones_are_not_told_who_leads(room: Room):
    room.do(room.chair, "take_chair")
    seen = room.record(f"workshop:{room.id}", "room")
    assert "chair" not in seen and "facilitators" not in seen


def test_undoing_something_else_does_not_give_the_chair_back(room: Room):
    other = co_facilitator(room)
    room.do(room.chair, "take_chair")
    done = perform(other, "edit_workshop", {"title": "Et nyt navn"})
    room.do(room.chair, "hand_over", to=f"facilitator:{other.token_id}")
    room.do(other, "undo", seq=done["seq"])
    assert chair_of(room)["id"] == f"facilitator:{other.token_id}"
