"""The same question asked twice: the facilitator is told who came and left, and pools stay (docs/rules.md section 7)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop.identity import Actor

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 8, "politicians": 4, "region": 4})


def remove(room: Room, person: Actor) -> None:
    room.do(room.chair, "remove_participant", participant=f"participant:{person.participant_id}")


def preview(room: Room, kind: str, **about: Any) -> dict[str, Any]:
    return room.do(room.chair, "preview_vote", **{"for": kind}, **about)


def pools(room: Room, vote: str) -> list[str]:
    return ["+".join(keys) for keys in room.record(vote)["pools"]]


def held(room: Room, options: list[str]) -> str:
    """A ballot on the options in which everybody has voted, closed."""
    ballot = room.ballot(options)
    for person in room.everybody:
        room.cast(person, ballot, choices={options[0]: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    return ballot


def test_a_question_that_was_not_asked_before_is_not_asked_again(room):
    ideas, others = room.ideas(2), room.ideas(2)
    held(room, ideas)
    assert preview(room, "ballot")["again"] is None
    assert preview(room, "ballot", options=others)["again"] is None
    assert preview(room, "ballot", options=[ideas[0], others[0]])["again"] is None
    assert preview(room, "decision", on=room.text())["again"] is None


def test_before_a_second_ballot_on_the_same_options_the_facilitator_reads_who_came_and_left(room):
    ideas = room.ideas(3)
    first = held(room, ideas)
    assert preview(room, "ballot", options=ideas)["again"] == {"vote": first, "came": 0, "left": 0}
    remove(room, room.people["citizens"][7])
    room.join("region")
    room.join("region")
    assert preview(room, "ballot", options=ideas)["again"] == {"vote": first, "came": 2, "left": 1}
    fewer = preview(room, "ballot", options=ideas[:2])["again"]
    assert fewer == {"vote": first, "came": 2, "left": 1}, "a part of the options is the same question"


@pytest.mark.parametrize("voted", [True, False])
def test_who_left_is_counted_whether_or_not_they_had_voted(room, voted):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    if voted:
        room.cast(room.people["citizens"][7], ballot, choices={ideas[0]: 1})
    remove(room, room.people["citizens"][7])
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert preview(room, "ballot", options=ideas)["again"] == {"vote": ballot, "came": 0, "left": 1}


def test_who_left_before_the_first_ballot_is_not_counted(room):
    ideas = room.ideas(2)
    remove(room, room.people["citizens"][7])
    room.people["citizens"].pop()
    assert preview(room, "ballot", options=[held(room, ideas) and ideas[0], ideas[1]])["again"]["left"] == 0


def test_groups_that_were_counted_together_are_again_although_one_has_grown(room):
    """Were the region counted by itself now, the pool less the region would be the politicians'."""
    ideas = room.ideas(2)
    first = held(room, ideas)
    assert pools(room, first) == ["citizens", "politicians+region"]
    for _ in range(3):
        room.join("region")
    told = preview(room, "ballot", options=ideas)["effective"]
    assert [row["keys"] for row in told] == [["citizens"], ["politicians", "region"]]
    assert pools(room, room.ballot(ideas)) == ["citizens", "politicians+region"]
    others = room.ideas(2)
    assert pools(room, room.ballot(others)) == ["citizens", "politicians+region"], "four are pooled in any case"


def test_another_question_is_counted_by_the_groups_as_they_are_now(room):
    held(room, room.ideas(2))
    for group in ("region", "politicians"):
        room.join(group)
    assert pools(room, room.ballot(room.ideas(2))) == ["citizens", "politicians", "region"]


def test_a_pool_ends_when_one_of_its_groups_has_left(room):
    ideas = room.ideas(2)
    held(room, ideas)
    for person in room.people["politicians"]:
        remove(room, person)
    room.join("region")
    assert pools(room, room.ballot(ideas)) == ["citizens", "region"]


def test_a_second_decision_on_the_same_words_says_who_came_and_left_and_keeps_the_pool(room):
    goal = room.text()
    first = room.decision(goal)
    for person in room.everybody:
        room.stance(person, first, "against")
    room.do(room.chair, "close_decision", decision=first)
    remove(room, room.people["politicians"][0])
    for _ in range(2):
        room.join("region")
    found = preview(room, "decision", on=goal)
    assert found["again"] == {"vote": first, "came": 2, "left": 1}
    assert [row["keys"] for row in found["effective"]] == [["citizens"], ["politicians", "region"]]
    assert pools(room, room.decision(goal)) == ["citizens", "politicians+region"]


def test_other_words_are_another_question(room):
    goal = room.text()
    first = room.decision(goal)
    room.stance(room.everybody[0], first, "against")
    room.do(room.chair, "close_decision", decision=first)
    room.do(room.chair, "edit_goal", goal=goal, version=1, target="70")
    assert preview(room, "decision", on=goal)["again"] is None


def test_a_text_of_another_workshop_is_not_looked_at(room):
    other = Room({"citizens": 5})
    with refused("not_found", "on"):
        preview(room, "decision", on=other.text())
