"""The checks of goals and agreements are computed again where the people in the room change what they know, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.voting import GOAL, Room
from tests.counting import own_ideas, stamped, statements
from workshop.models import Agreement, Goal


def codes(room: Room, record_id: str) -> set[str]:
    return {check["code"] for check in room.record(record_id)["checks"]}


def owned(room: Room, group: str) -> str:
    """A goal whose owner is of this group."""
    goal = room.text(Goal, fields={"owner_group": group})
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="10 procent mere økologi i al skolemad")
    return goal


@pytest.fixture
def room(app: Any) -> Room:
    return Room({"citizens": 5, "leaders": 0}, privacy_minimum=5)


def come(room: Room, way: str) -> Any:
    return room.join("leaders") if way == "phone" else room.seat("leaders")


@pytest.mark.parametrize("way", ["phone", "seat"])
@pytest.mark.parametrize("leaving", ["remove_participant", "erase_person", "erase_me"])
def test_the_first_of_a_group_closes_the_owners_check_and_the_last_opens_it(room: Room, way: str, leaving: str):
    goal = owned(room, "leaders")
    assert "G13" in codes(room, goal)
    first, second = come(room, way), come(room, way)
    assert "G13" not in codes(room, goal)
    for person in (first, second):
        assert "G13" not in codes(room, goal), "one is still here"
        args = {} if leaving == "erase_me" else {"participant": f"participant:{person.participant_id}"}
        room.do(person if leaving == "erase_me" else room.chair, leaving, **args)
    assert "G13" in codes(room, goal)


def test_the_check_of_one_sided_ideas_follows_the_privacy_minimum(room: Room):
    """G15 is said of a group from the minimum on: of four people it would tell who wrote the ideas."""
    goal = room.do(room.chair, "draft_goal", title="Et mål", from_ideas=[room.ideas(1)[0]])["goal"]
    assert "G15" in codes(room, goal)
    person = room.everybody[4]
    room.do(room.chair, "remove_participant", participant=f"participant:{person.participant_id}")
    assert "G15" not in codes(room, goal)
    room.join("citizens")
    assert "G15" in codes(room, goal)


def cost_of_a_join(texts: int) -> int:
    room = Room({"citizens": 7})
    for number in range(texts):
        goal = room.text(Goal, fields={"title": f"Mål {number}"})
        room.text(Agreement, fields={"goals": [goal]})
    with statements() as sent:
        room.join("citizens")
    return len(sent)


def test_a_join_costs_as_many_statements_beside_forty_texts_as_beside_none(app: Any):
    assert cost_of_a_join(20) == cost_of_a_join(0)


def test_a_join_stamps_no_text_whose_checks_stay(room: Room):
    owned(room, "leaders")
    room.join("leaders")
    before = room.clock()
    room.join("leaders")
    assert stamped(room, before, Goal, Agreement) == []


def cost_of_rechecking(texts: int) -> int:
    """Of a join that is the first of its group, beside so many goals and agreements, each with versions and ideas."""
    room = Room({"citizens": 6, "politicians": 0, "leaders": 0})
    ideas = own_ideas(room)
    for number in range(texts):
        goal = room.text(Goal, fields={"title": f"Mål {number}", "from_ideas": ideas[:3], **GOAL})
        text = room.text(Agreement, fields={"goals": [goal]})
        room.do(room.chair, "edit_agreement", agreement=text, version=1, purpose=f"Formål {number}")
    # The join computes what the texts made above still lack: only what is read is counted.
    with statements() as sent:
        room.join("leaders")
    return len([statement for statement in sent if statement.startswith("SELECT")])


def test_computing_the_checks_reads_by_as_many_statements_for_many_texts_as_for_two(app: Any):
    assert cost_of_rechecking(10) == cost_of_rechecking(2)
