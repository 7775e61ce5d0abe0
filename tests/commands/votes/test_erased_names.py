"""What is left of an open vote when a person is erased, and when the retention time is over."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.commands.votes.open_votes import POLITICIANS, close, named, start
from tests.commands.voting import Room
from workshop.commands.privacy import retention
from workshop.identity import Actor

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 4, "leaders": 0})


def erased_room(room: Room) -> tuple[str, str, list[Actor]]:
    """A ballot and a decision voted in by two politicians, of whom the second keeps the name."""
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    people = named(room, "politicians", "Mette Holm", "Jonas Berg")
    for person in people:
        keep = person is people[1]
        room.do(person, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}, keep=keep)
        room.do(person, "take_stance", decision=decision, stance="against", reason=f"Ord {keep}", keep=keep)
    return ballot, decision, people


def names(room: Room, vote: str) -> list[Any]:
    return [one["name"] for one in room.record(vote)["result"]["by_name"]]


def test_who_is_erased_stands_on_as_an_unnamed_member_unless_kept(room):
    ballot, decision, people = erased_room(room)
    for vote in (ballot, decision):
        close(room, vote)
    for person in people:
        room.do(person, "erase_me")
    assert names(room, ballot) == names(room, decision) == ["Jonas Berg", None]
    kept, gone = room.record(decision)["result"]["by_name"]
    assert (kept["stance"], kept["reason"]) == ("against", "Ord True")
    assert gone == {"name": None, "group": "politicians", "stance": "against"}
    assert room.record(decision)["result"]["groups"][1]["counts"]["against"] == 2, "the vote stays"


@pytest.mark.parametrize(("keep", "left"), [(True, ["Jonas Berg", "Mette Holm"]), (False, [None, None])])
def test_whoever_is_erased_can_say_it_anew(room, keep, left):
    _, decision, people = erased_room(room)
    close(room, decision)
    for person in people:
        room.do(person, "erase_me", keep_votes=keep)
    assert names(room, decision) == left


def test_who_is_erased_while_the_vote_is_open_is_counted_without_a_name(room):
    ballot, decision, people = erased_room(room)
    room.do(people[0], "erase_me")
    assert close(room, decision)["by_name"][1] == {"name": None, "group": "politicians", "stance": "against"}
    close(room, ballot)
    assert names(room, ballot) == ["Jonas Berg", None]


def test_when_the_time_is_over_names_go_and_words_stay(room):
    ballot, decision, _ = erased_room(room)
    for vote in (ballot, decision):
        close(room, vote)
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    assert retention.erase_names_of(room.id)["votes"] == 2
    assert names(room, ballot) == names(room, decision) == ["Jonas Berg", None]
    assert [one["reason"] for one in room.record(decision)["result"]["by_name"]] == ["Ord True", "Ord False"]
