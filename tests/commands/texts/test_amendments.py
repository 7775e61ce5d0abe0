"""Amendments from the floor: on any field, lists too; competing, laid anew, and told to their authors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import AGREEMENT, GOAL, Room, refused
from tests.counting import statements
from workshop import screens
from workshop.extensions import db
from workshop.identity import Actor
from workshop.rules import limits


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 5, "politicians": 5})


@pytest.fixture
def author(room: Room) -> Actor:
    return room.people["citizens"][0]


@pytest.fixture
def goal(room: Room) -> str:
    return room.do(room.chair, "draft_goal", **GOAL, from_ideas=room.ideas(2))["goal"]


@pytest.fixture
def agreement(room: Room, goal: str) -> str:
    return room.do(room.chair, "draft_agreement", **AGREEMENT, goals=[goal])["agreement"]


def amend(room: Room, who: Actor, on: str, field: str, new: Any, **args: Any) -> str:
    text = new if isinstance(new, str) else json.dumps(new, ensure_ascii=False)
    return room.do(who, "propose_amendment", on=on, field=field, new=text, **args)["amendment"]


def accept(room: Room, amendment: str) -> None:
    room.do(room.chair, "accept_amendment", amendment=amendment)


FIELDS = {
    "contributions": [*AGREEMENT["contributions"], {"party": "Foreningen", "what": "Bål", "by_when": "2030-05-01"}],
    "mandates": [{"party": "Foreningen", "kind": "must_ask", "ask_whom": "bestyrelsen"}, AGREEMENT["mandates"][1]],
    "openness": "parties_only",
    "kind": "experiment",
    "notice_days": "30",
    "review_date": "2030-06-01",
    "resources": "Køkkenet på skolen",
}


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_of_an_agreement_can_be_amended_from_the_floor(room: Room, author: Actor, agreement: str, field: str):
    amendment = amend(room, author, agreement, field, FIELDS[field], reason="Det er klarere")
    assert room.record(amendment)["state"] == "open"
    accept(room, amendment)
    record = room.record(agreement)
    value = record["agreement_kind" if field == "kind" else field]
    if isinstance(FIELDS[field], list):
        assert [{k: v for k, v in row.items() if v} for row in value] == FIELDS[field]
    else:
        assert str(value) == FIELDS[field]
    assert (record["version"], record["previous"]["cause"], record["previous"]["changed"]) == (2, "amendment", [field])
    assert room.record(amendment)["in_version"] == 2


def test_ideas_and_goals_are_amended_too_and_only_those_that_are_there(room: Room, author: Actor, goal: str, agreement: str):
    more = room.ideas(1)[0]
    accept(room, amend(room, author, goal, "from_ideas", [*room.record(goal)["from_ideas"], more]))
    assert room.record(goal)["from_ideas"][-1] == more
    with refused("not_found", "new"):
        amend(room, author, goal, "from_ideas", ["idea:999"])
    with refused("malformed", "new"):
        amend(room, author, agreement, "goals", [more])
    with refused("malformed", "new"):
        amend(room, author, agreement, "goals", "ikke JSON")
    with refused("malformed", "field"):
        amend(room, author, agreement, "dissent", ["Nej"])


def test_a_choice_or_a_group_or_a_date_can_be_emptied(room: Room, author: Actor, goal: str):
    room.do(room.chair, "edit_goal", goal=goal, version=1, direction="up", owner_group="citizens")
    for field in ("direction", "owner_group", "deadline"):
        accept(room, amend(room, author, goal, field, ""))
        assert room.record(goal)[field] is None
    with refused("already", "new"):
        amend(room, author, goal, "direction", "")
    with refused("empty", "new"):
        amend(room, author, goal, "title", " ")


def test_a_party_can_be_given_another_name_and_what_it_gives_goes_with_it(room: Room, author: Actor, agreement: str):
    parties = [{"name": "Madklubben", "group": "citizens"}, AGREEMENT["parties"][1]]
    accept(room, amend(room, author, agreement, "parties", parties))
    record = room.record(agreement)
    assert [row["party"] for row in record["contributions"]] == ["Madklubben", "Kommunen"]
    assert [row["party"] for row in record["mandates"]] == ["Madklubben", "Kommunen"]
    assert record["previous"]["changed"] == ["parties", "contributions", "mandates"]


def test_a_facilitators_edit_carries_a_new_name_too(room: Room, agreement: str):
    parties = [AGREEMENT["parties"][0], {"name": "Fjordby Kommune", "group": "politicians"}]
    room.do(room.chair, "edit_agreement", agreement=agreement, version=1, parties=parties)
    assert room.record(agreement)["contributions"][1]["party"] == "Fjordby Kommune"


def test_a_party_that_still_gives_something_cannot_be_taken_out_by_an_amendment(room: Room, author: Actor, agreement: str):
    with refused("conflict", "new", party="contributions"):
        amend(room, author, agreement, "parties", AGREEMENT["parties"][:1])


def test_a_list_grows_by_a_few_rows_at_a_time_and_fields_have_limits(room: Room, author: Actor, goal: str, agreement: str):
    rows = [{"party": "Kommunen", "what": "x" * 250} for _ in range(20)]
    with refused("too_long", "new", length=5700, limit=4195):
        amend(room, author, agreement, "contributions", rows)
    with refused("too_long", "new", limit=limits.GOAL_TITLE, length=201):
        amend(room, author, goal, "title", "x" * (limits.GOAL_TITLE + 1))
    amend(room, author, agreement, "purpose", "x" * limits.LONG_FIELD)


def test_one_person_has_at_most_ten_open_amendments_of_one_text(room: Room, author: Actor, goal: str):
    for number in range(limits.OPEN_AMENDMENTS):
        amend(room, author, goal, "title", f"Et mål nummer {number}")
    with refused("too_many", "on", limit=limits.OPEN_AMENDMENTS):
        amend(room, author, goal, "title", "Et mål for meget")


def test_two_amendments_of_one_field_compete_and_accepting_one_marks_the_other(room: Room, author: Actor, goal: str):
    other = room.people["politicians"][0]
    first, second = amend(room, author, goal, "title", "Mere mad"), amend(room, other, goal, "title", "Bedre mad")
    assert room.record(first)["competes"] and room.record(second)["competes"]
    accept(room, first)
    rival = room.record(second)
    assert (rival["state"], rival["stale"], rival["competes"]) == ("open", True, False)
    assert room.mine(author)["amendments"][first]["state"] == "accepted"
    assert room.mine(other)["amendments"][second]["stale"] is True
    with refused("conflict", "amendment", version=2):
        accept(room, second)
    room.do(room.chair, "renew_amendment", amendment=second)
    assert room.record(second)["old"] == "Mere mad"
    accept(room, second)
    assert room.record(goal)["title"] == "Bedre mad"


def test_amendments_of_different_rows_do_not_get_in_each_others_way(room: Room, author: Actor, agreement: str):
    other = room.people["politicians"][0]
    first_row, second_row = AGREEMENT["contributions"]
    mine = amend(room, author, agreement, "contributions", [{**first_row, "what": "To madklubber"}, second_row])
    theirs = amend(room, other, agreement, "contributions", [first_row, second_row, {"party": "Kommunen", "what": "Lys"}])
    same = amend(room, other, agreement, "contributions", [{**first_row, "what": "Ingen madklub"}, second_row])
    accept(room, mine)
    laid = room.record(theirs)
    assert (laid["stale"], laid["on_version"]) == (False, 2)
    assert [row["what"] for row in json.loads(laid["new"])] == ["To madklubber", "Et køkken", "Lys"]
    assert room.record(same)["stale"] is True
    accept(room, theirs)
    assert [row["what"] for row in room.record(agreement)["contributions"]] == ["To madklubber", "Et køkken", "Lys"]


def test_rows_proposed_for_an_empty_list_are_laid_beside_those_taken_in_before(room: Room, author: Actor):
    first, second = room.ideas(2)
    goal = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    taken, same, other = (amend(room, author, goal, "from_ideas", [one]) for one in (first, first, second))
    accept(room, taken)
    assert room.record(same)["stale"], "it is there already"
    assert not room.record(other)["stale"]
    accept(room, other)
    assert room.record(goal)["from_ideas"] == [first, second]


def test_a_stale_amendment_of_a_list_is_renewed_against_the_list_as_it_is(room: Room, author: Actor, agreement: str):
    first_row, second_row = AGREEMENT["contributions"]
    stale = amend(room, author, agreement, "contributions", [{**first_row, "what": "Ingen madklub"}, second_row])
    accept(room, amend(room, author, agreement, "contributions", [{**first_row, "what": "To madklubber"}, second_row]))
    assert (room.record(stale)["stale"], room.record(stale)["on_version"]) == (True, 1)
    room.do(room.chair, "renew_amendment", amendment=stale)
    laid = room.record(stale)
    assert (laid["stale"], laid["on_version"]) == (False, 2)
    assert [row["what"] for row in json.loads(laid["old"])] == ["To madklubber", "Et køkken"]
    assert [row["what"] for row in json.loads(laid["new"])] == ["Ingen madklub", "Et køkken"]


def test_an_amendment_is_answered_with_a_reason_and_only_its_author_takes_it_back(room: Room, author: Actor, goal: str):
    amendment = amend(room, author, goal, "title", "Mere mad")
    with refused("not_yours", "amendment"):
        room.do(room.people["politicians"][0], "withdraw_amendment", amendment=amendment)
    with refused("not_yours", "amendment"):
        room.do(room.chair, "withdraw_amendment", amendment=amendment)
    room.do(room.chair, "reject_amendment", amendment=amendment, reason="For bredt")
    assert room.mine(author)["amendments"][amendment]["answer"] == "For bredt"


def test_a_facilitator_closes_a_text_for_amendments_and_opens_it_again(room, author, goal):
    assert room.record(goal)["amendments"] == "open"
    lying = amend(room, author, goal, "title", "12 procent mere økologi")
    room.do(room.chair, "set_amendments", on=goal, open=False)
    assert room.record(goal)["amendments"] == "closed"
    with refused("closed", "on", amendments="closed"):
        amend(room, author, goal, "title", "14 procent mere økologi")
    accept(room, lying)
    assert room.record(goal)["title"] == "12 procent mere økologi", "what lay on the table is still answered"
    room.do(room.chair, "set_amendments", on=goal, open=True)
    amend(room, author, goal, "title", "14 procent mere økologi")


def test_a_text_closed_for_amendments_takes_no_correction_from_the_floor_but_one_from_facilitators(room, author, goal):
    room.do(room.chair, "set_amendments", on=goal, open=False)
    with refused("closed", "on", amendments="closed"):
        amend(room, author, goal, "title", "10 procent mere økologi i skolemad", sort="language")
    room.correct(goal, "title", "10 procent mere økologi i skole-maden", 1)
    assert room.record(goal)["amendments"] == "closed", "a new version leaves the switch where it is"


def test_the_switch_is_for_facilitators_of_texts_that_are_not_left_behind(room, author, goal):
    with refused("not_allowed"):
        room.do(author, "set_amendments", on=goal, open=False)
    with refused("already", "open"):
        room.do(room.chair, "set_amendments", on=goal, open=True)
    room.do(room.chair, "drop_text", on=goal)
    with refused("closed", "on", state="dropped"):
        room.do(room.chair, "set_amendments", on=goal, open=False)


def test_closing_for_amendments_can_be_undone(room, goal):
    room.do(room.chair, "set_amendments", on=goal, open=False)
    room.do(room.chair, "undo", seq=room.clock())
    assert room.record(goal)["amendments"] == "open"


def test_the_editions_of_a_text_are_read_once_however_many_amendments_name_it(room, goal):
    def reads() -> int:
        db.session.rollback()
        with statements() as said:
            screens.changes(room.id, 0, "room")
        return sum("text_version" in one and "by_role" in one and "content" not in one for one in said)

    for number, person in enumerate(room.everybody[:2]):
        room.do(person, "propose_amendment", on=goal, field="title", new=f"Mere mad {number}")
    few = reads()
    for number, person in enumerate(room.everybody[2:6]):
        room.do(person, "propose_amendment", on=goal, field="title", new=f"Endnu mere mad {number}")
    assert few == reads() == 1
