"""Votes that stay open between two meetings: everybody who has joined, until a moment up to sixty days ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.commands.voting import Room, refused
from workshop import clock
from workshop.commands.votes.overdue import close_overdue
from workshop.extensions import db
from workshop.models import Decision, JournalEntry, Participant
from workshop.rules.record_ids import number_of
from workshop.store import writing_outside


@pytest.fixture
def room(app) -> Room:
    return Room({"citizens": 5, "politicians": 5})


def gone_for_hours(room: Room) -> None:
    """Nobody has been seen for a day."""
    with writing_outside():
        long_ago = clock.now() - timedelta(days=1)
        db.session.execute(update(Participant).where(Participant.workshop_id == room.id).values(last_seen_at=long_ago))


def opened(room: Room, **args: object) -> Decision:
    made = room.do(room.chair, "open_decision", on=room.text(), version=1, **args)["decision"]
    return db.session.get_one(Decision, number_of(made))


def in_days(days: float) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()


def test_everybody_who_has_joined_takes_part_also_who_is_away(room: Room):
    gone_for_hours(room)
    with refused("no_quorum", "on", eligible=0):
        opened(room)
    decision = opened(room, electorate="joined", until=in_days(21))
    assert sum(decision.eligible.values()) == 10 and decision.electorate == "joined"
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "open_decision")).one()
    assert entry.proof["terms"]["electorate"] == "joined"
    late = room.join("citizens")
    with refused("not_allowed", "decision", waits=True):
        room.stance(late, decision.record_id, "for")


def test_it_is_open_for_weeks_and_closed_by_the_clock(room: Room):
    decision = opened(room, electorate="joined", until=in_days(21))
    for person in room.everybody:
        room.stance(person, decision.record_id, "for")
    assert close_overdue(clock.now() + timedelta(days=20)) == 0
    with clock.frozen(clock.now() + timedelta(days=21, minutes=1)):
        assert close_overdue() == 1
    db.session.expire_all()
    closed = db.session.get_one(Decision, decision.id)
    assert (closed.state, closed.closed_because) == ("closed", "clock")
    assert closed.result and closed.result["outcome"] != "no_quorum"


def test_a_ballot_too(room: Room):
    options = room.ideas(2)
    made = room.do(room.chair, "open_ballot", method="approval", options=options, title="?", until=in_days(60))
    assert made["ballot"]


@pytest.mark.parametrize(
    ("until", "facts"),
    [(-1, {"past": True}), (61, {"days": 60}), ("i morgen", {"moment": True}), ("2027-13-01", {"moment": True})],
)
def test_a_moment_that_cannot_be(room: Room, until: int | str, facts: dict):
    with refused("malformed", "until", **facts):
        opened(room, until=until if isinstance(until, str) else in_days(until))


def test_minutes_and_a_moment_are_not_both_given(room: Room):
    with refused("malformed", "until"):
        opened(room, until=in_days(1), minutes=5)


def test_a_time_without_a_zone_is_the_rooms(room: Room):
    day = clock.today() + timedelta(days=3)
    decision = opened(room, until=f"{day.isoformat()}T12:00")
    assert decision.ends_at == clock.moment_of(day, "12:00")
