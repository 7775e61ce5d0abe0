"""Votes cast for seats, and which seats are present when a decision is taken."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.people.seated import person, seats_of
from tests.commands.voting import Room, papers, participations, refused
from workshop import dispatch, screens
from workshop.extensions import db
from workshop.models import Participation

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def test_a_vote_cast_by_a_helper_counts_once_and_the_total_says_so(room):
    ideas = room.ideas(3)
    ballot = room.ballot(ideas)
    seat, other = room.seat("citizens"), room.seat("citizens")
    assert room.record(ballot)["turnout"] == {"voted": 0, "eligible": 14}
    for chosen in (ideas[0], ideas[1]):
        room.cast(seat, ballot, choices={chosen: 1})
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    assert room.record(ballot)["turnout"] == {"voted": 2, "eligible": 14}
    assert len(papers(ballot)) == 2 and room.mine(seat)["ballots"] == {ballot: {ideas[1]: 1}}
    room.cast(other, ballot, choices={ideas[0]: 1})
    room.cast(other, ballot, choices={})
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["turnout"]["by_helper"] == 1, "a vote that was taken back is none"
    assert room.mine(seat)["ballots"] == {}, "after closing the helper can see nothing of it"
    room.do(room.chair, "publish_ballot", ballot=ballot)
    record = room.record(ballot)
    assert record["turnout"] == {"voted": 2, "eligible": 14, "by_helper": 1}
    assert "by_helper" not in repr(record["result"])


def test_nobody_but_the_helper_reads_what_was_cast_for_a_seat(room):
    seat = room.seat("citizens")
    decision = room.decision(room.text())
    room.stance(seat, decision, "against", "For dyrt for kommunen")
    for actor in (*room.everybody, room.chair, room.device(), room.helper):
        assert "For dyrt" not in repr(dispatch.sync(actor, {"since": 0, "epoch": None}))
    assert seats_of(room.helper)[0]["voted"] == {decision: True}


def test_a_decision_is_taken_by_the_people_seen_and_the_seats_marked_present(room):
    here, gone = room.seat("citizens"), room.seat("citizens", present=False)
    room.do(gone, "post_idea", text="Skrevet for en, der er gået")
    decision = room.decision(room.text())
    assert participations(decision).keys() == {p.participant_id for p in room.everybody} | {here.participant_id}
    with refused("not_allowed", "decision", waits=True):
        room.stance(gone, decision, "for")
    preview = room.do(room.chair, "preview_vote", **{"for": "decision"})["effective"]
    assert {one["keys"][0]: one["size"] for one in preview} == {"citizens": 7, "politicians": 6}


def test_a_seat_is_marked_by_its_helper_or_by_the_facilitator(room):
    seat = room.seat("citizens")
    record_id = f"participant:{seat.participant_id}"
    for actor, present in ((room.helper, False), (seat, True), (room.chair, False)):
        room.do(actor, "mark_seat", seat=record_id, present=present)
        assert person(seat).present is present
        assert seats_of(room.helper)[0]["present"] is present
        assert room.record(record_id, "facilitator")["present"] is present
    with refused("not_found", "seat"):
        room.do(room.chair, "mark_seat", seat=f"participant:{room.everybody[0].participant_id}", present=True)


def test_the_list_of_seats_tells_who_has_voted_and_never_what(room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    first, second = room.seat("citizens", name="Karen"), room.seat("politicians")
    room.cast(first, ballot, choices={ideas[1]: 1})
    told = screens.mine(room.helper)
    assert [(one["number"], one["name"], one["group"], one["voted"]) for one in told["seats"]] == [
        (1, "Karen", "citizens", {ballot: True}),
        (2, None, "politicians", {}),
    ]
    assert told["made"] == 2 and ideas[1] not in repr(told)
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert [one["voted"] for one in seats_of(room.helper)] == [{}, {}]
    assert db.session.get_one(Participation, (ballot, first.participant_id)).by_helper
    assert second.participant_id not in participations(ballot)
