"""The last day of the follow-up: which days move it, how far, and how it comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import FollowUpReport, Workshop
from workshop.models.reviews import follow_up_ends
from workshop.rules.dates import months_after, years_after
from workshop.rules.limits import YEARS_AHEAD


@pytest.fixture
def room(app) -> PromiseRoom:
    room = PromiseRoom()
    room.do(room.organiser, "set_rhythm", dates=[])
    return room


def ends(room: PromiseRoom) -> date:
    db.session.rollback()
    return follow_up_ends(db.session.get_one(Workshop, room.id))


def furthest(room: PromiseRoom, more: int = 0) -> str:
    return (years_after(room.today, YEARS_AHEAD) + timedelta(days=more)).isoformat()


def report(room: PromiseRoom, by: Actor, **given: Any) -> None:
    room.do(by, "report_follow_up", on=room.goal, status="on_track", **given)


@pytest.mark.parametrize("day", ["beyond", "9999-12-31"])
def test_no_day_that_moves_it_lies_more_than_five_years_ahead(room: PromiseRoom, day: str):
    far = furthest(room, 1) if day == "beyond" else day
    facts = {"years": YEARS_AHEAD}
    receiver, owner = room.handed_over(), room.steward(room.goal, "Skolechefen")
    before = ends(room)
    with refused("malformed", "next_date", **facts):
        report(room, owner, next_date=far)
    with refused("malformed", "to", **facts):
        room.do(receiver, "postpone_answer", to=far, reason="Udvalget")
    with refused("malformed", "due", **facts):
        room.do(room.chair, "hand_over_result", due=far)
    with refused("malformed", "dates.1", **facts):
        room.do(room.organiser, "set_rhythm", dates=[room.day(3), far])
    assert ends(room) == before
    report(room, owner, next_date=furthest(room))
    room.do(receiver, "postpone_answer", to=furthest(room), reason="Udvalget")
    assert ends(room) == months_after(date.fromisoformat(furthest(room)), 1)


def test_only_the_newest_report_of_an_owner_names_the_next_day(room: PromiseRoom):
    room.handed_over()
    owner, before = room.steward(room.goal, "Skolechefen"), ends(room)
    report(room, owner, next_date=room.day(900))
    assert ends(room) > before
    report(room, owner)
    assert ends(room) == before


def test_the_report_of_who_is_no_party_any_more_names_no_day(room: PromiseRoom):
    before, owner = ends(room), room.steward(room.goal, "Skolechefen")
    report(room, owner, next_date=room.day(900))
    assert ends(room) > before
    db.session.query(FollowUpReport).update({"party": "Børnechefen"})
    db.session.commit()
    assert ends(room) == before


def test_only_the_last_postponement_since_the_newest_handover_counts(room: PromiseRoom):
    receiver, before = room.handed_over(), ends(room)
    room.do(receiver, "postpone_answer", to=room.day(900), reason="Udvalget")
    room.do(receiver, "postpone_answer", on=room.goal, to=room.day(800), reason="Udvalget")
    room.do(receiver, "postpone_answer", to=room.day(30), reason="Vi kan alligevel")
    assert ends(room) == months_after(date.fromisoformat(room.day(800)), 1)
    with room.after(1):
        room.do(room.chair, "hand_over_result")
    assert ends(room) == before


def test_only_an_organiser_begins_a_follow_up_again_that_is_over(room: PromiseRoom):
    receiver = room.handed_over()
    last = ends(room)
    with room.after((last - room.today).days + 1):
        for name in ("hand_over_result", "open_workshop"):
            with refused("closed", "workshop", over=last.isoformat()):
                room.do(room.chair, name)
        with refused("ended", "link", over=last.isoformat()):
            room.seen_by(receiver)
        room.do(room.organiser, "hand_over_result", due=room.day(900))
        assert room.seen_by(receiver)["handover"]["due"] == room.day(900)
    with room.after(1):
        room.do(room.chair, "hand_over_result")
        room.do(room.chair, "open_workshop")
