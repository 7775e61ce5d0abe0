"""Who takes part in a decision: who is present when it opens, in which groups, and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.votes.stances import closed, everybody_takes, state_of
from tests.commands.voting import Room, participations, refused
from workshop import clock
from workshop.extensions import db
from workshop.models import Participant, Workshop
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def test_who_may_take_part_is_settled_at_opening_and_whoever_comes_later_waits(room):
    decision = room.decision(room.text())
    late = room.join("citizens")
    with refused("not_allowed", "decision", waits=True):
        room.stance(late, decision, "for")
    assert room.mine(late)["voted"] == {}
    assert room.mine(room.everybody[0])["voted"] == {decision: False}
    assert room.record(decision)["turnout"]["eligible"] == 13
    next_one = room.decision(room.text())
    room.stance(late, next_one, "for")


def test_people_not_seen_for_half_an_hour_are_not_eligible(room):
    gone, back = room.people["citizens"][0], room.people["citizens"][1]
    moment = clock.now() + timedelta(minutes=40)
    with writing(room.id):
        for person in room.everybody:
            if person is not gone:
                row = db.session.get_one(Participant, person.participant_id)
                row.last_seen_at = moment - timedelta(minutes=30 if person is back else 1)
    with clock.frozen(moment):
        decision = room.decision(room.text())
    assert room.record(decision)["turnout"]["eligible"] == 12
    assert gone.participant_id not in participations(decision)
    assert back.participant_id in participations(decision)
    with refused("not_allowed", "decision", waits=True):
        room.stance(gone, decision, "for")


def test_a_decision_in_an_empty_room_is_not_opened(room):
    goal = room.text()
    with clock.frozen(clock.now() + timedelta(hours=1)), refused("no_quorum", "on", eligible=0):
        room.decision(goal)
    assert state_of(goal) == "draft"


def test_a_required_group_that_is_absent_stops_the_decision():
    room = Room(
        {"citizens": 6, "politicians": 0},
        groups=[{"key": "citizens"}, {"key": "politicians", "required": True}],
    )
    decision = room.decision(room.text())
    everybody_takes(room, decision, citizens="for")
    result = closed(room, decision)
    assert result["outcome"] == "missing_required_group"
    assert result["missing_required"] == ["politicians"] and result["absent"] == ["politicians"]


def test_small_groups_take_a_decision_in_one_pool():
    room = Room({"citizens": 8, "leaders": 2, "researchers": 4})
    decision = room.decision(room.text())
    assert room.record(decision)["pools"] == [["citizens"], ["leaders", "researchers"]]
    everybody_takes(room, decision, citizens="for", leaders="against", researchers="for")
    result = closed(room, decision)
    assert [group["keys"] for group in result["groups"]] == [["citizens"], ["leaders", "researchers"]]


def test_everybody_on_the_list_is_told_that_their_own_things_changed(room):
    db.session.rollback()
    before = db.session.get_one(Workshop, room.id).clock
    decision = room.decision(room.text())
    seqs = {db.session.get_one(Participant, person.participant_id).mine_seq for person in room.everybody}
    assert min(seqs) > before
    room.stance(room.everybody[0], decision, "for")
    closed(room, decision)
    db.session.rollback()
    now = db.session.get_one(Workshop, room.id).clock
    assert {db.session.get_one(Participant, p.participant_id).mine_seq for p in room.everybody} == {now}


@pytest.mark.parametrize("command", ["open_decision", "close_decision"])
def test_a_participant_cannot_run_a_decision(room, command):
    with refused("not_allowed"):
        room.do(room.everybody[0], command)


def test_a_facilitator_takes_no_stance(room):
    decision = room.decision(room.text())
    with refused("not_allowed"):
        room.stance(room.chair, decision, "for")
