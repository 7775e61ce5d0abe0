"""Whose own things have changed is marked exactly, by one statement, and read for everybody at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.voting import GOAL, Room
from tests.counting import marked, own_ideas, statements
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Agreement, Goal, Participant


def numbers(*people: Actor) -> set[int]:
    return {person.participant_id or 0 for person in people}


@pytest.fixture
def room(app: Any) -> Room:
    return Room({"citizens": 8})


@pytest.fixture
def ideas(room: Room) -> list[str]:
    """One of each person; the first builds a goal, the third stands behind the first, the second is laid under it."""
    found = own_ideas(room)
    room.do(room.everybody[2], "support_idea", idea=found[0], support=True)
    room.do(room.chair, "merge_ideas", into=found[0], ideas=[found[1]])
    return found


def told_of(room: Room, name: str, **args: Any) -> tuple[dict[str, Any], set[int]]:
    """The result of a command of the chair, and the people it marked."""
    before = room.clock()
    result = room.do(room.chair, name, **args)
    return result, marked(room, before)


def test_an_autosaved_wording_touches_nobody(room: Room, ideas: list[str]):
    goal = room.do(room.chair, "draft_goal", title="Et mål", from_ideas=ideas[:1])["goal"]
    agreement = room.do(room.chair, "draft_agreement", purpose="En aftale", goals=[goal])["agreement"]
    assert told_of(room, "edit_goal", goal=goal, version=1, title="Et klarere mål")[1] == set()
    assert told_of(room, "edit_agreement", agreement=agreement, version=1, purpose="En klarere")[1] == set()


def test_a_link_between_idea_goal_and_agreement_touches_those_at_its_end(room: Room, ideas: list[str]):
    """The author, who supports the idea, and whose idea was laid under it: of each the trail grows by one record."""
    first = room.everybody
    goal, told = told_of(room, "draft_goal", title="Et mål", from_ideas=ideas[:1])
    assert told == numbers(*first[:3])
    assert room.mine(first[0])["ideas"][ideas[0]]["became"] == [goal["goal"]]
    assert room.mine(first[1])["ideas"][ideas[1]]["became"] == [ideas[0], goal["goal"]]
    assert room.mine(first[2])["supports"][ideas[0]]["became"] == [goal["goal"]]

    _, told = told_of(room, "edit_goal", goal=goal["goal"], version=1, from_ideas=[ideas[0], ideas[4]])
    assert told == numbers(first[4]), "the first idea was linked before"
    agreement, told = told_of(room, "draft_agreement", purpose="En aftale", goals=[goal["goal"]])
    assert told == numbers(*first[:3], first[4])
    other = room.do(room.chair, "draft_goal", title="Et andet", from_ideas=[ideas[6]])["goal"]
    _, told = told_of(room, "edit_agreement", agreement=agreement["agreement"], version=1, goals=[other])
    assert told == numbers(*first[:3], first[4], first[6]), "the link to one goal ends, to another it begins"
    _, told = told_of(room, "drop_text", on=agreement["agreement"])
    assert told == numbers(first[6])
    _, told = told_of(room, "drop_text", on=goal["goal"])
    assert told == numbers(*first[:3], first[4])


@pytest.mark.parametrize("name", ["draft_goal", "drop_text", "merge_ideas", "hide_comment"])
def test_undoing_touches_those_whom_the_command_touched(room: Room, ideas: list[str], name: str):
    """What a command showed them they would otherwise go on seeing."""
    goal = room.do(room.chair, "draft_goal", title="Et andet mål", from_ideas=[ideas[5]])["goal"]
    comment = room.do(room.everybody[6], "post_comment", on=ideas[0], text="Godt", sort="question")["comment"]
    given = {
        "draft_goal": {"title": "Et mål", "from_ideas": [ideas[4]]},
        "drop_text": {"on": goal},
        "merge_ideas": {"into": ideas[3], "ideas": [ideas[0]]},
        "hide_comment": {"comment": comment, "reason": "Personlig"},
    }[name]
    people = {"draft_goal": [4], "drop_text": [5], "merge_ideas": [0, 1, 2], "hide_comment": [6]}[name]
    before = {person: room.mine(person) | {"seq": 0} for person in room.everybody}
    _, told = told_of(room, name, **given)
    assert told == numbers(*(room.everybody[place] for place in people))
    _, told_again = told_of(room, "undo", seq=room.clock())
    assert told_again == told
    assert {person: room.mine(person) | {"seq": 0} for person in room.everybody} == before


def test_a_person_whom_a_command_of_another_row_marks_gets_it_with_the_answer(room: Room, ideas: list[str]):
    """Marked by number while the row of the person is already read: the answer must see the mark."""
    author = room.everybody[3]
    answer = perform(author, "edit_idea", {"idea": ideas[3], "text": "Bedre"})
    assert db.session.get_one(Participant, author.participant_id).mine_seq == answer["seq"]


def cost_of(size: int, name: str) -> int:
    """How many statements a command takes in a room of this size, in which everybody has an idea."""
    room = Room({"citizens": size})
    ideas = own_ideas(room)
    goal = room.text(Goal, fields={"from_ideas": ideas})
    for person in room.everybody:
        room.do(person, "set_ready", ready=True)
    vote = room.decision(room.text(Goal, fields=GOAL)) if name == "close_decision" else None
    step = room.do(room.chair, "add_step", kind="goals")["step"]
    args = {
        "edit_goal": {"goal": goal, "version": 1, "title": "Et klarere mål"},
        "draft_goal": {"title": "Et mål", "from_ideas": ideas},
        "drop_text": {"on": goal},
        "draft_agreement": {"purpose": "En aftale", "goals": [goal]},
        "merge_ideas": {"into": ideas[0], "ideas": ideas[1:50]},
        "start_step": {"step": step},
        "open_decision": {"on": goal, "version": 1},
        "close_decision": {"decision": vote},
    }[name]
    if name == "open_decision":
        goal = room.text(Goal, fields=GOAL)
        args["on"] = goal
    with statements() as sent:
        room.do(room.chair, name, **args)
    return len(sent)


@pytest.mark.parametrize(
    "name",
    [
        "edit_goal",
        "draft_goal",
        "drop_text",
        "draft_agreement",
        "merge_ideas",
        "start_step",
        "open_decision",
        "close_decision",
    ],
)
def test_a_command_costs_as_many_statements_in_a_large_room_as_in_a_small_one(app: Any, name: str):
    assert cost_of(40, name) == cost_of(6, name)


def test_marking_is_one_statement(app: Any):
    room = Room({"citizens": 40})
    ideas = own_ideas(room)
    with statements() as sent:
        before = room.clock()
        room.do(room.chair, "draft_goal", title="Et mål", from_ideas=ideas)
    assert marked(room, before) == numbers(*room.everybody)
    assert len([statement for statement in sent if "mine_seq=" in statement]) == 1


def everything_own(size: int) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
    """The statements that reading everybody's own things takes, what it gives, and what reading one by one gives."""
    room = Room({"citizens": size}, privacy_minimum=3)
    ideas = own_ideas(room)
    goal = room.text(Goal, fields={"from_ideas": ideas[:2], **GOAL})
    room.text(Agreement, fields={"goals": [goal]})
    ballot = room.ballot(ideas[:3])
    decision = room.decision(goal)
    room.do(room.everybody[1], "set_name", name="Ane")
    for place, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={ideas[place % 3]: 1})
        room.stance(person, decision, "reservation", f"Nummer {place}")
        room.do(person, "post_comment", on=goal, text="Hvornår?", sort="question")
        if place % 2:
            room.do(person, "make_commitment", on=goal, standing="behind", words="Jeg hjælper")
            room.do(person, "propose_amendment", on=room.text(Goal), field="title", new="Klarere", reason="Kort")
    alone = [room.mine(person) for person in room.everybody]
    db.session.remove()
    with statements() as sent:
        together = screens.mine_of(room.everybody)
    db.session.remove()
    return len(sent), together, alone


def test_the_own_things_of_many_are_read_by_as_many_statements_as_of_two(app: Any):
    few, together, alone = everything_own(4)
    assert together == alone
    assert [len(one["stances"]) for one in together] == [1, 1, 1, 1]
    assert together[1]["stances"] != together[2]["stances"], "each has the own reason"
    many, together, alone = everything_own(24)
    assert together == alone
    assert many == few


def test_two_phones_of_one_person_are_both_given_the_own_papers(room: Room):
    """The same person by two tokens: a secret paper is found by the code, whichever of them asks."""
    person = room.everybody[0]
    idea = own_ideas(room)[0]
    ballot = room.ballot([idea])
    room.cast(person, ballot, choices={idea: 1})
    second = Actor(person.role, person.workshop_id, 999, person.participant_id, None, person.personal_code)
    db.session.remove()
    found = screens.mine_of([person, second, room.everybody[1], room.chair])
    assert [own.get("ballots") for own in found] == [{ballot: {idea: 1}}, {ballot: {idea: 1}}, {}, None]
