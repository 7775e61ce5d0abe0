"""Votes cast by name: what they need, what is published of them, and who comes late."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.votes.open_votes import POLITICIANS, by_name, close, named, start
from tests.commands.voting import Room, papers, participations, refused
from workshop.door import perform

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 4, "leaders": 0})


# casting by name


def test_an_open_vote_needs_a_name_and_nothing_is_lost_without_one(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    person = room.people["politicians"][0]
    with refused("empty", "name"):
        room.cast(person, ballot, choices={ideas[0]: 1})
    with refused("empty", "name"):
        room.stance(person, decision, "for")
    assert participations(ballot) == {} and not participations(decision)[person.participant_id]
    named(room, "politicians", "Mette Holm")
    room.cast(person, ballot, choices={ideas[0]: 1})
    room.stance(person, decision, "for")
    assert participations(ballot) == {person.participant_id: True} and papers(ballot) == []
    assert [(paper.name, paper.content) for paper in by_name(ballot)] == [("Mette Holm", {ideas[0]: 1})]


def test_those_who_vote_secretly_need_no_name_and_leave_none(room):
    start(room, **POLITICIANS)
    decision = room.decision(room.text())
    (citizen,) = named(room, "citizens", "Ane Borger")
    room.stance(citizen, decision, "against", "For dyrt")
    assert by_name(decision) == [] and len(papers(decision)) == 1
    assert "Ane Borger" not in repr(papers(decision)[0].content)
    result = close(room, decision)
    assert result["by_name"] == [] and result["dissent"] == ["For dyrt"]


def test_nothing_of_an_open_vote_is_shown_before_it_is_published(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    (politician,) = named(room, "politicians", "Mette Holm")
    room.cast(politician, ballot, choices={ideas[0]: 1})
    room.stance(politician, decision, "against", "For dyrt")
    for audience in ("room", "facilitator"):
        assert room.record(ballot, audience)["result"] is None and room.record(decision, audience)["result"] is None
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["result"] is None
    assert room.mine(politician)["stances"] == {decision: {"stance": "against", "reason": "For dyrt"}}
    assert room.mine(politician)["ballots"] == {}
    assert room.mine(room.people["politicians"][1])["stances"] == {}


def test_an_open_vote_can_be_changed_and_taken_back_until_it_closes(room):
    start(room, **POLITICIANS)
    one, two, *_ = ideas = room.ideas(8)
    ballot = room.ballot(ideas)
    mette, jonas = named(room, "politicians", "Mette", "Jonas")
    room.cast(mette, ballot, choices={one: 1})
    room.cast(mette, ballot, choices={two: 1})
    room.cast(jonas, ballot, choices={one: 1})
    room.cast(jonas, ballot, choices={})
    assert room.record(ballot)["turnout"]["voted"] == 1
    assert room.mine(mette)["ballots"] == {ballot: {two: 1}}
    result = close(room, ballot)
    assert result["by_name"] == [{"name": "Mette", "group": "politicians", "choices": {two: 1}}]
    assert result["turnout"] == {"voted": 1, "eligible": 10}


def test_the_published_decision_names_those_of_the_open_groups_only(room):
    start(room, **POLITICIANS)
    decision = room.decision(room.text())
    politicians = named(room, "politicians", "Åse", "Bo", "Christa")
    stances = ("reservation", "for", "against")
    for person, stance in zip(politicians, stances, strict=True):
        room.stance(person, decision, stance, None if stance == "for" else f"{stance} af os")
    for number, person in enumerate(room.people["citizens"]):
        room.stance(person, decision, "reservation" if number == 0 else "for", "Kun i år" if number == 0 else None)
    result = close(room, decision)
    assert result["by_name"] == [
        {"name": "Bo", "group": "politicians", "stance": "for"},
        {"name": "Christa", "group": "politicians", "stance": "against", "reason": "against af os"},
        {"name": "Åse", "group": "politicians", "stance": "reservation", "reason": "reservation af os"},
    ]
    assert result["reservations"] == ["Kun i år"] and result["dissent"] == []
    citizens, politicians_ = result["groups"]
    assert citizens == {"keys": ["citizens"], "status": "carried", "counts": None}
    assert politicians_["counts"] == {"for": 1, "reservation": 1, "against": 1, "blank": 0, "cast": 3, "eligible": 4}


def test_a_published_ballot_counts_open_groups_exactly_whatever_their_size(room):
    start(room, "ballot", **POLITICIANS)
    ideas = room.ideas(4)
    ballot = room.ballot(ideas, "approval", settings={"choices": 2, "seats": 2})
    for person in named(room, "politicians", "Mette", "Jonas"):
        room.cast(person, ballot, choices={ideas[0]: 1, ideas[1]: 1})
    for person in room.people["citizens"]:
        room.cast(person, ballot, choices={ideas[0]: 1})
    result = close(room, ballot)
    first = result["options"][0]
    assert first["by_group"] == {"politicians": 2}
    assert first["total"] is None, "the citizens could be subtracted"
    assert [one["name"] for one in result["by_name"]] == ["Jonas", "Mette"]


def test_open_positions_are_published_by_name(room):
    start(room, "ballot", openness="open")
    ideas = room.ideas(2)
    ballot = room.ballot(ideas, "positions")
    (mette,), (ane,) = named(room, "politicians", "Mette"), named(room, "citizens", "Ane")
    room.cast(mette, ballot, choices={ideas[0]: "agree", ideas[1]: "pass"})
    room.cast(ane, ballot, choices={ideas[0]: "disagree"})
    result = close(room, ballot)
    assert [(one["name"], one["group"]) for one in result["by_name"]] == [("Ane", "citizens"), ("Mette", "politicians")]
    assert result["options"][0]["total"] == {"agree": 1, "pass": 0, "disagree": 1}


def test_another_name_is_carried_by_a_vote_until_it_closes(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    (person,) = named(room, "politicians", "Mete Holm")
    room.cast(person, ballot, choices={ideas[0]: 1})
    room.stance(person, decision, "for")
    close(room, decision)
    perform(person, "set_name", {"name": "Mette Holm"})
    perform(person, "set_name", {"name": None})
    assert close(room, ballot)["by_name"][0]["name"] == "Mette Holm", "an open vote stands by its name"
    assert room.record(decision)["result"]["by_name"][0]["name"] == "Mete Holm", "a closed vote is what it was"


def test_only_a_name_can_be_kept(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    citizen = room.people["citizens"][0]
    with refused("malformed", "keep"):
        room.do(citizen, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}, keep=True)
    with refused("malformed", "keep"):
        room.do(citizen, "take_stance", decision=decision, stance="for", keep=True)
    (person,) = named(room, "politicians", "Mette")
    room.do(person, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}, keep=True)
    room.do(person, "take_stance", decision=decision, stance="for")
    assert room.mine(person)["by_name"] == {ballot: True, decision: False}


def test_a_changed_text_ends_an_open_decision_and_nothing_is_left_of_it(room):
    start(room, **POLITICIANS)
    goal = room.text()
    decision = room.decision(goal)
    (person,) = named(room, "politicians", "Mette")
    room.stance(person, decision, "for")
    room.do(room.chair, "drop_text", on=goal)
    assert by_name(decision) == [] and room.record(decision)["result"] is None


# who comes late


def test_who_comes_late_of_an_open_group_votes_by_name_or_not_at_all(room):
    start(room, openness="some_open", open_groups=["leaders", "politicians"])
    ideas = room.ideas(4)
    ballot = room.ballot(ideas)
    assert room.record(ballot)["open_groups"] == ["leaders", "politicians"]
    late = room.join("leaders")
    with refused("empty", "name"):
        room.cast(late, ballot, choices={ideas[0]: 1})
    perform(late, "set_name", {"name": "Sen Leder"})
    room.cast(late, ballot, choices={ideas[0]: 1})
    assert ["leaders"] in room.record(ballot)["pools"] and room.record(ballot)["absent"] == []
    result = close(room, ballot)
    assert result["options"][0]["by_group"]["leaders"] == 1
    assert result["by_name"] == [{"name": "Sen Leder", "group": "leaders", "choices": {ideas[0]: 1}}]


def test_who_comes_late_and_votes_secretly_is_never_counted_with_an_open_group(room):
    only = Room({"politicians": 6, "citizens": 0, "leaders": 0})
    start(only, **POLITICIANS)
    ideas = only.ideas(4)
    ballot = only.ballot(ideas)
    citizen, leader = only.join("citizens"), only.join("leaders")
    only.cast(citizen, ballot, choices={ideas[0]: 1})
    only.cast(leader, ballot, choices={ideas[1]: 1})
    result = close(only, ballot)
    assert only.record(ballot)["pools"] == [["citizens", "leaders"], ["politicians"]]
    assert result["by_name"] == [] and "citizens+leaders" not in result["options"][0]["by_group"]
    assert result["options"][0]["total"] is None


def test_where_nobody_had_come_at_opening_the_groups_are_made_at_closing():
    room = Room({"politicians": 0, "citizens": 0})
    start(room, **POLITICIANS)
    room.join("citizens")
    ideas = room.ideas(2)
    room.do(room.chair, "remove_participant", participant=f"participant:{room.people['citizens'].pop().participant_id}")
    ballot = room.ballot(ideas)
    for number in range(5):
        room.cast(room.join("citizens"), ballot, choices={ideas[0]: 1})
        politician = room.join("politicians")
        perform(politician, "set_name", {"name": f"Politiker {number}"})
        room.cast(politician, ballot, choices={ideas[number % 2]: 1})
    result = close(room, ballot)
    assert room.record(ballot)["pools"] == [["citizens"], ["politicians"]]
    assert [one["by_group"]["politicians"] for one in result["options"]] == [3, 2]
    assert len(result["by_name"]) == 5


def test_a_seat_votes_by_name_through_its_helper_and_the_total_says_so(room):
    start(room, **POLITICIANS)
    seat = room.seat("politicians")
    decision = room.decision(room.text())
    with refused("empty", "name"):
        room.stance(seat, decision, "for")
    room.do(seat, "set_name", name="Karen")
    room.stance(seat, decision, "for")
    assert [(paper.name, paper.content) for paper in by_name(decision)] == [("Karen", {"stance": "for"})]
    assert papers(decision) == []
    room.do(room.chair, "close_decision", decision=decision)
    assert room.record(decision)["turnout"] == {"voted": 1, "eligible": 11, "by_helper": 1}
