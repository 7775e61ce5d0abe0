"""Decisions through the one door: carried in every group or not, by rules that are frozen, until they close."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.votes.stances import closed, everybody_takes, state_of
from tests.commands.voting import GOAL, Room, papers, participations, refused
from workshop import clock, screens
from workshop.commands.texts.versions import text_hash
from workshop.commands.votes.overdue import close_overdue
from workshop.models import Agreement
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def test_an_opened_decision_shows_the_text_it_is_bound_to_and_its_rules(room):
    goal = room.text(version=3)
    decision = room.decision(goal, version=3)
    record = room.record(decision)
    assert record["subject"] == goal and record["subject_version"] == 3
    assert record["text_hash"] == text_hash(GOAL)
    assert record["settings"] == {
        "quorum": "1/2",
        "group_majority": "1/2",
        "binding_majority": "2/3",
        "overall_majority": "2/3",
        "privacy_minimum": 5,
        "binding_groups": [],
        "required_groups": [],
    }
    assert record["turnout"] == {"voted": 0, "eligible": 13}
    assert record["result"] is None and state_of(goal) == "deciding"


def test_a_text_carried_in_both_groups_is_agreed(room):
    goal = room.text()
    decision = room.decision(goal)
    everybody_takes(room, decision, citizens="for", politicians="reservation")
    result = closed(room, decision)
    assert result["outcome"] == "ratified"
    assert [(group["keys"], group["status"]) for group in result["groups"]] == [
        (["citizens"], "carried"),
        (["politicians"], "carried"),
    ]
    assert result["reservations"] == ["Fordi"] * 7
    assert state_of(goal) == "agreed"
    assert room.record(decision)["closed_because"] == "facilitator"


def test_one_group_against_blocks_the_whole_room(room):
    goal = room.text()
    decision = room.decision(goal)
    everybody_takes(room, decision, citizens="against", politicians="for")
    result = closed(room, decision)
    assert result["outcome"] == "blocked_by_group" and result["blocked_by"] == [["citizens"]]
    assert state_of(goal) == "not_agreed"


def test_nothing_is_told_before_the_decision_closes(room):
    decision = room.decision(room.text())
    everybody_takes(room, decision, citizens="for")
    for audience in ("room", "facilitator"):
        record = room.record(decision, audience)
        assert record["result"] is None and record["turnout"] == {"voted": 6, "eligible": 13}


def test_the_last_stance_counts_and_is_ones_own_to_see(room):
    decision, person = room.decision(room.text()), room.everybody[0]
    room.stance(person, decision, "against", "For dyrt")
    room.stance(person, decision, "blank")
    assert room.mine(person)["stances"] == {decision: {"stance": "blank", "reason": ""}}
    assert len(papers(decision)) == 1
    assert room.record(decision)["turnout"]["voted"] == 1


def test_a_reservation_needs_its_words_and_an_against_may_have_them(room):
    decision, person = room.decision(room.text()), room.everybody[0]
    with refused("reason_required", "reason"):
        room.stance(person, decision, "reservation")
    with refused("reason_required", "reason"):
        room.stance(person, decision, "reservation", "   ")
    with refused("too_long", "reason", limit=500, length=501):
        room.stance(person, decision, "reservation", "x" * 501)
    with refused("malformed", "reason"):
        room.stance(person, decision, "for", "Flot")
    with refused("malformed", "stance", why="literal_error"):
        room.stance(person, decision, "maybe")
    assert papers(decision) == []
    room.stance(person, decision, "against")
    room.stance(person, decision, "against", "For dyrt")


def test_where_the_parties_bind_themselves_their_groups_need_two_thirds():
    room = Room({"citizens": 10, "politicians": 30}, decision_level="agreement")
    decision = room.decision(room.text(Agreement))
    assert room.record(decision)["settings"]["binding_groups"] == ["citizens", "politicians"]
    for place, person in enumerate(room.people["citizens"]):
        room.stance(person, decision, "for" if place < 6 else "against")
    everybody_takes(room, decision, politicians="for")
    assert closed(room, decision)["blocked_by"] == [["citizens"]]


def test_an_agreement_that_is_only_advice_binds_nobody():
    room = Room({"citizens": 5}, decision_level="recommendation")
    assert room.record(room.decision(room.text(Agreement)))["settings"]["binding_groups"] == []


def test_the_first_decision_writes_the_thresholds_out_and_locks_them(room):
    assert room.record(f"workshop:{room.id}")["decision_rules"] == {}
    room.decision(room.text())
    thresholds = room.record(f"workshop:{room.id}")["decision_rules"]
    assert thresholds == {
        "quorum": "1/2",
        "group_majority": "1/2",
        "binding_majority": "2/3",
        "overall_majority": "2/3",
    }


def test_the_workshops_own_thresholds_are_frozen_with_the_decision(room):
    with writing(room.id) as write:
        write.workshop.decision_rules = {"quorum": "3/4"}
    decision = room.decision(room.text())
    assert room.record(decision)["settings"]["quorum"] == "3/4"
    with writing(room.id) as write:
        write.workshop.decision_rules = {"quorum": "1/100"}
    for person in room.everybody[:9]:
        room.stance(person, decision, "for")
    assert closed(room, decision)["outcome"] == "no_quorum"


def test_a_stance_after_closing_is_refused(room):
    decision = room.decision(room.text())
    closed(room, decision)
    with refused("closed", "decision"):
        room.stance(room.everybody[0], decision, "for")
    with refused("already", "decision", state="closed"):
        room.do(room.chair, "close_decision", decision=decision)


def test_the_clock_closes_a_decision_with_its_outcome(room):
    goal, start = room.text(), clock.now()
    with clock.frozen(start):
        decision = room.decision(goal, minutes=5)
        everybody_takes(room, decision, citizens="for", politicians="for")
    with clock.frozen(start + timedelta(minutes=5, seconds=3)):
        with refused("closed", "decision"):
            room.stance(room.everybody[0], decision, "against")
        assert close_overdue() == 1
    record = room.record(decision)
    assert record["closed_because"] == "clock" and record["result"]["outcome"] == "ratified"
    assert state_of(goal) == "agreed"


def test_opening_can_be_undone_and_leaves_nothing_behind(room):
    goal, person = room.text(), room.everybody[0]
    since = room.clock()
    for _ in range(2):
        decision = room.decision(goal)
        assert room.mine(person)["voted"] == {decision: False}
        room.do(room.chair, "undo", seq=room.clock())
        assert state_of(goal) == "draft" and participations(decision) == {}
        assert room.mine(person)["voted"] == {} and room.mine(person)["seq"] == room.clock()
    again = room.decision(goal)
    found = screens.changes(room.id, since, "room")
    assert again in {record["id"] for record in found["put"]} and again not in found["gone"]


def test_a_decision_somebody_has_voted_in_is_not_undone(room):
    decision = room.decision(room.text())
    opened = room.clock()
    room.stance(room.everybody[0], decision, "for")
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=opened)
