"""When and where a workshop is held: read as people write it, shown as a moment of the room's own time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop import screens
from workshop.commands.room.duplicating import duplicate_workshop
from workshop.extensions import db
from workshop.models import Workshop


@pytest.fixture
def room(app: Any) -> Room:
    return Room({"citizens": 1})


def planned(room: Room) -> tuple[Any, ...]:
    db.session.rollback()
    put = screens.changes(room.id, 0, "room")["put"]
    found = next(one for one in put if one["kind"] == "workshop")
    return tuple(found[name] for name in ("day", "begins", "begins_at", "place"))


@pytest.mark.parametrize(
    ("day", "begins", "moment"),
    [
        ("12. marts 2027", "kl. 9.30", "2027-03-12T08:30:00.000Z"),
        ("2027-06-12", "09:30", "2027-06-12T07:30:00.000Z"),
        ("2027-03-28", "2.30", "2027-03-28T01:30:00.000Z"),
        ("2027-10-31", "2.30", "2027-10-31T00:30:00.000Z"),
        ("0001-01-01", "0", "0001-01-01T00:00:00.000Z"),
        ("0999-03-12", "9", "0999-03-12T08:09:40.000Z"),
        ("9999-12-31", "23.59", "9999-12-31T22:59:00.000Z"),
    ],
)
def test_it_begins_in_danish_time_in_summer_and_winter_and_when_the_clocks_change(
    room: Room, day: str, begins: str, moment: str
):
    room.do(room.chair, "edit_workshop", day=day, begins=begins, place=" Rådhuset,\nsal 2 ")
    assert planned(room)[2:] == (moment, "Rådhuset, sal 2")


def test_one_without_the_other_is_no_moment_and_both_can_be_taken_away(room: Room):
    assert planned(room) == (None, None, None, "")
    room.do(room.chair, "edit_workshop", day="2027-03-12")
    assert planned(room) == ("2027-03-12", None, None, "")
    room.do(room.chair, "edit_workshop", begins="9")
    assert planned(room) == ("2027-03-12", "09:00", "2027-03-12T08:00:00.000Z", "")
    room.do(room.chair, "edit_workshop", day="")
    assert planned(room) == (None, "09:00", None, "")
    room.do(room.chair, "edit_workshop", begins=None)
    assert planned(room) == (None, None, None, "")


def test_what_is_no_day_or_time_is_refused_by_its_field(room: Room):
    with refused("malformed", "day", date=True, why="not_a_date"):
        room.do(room.chair, "edit_workshop", day="en dag")
    with refused("malformed", "begins", time=True, why="not_a_time"):
        room.do(room.chair, "edit_workshop", begins="25.00")


def test_a_copy_keeps_time_and_place_and_not_the_day(room: Room):
    room.do(room.chair, "edit_workshop", day="2027-03-12", begins="9", place="Rådhuset")
    organiser = db.session.scalar(select(Workshop.organiser_id).where(Workshop.id == room.id))
    made = duplicate_workshop(organiser, room.id, "Igen")
    copy = db.session.get_one(Workshop, made["workshop"]["id"])
    assert (copy.day, copy.begins, copy.place) == (None, "09:00", "Rådhuset")
    assert db.session.get_one(Workshop, room.id).day == date(2027, 3, 12)
