"""Decisions through the one door: one version of one text, carried in every group or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.voting import GOAL, Room, papers, participations, refused
from workshop import clock, screens
from workshop.commands.texts.versions import text_hash
from workshop.commands.votes import decisions
from workshop.commands.votes.overdue import close_overdue
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Agreement, Goal, Participant, Workshop
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def everybody_takes(room: Room, decision: str, **stances: str) -> None:
    """All of each group named take a stance."""
    for group, stance in stances.items():
        for person in room.people[group]:
            room.stance(person, decision, stance, "Fordi" if stance == "reservation" else None)


def closed(room: Room, decision: str) -> dict:
    room.do(room.chair, "close_decision", decision=decision)
    return room.record(decision)["result"]


def state_of(goal: str) -> str:
    db.session.rollback()
    return db.session.get_one(Goal, int(goal.split(":")[1])).state


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
    with refused("too_long", "reason", limit=500):
        room.stance(person, decision, "reservation", "x" * 501)
    with refused("malformed", "reason"):
        room.stance(person, decision, "for", "Flot")
    with refused("malformed", "stance"):
        room.stance(person, decision, "maybe")
    assert papers(decision) == []
    room.stance(person, decision, "against")
    room.stance(person, decision, "against", "For dyrt")


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
    with refused("not_allowed", waits=True):
        room.stance(gone, decision, "for")


def test_a_decision_in_an_empty_room_is_not_opened(room):
    goal = room.text()
    with clock.frozen(clock.now() + timedelta(hours=1)), refused("no_quorum", "on", eligible=0):
        room.decision(goal)
    assert state_of(goal) == "draft"


def test_another_version_than_the_present_one_is_a_conflict(room):
    goal = room.text(version=4)
    with refused("conflict", "version", version=4):
        room.decision(goal, version=3)


def test_a_text_with_blocking_checks_cannot_be_decided(room):
    goal = room.text(fields={"indicator": "", "target": "flere"})
    with refused("checks_open", "on", checks=["G01", "G02"]):
        room.decision(goal)
    assert state_of(goal) == "draft"


def test_a_deadline_that_has_passed_since_the_text_was_written_blocks(room):
    goal = room.text(fields={"deadline": "2020-01-01"})
    with refused("checks_open", "on", checks=["G05"]):
        room.decision(goal)


def test_an_agreement_whose_wording_has_changed_since_a_decision_can_be_decided_anew(room):
    agreement = room.text(Agreement)
    everybody_takes(room, decision := room.decision(agreement), citizens="against", politicians="for")
    closed(room, decision)
    with writing(room.id):
        row = db.session.get_one(Agreement, int(agreement.split(":")[1]))
        row.version, row.content = 2, {**row.content, "purpose": "Endnu bedre mad"}
    again = room.decision(agreement, version=2)
    assert room.record(again)["text_hash"] != room.record(decision)["text_hash"]
    assert room.record(again)["turnout"]["voted"] == 0
    db.session.rollback()
    checks = db.session.get_one(Agreement, int(agreement.split(":")[1])).checks
    assert "A10" not in {check["code"] for check in checks}


def test_there_is_one_open_decision_on_a_text_at_a_time(room):
    goal = room.text()
    room.decision(goal)
    with refused("already", "on"):
        room.decision(goal)


def test_an_agreed_text_is_not_decided_again_and_a_lost_one_may_be(room):
    carried, lost = room.text(), room.text()
    decision = room.decision(carried)
    everybody_takes(room, decision, citizens="for", politicians="for")
    closed(room, decision)
    with refused("already", "on"):
        room.decision(carried)
    assert closed(room, room.decision(lost))["outcome"] == "no_quorum"
    room.decision(lost)


def test_a_dropped_text_cannot_be_decided(room):
    with refused("not_open", "on"):
        room.decision(room.text(state="dropped"))


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
    with refused("already", "decision"):
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


def test_a_text_changed_under_an_open_decision_ends_it_without_an_outcome(room):
    goal = room.text()
    decision = room.decision(goal)
    everybody_takes(room, decision, citizens="against")
    with writing(room.id) as write:
        decisions.close_for_text_change(Context(write, room.chair), goal)
    record = room.record(decision)
    assert record["state"] == "closed" and record["closed_because"] == "text_changed"
    assert record["result"] is None and papers(decision) == []
    with refused("text_changed", "decision"):
        room.stance(room.everybody[0], decision, "for")


def test_a_text_without_an_open_decision_may_change_freely(room):
    goal = room.text()
    with writing(room.id) as write:
        decisions.close_for_text_change(Context(write, room.chair), goal)
    assert state_of(goal) == "draft"


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


def test_texts_of_another_workshop_are_not_found(room):
    other = Room({"citizens": 5})
    goal = other.text()
    with refused("not_found", "on"):
        room.decision(goal)
    with refused("not_found", "decision"):
        room.stance(room.everybody[0], other.decision(goal), "for")


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


def test_dropping_a_text_ends_its_decision_for_good(room):
    goal = room.text()
    decision = room.decision(goal)
    everybody_takes(room, decision, citizens="for")
    room.do(room.chair, "drop_text", on=goal)
    assert room.record(decision)["closed_because"] == "text_changed"
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=room.clock())
    assert room.record(decision)["state"] == "closed"


def test_editing_a_text_ends_its_decision_and_asks_for_a_new_one(room):
    goal = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    decision = room.decision(goal)
    everybody_takes(room, decision, citizens="for")
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="15 procent mere økologi i skolemaden")
    assert room.record(decision)["result"] is None and state_of(goal) == "proposed"
    with refused("text_changed"):
        room.stance(room.everybody[0], decision, "for")
    assert room.record(room.decision(goal, version=2))["turnout"]["voted"] == 0
