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


def test_a_ballot_tells_groups_of_ten_and_counts_smaller_ones_together(room):
    ballot = room.ballot(room.ideas(2))
    assert told(room, ballot) == [("citizens", 0, 12), ("politicians+region", 0, 16)]
    cast(room, ballot, ("citizens", 7), ("region", 4))
    assert told(room, ballot) == [("citizens", 7, 12), ("politicians+region", 4, 16)]


def test_who_comes_late_and_who_is_taken_out_are_counted_where_their_vote_is(room):
    ballot = room.ballot(room.ideas(2))
    cast(room, ballot, ("citizens", 7))
    room.join("leaders")
    assert told(room, ballot) == [("citizens", 7, 12), ("politicians+region", 0, 17)]
    cast(room, ballot, ("leaders", 1))
    assert told(room, ballot) == [("citizens", 7, 12), ("leaders+politicians+region", 1, 17)]
    gone = room.people["citizens"][0]
    room.do(room.chair, "remove_participant", participant=f"participant:{gone.participant_id}")
    assert told(room, ballot)[0] == ("citizens", 7, 12)
    room.do(room.chair, "remove_participant", participant=f"participant:{room.people['citizens'][11].participant_id}")
    assert told(room, ballot)[0] == ("citizens", 7, 11)


def test_a_decision_tells_those_who_were_here_when_it_opened(room):
    decision = room.decision(room.text())
    room.stance(room.people["politicians"][0], decision, "for")
    room.join("citizens")
    assert told(room, decision) == [("citizens", 0, 12), ("politicians+region", 1, 16)]


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
