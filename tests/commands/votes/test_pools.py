"""Groups that are too small, or come late, are counted in one pool."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, papers, refused
from workshop.extensions import db
from workshop.models import Ballot

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def test_small_groups_vote_in_one_pool_fixed_at_opening():
    room = Room({"citizens": 8, "leaders": 2, "researchers": 4})
    ballot = room.ballot(room.ideas(2))
    assert room.record(ballot)["pools"] == [["citizens"], ["leaders", "researchers"]]
    for _ in range(5):
        room.join("leaders")
    assert room.record(ballot)["pools"] == [["citizens"], ["leaders", "researchers"]]


def test_a_group_absent_at_opening_is_counted_in_the_pool():
    room = Room({"citizens": 8, "leaders": 2, "researchers": 4, "politicians": 0})
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    assert room.record(ballot)["absent"] == ["politicians"]
    early = room.people["leaders"][0]
    room.cast(early, ballot, choices={ideas[0]: 1})
    late = room.join("politicians")
    room.cast(late, ballot, choices={ideas[1]: 1})
    record = room.record(ballot)
    assert record["pools"] == [["citizens"], ["leaders", "politicians", "researchers"]]
    assert record["absent"] == []
    assert {paper.group for paper in papers(ballot)} == {"leaders+politicians+researchers"}
    room.cast(early, ballot, choices={})
    assert room.record(ballot)["turnout"]["voted"] == 1


def test_without_a_pool_a_late_group_is_counted_in_the_smallest():
    room = Room({"citizens": 8, "researchers": 6, "politicians": 0})
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    room.cast(room.join("politicians"), ballot, choices={ideas[0]: 1})
    assert room.record(ballot)["pools"] == [["citizens"], ["politicians", "researchers"]]


def test_a_late_group_that_never_votes_is_eligible_all_the_same():
    room = Room({"citizens": 8, "politicians": 0})
    ballot = room.ballot(room.ideas(2))
    room.join("politicians")
    room.do(room.chair, "close_ballot", ballot=ballot)
    row = db.session.get_one(Ballot, int(ballot.split(":")[1]))
    assert dict(row.eligible) == {"citizens+politicians": 9}


def test_a_ballot_opened_in_an_empty_room_makes_its_groups_at_closing():
    room = Room({"citizens": 1, "politicians": 0})
    ideas = room.ideas(2)
    room.do(room.chair, "remove_participant", participant=f"participant:{room.everybody[0].participant_id}")
    ballot = room.ballot(ideas)
    for group, size in (("citizens", 6), ("politicians", 5)):
        for _ in range(size):
            room.cast(room.join(group), ballot, choices={ideas[0]: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    record = room.record(ballot)
    assert record["pools"] == [["citizens"], ["politicians"]] and record["absent"] == []
    assert record["turnout"] == {"voted": 11, "eligible": 11}


def test_own_weights_name_the_effective_groups_of_the_vote(room):
    ideas = room.ideas(2)
    with refused("malformed", "settings.weights", groups=["citizens", "politicians"]):
        room.ballot(ideas, settings={"seats": 1, "weights": {"citizens": 2}})
    fits = {"seats": 1, "weights": {"citizens": 2, "politicians": 1}}
    assert room.record(room.ballot(ideas, settings=fits))["settings"]["weights"] == fits["weights"]


def test_the_facilitator_sees_the_pooling_before_opening():
    room = Room({"citizens": 8, "leaders": 2, "researchers": 1, "politicians": 0})
    found = room.do(room.chair, "preview_vote", **{"for": "ballot"})
    assert found == {
        "effective": [{"keys": ["citizens", "leaders", "researchers"], "size": 11, "open": None}],
        "absent": ["politicians"],
        "openness": "secret",
        "agreed": [],
        "too_few": False,
        "few_in_secret": False,
        "again": None,
        "checks": [],
    }
    for people, too_few in ((4, True), (5, False)):
        few = Room({"citizens": people})
        assert few.do(few.chair, "preview_vote", **{"for": "decision"})["too_few"] is too_few, people
