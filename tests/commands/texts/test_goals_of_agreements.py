"""An agreement is decided on with the goals it serves: their words are bound to the vote, and change only by reopening."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import AGREEMENT, GOAL, Room, papers, refused
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Agreement, Group, JournalEntry
from workshop.rules.chain import fingerprint
from workshop.rules.fingerprints import decided_hash, text_hash

pytestmark = pytest.mark.usefixtures("app")

TREES = {**GOAL, "title": "600 nye træer i byen", "target": "600", "unit": "træer"}


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7}, ground_rules="Vi lytter")


@pytest.fixture
def goal(room: Room) -> str:
    return room.do(room.chair, "draft_goal", **TREES)["goal"]


@pytest.fixture
def agreement(room: Room, goal: str) -> str:
    return room.do(room.chair, "draft_agreement", **AGREEMENT, goals=[goal])["agreement"]


def ratify(room: Room, agreement: str) -> str:
    """All are for it; the decision's id."""
    decision = room.decision(agreement, version=room.record(agreement)["version"])
    for person in room.everybody:
        room.stance(person, decision, "for")
    assert room.do(room.chair, "close_decision", decision=decision) == {"outcome": "ratified"}
    return decision


def decide(room: Room, agreement: str) -> str:
    """A decision with one stance in it."""
    decision = room.decision(agreement, version=room.record(agreement)["version"])
    room.stance(room.everybody[0], decision, "for")
    return decision


def change(room: Room, goal: str, **fields: Any) -> None:
    room.do(room.chair, "edit_goal", goal=goal, version=room.record(goal)["version"], **fields)


# The fingerprint.


def test_the_fingerprint_covers_the_goals_in_their_order():
    served = [{"goal": "goal:1", "version": 3, "text_hash": "a"}, {"goal": "goal:2", "version": 1, "text_hash": "b"}]
    said = {
        "text": text_hash(AGREEMENT),
        "goals": [{"goal": "goal:1", "text_hash": "a"}, {"goal": "goal:2", "text_hash": "b"}],
    }
    assert decided_hash(AGREEMENT, served) == fingerprint(said)
    assert decided_hash(AGREEMENT, served) != decided_hash(AGREEMENT, served[::-1]) != decided_hash(AGREEMENT, [])


def test_a_decision_on_an_agreement_is_bound_to_its_goals(room, goal, agreement):
    decision = decide(room, agreement)
    content = dict(db.session.get_one(Agreement, int(agreement.partition(":")[2])).content)
    (entry,) = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "open_decision"))
    terms = entry.proof["terms"]
    goals = [{"goal": goal, "version": 1, "text_hash": terms["goals"][0]["text_hash"]}]
    assert terms["goals"] == goals
    assert room.record(decision)["text_hash"] == terms["text_hash"] == decided_hash(content, goals)
    assert room.record(decision)["goals"] == [{"goal": goal, "version": 1, "edition": 1, "words": None}]


def test_a_decision_on_a_goal_stands_by_itself(room, goal):
    decision = room.decision(goal)
    (entry,) = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "open_decision"))
    assert "goals" not in entry.proof["terms"] and room.record(decision)["goals"] is None


# While it is open.


def ended(room: Room, decision: str, agreement: str) -> None:
    found = room.record(decision)
    assert (found["state"], found["closed_because"], found["result"]) == ("closed", "text_changed", None)
    assert papers(decision) == []
    assert room.record(agreement)["state"] == "proposed"
    with refused("text_changed", "decision"):
        room.stance(room.everybody[1], decision, "for")


def test_six_hundred_trees_do_not_become_six_under_a_vote(room, goal, agreement):
    decision = decide(room, agreement)
    since = room.clock()
    change(room, goal, title="6 nye træer i byen", target="6")
    ended(room, decision, agreement)
    put = {one["id"] for one in screens.changes(room.id, since, "room")["put"]}
    assert {decision, agreement, goal} <= put
    again = room.decision(agreement)
    assert room.record(again)["text_hash"] != room.record(decision)["text_hash"]
    assert room.record(again)["turnout"]["voted"] == 0 and room.record(again)["goals"][0]["version"] == 2


