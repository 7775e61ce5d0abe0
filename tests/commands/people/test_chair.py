"""Who leads the room: deliberate, visible, and never stuck with a device that is gone."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.commands.voting import Room, refused
from workshop import clock, identity
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import JournalEntry, Organiser, Token, Workshop
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


def test_a_device_without_a_token_neither_takes_nor_gives_the_chair_nor_has_a_name(room: Room):
    """The organiser's own pages act without a device in the room. Nobody leads yet, which is no token either."""
    page = Actor(ORGANISER, room.id, organiser_id=db.session.get_one(Workshop, room.id).organiser_id)
    with refused("not_allowed"):
        perform(page, "take_chair", {})
    with refused("not_allowed", "to", chair=True):
        perform(page, "hand_over", {"to": f"facilitator:{room.chair.token_id}"})
    with refused("not_allowed"):
        perform(page, "set_name", {"name": "Mette"})
    assert chair_of(room) is None


def test_the_chair_is_silent_after_more_than_a_minute_also_when_the_clock_was_set_back(room: Room):
    other, moment = co_facilitator(room), clock.now()
    with clock.frozen(moment):
        room.do(room.chair, "take_chair")
    for seconds in (60, -60):
        with clock.frozen(moment + timedelta(seconds=seconds)), refused("not_allowed", "chair", chair=True):
            perform(other, "take_chair", {})
    with clock.frozen(moment - timedelta(seconds=61)):
        room.do(other, "take_chair")
    assert chair_of(room)["name"] == "Jonas"


def test_who_is_given_the_chair_has_a_minute_to_connect(room: Room):
    other, third = co_facilitator(room), co_facilitator(room, "Ida")
    room.do(room.chair, "take_chair")
    silent_for(other, 300)
    room.do(room.chair, "hand_over", to=f"facilitator:{other.token_id}")
    with refused("not_allowed", "chair", chair=True):
        perform(third, "take_chair", {})
    with refused("not_allowed", "to", chair=True):
        perform(third, "hand_over", {"to": f"facilitator:{third.token_id}"})
    with refused("already", "to"):
        perform(other, "hand_over", {"to": f"facilitator:{other.token_id}"})


def organiser_token(organiser_id: int) -> Token:
    with writing_outside():
        row = identity.issue(secrets.token_urlsafe(16), ORGANISER, organiser_id=organiser_id)
        db.session.flush()
        number = row.id
    return db.session.get_one(Token, number)


def test_the_chair_goes_to_this_workshops_organiser_and_to_no_other_nor_to_an_ended_log_in(room: Room):
    own = organiser_token(db.session.get_one(Workshop, room.id).organiser_id)
    ended = organiser_token(own.organiser_id)
    with writing_outside():
        db.session.add(stranger := Organiser(name="Bo", password_hash="-", created_at=clock.now()))
        db.session.get_one(Token, ended.id).ended_at = clock.now()
        db.session.flush()
        number = stranger.id
    room.do(room.chair, "take_chair")
    for token in (ended, organiser_token(number)):
        with refused("not_found", "to"):
            perform(room.chair, "hand_over", {"to": f"organiser:{token.id}"})
    room.do(room.chair, "hand_over", to=f"organiser:{own.id}")
    db.session.rollback()
    assert db.session.get_one(Workshop, room.id).chair_token_id == own.id
