"""Who was there over the day is noted by the server, not by a command (docs/rules.md section 10; docs/decisions.md, 23)."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.commands.voting import Room
from workshop import clock, faults, locks, screens
from workshop.commands.people import attendance
from workshop.extensions import db
from workshop.models import Attendance, JournalEntry, Participant
from workshop.rules.attendance import MOST
from workshop.screens.attendance import attendance as shown
from workshop.store import note_seen, writing_outside


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 3})


def later(minutes: float):
    return clock.now() + timedelta(minutes=minutes)


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Attendance)) or 0


def start(room: Room, kind: str = "ideas") -> str:
    step = room.do(room.chair, "add_step", kind=kind)["step"]
    room.do(room.chair, "start_step", step=step)
    return step


def test_the_room_is_looked_round_at_once_and_then_every_five_minutes(room):
    assert [attendance.take_samples([room.id], later(minutes)) for minutes in (0, 1, 4.9, 5, 9, 10.1)] == [1, 0, 0, 1, 0, 1]
    assert stored() == 3


def test_each_start_of_a_step_is_a_look_of_its_own(room):
    step = start(room)
    (look,) = shown(room.id)
    assert look["step"] == step
    assert look["groups"][0] == {"key": "citizens", "joined": 6, "present": 6}


def test_a_look_is_no_change_no_clock_moves_and_the_journal_is_silent(room):
    before = room.clock(), screens.changes(room.id, 0, "facilitator")
    assert attendance.take_samples([room.id]) == 1
    assert (room.clock(), screens.changes(room.id, 0, "facilitator")) == before
    names = set(db.session.scalars(select(JournalEntry.name).where(JournalEntry.workshop_id == room.id)))
    assert not any("attendance" in name for name in names)


def test_who_has_not_been_seen_for_half_an_hour_is_not_there(room):
    citizens = {person.participant_id for person in room.people["citizens"]}
    with writing_outside():
        db.session.execute(update(Participant).values(last_seen_at=later(-31)))
    note_seen(set(sorted(citizens)[:5]))
    attendance.take_samples([room.id])
    (look,) = shown(room.id)
    assert [(one["joined"], one["present"]) for one in look["groups"]] == [(6, 5), (None, 0)]


def test_a_group_under_the_privacy_minimum_is_no_number(room):
    attendance.take_samples([room.id])
    (look,) = shown(room.id)
    assert look["groups"][1] == {"key": "politicians", "joined": None, "present": None}


def test_only_an_open_workshop_is_looked_round(app):
    draft = Room({"citizens": 0}, state="draft")
    assert attendance.take_samples([draft.id]) == 0
    room = Room({"citizens": 5}, receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    assert attendance.take_samples([room.id, 999_999]) == 0


def test_a_workshop_that_stays_open_for_weeks_keeps_a_bounded_number_of_looks(room):
    for number in range(MOST + 30):
        attendance.take_samples([room.id], later(5 * number))
    assert stored() <= MOST
    assert shown(room.id)[-1]["at"] == clock.stamp(max(db.session.scalars(select(Attendance.at))))


def test_a_step_that_is_undone_or_removed_takes_no_look_away(room):
    step = start(room)
    room.do(room.chair, "undo", seq=room.clock())
    assert stored() == 1
    room.do(room.chair, "remove_step", step=step)
    assert stored() == 1 and shown(room.id)[0]["step"] is None


def test_it_is_numbers_only_and_stays_when_a_person_is_erased(room):
    attendance.take_samples([room.id])
    room.do(room.everybody[0], "erase_me")
    row = db.session.scalar(select(Attendance))
    assert row is not None and row.counts == {"citizens": [6, 6], "politicians": [3, 3]}


def test_a_look_from_before_the_clock_was_set_back_does_not_keep_the_next_one_away(room):
    assert attendance.take_samples([room.id], later(60)) == 1
    assert attendance.take_samples([room.id], later(0)) == 1
    assert attendance.take_samples([room.id], later(1)) == 0


def test_a_group_that_nobody_has_joined_is_no_number_in_a_look(app):
    empty = Room({"citizens": 5, "politicians": 0})
    attendance.take_samples([empty.id])
    assert db.session.scalars(select(Attendance)).one().counts == {"citizens": [5, 5]}


def test_a_workshop_that_is_locked_is_left_and_the_others_are_looked_round(room, monkeypatch):
    other, joined = Room({"citizens": 5}), attendance.electorate.joined

    def held(workshop_id: int) -> dict[str, int]:
        if workshop_id == room.id:
            raise locks.Locked
        return joined(workshop_id)

    monkeypatch.setattr(attendance.electorate, "joined", held)
    # A lock that is held is no fault, which would be logged.
    monkeypatch.setattr(faults, "survived", contextlib.nullcontext)
    with locks.waiting_at_most(0):
        assert attendance.take_samples([room.id, other.id]) == 1
    assert db.session.scalars(select(Attendance.workshop_id)).all() == [other.id]
