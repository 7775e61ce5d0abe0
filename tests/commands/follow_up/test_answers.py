"""Handed over, awaited, postponed, answered: the clock of an answer, and what stays readable."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import JournalEntry, ReceiverAnswer
from workshop.rules import limits
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


def test_an_answer_is_postponed_so_many_times_and_no_more(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    """Each item, and all together, by each body."""
    monkeypatch.setattr(limits, "POSTPONEMENTS", 2)
    receiver = room.handed_over()
    for on in (None, room.goal):
        for _ in range(2):
            room.do(receiver, "postpone_answer", on=on, to=room.day(60), reason="Vi venter")
        with refused("too_many", "to"):
            room.do(receiver, "postpone_answer", on=on, to=room.day(61), reason="Vi venter")
    room.do(receiver, "postpone_answer", on=room.agreement, to=room.day(60), reason="Vi venter")
    other = room.link("receiver", on=room.goal, body="Regionen")
    room.do(other, "postpone_answer", on=room.goal, to=room.day(60), reason="Vi venter")


def says(room: PromiseRoom, by: Actor, answer: str, **given: str) -> None:
    room.do(by, "answer_item", on=room.goal, answer=answer, **({"reason": "Ja"} | given))
    room.do(by, "publish_answers")


def seen(room: PromiseRoom) -> tuple[str, str | None, str | None, list[str]]:
    """The state, the answer shown and by whom, and who else said something."""
    answer = room.item(room.goal)["answer"]
    return answer["state"], answer["answer"], answer["by_body"], [one["by_body"] for one in answer["earlier"]]


@pytest.mark.parametrize("answer", ["follows", "not_ours"])
def test_a_body_that_nothing_was_passed_to_does_not_answer_in_place_of_the_receiver(room: PromiseRoom, answer: str):
    """Not even by passing the item on to itself."""
    receiver, body = room.handed_over(), room.link("receiver", on=room.goal, body="Regionen")
    says(room, body, answer, body="Regionen")
    assert seen(room) == ("awaited", None, None, ["Regionen"])
    with room.after(131):
        assert seen(room) == ("long_without", None, None, ["Regionen"])
        assert room.item(room.goal)["answer"]["awaited_from"] == "Byrådet"
        says(room, receiver, "does_not_follow")
        says(room, body, answer, body="Regionen")
        assert seen(room) == ("answered", "does_not_follow", "Byrådet", ["Regionen", "Regionen"])


def test_only_the_body_that_is_to_answer_now_changes_what_is_shown(room: PromiseRoom):
    receiver = room.handed_over()
    says(room, receiver, "not_ours", body="Regionen")
    with room.after(1):
        first = room.link("receiver", on=room.goal, body="Regionen")
        says(room, first, "not_ours", body="Staten")
    with room.after(2):
        second = room.link("receiver", on=room.goal, body="Staten")
        assert seen(room) == ("awaited", "not_ours", "Regionen", ["Byrådet"])
        says(room, first, "follows")
        says(room, receiver, "follows")
        assert seen(room) == ("awaited", "not_ours", "Regionen", ["Byrådet", "Regionen", "Byrådet"])
    with room.after(3):
        says(room, second, "later", date="31. december 2030")
        says(room, first, "does_not_follow")
        assert seen(room)[:3] == ("answered", "later", "Staten")


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


@pytest.mark.parametrize(
    ("name", "given", "code", "field", "facts"),
    [
        ("postpone_answer", {"to": 5}, "reason_required", "reason", {}),
        ("postpone_answer", {"to": -1, "reason": "x"}, "malformed", "to", {"past": True}),
        ("publish_answers", {}, "empty", "on", {}),
        ("publish_answers", {"on": ["goal"]}, "not_found", "on.0", {}),
        ("correct_overdue", {"on": "goal"}, "reason_required", "reason", {}),
    ],
)
def test_what_is_refused_of_receivers(room: PromiseRoom, name: str, given: dict, code: str, field: str, facts: dict):
    receiver = room.handed_over()
    actor = room.organiser if name == "correct_overdue" else receiver
    read = {"to": room.day, "on": lambda on: room.goal if on == "goal" else [room.goal], "reason": str}
    with refused(code, field, **facts):
        room.do(actor, name, **{key: read[key](value) for key, value in given.items()})


def test_before_the_handover_nothing_is_answered_postponed_or_cleared(room: PromiseRoom):
    receiver = room.link("receiver")
    for actor, name, given in (
        (receiver, "answer_item", {"answer": "follows"}),
        (receiver, "postpone_answer", {"to": room.day(50)}),
        (room.organiser, "correct_overdue", {}),
    ):
        with refused("wrong_step", "workshop", handed_over=False):
            room.do(actor, name, on=room.goal, reason="x", **given)


def test_a_day_moved_for_all_is_moved_for_each_item_and_may_be_today(room: PromiseRoom):
    receiver = room.handed_over()
    assert room.do(receiver, "postpone_answer", to=room.day(60), reason="Udvalget") == {"to": room.day(60)}
    assert [room.item(on)["answer"]["due"] for on in (room.goal, room.agreement)] == [room.day(60)] * 2
    room.do(receiver, "postpone_answer", to=room.day(0), on=room.goal, reason="I dag")
    assert [room.item(on)["answer"]["due"] for on in (room.goal, room.agreement)] == [room.day(0), room.day(60)]


def test_a_draft_that_is_not_there_any_more_is_a_conflict_with_nothing(room: PromiseRoom):
    receiver = room.handed_over()
    with refused("conflict", "revision", kept=None, revision=0):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja", revision=1)
    room.do(receiver, "answer_item", on=room.goal, answer="later", reason="Ja", date=room.day(90), body="Regionen")
    kept = {"answer": "later", "reason": "Ja", "body": "", "date": room.day(90)}
    with refused("conflict", "revision", kept=kept, revision=1):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja", revision=0)
    assert room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja") == {"revision": 2}


def test_only_the_drafts_that_are_named_are_published_and_each_says_whose_it_is(room: PromiseRoom):
    receiver = room.handed_over()
    for on in (room.agreement, room.goal):
        room.do(receiver, "answer_item", on=on, answer="follows", reason="Ja")
    assert room.do(receiver, "publish_answers", on=[room.goal]) == {"published": [room.goal]}
    assert [state(room, on) for on in (room.goal, room.agreement)] == ["answered", "awaited"]
    assert room.do(receiver, "publish_answers") == {"published": [room.agreement]}
    answers = db.session.scalars(select(ReceiverAnswer).order_by(ReceiverAnswer.id))
    assert [(row.on, row.by_body, row.body, row.date) for row in answers] == [
        (room.agreement, "Byrådet", "", None),
        (room.goal, "Byrådet", "", None),
    ]


def test_no_token_of_the_time_after_is_in_the_journal(room: PromiseRoom):
    token = room.do(room.chair, "make_link", role="steward", on=room.goal, party="Skolechefen")["link"]
    kept = "".join(str(entry.args) + str(entry.proof) for entry in db.session.query(JournalEntry))
    assert token not in kept