def test_an_amendment_of_the_goal_ends_it_too(room, goal, agreement):
    decision = decide(room, agreement)
    amendment = room.do(room.everybody[0], "propose_amendment", on=goal, field="target", new="6")["amendment"]
    room.do(room.chair, "accept_amendment", amendment=amendment)
    ended(room, decision, agreement)


def test_a_goal_that_is_left_behind_ends_it_and_blocks_the_next(room, goal, agreement):
    decision = decide(room, agreement)
    room.do(room.chair, "drop_text", on=goal)
    ended(room, decision, agreement)
    with refused("checks_open", "on", checks=["A08"]):
        room.decision(agreement)
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=room.clock())


def test_linking_another_goal_is_another_agreement(room, goal, agreement):
    decision = decide(room, agreement)
    other = room.do(room.chair, "draft_goal", **TREES)["goal"]
    room.do(room.chair, "edit_agreement", agreement=agreement, version=1, goals=[goal, other])
    ended(room, decision, agreement)


def test_the_language_of_the_goal_waits_until_the_vote_is_closed(room, goal, agreement):
    decision = decide(room, agreement)
    args = {"on": goal, "version": 1, "field": "title", "new": "600 nye træer i byen."}
    with refused("conflict", "on"):
        room.do(room.chair, "correct_language", **args)
    assert room.record(decision)["state"] == "open"


def test_a_goal_of_another_agreement_ends_nothing(room, goal, agreement):
    other = room.do(room.chair, "draft_goal", **TREES)["goal"]
    decision = decide(room, agreement)
    change(room, other, title="Noget andet i byen")
    assert room.record(decision)["state"] == "open"


def test_what_was_not_carried_is_a_proposal_again_and_needs_a_new_vote(room, goal, agreement):
    decision = room.decision(agreement)
    for person in room.everybody:
        room.stance(person, decision, "against")
    room.do(room.chair, "close_decision", decision=decision)
    assert "A10" not in {check["code"] for check in room.record(agreement)["checks"]}
    change(room, goal, target="300")
    assert room.record(agreement)["state"] == "proposed"
    assert "A10" in {check["code"] for check in room.record(agreement)["checks"]}
    ratify(room, agreement)
    assert "A10" not in {check["code"] for check in room.record(agreement)["checks"]}


# When it is agreed.


def test_a_goal_of_an_agreed_agreement_stays_as_it_was_voted_on(room, goal, agreement):
    change = {"on": goal, "field": "target", "new": "1"}
    amendment = room.do(room.everybody[0], "propose_amendment", **change)["amendment"]
    ratify(room, agreement)
    tried = [
        (room.chair, "edit_goal", {"goal": goal, "version": 1, "target": "1"}, "goal"),
        (room.chair, "accept_amendment", {"amendment": amendment}, "goal"),
        (room.chair, "drop_text", {"on": goal}, "on"),
        (room.everybody[0], "propose_amendment", change, "goal"),
    ]
    for actor, name, args, field in tried:
        before = room.clock()
        with refused("closed", field, agreements=[agreement]):
            room.do(actor, name, **args)
        assert room.clock() == before
    assert room.record(goal)["target"] == "600" and room.record(goal)["state"] == "draft"


def test_the_language_of_such_a_goal_can_be_corrected(room, goal, agreement):
    decision = ratify(room, agreement)
    room.correct(goal, "title", "600 nye træer i byen.", 1)
    assert room.record(agreement)["state"] == "agreed"
    assert "A10" not in {check["code"] for check in room.record(agreement)["checks"]}
    assert room.record(decision)["goals"][0]["words"]["title"] == "600 nye træer i byen"


def test_the_record_of_the_vote_shows_the_goal_as_it_was_voted_on(room, goal, agreement):
    decision = ratify(room, agreement)
    room.do(room.chair, "reopen_text", on=agreement)
    change(room, goal, title="6 nye træer i byen", target="6")
    (voted,) = room.record(decision)["goals"]
    assert (voted["version"], voted["words"]["title"], voted["words"]["target"]) == (1, TREES["title"], "600")


