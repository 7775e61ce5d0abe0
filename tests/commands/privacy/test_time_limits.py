"""From which moment names are erased, and from which the clock is not believed: to the second."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.commands.privacy.author import room_that_can_close
from tests.commands.voting import Room, refused
from workshop import clock
from workshop.commands.privacy import retention, server_clock
from workshop.commands.privacy.erasure import NO_CODE
from workshop.door import marks
from workshop.extensions import db
from workshop.models import Commitment, Goal, IdeaView, JournalEntry, Participant, Token, Undo, Workshop
from workshop.store import note_views, writing, writing_outside

SECOND = timedelta(seconds=1)
YEAR, MONTH = timedelta(days=365), timedelta(days=30)


@pytest.fixture
def room(app: Flask) -> Room:
    return room_that_can_close({"citizens": 3}, retention_days=90)


def last_entry(room: Room) -> datetime:
    db.session.rollback()
    found = db.session.scalar(select(func.max(JournalEntry.at)).where(JournalEntry.workshop_id == room.id))
    assert found is not None
    return found


def test_an_open_workshop_is_forgotten_after_more_than_a_year_without_a_command(room: Room):
    last = last_entry(room)
    with clock.frozen(last + YEAR):
        assert retention.due(clock.now()) == []
        with refused("wrong_step", "workshop", state="open"):
            retention.erase_names_of(room.id)
    with clock.frozen(last + YEAR + SECOND):
        assert retention.due(clock.now()) == [room.id]
        retention.erase_names_of(room.id)


def test_the_example_is_never_forgotten(room: Room):
    with writing_outside():
        db.session.get_one(Workshop, room.id).example = True
    assert retention.due(last_entry(room) + 2 * YEAR) == []


def test_a_workshop_that_closed_at_no_known_moment_is_not_due(room: Room):
    room.do(room.chair, "close_workshop")
    closed_at = db.session.get_one(Workshop, room.id).closed_at
    assert closed_at is not None
    days = timedelta(days=90)
    assert [retention.due(closed_at + days - SECOND), retention.due(closed_at + days)] == [[], [room.id]]
    with writing(room.id) as write:
        write.workshop.closed_at = None
    assert retention.due(closed_at + days) == []


def test_workshops_are_due_in_the_order_of_their_numbers_the_closed_before_the_forgotten(room: Room):
    closed = [room_that_can_close({"citizens": 1}, title=title, retention_days=90) for title in ("Et", "To")]
    for one in closed[::-1]:
        one.do(one.chair, "close_workshop")
    assert retention.due(last_entry(closed[0]) + YEAR + SECOND) == [closed[0].id, closed[1].id, room.id]


def test_a_clock_is_believed_up_to_thirty_days_after_the_last_sign_of_life(room: Room):
    last = last_entry(room)
    assert server_clock.leapt_from(last + MONTH) is None
    assert server_clock.leapt_from(last + MONTH + SECOND) == last
    server_clock.believe(last + MONTH)
    assert marks.get("clock") == last + MONTH
    assert server_clock.leapt_from(last + 2 * MONTH) is None
    assert server_clock.leapt_from(last + 2 * MONTH + SECOND) == last + MONTH


def test_where_nothing_ever_happened_every_clock_is_believed(app: Flask):
    assert server_clock.leapt_from(clock.now() + 10 * YEAR) is None


def test_all_that_names_a_person_goes_in_this_workshop_and_in_no_other(room: Room):
    other = room_that_can_close({"citizens": 3}, title="Et andet sted")
    for one in (room, other):
        first, second, third = one.everybody
        for person, name in ((first, "Ingeborg"), (second, "Bertil"), (one.chair, "Olsen")):
            one.do(person, "set_name", name=name)
        idea = one.ideas(1)[0]
        note_views(one.id, third.participant_id, [int(idea.partition(":")[2])])
        goal = one.text(Goal)
        one.do(second, "make_commitment", on=goal, standing="behind", words="Ja")
        one.do(one.chair, "create_theme", title="Steder")
    room.do(room.chair, "close_workshop")
    before = kept(other)
    since = room.clock()
    assert retention.erase_names_of(room.id) == {"people": 2, "commitments": 1, "votes": 0}
    assert kept(other) == before
    assert kept(room) == {"names": 0, "codes": 0, "open": 0, "tokens": 0, "views": 0, "undos": 0, "commitments": 0}
    workshop = db.session.get_one(Workshop, room.id)
    assert workshop.names_erased_at is not None and workshop.seq == since + 1 == room.clock()
    people = db.session.scalars(select(Participant).where(Participant.workshop_id == room.id))
    assert {person.seq for person in people} == {since + 1}


def kept(room: Room) -> dict[str, int]:
    """How many rows of a workshop still name somebody."""
    db.session.rollback()
    db.session.expire_all()

    def count(model: type, *which: object) -> int:
        wanted = select(func.count()).select_from(model).where(model.workshop_id == room.id, *which)  # type: ignore[attr-defined,arg-type]
        return db.session.scalar(wanted) or 0

    of_people = Token.participant_id.is_not(None)
    return {
        "names": count(Participant, Participant.name.is_not(None)) + count(Token, Token.name.is_not(None)),
        "codes": count(Participant, Participant.reentry_hash != NO_CODE) + count(Token, Token.sealed_code.is_not(None)),
        "open": count(Participant, Participant.agrees_openly.is_not(None)),
        "tokens": count(Token, of_people, Token.ended_at.is_(None)),
        "views": count(IdeaView),
        "undos": count(Undo),
        "commitments": count(Commitment, Commitment.name.is_not(None)),
    }
