"""Handed over, awaited, postponed, answered: the clock of an answer, and what stays readable."""

from __future__ import annotations

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.extensions import db
from workshop.models import JournalEntry
from workshop.rules.refusal import Refused


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def state(room: PromiseRoom, on: str) -> str:
    return room.item(on)["answer"]["state"]


def test_the_clock_starts_with_the_handover_and_runs_out(room: PromiseRoom):
    assert state(room, room.goal) == "not_handed_over"
    room.handed_over()
    assert state(room, room.goal) == "awaited"
    for days, expected in ((40, "awaited"), (41, "no_answer"), (130, "no_answer"), (131, "long_without")):
        with room.after(days):
            assert state(room, room.goal) == expected, days


def test_a_postponement_moves_the_day_and_stays_visible(room: PromiseRoom):
    receiver = room.handed_over()
    room.do(receiver, "postpone_answer", on=room.goal, to=room.day(60), reason="Udvalget mødes først i maj")
    with room.after(60):
        answer = room.item(room.goal)["answer"]
        assert (answer["state"], answer["due"]) == ("postponed", room.day(60))
        assert answer["postponed"][0]["reason"] == "Udvalget mødes først i maj"
        assert state(room, room.agreement) == "no_answer"
    with room.after(61):
        assert state(room, room.goal) == "no_answer"


def test_a_draft_is_seen_by_its_receiver_alone_and_published_by_all(room: PromiseRoom):
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Det er i budgettet")
    assert state(room, room.goal) == "awaited"
    assert room.seen_by(receiver)["mine"]["drafts"][0]["reason"] == "Det er i budgettet"
    assert "Det er i budgettet" not in str(room.seen_by(room.people["citizens"][0]))
    assert room.do(receiver, "publish_answers")["published"] == [room.goal]
    answer = room.item(room.goal, room.people["citizens"][0])["answer"]
    assert (answer["state"], answer["answer"], answer["reason"]) == ("answered", "follows", "Det er i budgettet")
    assert not room.seen_by(receiver)["mine"]["drafts"]


def test_two_computers_never_overwrite_each_other(room: PromiseRoom):
    receiver = room.handed_over()
    first = {"on": room.goal, "answer": "follows", "reason": "Ja"}
    assert room.do(receiver, "answer_item", **first, revision=0)["revision"] == 1
    with pytest.raises(Refused) as caught:
        room.do(receiver, "answer_item", **(first | {"reason": "Nej"}), revision=0)
    assert (caught.value.code, caught.value.field) == ("conflict", "revision")
    assert caught.value.facts["kept"]["reason"] == "Ja" and caught.value.facts["revision"] == 1
    assert room.do(receiver, "answer_item", **(first | {"reason": "Nej"}), revision=1)["revision"] == 2


def test_a_question_back_is_no_answer_yet(room: PromiseRoom):
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="needs_clarification", reason="Hvilke veje?")
    room.do(receiver, "publish_answers")
    answer = room.item(room.goal)["answer"]
    assert (answer["state"], answer["reason"]) == ("awaited", "Hvilke veje?")
    with room.after(41):
        assert state(room, room.goal) == "no_answer"


def test_an_item_that_is_passed_on_has_a_clock_of_its_own(room: PromiseRoom):
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="not_ours", reason="Vejene er statens", body="Vejdirektoratet")
    room.do(receiver, "publish_answers")
    assert state(room, room.goal) == "answered"
    with room.after(10):
        other = room.link("receiver", on=room.goal, body="Vejdirektoratet")
        answer = room.item(room.goal)["answer"]
        assert (answer["state"], answer["due"], answer["awaited_from"]) == ("awaited", room.day(50), "Vejdirektoratet")
        with refused("not_yours", "on"):
            room.do(other, "answer_item", on=room.agreement, answer="follows", reason="Ja")
    with room.after(51):
        assert state(room, room.goal) == "no_answer"
        room.do(other, "answer_item", on=room.goal, answer="follows", reason="Ja")
        room.do(other, "publish_answers")
        assert state(room, room.goal) == "answered"
        assert [one["answer"] for one in room.item(room.goal)["answer"]["earlier"]] == ["not_ours"]


def test_a_false_alarm_is_cleared_and_stays_visible(room: PromiseRoom):
    room.handed_over()
    with room.after(50):
        room.do(room.organiser, "correct_overdue", on=room.goal, reason="Svaret kom på papir")
        answer = room.item(room.goal)["answer"]
        assert (answer["state"], answer["corrected"]["reason"]) == ("awaited", "Svaret kom på papir")
        assert state(room, room.agreement) == "no_answer"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"answer": "follows"}, "reason_required", "reason"),
        ({"answer": "later", "reason": "Først næste år"}, "empty", "date"),
        ({"answer": "not_ours", "reason": "Det er statens"}, "empty", "body"),
        ({"answer": "maybe", "reason": "x"}, "malformed", "answer"),
        ({"answer": "not_ours", "reason": "x", "body": "x" * 2000}, "too_long", "body"),
    ],
)
def test_an_answer_says_what_is_needed_for_it(room: PromiseRoom, given: dict, code: str, field: str):
    receiver = room.handed_over()
    with refused(code, field):
        room.do(receiver, "answer_item", on=room.goal, **given)


def test_no_token_of_the_time_after_is_in_the_journal(room: PromiseRoom):
    token = room.do(room.chair, "make_link", role="steward", on=room.goal, party="Skolechefen")["link"]
    kept = "".join(str(entry.args) + str(entry.proof) for entry in db.session.query(JournalEntry))
    assert token not in kept
