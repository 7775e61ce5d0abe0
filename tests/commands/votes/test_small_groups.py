"""A group too small for a secret count votes openly when each member has agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.votes.open_votes import close, group_id, named
from tests.commands.voting import Room, refused
from workshop import clock
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import JournalEntry, Participant
from workshop.store import writing_outside

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 4, "leaders": 0})


def asked(room: Room, key: str = "politicians") -> str:
    group = group_id(room, key)
    room.do(room.chair, "ask_open_vote", group=group)
    return group


def agree(room: Room, group: str, *people: Actor, no: bool = False) -> None:
    for person in people:
        room.do(person, "answer_open_vote", group=group, agree=not no)


def test_a_small_group_counts_by_itself_and_by_name_when_each_member_has_agreed(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    found = room.do(room.chair, "preview_vote", **{"for": "decision"})
    assert found["agreed"] == ["politicians"] and found["effective"][1]["open"] == "agreed"
    decision = room.decision(room.text())
    record = room.record(decision)
    assert (record["openness"], record["open_groups"], record["agreed_groups"]) == (
        "secret",
        ["politicians"],
        ["politicians"],
    )
    (person,) = named(room, "politicians", "Mette")
    room.stance(person, decision, "for")
    assert close(room, decision)["by_name"] == [{"name": "Mette", "group": "politicians", "stance": "for"}]


@pytest.mark.parametrize("missing", ["no", "silent"])
def test_one_who_does_not_agree_keeps_the_vote_of_the_group_secret(room, missing):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    if missing == "no":
        agree(room, group, last, no=True)
    ballot = room.record(room.ballot(room.ideas(1)))
    assert ballot["open_groups"] == [] and ballot["pools"] == [["citizens", "politicians"]]


def test_the_answer_can_be_changed_until_the_vote_opens(room):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    agree(room, group, last, no=True)
    agree(room, group, last)
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 4, "of": 4}
    agree(room, group, last, no=True)
    assert room.record(room.ballot(room.ideas(1)))["open_groups"] == []


def test_it_holds_for_one_vote_and_is_cleared_by_its_opening(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    assert room.mine(room.people["politicians"][0])["open_vote"] == {"group": group, "agree": True}
    room.ballot(room.ideas(1))
    assert room.record(group, "facilitator")["open_vote"] is None
    assert all(room.mine(person)["open_vote"] is None for person in room.everybody)
    assert room.record(room.ballot(room.ideas(1)))["open_groups"] == []
    with refused("not_open", "group"):
        agree(room, group, room.people["politicians"][0])
    asked(room)
    assert room.mine(room.people["politicians"][0])["open_vote"] == {"group": group, "agree": None}


def test_undoing_the_opening_brings_the_answers_back(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    answer = perform(room.chair, "open_ballot", {"method": "approval", "options": room.ideas(1)})
    room.do(room.chair, "undo", seq=answer["seq"])
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 4, "of": 4}
    person = room.people["politicians"][0]
    assert room.mine(person)["open_vote"] == {"group": group, "agree": True}
    assert db.session.get_one(Participant, person.participant_id).mine_seq == room.clock(), "the phone is told"


def test_somebody_who_joins_later_has_to_agree_too(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    room.do(room.chair, "edit_workshop", privacy_minimum=6)
    late = room.join("politicians")
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 4, "of": 5}
    assert room.mine(late)["open_vote"] == {"group": group, "agree": None}
    assert room.do(room.chair, "preview_vote", **{"for": "ballot"})["agreed"] == []
    agree(room, group, late)
    assert room.record(room.ballot(room.ideas(1)))["agreed_groups"] == ["politicians"]


def test_a_group_that_has_grown_large_enough_is_asked_no_more(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    room.join("politicians")
    assert room.record(group, "facilitator")["open_vote"] is None
    assert room.record(room.ballot(room.ideas(1)))["open_groups"] == []
    with refused("conflict", "group", members=5, privacy_minimum=5):
        asked(room)
    with refused("conflict", "group", members=0, privacy_minimum=5):
        asked(room, "leaders")


def test_of_a_decision_only_those_present_have_to_agree(room):
    group = asked(room)
    *here, away = room.people["politicians"]
    agree(room, group, *here)
    with writing_outside():
        db.session.get_one(Participant, away.participant_id).last_seen_at = clock.now() - timedelta(hours=1)
    assert room.do(room.chair, "preview_vote", **{"for": "ballot"})["agreed"] == []
    assert room.do(room.chair, "preview_vote", **{"for": "decision"})["agreed"] == ["politicians"]
    assert room.record(room.decision(room.text()))["agreed_groups"] == ["politicians"]


def test_nobody_is_told_who_said_no(room):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    before = [room.record(group, audience) for audience in ("room", "facilitator")]
    agree(room, group, last, no=True)
    assert [room.record(group, audience) for audience in ("room", "facilitator")] == before
    assert before[1]["open_vote"] == {"agreed": 3, "of": 4} and "open_vote" not in before[0]
    assert all("agree" not in repr(room.record(f"participant:{one.participant_id}", "facilitator")) for one in others)
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert entry.name == "answer_open_vote" and "agree" not in repr(entry.proof)


def test_the_question_can_be_taken_back(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    room.do(room.chair, "ask_open_vote", group=group, asked=False)
    assert all(room.mine(person)["open_vote"] is None for person in room.everybody)
    with refused("already", "group"):
        room.do(room.chair, "ask_open_vote", group=group, asked=False)
    asked(room)
    with refused("already", "group"):
        asked(room)
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 0, "of": 4}, "an earlier yes is no answer"


def test_only_members_answer_and_only_facilitators_ask(room):
    group = asked(room)
    with refused("not_yours", "group"):
        agree(room, group, room.people["citizens"][0])
    with refused("not_allowed"):
        agree(room, group, room.chair)
    with refused("not_allowed"):
        room.do(room.people["politicians"][0], "ask_open_vote", group=group)


def test_a_seat_of_a_small_group_agrees_through_its_helper(room):
    seat = room.seat("leaders")
    room.do(room.chair, "ask_open_vote", group=group_id(room, "leaders"))
    assert room.mine(seat)["open_vote"] == {"group": group_id(room, "leaders"), "agree": None}
    room.do(seat, "answer_open_vote", group=group_id(room, "leaders"), agree=True)
    assert room.record(room.decision(room.text()))["open_groups"] == ["leaders"]


def test_who_was_erased_or_taken_out_stands_in_nobodys_way(room):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    room.do(last, "erase_me")
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 3, "of": 3}
    assert room.record(room.ballot(room.ideas(1)))["agreed_groups"] == ["politicians"]
