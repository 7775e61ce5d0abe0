"""Corrections of the language alone: proposed by one, confirmed by another, and the text stays what it is."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import AGREEMENT, GOAL, Room, refused
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import JournalEntry
from workshop.rules.refusal import Refused
from workshop.screens.history import history

TITLE = "Skolerne står åbne for ungge hver aften"
RIGHT = "Skolerne står åbne for unge hver aften"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6}, decision_level="agreement")


@pytest.fixture
def goal(room: Room) -> str:
    return room.do(room.chair, "draft_goal", **{**GOAL, "title": TITLE})["goal"]


@pytest.fixture
def agreement(room: Room, goal: str) -> str:
    content = {**AGREEMENT, "purpose": TITLE, "goals": [goal]}
    return room.do(room.chair, "draft_agreement", **content)["agreement"]


def correct(room: Room, who: Actor, on: str, new: str = RIGHT, field: str = "title", version: int = 1) -> str:
    return room.do(who, "correct_language", on=on, version=version, field=field, new=new)["amendment"]


def carry(room: Room, on: str, version: int = 1) -> str:
    decision = room.decision(on, version=version)
    for person in room.everybody:
        room.stance(person, decision, "for")
    room.do(room.chair, "close_decision", decision=decision)
    return decision


def confirm(room: Room, who: Actor, amendment: str) -> None:
    room.do(who, "confirm_correction", amendment=amendment)


def test_a_correction_waits_for_another_facilitator_and_says_whose_it_is_to_facilitators_only(room: Room, goal: str):
    amendment = correct(room, room.chair, goal)
    assert room.record(goal)["title"] == TITLE
    shown = room.record(amendment)
    assert (shown["sort"], shown["by_role"], "proposed_by" in shown) == ("language", "facilitator", False)
    assert room.record(amendment, "facilitator")["proposed_by"] == room.chair.pseudonym
    with refused("not_allowed", "amendment", own=True):
        confirm(room, room.chair, amendment)
    confirm(room, room.another_chair(), amendment)
    record = room.record(goal)
    assert (record["title"], record["version"], record["base_version"]) == (RIGHT, 2, 1)
    said = record["previous"]
    assert (said["cause"], said["by_role"], said["confirmed_by"]) == ("language", "facilitator", "facilitator")
    assert (room.record(amendment)["state"], room.record(amendment)["in_version"]) == ("accepted", 2)


def test_an_agreed_text_stays_agreed_and_its_decision_bound_to_the_version_it_was_taken_on(room: Room, agreement: str):
    decision = carry(room, agreement)
    confirm(room, room.another_chair(), correct(room, room.chair, agreement, field="purpose"))
    record = room.record(agreement)
    assert (record["state"], record["version"], record["base_version"]) == ("agreed", 2, 1)
    assert "A10" not in {check["code"] for check in record["checks"]}
    assert (room.record(decision)["subject_version"], room.record(decision)["result"]["outcome"]) == (1, "ratified")
    with refused("closed", "agreement", state="agreed"):
        room.do(room.chair, "edit_agreement", agreement=agreement, version=2, purpose="Noget helt andet")


def test_a_text_that_was_not_carried_stays_not_carried_and_asks_for_no_new_decision_by_a_correction(
    room: Room, agreement: str
):
    decision = room.decision(agreement)
    for person in room.everybody:
        room.stance(person, decision, "against")
    room.do(room.chair, "close_decision", decision=decision)
    room.correct(agreement, "purpose", RIGHT, 1)
    record = room.record(agreement)
    assert record["state"] == "not_agreed"
    assert "A10" not in {check["code"] for check in record["checks"]}
    room.do(room.chair, "edit_agreement", agreement=agreement, version=2, purpose="Noget helt andet")
    assert "A10" in {check["code"] for check in room.record(agreement)["checks"]}


def test_a_participant_proposes_a_correction_and_any_facilitator_confirms_it(room: Room, agreement: str):
    carry(room, agreement)
    person = room.everybody[0]
    words = {"on": agreement, "field": "purpose", "new": RIGHT, "sort": "language"}
    amendment = room.do(person, "propose_amendment", **words)["amendment"]
    with refused("not_allowed", "amendment", own=True):
        confirm(room, person, amendment)
    with refused("not_allowed", "amendment"):
        confirm(room, room.everybody[1], amendment)
    with refused("malformed", "amendment", sort="language"):
        room.do(room.chair, "accept_amendment", amendment=amendment)
    confirm(room, room.chair, amendment)
    said = room.record(agreement)["previous"]
    assert (said["by_role"], said["confirmed_by"]) == ("participant", "facilitator")
    assert room.mine(person)["amendments"][amendment]["state"] == "accepted"


def test_who_proposed_the_words_may_confirm_their_correction_and_is_told_that_it_waits(room: Room, goal: str):
    author, bystander = room.everybody[:2]
    wanted = "Skolerne står åbne for ungge hver dag"
    room.do(
        room.chair, "accept_amendment",
        **room.do(author, "propose_amendment", on=goal, field="title", new=wanted),
    )  # fmt: skip
    amendment = correct(room, room.chair, goal, wanted.replace("ungge", "unge"), version=2)
    assert (room.mine(author)["may_confirm"], room.mine(bystander)["may_confirm"]) == ([amendment], [])
    confirm(room, author, amendment)
    assert room.mine(author)["may_confirm"] == []
    assert room.record(goal)["previous"]["confirmed_by"] == "participant"
    again = correct(room, room.chair, goal, wanted.replace("ungge", "ungee"), version=3)
    assert room.mine(author)["may_confirm"] == [again], "a correction makes nobody else the author of the words"
    room.do(room.chair, "edit_goal", goal=goal, version=3, title="Noget andet")
    assert (room.mine(author)["may_confirm"], room.record(again)["stale"]) == ([], True)


def test_a_correction_of_words_that_have_changed_is_looked_at_again(room: Room, goal: str):
    amendment = correct(room, room.chair, goal)
    room.do(room.chair, "edit_goal", goal=goal, version=1, title=TITLE + " om ugen")
    with refused("conflict", "amendment", version=2):
        confirm(room, room.another_chair(), amendment)
    with refused("malformed", "new", changed=3, words=2):
        room.do(room.chair, "renew_amendment", amendment=amendment)
    room.do(room.chair, "withdraw_amendment", amendment=amendment)
    assert room.record(amendment)["state"] == "withdrawn"


def test_two_corrections_of_one_field_compete_and_only_who_proposed_one_takes_it_back(room: Room, goal: str):
    other = room.another_chair()
    first, second = correct(room, room.chair, goal), correct(room, other, goal, RIGHT + ".")
    assert room.record(first)["competes"]
    with refused("not_yours", "amendment"):
        room.do(other, "withdraw_amendment", amendment=first)
    confirm(room, other, first)
    assert room.record(second)["stale"]


def test_nothing_is_corrected_while_the_room_is_asked_about_these_very_words(room: Room, goal: str, agreement: str):
    waiting = correct(room, room.chair, agreement, field="purpose")
    decision = room.decision(agreement)
    with refused("conflict", "on", asked="decision"):
        correct(room, room.another_chair(), agreement, field="purpose")
    with refused("conflict", "on", asked="decision"):
        confirm(room, room.another_chair(), waiting)
    room.do(room.chair, "close_decision", decision=decision)
    confirm(room, room.another_chair(), waiting)

    ballot = room.do(room.chair, "open_ballot", method="positions", options=[goal])["ballot"]
    with refused("conflict", "goal", on_ballot=True):
        correct(room, room.chair, goal)
    room.do(room.chair, "close_ballot", ballot=ballot)
    with refused("conflict", "goal", on_ballot=True):
        correct(room, room.chair, goal)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    room.do(room.chair, "open_consent", on=goal)
    with refused("conflict", "on", asked="consent"):
        correct(room, room.chair, goal)


@pytest.mark.parametrize(
    ("field", "new", "wrong", "fact"),
    [
        ("title", RIGHT.replace("hver", "to"), "new", "numbers"),
        ("title", RIGHT.replace("står", "skal"), "new", "binding"),
        ("title", "Noget hver helt nyt end det der", "new", "words"),
        ("title", TITLE.replace("åbne", "lukkede"), "new", "spelling"),
        ("owner", "Skolechefenn", "field", "correctable"),
        ("deadline", "2030-01-01", "field", "correctable"),
        ("from_ideas", "[]", "field", "correctable"),
    ],
)
def test_more_than_the_language_is_refused_with_what_it_is(
    room: Room, goal: str, field: str, new: str, wrong: str, fact: str
):
    before = room.clock()
    for who, name, more in (
        (room.chair, "correct_language", {"version": 1}),
        (room.everybody[0], "propose_amendment", {"sort": "language"}),
    ):
        with pytest.raises(Refused) as caught:
            room.do(who, name, on=goal, field=field, new=new, **more)
        assert (caught.value.code, caught.value.field) == ("malformed", wrong)
        assert fact in caught.value.facts
    assert room.clock() == before


def test_a_text_that_was_left_behind_is_not_corrected_and_an_edit_meanwhile_is_told(room: Room, goal: str):
    room.do(room.chair, "edit_goal", goal=goal, version=1, unit="kr.")
    with refused("conflict", "version", version=2):
        correct(room, room.chair, goal)
    room.do(room.chair, "drop_text", on=goal)
    with refused("closed", "goal", state="dropped"):
        correct(room, room.chair, goal, version=2)


def test_the_journal_proves_the_correction_and_that_it_was_confirmed_but_not_by_whom(room: Room, goal: str):
    confirm(room, room.another_chair(), correct(room, room.chair, goal))
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "confirm_correction")).one()
    told: dict[str, Any] = entry.proof["texts"][0]
    assert (told["cause"], told["confirmed_by"], told["changed"]) == ("language", "facilitator", ["title"])
    assert RIGHT not in str(entry.args)


def test_the_history_tells_every_version_newest_first_and_what_differs_from_one_of_them(room: Room, goal: str):
    room.do(room.chair, "edit_goal", goal=goal, version=1, unit="kr.", title=TITLE + " og dag")
    room.do(room.chair, "edit_goal", goal=goal, version=2, unit="%", title=TITLE)
    room.correct(goal, "title", RIGHT, 3)
    found = history(room.id, goal, 1)
    assert [(one["first"], one["last"], one["cause"]) for one in found["stretches"]] == [
        (4, 4, "language"),
        (2, 3, "editor"),
    ]
    assert found["stretches"][0]["changes"] == [{"field": "title", "old": TITLE, "new": RIGHT}]
    assert (found["stretches"][0]["confirmed_by"], found["drafted"]["by_role"]) == ("facilitator", "facilitator")
    assert (found["version"], found["base_version"]) == (4, 3)
    assert [one["field"] for one in found["changes"]] == ["title"]
    with refused("malformed", "since"):
        history(room.id, goal, 9)
    for on, code in (("goal:999", "not_found"), ("idea:1", "malformed"), ("goal:x", "malformed")):
        with refused(code, "on"):
            history(room.id, on)
