"""What the fields of a text may name, and how a field of an amendment is read; each fault is told at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import AGREEMENT, GOAL, Room, refused
from workshop.rules import limits

PARTIES = AGREEMENT["parties"]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 3, "politicians": 3})


def contributes(party: str | None) -> list[dict[str, Any]]:
    return [{"party": "Kommunen", "what": "Lys"}, {"party": party, "what": "En bænk"}]


FAULTS = [
    ("agreement", {"parties": [PARTIES[0], {"name": "Alle", "group": "nobody"}]}, "not_found", "parties.1.group"),
    ("agreement", {"parties": [PARTIES[0], {"name": "", "group": "citizens"}]}, "empty", "parties.1.name"),
    ("agreement", {"parties": [PARTIES[0], {"name": None}]}, "empty", "parties.1.name"),
    ("agreement", {"parties": [*PARTIES, PARTIES[1]]}, "already", "parties.2.name"),
    ("agreement", {"contributions": contributes("Ingen")}, "not_found", "contributions.1.party"),
    ("agreement", {"mandates": [{"party": "Ingen", "kind": "may_decide"}]}, "not_found", "mandates.0.party"),
    ("agreement", {"goals": ["idea:1"]}, "malformed", "goals"),
    ("agreement", {"goals": ["goal:999"]}, "not_found", "goals"),
    ("goal", {"owner_group": "nobody"}, "not_found", "owner_group"),
    ("goal", {"from_ideas": ["goal:1"]}, "malformed", "from_ideas"),
    ("goal", {"from_ideas": ["idea:999"]}, "not_found", "from_ideas"),
    ("goal", {"deadline": "snart"}, "malformed", "deadline"),
    ("goal", {"decision_level": "magt"}, "malformed", "decision_level"),
    ("agreement", {"notice_days": -1}, "malformed", "notice_days"),
    ("agreement", {"notice_days": 3651}, "malformed", "notice_days"),
]


@pytest.mark.parametrize(("noun", "given", "code", "field"), FAULTS)
def test_a_text_names_only_what_is_there(room: Room, noun: str, given: dict[str, Any], code: str, field: str):
    content = {"goal": GOAL, "agreement": AGREEMENT}[noun]
    text = room.do(room.chair, f"draft_{noun}", **content)[noun]
    before = room.clock()
    with refused(code, field):
        room.do(room.chair, f"draft_{noun}", **content | given)
    with refused(code, field):
        room.do(room.chair, f"edit_{noun}", **{noun: text}, version=1, **given)
    assert room.clock() == before


def test_a_group_and_a_party_may_be_left_out(room: Room):
    parties = [{"name": "Foreningen", "group": None}, {"name": "Kommunen", "group": "politicians"}]
    content = {**AGREEMENT, "parties": parties, "contributions": contributes(None), "notice_days": 3650}
    text = room.do(room.chair, "draft_agreement", **content)["agreement"]
    assert [row["party"] for row in room.record(text)["contributions"]] == ["Kommunen", None]
    assert room.record(text)["notice_days"] == 3650
    room.do(room.chair, "edit_agreement", agreement=text, version=1, notice_days=0)
    assert room.record(text)["notice_days"] == 0


def test_an_idea_that_nobody_has_seen_is_not_there(room: Room):
    step = room.do(room.chair, "add_step", kind="ideas", settings={"writing": "private"})["step"]
    room.do(room.chair, "start_step", step=step)
    private = room.do(room.everybody[0], "post_idea", text="Min egen")["idea"]
    with refused("not_found", "from_ideas"):
        room.do(room.chair, "draft_goal", **GOAL, from_ideas=[private])
    room.do(room.chair, "reveal_ideas")
    room.do(room.chair, "draft_goal", **GOAL, from_ideas=[private])


def test_a_goal_has_the_level_of_the_workshop_unless_it_says_another(room: Room):
    usual = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    own = room.do(room.chair, "draft_goal", **GOAL, decision_level="decision")["goal"]
    assert [room.record(goal)["decision_level"] for goal in (usual, own)] == ["recommendation", "decision"]
    plain = room.do(room.chair, "draft_agreement", purpose="Bedre mad")["agreement"]
    assert room.record(plain)["agreement_kind"] == "agreement"


def test_a_list_that_an_amendment_proposes_grows_by_a_limit(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "AMENDMENT_GROWTH", 10)
    ideas = room.ideas(2)
    goal = room.do(room.chair, "draft_goal", **GOAL, from_ideas=ideas[:1])["goal"]
    new = json.dumps(ideas)
    propose = lambda text: room.do(room.everybody[0], "propose_amendment", on=goal, field="from_ideas", new=text)  # noqa: E731
    longest = len(json.dumps(ideas[:1])) + 10
    assert len(new) == longest
    with refused("too_long", "new", limit=longest, length=longest + 1):
        propose(new.replace(",", " ,"))
    propose(new)


@pytest.mark.parametrize(
    ("field", "new", "code", "at"),
    [
        ("contributions", "ikke JSON", "malformed", "new"),
        ("contributions", json.dumps(contributes("Ingen")), "not_found", "new"),
        ("parties", json.dumps(PARTIES[:1]), "conflict", "new"),
        ("review_date", "snart", "malformed", "new"),
        ("notice_days", "x", "malformed", "new"),
        ("openness", "x", "malformed", "new"),
        ("dissent", "[]", "malformed", "field"),
        ("purpose", "", "empty", "new"),
        ("purpose", AGREEMENT["purpose"], "already", "new"),
        ("resources", "", "already", "new"),
    ],
)
def test_an_amendment_is_read_as_its_field_is(room: Room, field: str, new: str, code: str, at: str):
    text = room.do(room.chair, "draft_agreement", **AGREEMENT, resources="")["agreement"]
    with refused(code, at):
        room.do(room.everybody[0], "propose_amendment", on=text, field=field, new=new)


def test_a_party_that_only_decides_something_stays_too(room: Room):
    content = {**AGREEMENT, "contributions": []}
    text = room.do(room.chair, "draft_agreement", **content)["agreement"]
    with refused("conflict", "new", party="mandates"):
        room.do(room.everybody[0], "propose_amendment", on=text, field="parties", new=json.dumps(PARTIES[:1]))


# --- how many one person may propose ------------------------------------------------------------------------------------

TITLE, RIGHT = "Skolerne står åbne for ungge hver aften", "Skolerne står åbne for unge hver aften"


def test_each_facilitator_and_each_person_may_have_so_many_open_ones_on_a_text(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "OPEN_AMENDMENTS", 1)
    goal, other = (room.do(room.chair, "draft_goal", **{**GOAL, "title": TITLE})["goal"] for _ in range(2))
    correct = {"version": 1, "field": "title", "new": RIGHT}
    room.do(room.chair, "correct_language", on=goal, **correct)
    with refused("too_many", "on", limit=1):
        room.do(room.chair, "correct_language", on=goal, **correct)
    room.do(room.chair, "correct_language", on=other, **correct)
    room.do(room.another_chair(), "correct_language", on=goal, **correct)
    change = {"on": goal, "field": "title", "new": "Bedre mad"}
    amendments = [room.do(person, "propose_amendment", **change)["amendment"] for person in room.everybody[:2]]
    with refused("too_many", "on", limit=1):
        room.do(room.everybody[0], "propose_amendment", **change)
    room.do(room.everybody[0], "withdraw_amendment", amendment=amendments[0])
    room.do(room.everybody[0], "propose_amendment", **change)


def test_a_correction_is_compared_as_the_field_would_hold_it(room: Room):
    goal = room.do(room.chair, "draft_goal", **{**GOAL, "title": TITLE})["goal"]
    correct = {"on": goal, "version": 1}
    with refused("already", "new"):
        room.do(room.chair, "correct_language", **correct, field="title", new=TITLE.replace(" ", "\n", 1))
    made = room.do(room.chair, "correct_language", **correct, field="title", new=RIGHT.replace(" ", "\n", 1))
    assert room.record(made["amendment"])["new"] == RIGHT
    for field in ("from_ideas", "target", "nothing"):
        with refused("malformed", "field", correctable=False):
            room.do(room.chair, "correct_language", **correct, field=field, new="ikke JSON")


# --- commitments --------------------------------------------------------------------------------------------------------


def test_a_commitment_names_the_person_only_where_both_want_it(room: Room):
    goal = room.text()
    person, nameless = room.everybody[:2]
    room.do(person, "set_name", name="Ane")
    commit = lambda who, **args: room.record(  # noqa: E731
        room.do(who, "make_commitment", on=goal, standing="behind", **args)["commitment"], "facilitator"
    )
    assert [commit(person)["name"], commit(person, named=False)["name"], commit(nameless)["name"]] == ["Ane", None, None]
    assert commit(person, named=True)["name"] == "Ane", "saying it again says this anew too"


# --- consent on the ground rules ----------------------------------------------------------------------------------------


def start(room: Room, kind: str) -> None:
    room.do(room.chair, "start_step", step=room.do(room.chair, "add_step", kind=kind)["step"])


def test_a_round_opens_by_itself_only_on_ground_rules_while_they_are_on_the_table(room: Room):
    rules, person, goal = f"workshop:{room.id}", room.everybody[0], room.text()
    room.do(room.chair, "edit_workshop", ground_rules="Vi lytter")
    with refused("not_open", "on"):
        room.do(person, "consent", on=rules)
    start(room, "ideas")
    with refused("not_open", "on"):
        room.do(person, "consent", on=rules)
    start(room, "rules")
    with refused("not_open", "on"):
        room.do(person, "consent", on=goal)
    other = Room({"citizens": 1})
    other.do(other.chair, "edit_workshop", ground_rules="Vi lytter")
    for name, actor in (("open_consent", room.chair), ("consent", person)):
        with refused("not_found", "on"):
            room.do(actor, name, on=f"workshop:{other.id}")
    consent = room.do(person, "consent", on=rules)["consent"]
    assert (room.record(consent)["state"], room.record(consent)["round"]) == ("open", 1)
    room.do(room.chair, "close_consent", consent=consent)
    with refused("not_open", "on"):
        room.do(person, "consent", on=rules)
    again = room.do(room.chair, "open_consent", on=rules)["consent"]
    assert room.record(again)["round"] == 2
    room.do(room.chair, "close_consent", consent=again)
    with refused("closed", rounds=2, instead=["shrink", "time_box", "decide"]):
        room.do(room.chair, "open_consent", on=rules)
