"""A decision is bound to one version of one text: which texts can be decided, and what ends a decision."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.votes.stances import closed, everybody_takes, state_of
from tests.commands.voting import GOAL, Room, papers, refused
from workshop.commands.votes import decisions
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Agreement
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


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
    with refused("already", "on", state="deciding"):
        room.decision(goal)


def test_an_agreed_text_is_not_decided_again_and_a_lost_one_may_be(room):
    carried, lost = room.text(), room.text()
    decision = room.decision(carried)
    everybody_takes(room, decision, citizens="for", politicians="for")
    closed(room, decision)
    with refused("already", "on", state="agreed"):
        room.decision(carried)
    assert closed(room, room.decision(lost))["outcome"] == "no_quorum"
    room.decision(lost)


def test_a_dropped_text_cannot_be_decided(room):
    with refused("not_open", "on", state="dropped"):
        room.decision(room.text(state="dropped"))


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


def test_texts_of_another_workshop_are_not_found(room):
    other = Room({"citizens": 5})
    goal = other.text()
    with refused("not_found", "on"):
        room.decision(goal)
    with refused("not_found", "decision"):
        room.stance(room.everybody[0], other.decision(goal), "for")


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
    with refused("text_changed", "decision"):
        room.stance(room.everybody[0], decision, "for")
    assert room.record(room.decision(goal, version=2))["turnout"]["voted"] == 0
