"""Rounds of consent: giving it, objecting, resolving an objection, and how a round ends."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import GOAL, Room, refused
from workshop import screens
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Consent, Goal, Workshop
from workshop.rules.fingerprints import text_hash
from workshop.rules.record_ids import number_of
from workshop.store import writing


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 4}, ground_rules="Vi lytter færdigt.")


@pytest.fixture
def goal(room: Room) -> str:
    return room.do(room.chair, "draft_goal", **GOAL)["goal"]


@pytest.fixture
def asked(room: Room, goal: str) -> str:
    """The open round on the goal."""
    return room.do(room.chair, "open_consent", on=goal)["consent"]


def consent(room: Room, on: str, *people: Actor) -> None:
    for person in people:
        room.do(person, "consent", on=on)


def agreement_for(room: Room, goal: str) -> str:
    return room.do(room.chair, "draft_agreement", purpose="Bedre mad", goals=[goal])["agreement"]


def objection(room: Room, person: Actor, on: str) -> str:
    return room.do(person, "object", on=on, reason="Køkkenet er for lille")["objection"]


def standing(room: Room, asked: str) -> tuple[int, int]:
    """How many have answered, and how many objections are open."""
    record = room.record(asked)
    return record["turnout"]["voted"], record["objections"]


def close(room: Room, asked: str) -> str:
    outcome = room.do(room.chair, "close_consent", consent=asked)["outcome"]
    record = room.record(asked)
    assert (record["state"], record["outcome"]) == ("closed", outcome)
    return outcome


def test_half_of_the_people_without_an_objection_accept(room: Room, asked: str):
    consent(room, asked, *room.everybody[:2])
    assert close(room, asked) == "accepted"
    assert room.record(asked)["turnout"] == {"voted": 2, "eligible": 4}


def test_less_than_half_of_the_people_accept_nothing(room: Room, asked: str):
    consent(room, asked, room.everybody[0])
    assert close(room, asked) == "no_quorum"


def test_one_open_objection_stops_a_round_that_all_others_consent_to(room: Room, asked: str):
    first, *others = room.everybody
    objection(room, first, asked)
    consent(room, asked, *others)
    assert standing(room, asked) == (4, 1)
    assert close(room, asked) == "objection"


def test_a_resolved_objection_is_no_answer_and_stops_nothing(room: Room, asked: str):
    first, *others = room.everybody
    made = objection(room, first, asked)
    consent(room, asked, *others)
    room.do(first, "resolve_objection", objection=made)
    assert room.record(made)["state"] == "resolved"
    assert standing(room, asked) == (3, 0)
    assert close(room, asked) == "accepted"


def test_only_those_who_are_in_the_room_at_the_end_make_the_quorum(room: Room, asked: str):
    consent(room, asked, *room.everybody[:2])
    room.join("citizens")
    assert close(room, asked) == "no_quorum"
    assert room.record(asked)["turnout"] == {"voted": 2, "eligible": 5}


def test_nobody_but_the_objector_resolves_an_objection(room: Room, asked: str):
    first, other = room.everybody[:2]
    made = objection(room, first, asked)
    with refused("not_yours", "objection"):
        room.do(other, "resolve_objection", objection=made)
    with refused("not_allowed"):
        room.do(room.chair, "resolve_objection", objection=made)
    assert room.record(made)["state"] == "open"
    assert standing(room, asked) == (1, 1)


def test_an_objection_is_resolved_once(room: Room, asked: str):
    person = room.everybody[0]
    made = objection(room, person, asked)
    room.do(person, "resolve_objection", objection=made)
    with refused("already", "objection"):
        room.do(person, "resolve_objection", objection=made)


def test_objecting_takes_the_own_consent_back(room: Room, asked: str):
    person, other = room.everybody[:2]
    consent(room, asked, person, other)
    assert room.mine(person)["consents"] == [asked]
    objection(room, person, asked)
    assert room.mine(person)["consents"] == []
    assert room.mine(other)["consents"] == [asked]
    assert standing(room, asked) == (2, 1)


def test_consenting_resolves_the_own_objection_and_no_other(room: Room, asked: str):
    person, other = room.everybody[:2]
    own, theirs = objection(room, person, asked), objection(room, other, asked)
    consent(room, asked, person)
    assert [room.record(made)["state"] for made in (own, theirs)] == ["resolved", "open"]
    assert standing(room, asked) == (2, 1)


def test_a_person_counts_once_however_often_they_consent(room: Room, asked: str):
    consent(room, asked, *[room.everybody[0]] * 3)
    assert standing(room, asked) == (1, 0)


def test_an_objection_has_a_reason_and_a_person_has_one(room: Room, asked: str):
    person = room.everybody[0]
    with refused("reason_required", "reason"):
        room.do(person, "object", on=asked, reason="  ")
    objection(room, person, asked)
    with refused("already", "on"):
        objection(room, person, asked)


@pytest.mark.parametrize("by", ["round", "subject"])
@pytest.mark.parametrize("what", ["ground rules", "goal", "goal of an agreement"])
def test_nobody_answers_a_round_whose_text_has_changed(room: Room, goal: str, what: str, by: str):
    on = {"ground rules": f"workshop:{room.id}", "goal": goal}.get(what) or agreement_for(room, goal)
    asked = room.do(room.chair, "open_consent", on=on)["consent"]
    consent(room, asked, room.everybody[0])
    with writing(room.id) as write:  # the commands that change a text end the round: this guards against all else
        if what == "ground rules":
            write.workshop.ground_rules = "Vi taler efter tur."
        else:
            row = db.session.get_one(Goal, number_of(goal))
            row.content = row.content | {"target": "70"}
    answered = asked if by == "round" else on
    with refused("text_changed", "on"):
        consent(room, answered, room.everybody[1])
    with refused("text_changed", "on"):
        objection(room, room.everybody[1], answered)
    assert room.record(asked)["words_changed"] is True
    assert standing(room, asked) == (1, 0)


def rounds_on_rules(room: Room) -> list[dict]:
    wanted = select(Consent).where(Consent.on == f"workshop:{room.id}").order_by(Consent.id)
    return [room.record(row.record_id) for row in db.session.scalars(wanted)]


def test_a_round_on_ground_rules_that_change_begins_anew_and_costs_no_round(room: Room):
    on = f"workshop:{room.id}"
    before = db.session.get_one(Workshop, room.id).ground_rules
    asked = room.do(room.chair, "open_consent", on=on)["consent"]
    consent(room, on, room.everybody[0])
    objection(room, room.everybody[1], on)
    room.do(room.chair, "edit_workshop", ground_rules="Vi taler efter tur.")
    record, again = rounds_on_rules(room)
    assert (record["state"], record["outcome"], record["words_changed"]) == ("closed", "text_changed", True)
    assert (again["state"], again["round"], again["words_before"], again["words_changed"]) == ("open", 1, before, False)
    assert standing(room, again["id"]) == (0, 0), "what was said to the old words is no answer to the new"
    with refused("not_open", "on"):
        consent(room, asked, room.everybody[2])
    consent(room, on, room.everybody[1])
    assert standing(room, again["id"]) == (1, 0)
    room.do(room.chair, "edit_workshop", ground_rules="Vi taler kort.")
    assert [one["words_before"] for one in rounds_on_rules(room)] == [None, None, "Vi taler efter tur."]
    # Both rounds of section 3 are still there.
    for number in (1, 2):
        assert rounds_on_rules(room)[-1]["round"] == number
        room.do(room.chair, "edit_workshop", ground_rules=f"Vi taler efter tur, {number}.")
        assert rounds_on_rules(room)[-1]["round"] == number
        room.do(room.chair, "close_consent", consent=rounds_on_rules(room)[-1]["id"])
        if number == 1:
            room.do(room.chair, "open_consent", on=on)
    with refused("closed", rounds=2):
        room.do(room.chair, "open_consent", on=on)


def test_ground_rules_that_change_after_their_round_open_none(room: Room):
    asked = room.do(room.chair, "open_consent", on=f"workshop:{room.id}")["consent"]
    room.do(room.chair, "close_consent", consent=asked)
    room.do(room.chair, "edit_workshop", ground_rules="Vi taler efter tur.")
    assert [record["state"] for record in rounds_on_rules(room)] == ["closed"]


def test_ground_rules_that_are_taken_away_only_end_the_round(room: Room):
    room.do(room.chair, "open_consent", on=f"workshop:{room.id}")
    room.do(room.chair, "edit_workshop", ground_rules="")
    assert [record["state"] for record in rounds_on_rules(room)] == ["closed"]


def test_undoing_the_change_puts_the_round_back_until_somebody_has_answered_anew(room: Room):
    on = f"workshop:{room.id}"
    room.do(room.chair, "open_consent", on=on)
    consent(room, on, room.everybody[0])
    for answered in (False, True):
        room.do(room.chair, "edit_workshop", ground_rules="Vi taler efter tur.")
        seq = db.session.get_one(Workshop, room.id).clock
        if answered:
            consent(room, on, room.everybody[1])
            with refused("conflict", "seq"):
                room.do(room.chair, "undo", seq=seq)
            assert [record["state"] for record in rounds_on_rules(room)] == ["closed", "open"]
        else:
            room.do(room.chair, "undo", seq=seq)
            (record,) = rounds_on_rules(room)
            assert record["state"] == "open" and standing(room, record["id"]) == (1, 0)


def test_undoing_the_change_deletes_no_objection_that_was_resolved_meanwhile(room: Room):
    on, person = f"workshop:{room.id}", room.everybody[1]
    room.do(room.chair, "open_consent", on=on)
    room.do(room.chair, "edit_workshop", ground_rules="Vi taler efter tur.")
    seq = db.session.get_one(Workshop, room.id).clock
    objection = room.do(person, "object", on=on, reason="For stramt")["objection"]
    room.do(person, "resolve_objection", objection=objection)
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=seq)
    assert room.record(objection)["state"] == "resolved"


def test_a_round_on_an_agreement_ends_when_its_goal_changes(room: Room, goal: str):
    asked = room.do(room.chair, "open_consent", on=agreement_for(room, goal))["consent"]
    room.do(room.chair, "edit_goal", goal=goal, version=1, target="70")
    record = room.record(asked)
    assert (record["state"], record["outcome"]) == ("closed", "text_changed")


def test_a_round_on_a_text_that_changes_ends_and_the_next_asks_about_the_new_words(room: Room, goal: str, asked: str):
    consent(room, asked, room.everybody[0])
    room.do(room.chair, "edit_goal", goal=goal, version=1, target="70")
    record = room.record(asked)
    assert (record["state"], record["outcome"]) == ("closed", "text_changed")
    with refused("not_open", "on"):
        consent(room, asked, room.everybody[1])
    second = room.do(room.chair, "open_consent", on=goal)["consent"]
    assert (room.record(second)["round"], standing(room, second)) == (2, (0, 0))
    assert room.record(second)["text_hash"] != record["text_hash"]


def test_the_round_on_the_ground_rules_is_bound_to_their_words(room: Room):
    asked = room.do(room.chair, "open_consent", on=f"workshop:{room.id}")["consent"]
    assert room.record(asked)["text_hash"] == text_hash({"ground_rules": "Vi lytter færdigt."})


def test_a_round_is_closed_once_and_takes_no_answers_afterwards(room: Room, goal: str, asked: str):
    close(room, asked)
    with refused("already", "consent"):
        room.do(room.chair, "close_consent", consent=asked)
    for on in (goal, asked):
        with refused("not_open", "on"):
            consent(room, on, room.everybody[0])
        with refused("not_open", "on"):
            objection(room, room.everybody[0], on)


def test_a_text_is_asked_about_in_one_round_at_a_time_and_in_two_at_most(room: Room, goal: str, asked: str):
    with refused("already", "on"):
        room.do(room.chair, "open_consent", on=goal)
    close(room, asked)
    close(room, room.do(room.chair, "open_consent", on=goal)["consent"])
    with refused("closed", rounds=2):
        room.do(room.chair, "open_consent", on=goal)


def test_who_comes_in_is_asked_too_and_all_are_told_so_in_this_workshop_alone(room: Room, asked: str):
    elsewhere = Room({"citizens": 4}, ground_rules="Vi lytter.")
    elsewhere.do(elsewhere.chair, "open_consent", on=f"workshop:{elsewhere.id}")
    before, eligible = room.clock(), room.record(asked)["turnout"]["eligible"]
    there = elsewhere.clock()
    room.join("citizens")
    told = {record["id"]: record for record in screens.changes(room.id, before, "room")["put"]}
    assert told[asked]["turnout"]["eligible"] == eligible + 1
    assert elsewhere.clock() == there
    elsewhere.join("citizens")
    assert not any(record["kind"] == "consent" for record in screens.changes(room.id, before + 1, "room")["put"])
