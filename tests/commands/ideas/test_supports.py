"""Standing behind somebody else's idea instead of writing it once more: seen by nobody before the vote."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop import dispatch, screens
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import IdeaSupport, Workshop
from workshop.screens.personal_data import held
from workshop.screens.trail import trail

TEXT = "Gratis bus om aftenen for alle under 25"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 8, "politicians": 5}, receiving_body="Byrådet", response_due="2030-01-01")


@pytest.fixture
def author(room: Room) -> Actor:
    return room.people["citizens"][0]


@pytest.fixture
def idea(room: Room, author: Actor) -> str:
    return room.do(author, "post_idea", text=TEXT)["idea"]


def support(room: Room, idea: str, number: int, support: bool = True, first: int = 1) -> None:
    for person in room.everybody[first : first + number]:
        room.do(person, "support_idea", idea=idea, support=support)


def vote(room: Room, *options: str, publish: bool = True) -> str:
    ballot = room.ballot(list(options))
    room.do(room.chair, "close_ballot", ballot=ballot)
    if publish:
        room.do(room.chair, "publish_ballot", ballot=ballot)
    return ballot


def rows() -> int:
    db.session.rollback()
    return len(db.session.scalars(select(IdeaSupport.idea_id)).all())


def test_supporting_is_whole_and_absolute_and_can_be_taken_back(room: Room, idea: str):
    person = room.everybody[1]
    for wanted, number in ((True, 1), (True, 1), (False, 0), (False, 0)):
        room.do(person, "support_idea", idea=idea, support=wanted)
        assert rows() == number
        assert list(room.mine(person)["supports"]) == [idea][:number]


def test_what_became_of_a_supported_idea_is_told_as_of_an_own_one(room: Room, author: Actor, idea: str):
    person, other = room.everybody[1], room.do(author, "post_idea", text="Natbus")["idea"]
    room.do(person, "support_idea", idea=idea, support=True)
    room.do(room.chair, "merge_ideas", into=other, ideas=[idea])
    goal = room.do(room.chair, "draft_goal", title="En bus hver time", from_ideas=[other])["goal"]
    assert room.mine(person)["supports"][idea] == {"state": "merged", "text": TEXT, "became": [other, goal]}
    told = trail(person)["supports"][0]
    assert (told["id"], [step["id"] for step in told["became"]]) == (idea, [other, goal])
    assert held(person.participant_id or 0)["supports"] == [idea]


def test_the_own_idea_a_private_a_hidden_and_a_merged_one_cannot_be_supported(room: Room, author: Actor, idea: str):
    with refused("already", "idea", own_idea=True):
        room.do(author, "support_idea", idea=idea, support=True)
    other = room.do(author, "post_idea", text="Natbus")["idea"]
    room.do(room.chair, "merge_ideas", into=idea, ideas=[other])
    with refused("not_open", "idea", state="merged"):
        support(room, other, 1)
    room.do(room.chair, "split_idea", idea=other)
    support(room, other, 1)
    room.do(room.chair, "hide_idea", idea=other, reason="Nævner en person")
    with refused("not_open", "idea", state="hidden"):
        support(room, other, 1, first=2)
    assert room.mine(room.everybody[1])["supports"][other] == {"state": "hidden", "text": None, "became": []}
    support(room, other, 1, support=False)
    assert rows() == 0


def test_a_private_idea_of_somebody_else_is_not_even_said_to_exist(app: Flask):
    room = Room({"citizens": 2}, template="collaboration", ideas_always_open=False)
    db.session.rollback()
    step = next(one for one in db.session.get_one(Workshop, room.id).steps if one.step_kind == "ideas")
    room.do(room.chair, "start_step", step=step.record_id)
    idea = room.do(room.everybody[0], "post_idea", text=TEXT)["idea"]
    with refused("not_found", "idea"):
        room.do(room.everybody[1], "support_idea", idea=idea, support=True)
    assert dispatch.similar(room.everybody[1], TEXT)["ideas"] == []
    assert dispatch.similar(room.chair, TEXT)["ideas"] == []
    assert [one["idea"] for one in dispatch.similar(room.everybody[0], "Gratis aftenbus under 25")["ideas"]] == [idea]


def test_no_number_is_shown_and_nothing_is_sent_before_the_ballot_on_it_is_published(room: Room, idea: str):
    before = room.clock()
    support(room, idea, 6)
    assert [screens.changes(room.id, before, audience)["put"] for audience in ("room", "facilitator")] == [[], []]
    ballot = vote(room, idea, publish=False)
    assert room.record(idea)["supports"] is None
    before = room.clock()
    room.do(room.chair, "publish_ballot", ballot=ballot)
    assert idea in {record["id"] for record in screens.changes(room.id, before, "room")["put"]}
    assert room.record(idea)["supports"] == 6


def test_a_number_under_the_privacy_minimum_is_never_shown(room: Room, idea: str):
    support(room, idea, 4)
    vote(room, idea)
    assert room.record(idea)["supports"] is None
    room.do(room.chair, "close_workshop")
    assert outcome(db.session.get_one(Workshop, room.id)).ideas[0].supports is None


def test_on_a_ballot_nothing_of_it_is_changed_any_more(room: Room, author: Actor, idea: str):
    other = room.do(author, "post_idea", text="Natbus")["idea"]
    support(room, other, 1)
    room.do(room.chair, "merge_ideas", into=idea, ideas=[other])
    room.ballot([idea])
    for one, wanted in ((idea, True), (other, False)):
        with refused("conflict", "idea", on_ballot=True):
            support(room, one, 1, support=wanted)
    with refused("conflict", "idea", on_ballot=True):
        room.do(room.chair, "split_idea", idea=other)
    assert dispatch.similar(room.everybody[3], TEXT)["ideas"] == []


def test_whoever_supports_two_ideas_that_were_laid_together_counts_once(room: Room, author: Actor, idea: str):
    other = room.do(author, "post_idea", text="Natbus")["idea"]
    support(room, idea, 5)
    support(room, other, 3, first=4)
    room.do(room.chair, "merge_ideas", into=idea, ideas=[other])
    vote(room, idea)
    assert room.record(idea)["supports"] == 6


def test_the_record_tells_the_numbers_of_a_closed_workshop_and_none_before_the_vote(room: Room, author: Actor, idea: str):
    never_voted_on = room.do(author, "post_idea", text="Natbus")["idea"]
    support(room, idea, 6)
    support(room, never_voted_on, 5)
    vote(room, idea)

    def told() -> dict[str, int | None]:
        db.session.rollback()
        return {one.id: one.supports for one in outcome(db.session.get_one(Workshop, room.id)).ideas}

    assert told() == {idea: 6, never_voted_on: None}
    room.do(room.chair, "close_workshop")
    assert told() == {idea: 6, never_voted_on: 5}


def test_erasing_a_person_takes_support_back_but_for_what_was_counted(room: Room, author: Actor, idea: str):
    other = room.do(author, "post_idea", text="Natbus")["idea"]
    support(room, idea, 6)
    support(room, other, 2)
    vote(room, idea)
    room.do(room.everybody[1], "erase_me")
    assert room.record(idea)["supports"] == 6
    assert rows() == 7
