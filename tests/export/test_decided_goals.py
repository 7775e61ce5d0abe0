"""The goals of an agreement in what is taken home: as they were voted on, and checked by who trusts nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.commands.voting import AGREEMENT, GOAL, Room
from tests.export.proved import Document, chained, faults, room, stamped
from tests.export.reading import docx_text, markdown_text
from workshop.commands.texts import rewording
from workshop.export import export
from workshop.export.checking.core import fingerprint
from workshop.extensions import db
from workshop.models import Workshop, served
from workshop.rules.fingerprints import text_hash

TREES = {**GOAL, "title": "600 nye træer i byen", "target": "600", "unit": "træer", "owner": "Parkchefen"}


@pytest.fixture
def played() -> Iterator[Room]:
    with room() as made:
        yield made


def agree(room: Room) -> tuple[str, str]:
    """A goal, and an agreement that serves it and was carried."""
    goal = room.do(room.chair, "draft_goal", **TREES)["goal"]
    content = {**AGREEMENT, "goals": [goal], "openness": "public"}
    agreement = room.do(room.chair, "draft_agreement", **content)["agreement"]
    decide(room, agreement)
    return goal, agreement


def decide(room: Room, agreement: str) -> None:
    decision = room.decision(agreement)
    for person in room.everybody:
        room.stance(person, decision, "for")
    room.do(room.chair, "close_decision", decision=decision)


def taken_home(room: Room, public: bool = False) -> Document:
    db.session.rollback()
    return json.loads(export(db.session.get_one(Workshop, room.id), "json", public=public)[2])


def read_in(room: Room, kind: str) -> str:
    db.session.rollback()
    content = export(db.session.get_one(Workshop, room.id), kind)[2]
    return docx_text(content) if kind == "docx" else markdown_text(content)


@pytest.mark.parametrize("public", [False, True])
def test_an_agreement_with_its_goals_verifies(played, public):
    goal, agreement = agree(played)
    whole = taken_home(played, public)
    assert faults(whole) == set()
    (decision,) = whole["proof"]["decisions"]
    (version,) = [one for one in whole["proof"]["versions"] if one["subject"] == goal]
    bound = [{"goal": goal, "version": 1, "text_hash": version["text_hash"]}]
    assert decision["terms"]["goals"] == bound
    own = next(one["text_hash"] for one in whole["proof"]["versions"] if one["subject"] == agreement)
    goals = [{"goal": goal, "text_hash": version["text_hash"]}]
    assert decision["terms"]["text_hash"] == fingerprint({"text": own, "goals": goals})
    assert fingerprint(version["content"]) == version["text_hash"]


def test_the_goal_stands_beside_the_vote_as_it_was_voted_on(played):
    goal, agreement = agree(played)
    played.do(played.chair, "reopen_text", on=agreement)
    played.do(played.chair, "edit_goal", goal=goal, version=1, title="6 nye træer i byen", target="6")
    whole = taken_home(played)
    assert faults(whole) == set()
    (decision,) = whole["decisions"]
    (voted,) = decision["goals"]
    told = {name: voted[name] for name in ("id", "version", "title", "target", "unit", "owner")}
    assert told == {
        "id": goal, "version": 1, "title": TREES["title"], "target": "600", "unit": "træer", "owner": "Parkchefen",
    }  # fmt: skip
    assert decision["reopened"] is True
    for kind in ("md", "docx"):
        text = read_in(played, kind)
        assert "version 1: 600 nye træer i byen" in text and "siden åbnet for ændringer" in text


def test_a_goal_that_is_dropped_after_reopening_is_still_in_the_proof(played):
    goal, agreement = agree(played)
    played.do(played.chair, "reopen_text", on=agreement)
    played.do(played.chair, "drop_text", on=goal)
    whole = taken_home(played)
    assert faults(whole) == set()
    assert [one["content"]["target"] for one in whole["proof"]["versions"] if one["subject"] == goal] == ["600"]


def test_a_decision_from_before_goals_were_bound_still_verifies(played, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(served, "as_decided", lambda text: None)
        earlier.setattr(served, "fingerprint_of", lambda text: text_hash(text.content))
        agree(played)
    whole = taken_home(played)
    assert faults(whole) == set()
    (decision,) = whole["proof"]["decisions"]
    assert "goals" not in decision["terms"] and whole["decisions"][0]["goals"] == []


def test_a_server_that_changes_the_goal_of_an_agreed_agreement_is_found(played, monkeypatch):
    goal, _agreement = agree(played)
    monkeypatch.setattr(rewording, "check_not_agreed_on", lambda text, field: None)
    played.do(played.chair, "edit_goal", goal=goal, version=1, target="1")
    assert faults(taken_home(played)) == {"file.goal"}


def test_a_correction_of_the_language_is_none_of_that(played):
    goal, _agreement = agree(played)
    played.correct(goal, "title", "600 nye træer i byen.", 1)
    assert faults(taken_home(played)) == set()


def _shown_target(whole: Document) -> None:
    whole["decisions"][0]["goals"][0]["target"] = "6"


def _shown_version(whole: Document) -> None:
    whole["decisions"][0]["goals"] = []


def _bound_hash(whole: Document) -> None:
    _terms(whole)["goals"][0]["text_hash"] = "0" * 64


def _bound_to_none(whole: Document) -> None:
    _terms(whole)["goals"] = []


def _unbound(whole: Document) -> None:
    del _terms(whole)["goals"]


def _terms(whole: Document) -> dict[str, Any]:
    """The terms of the decision, in the file and in the journal: one object for both."""
    decision = whole["proof"]["decisions"][0]
    entry = next(one for one in whole["proof"]["journal"]["entries"] if one["name"] == "open_decision")
    entry["proof"]["terms"] = decision["terms"]
    return decision["terms"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_shown_target, "file.vote"),
        (_shown_version, "file.vote"),
        (_bound_hash, "decision.text"),
        (_bound_to_none, "decision.text"),
        (_unbound, "decision.text"),
    ],
)
def test_what_is_changed_of_it_is_found_even_by_who_makes_the_chain_anew(played, change, fault):
    agree(played)
    whole = taken_home(played)
    change(whole)
    assert fault in faults(stamped(chained(whole)))