def test_reopening_takes_the_agreement_back_to_a_proposal_and_asks_for_a_new_vote(room, goal, agreement):
    with refused("already", "on", state="draft"):
        room.do(room.chair, "reopen_text", on=agreement)
    first = ratify(room, agreement)
    room.do(room.chair, "reopen_text", on=agreement)
    assert room.record(agreement)["state"] == "proposed" and room.record(first)["result"]["outcome"] == "ratified"
    change(room, goal, target="300")
    second = ratify(room, agreement)
    assert [room.record(one)["goals"][0]["version"] for one in (first, second)] == [1, 2]
    with refused("not_allowed"):
        room.do(room.everybody[0], "reopen_text", on=agreement)


def test_a_reopening_is_undone_until_somebody_changes_a_word(room, goal, agreement):
    ratify(room, agreement)
    seq = perform(room.chair, "reopen_text", {"on": agreement})["seq"]
    room.do(room.chair, "undo", seq=seq)
    assert room.record(agreement)["state"] == "agreed"
    seq = perform(room.chair, "reopen_text", {"on": agreement})["seq"]
    amendment = room.do(room.everybody[0], "propose_amendment", on=goal, field="target", new="1")["amendment"]
    room.do(room.another_chair(), "accept_amendment", amendment=amendment)
    with refused("conflict", "seq", moved=[{"record": goal, "fields": []}]):
        room.do(room.chair, "undo", seq=seq)
    assert room.record(agreement)["state"] == "proposed"


# What else a text means by.


def test_consent_to_an_agreement_ends_with_a_change_of_its_goal(room, goal, agreement):
    consent = room.do(room.chair, "open_consent", on=agreement)["consent"]
    room.do(room.everybody[0], "consent", on=consent)
    change(room, goal, target="6")
    found = room.record(consent)
    assert (found["state"], found["outcome"], found["words_changed"]) == ("closed", "text_changed", True)
    with refused("not_open", "on"):
        room.do(room.everybody[1], "consent", on=consent)


def test_consent_to_ground_rules_ends_with_a_change_of_them(room):
    consent = room.do(room.chair, "open_consent", on=f"workshop:{room.id}")["consent"]
    for person in room.everybody:
        room.do(person, "consent", on=consent)
    room.do(room.chair, "edit_workshop", ground_rules="Den stærke bestemmer")
    assert room.record(consent)["outcome"] == "text_changed"


def test_rules_that_were_consented_to_say_so_when_they_are_others_now(room):
    consent = room.do(room.chair, "open_consent", on=f"workshop:{room.id}")["consent"]
    for person in room.everybody:
        room.do(person, "consent", on=consent)
    room.do(room.chair, "close_consent", consent=consent)
    assert room.record(consent)["words_changed"] is False
    since = room.clock()
    room.do(room.chair, "edit_workshop", ground_rules="Den stærke bestemmer")
    found = {one["id"]: one for one in screens.changes(room.id, since, "room")["put"]}[consent]
    assert (found["outcome"], found["words_changed"]) == ("accepted", True)


def test_the_level_stays_when_the_room_has_decided(room, goal):
    room.do(room.chair, "edit_workshop", decision_level="inspiration")
    room.decision(goal)
    with refused("closed", "decision_level", voted=True):
        room.do(room.chair, "edit_workshop", decision_level="decision")
    room.do(room.chair, "edit_workshop", decision_level="inspiration", title="Træer")


def test_the_groups_of_the_parties_keep_their_names_while_people_decide(room, agreement):
    group = db.session.scalars(select(Group).where(Group.workshop_id == room.id, Group.key == "citizens")).one()
    decision = decide(room, agreement)
    renamed = {"group": group.record_id, "name": {"da": "Udvikleren", "en": "The developer"}}
    with refused("conflict", "group", asked="decision"):
        room.do(room.chair, "edit_group", **renamed)
    room.do(room.chair, "edit_group", group=group.record_id, glyph=3, required=True)
    room.do(room.chair, "close_decision", decision=decision)
    room.do(room.chair, "edit_group", **renamed)
