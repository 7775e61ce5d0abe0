"""Turnout as the screens are told it: the room's always, a group's only where nobody can be pointed at."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 12, "politicians": 10, "region": 6, "leaders": 0})


def told(room: Room, record_id: str) -> list[tuple[str, int, int]] | None:
    record = room.record(record_id)
    assert record == room.record(record_id, "facilitator"), "every audience is told the same"
    rows = record["turnout_by_group"]
    if rows:
        room_wide = record["turnout"]
        assert sum(row["voted"] for row in rows) == room_wide["voted"]
        assert sum(row["eligible"] for row in rows) == room_wide["eligible"]
    return rows and [("+".join(row["keys"]), row["voted"], row["eligible"]) for row in rows]


def cast(room: Room, ballot: str, *people: tuple[str, int]) -> None:
    option = room.record(ballot)["options"][0]
    for group, number in people:
        for person in room.people[group][:number]:
            room.cast(person, ballot, choices={option: 1})


def test_a_ballot_tells_no_group_before_every_one_has_cast_ten(room):
    """Six of a region are one group too few, whatever the others have cast."""
    ballot = room.ballot(room.ideas(2))
    assert told(room, ballot) == []
    cast(room, ballot, ("citizens", 12), ("politicians", 10), ("region", 6))
    assert told(room, ballot) == []
    assert room.record(ballot)["turnout"] == {"voted": 28, "eligible": 28}


def test_a_ballot_tells_its_groups_once_each_has_cast_ten():
    large = Room({"citizens": 12, "politicians": 11})
    ballot = large.ballot(large.ideas(2))
    cast(large, ballot, ("citizens", 12), ("politicians", 9))
    assert told(large, ballot) == []
    cast(large, ballot, ("politicians", 10))
    assert told(large, ballot) == [("citizens", 12, 12), ("politicians", 10, 11)]


def test_a_decision_tells_its_groups_once_each_has_cast_ten():
    large = Room({"citizens": 10, "politicians": 10})
    decision = large.decision(large.text())
    for person in large.everybody[:19]:
        large.stance(person, decision, "for")
    assert told(large, decision) == []
    large.join("citizens")
    large.stance(large.everybody[20], decision, "blank")
    assert told(large, decision) == [("citizens", 10, 10), ("politicians", 10, 10)]


def test_a_group_that_votes_openly_counts_too_while_the_vote_is_open():
    """Two politicians by name: the room's figure less the citizens' would tell which of them has voted."""
    large = Room({"citizens": 12, "politicians": 2})
    settings = {"openness": "some_open", "open_groups": ["politicians"]}
    made = large.do(large.chair, "add_step", kind="decisions", settings=settings)
    large.do(large.chair, "start_step", step=made["step"])
    decision = large.decision(large.text())
    for person in large.people["citizens"]:
        large.stance(person, decision, "for")
    assert told(large, decision) == []


def remove(room: Room, group: str, number: int) -> None:
    gone = room.people[group][number]
    room.do(room.chair, "remove_participant", participant=f"participant:{gone.participant_id}")


@pytest.mark.parametrize("number", [0, 11])
def test_the_number_of_those_who_may_vote_does_not_tell_whether_who_leaves_has_voted(room, number):
    """The first has voted, the twelfth has not: both stay among those who may, at closing too."""
    ballot = room.ballot(room.ideas(2))
    cast(room, ballot, ("citizens", 7))
    remove(room, "citizens", number)
    assert room.record(ballot)["turnout"] == {"voted": 7, "eligible": 28}
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["turnout"] == {"voted": 7, "eligible": 28}


def test_who_leaves_before_the_ballot_opens_is_not_counted(room):
    ideas = room.ideas(2)
    remove(room, "citizens", 0)
    ballot = room.ballot(ideas)
    assert room.record(ballot)["turnout"] == {"voted": 0, "eligible": 27}


def test_a_group_that_comes_late_is_placed_when_it_arrives_and_its_vote_changes_nothing_but_the_rooms_number(room):
    """Were it placed when its first person votes, the pools would tell that this one has voted."""
    ballot = room.ballot(room.ideas(2))
    assert room.record(ballot)["absent"] == ["leaders"]
    room.join("leaders")
    arrived = room.record(ballot)
    assert (arrived["absent"], arrived["pools"]) == ([], [["citizens"], ["leaders", "region"], ["politicians"]])
    cast(room, ballot, ("leaders", 1))
    voted = room.record(ballot)
    assert voted == arrived | {"turnout": {"voted": 1, "eligible": 29}}


def test_how_many_a_helper_cast_is_told_when_the_vote_has_closed():
    """With one seat in the room the number would be that person's having voted."""
    seated = Room({"citizens": 6})
    seat = seated.seat("citizens")
    ideas = seated.ideas(2)
    ballot, decision = seated.ballot(ideas), seated.decision(seated.text())
    seated.cast(seat, ballot, choices={ideas[0]: 1})
    seated.stance(seat, decision, "for")
    for vote in (ballot, decision):
        assert seated.record(vote)["turnout"] == {"voted": 1, "eligible": 7}
    seated.do(seated.chair, "close_ballot", ballot=ballot)
    seated.do(seated.chair, "close_decision", decision=decision)
    for vote in (ballot, decision):
        assert seated.record(vote)["turnout"] == {"voted": 1, "eligible": 7, "by_helper": 1}


def test_nothing_is_told_of_groups_once_the_vote_has_closed(room):
    ballot = room.ballot(room.ideas(2))
    cast(room, ballot, ("citizens", 7))
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert told(room, ballot) is None and room.record(ballot)["turnout"] == {"voted": 7, "eligible": 28}
    decision = room.decision(room.text())
    room.do(room.chair, "close_decision", decision=decision)
    assert told(room, decision) is None


def test_a_small_room_is_told_as_a_whole():
    small = Room({"citizens": 6, "politicians": 5})
    assert told(small, small.ballot(small.ideas(2))) == []


def test_a_ballot_opened_in_an_empty_room_has_no_groups_to_tell(app):
    empty = Room({"citizens": 1, "politicians": 0})
    ideas = empty.ideas(2)
    empty.do(empty.chair, "remove_participant", participant=f"participant:{empty.people['citizens'][0].participant_id}")
    ballot = empty.ballot(ideas)
    for group in ("citizens", "politicians"):
        for _ in range(12):
            empty.join(group)
    assert told(empty, ballot) is None and empty.record(ballot)["turnout"] == {"voted": 0, "eligible": 24}
