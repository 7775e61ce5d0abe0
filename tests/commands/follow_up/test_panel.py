"""The panel asks in public, owners and the receiver answer, and its statement stands beside their reports."""

from __future__ import annotations

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.extensions import db
from workshop.models import JournalEntry
from workshop.rules import limits


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def test_a_question_is_answered_by_those_it_is_about(room: PromiseRoom):
    panel, receiver = room.link("panel"), room.handed_over()
    question = room.do(panel, "ask_question", on=room.goal, words="Hvor står træerne?")["question"]
    room.do(room.steward(room.goal, "Skolechefen"), "answer_question", question=question, words="Ved skolen")
    room.do(receiver, "answer_question", question=question, words="Og ved havnen")
    asked = room.item(room.goal, room.people["citizens"][0])["questions"]
    assert [(one["by"], one["words"]) for one in asked[0]["answers"]] == [
        ("Skolechefen", "Ved skolen"),
        ("Byrådet", "Og ved havnen"),
    ]
    assert not room.item(room.agreement)["questions"]


def test_a_statement_gives_way_to_a_new_one_and_stays_readable(room: PromiseRoom):
    panel = room.link("panel")
    room.do(panel, "panel_statement", words="Det går for langsomt")
    room.do(panel, "panel_statement", words="Det går bedre")
    room.do(panel, "panel_statement", on=room.goal, words="Vi har talt 300 træer")
    seen = room.seen_by(panel)
    assert seen["statement"]["words"] == "Det går bedre"
    assert [one["words"] for one in seen["statement"]["earlier"]] == ["Det går for langsomt"]
    assert room.item(room.goal)["statement"]["words"] == "Vi har talt 300 træer"
    assert room.item(room.agreement)["statement"] is None


def test_nobody_answers_a_question_about_anothers_item(room: PromiseRoom):
    elsewhere = PromiseRoom()
    question = room.do(room.link("panel"), "ask_question", on=room.goal, words="Hvor?")["question"]
    with refused("not_yours", "on"):
        room.do(room.steward(room.agreement, "Kommunen"), "answer_question", question=question, words="Her")
    other_body = room.link("receiver", on=room.agreement, body="Vejdirektoratet")
    with refused("not_yours", "on"):
        room.do(other_body, "answer_question", question=question, words="Her")
    with refused("not_found", "question"):
        elsewhere.do(elsewhere.handed_over(), "answer_question", question=question, words="Her")
    with refused("not_found", "on"):
        elsewhere.do(elsewhere.link("panel"), "ask_question", on=room.goal, words="Hvor?")


def test_the_panel_does_not_write_on_an_agreement_that_it_does_not_see(app):
    room = PromiseRoom(agreement={"openness": "parties_only"})
    panel = room.link("panel")
    for name in ("ask_question", "panel_statement"):
        for on in (room.agreement, "agreement:99"):
            with refused("not_found", "on"):
                room.do(panel, name, on=on, words="Hvor?")
        room.do(panel, name, on=room.goal, words="Hvor?")


def test_empty_words_are_asked_for_and_there_is_an_end_to_them(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    panel = room.link("panel")
    for name in ("ask_question", "panel_statement"):
        with refused("empty", "words"):
            room.do(panel, name, on=room.goal, words=" ")
    monkeypatch.setattr(limits, "PANEL_WORDS", 1)
    question = room.do(panel, "ask_question", on=room.goal, words="Hvor?")["question"]
    with refused("too_many", "words", limit=1):
        room.do(panel, "ask_question", on=room.goal, words="Hvornår?")
    steward = room.steward(room.goal, "Skolechefen")
    room.do(steward, "answer_question", question=question, words="Her")
    with refused("too_many", "words", limit=1):
        room.do(steward, "answer_question", question=question, words="Og her")


def test_the_words_are_in_the_journal_as_fingerprints_alone(room: PromiseRoom):
    room.do(room.link("panel"), "ask_question", on=room.goal, words="Hvor står træerne?")
    entry = db.session.query(JournalEntry).order_by(JournalEntry.seq.desc()).first()
    assert entry.proof["question"]["on"] == room.goal
    assert "træerne" not in str(entry.args) + str(entry.proof)
