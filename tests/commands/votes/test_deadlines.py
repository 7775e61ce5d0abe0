"""More time for a vote while it is open, and taking that back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import clock, identity
from workshop.commands.votes.overdue import close_overdue
from workshop.identity import Actor
from workshop.rules.steps import MOST_MINUTES
from workshop.store import writing_outside

pytestmark = pytest.mark.usefixtures("app")

START = clock.now()
Opened = tuple[str, str]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def ballot(room: Room, **how: float) -> Opened:
    return "ballot", room.ballot(room.ideas(2), **how)


def decision(room: Room, **how: float) -> Opened:
    return "decision", room.decision(room.text(), **how)


@pytest.fixture(params=[ballot, decision], ids=["ballot", "decision"])
def opened(request: pytest.FixtureRequest, room: Room) -> Callable[..., Opened]:
    return lambda **how: request.param(room, **how)


def extend(room: Room, vote: Opened, minutes: int, actor: Actor | None = None) -> None:
    kind, record = vote
    room.do(actor or room.chair, f"extend_{kind}", **{kind: record}, minutes=minutes)


def ends(room: Room, vote: Opened) -> str | None:
    return room.record(vote[1])["ends_at"]


def at(**later: float) -> str:
    return clock.stamp(START + timedelta(**later))


def vote_in(room: Room, vote: Opened, number: int = 0) -> None:
    kind, record = vote
    person = room.everybody[number]
    if kind == "ballot":
        room.cast(person, record, choices={room.record(record)["options"][0]: 1})
    else:
        room.stance(person, record, "for")


def co_facilitator(room: Room) -> Actor:
    token = secrets.token_urlsafe(24)
    with writing_outside():
        identity.issue(token, "facilitator", workshop_id=room.id)
    return identity.find(token)


def test_more_time_is_counted_from_the_end(room, opened):
    with clock.frozen(START):
        vote = opened(minutes=5)
        extend(room, vote, 3)
        extend(room, vote, 1)
    assert ends(room, vote) == at(minutes=9)
    with clock.frozen(START + timedelta(minutes=8)):
        assert close_overdue() == 0
        vote_in(room, vote)


def test_a_vote_without_a_clock_gets_one_from_now(room, opened):
    with clock.frozen(START):
        vote = opened()
        assert ends(room, vote) is None
    with clock.frozen(START + timedelta(minutes=10)):
        extend(room, vote, 2)
    assert ends(room, vote) == at(minutes=12)
    with clock.frozen(START + timedelta(minutes=12, seconds=3)):
        assert close_overdue() == 1


def test_where_the_end_has_just_passed_it_is_counted_from_now(room, opened):
    with clock.frozen(START):
        vote = opened(minutes=1)
    with clock.frozen(START + timedelta(seconds=61)):
        extend(room, vote, 1)
    assert ends(room, vote) == at(seconds=121)


def test_a_closed_vote_gets_no_more_time(room, opened):
    kind, record = vote = opened(minutes=5)
    room.do(room.chair, f"close_{kind}", **{kind: record})
    with refused("closed", kind, state="closed"):
        extend(room, vote, 1)


@pytest.mark.parametrize("minutes", [0, -1, 1.5, "5", MOST_MINUTES + 1, None])
def test_minutes_that_are_not_a_time_are_refused(room, opened, minutes):
    vote = opened(minutes=5)
    with refused("malformed", "minutes", whole=True):
        extend(room, vote, minutes)


def test_only_who_runs_the_workshop_gives_time(room, opened):
    vote = opened(minutes=5)
    with refused("not_allowed"):
        extend(room, vote, 1, room.everybody[0])


def test_time_given_is_taken_back_while_people_vote(room, opened):
    with clock.frozen(START):
        vote = opened(minutes=5)
        extend(room, vote, 10)
        given = room.clock()
        vote_in(room, vote)
        room.do(room.chair, "undo", seq=given)
        # The tests may be read long before they run: the second vote too is cast while it is open.
        vote_in(room, vote, 1)
    assert ends(room, vote) == at(minutes=5)
    assert room.record(vote[1])["turnout"]["voted"] == 2


def test_taking_back_the_first_clock_leaves_none(room, opened):
    vote = opened()
    extend(room, vote, 10)
    room.do(room.chair, "undo", seq=room.clock())
    assert ends(room, vote) is None


def test_time_that_somebody_added_to_is_not_taken_back(room, opened):
    vote = opened(minutes=5)
    extend(room, vote, 10)
    given = room.clock()
    extend(room, vote, 1, co_facilitator(room))
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=given)


def test_undo_never_closes_a_vote(room, opened):
    with clock.frozen(START):
        vote = opened(minutes=1)
    with clock.frozen(START + timedelta(seconds=55)):
        extend(room, vote, 10)
        given = room.clock()
    with clock.frozen(START + timedelta(seconds=62)), refused("ended", "seq"):
        room.do(room.chair, "undo", seq=given)
    assert ends(room, vote) == at(minutes=11)


def test_nothing_is_taken_back_of_a_vote_that_has_closed(room, opened):
    kind, record = vote = opened(minutes=5)
    extend(room, vote, 10)
    given = room.clock()
    room.do(co_facilitator(room), f"close_{kind}", **{kind: record})
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=given)


def test_a_late_group_that_voted_meanwhile_stays_where_it_is_counted(room):
    late = Room({"citizens": 6, "politicians": 7, "leaders": 0})
    vote = ballot(late, minutes=5)
    extend(late, vote, 10)
    given = late.clock()
    person = late.join("leaders")
    late.cast(person, vote[1], choices={late.record(vote[1])["options"][0]: 1})
    pools = late.record(vote[1])["pools"]
    late.do(late.chair, "undo", seq=given)
    assert late.record(vote[1])["pools"] == pools and late.record(vote[1])["absent"] == []
