"""The receiver's page: answered, postponed and published without a script, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.follow_up.visiting import Visitor, opened, words
from workshop import rate_limits
from workshop.rules import limits

REASON = "Det er med i budgettet"


@pytest.fixture
def room(app: Flask) -> PromiseRoom:
    return PromiseRoom()


@pytest.fixture
def receiver(app: Flask, room: PromiseRoom) -> Visitor:
    visitor = opened(app, room, "receiver")
    room.do(room.chair, "hand_over_result")
    return visitor


def answer_of(room: PromiseRoom, on: str) -> dict:
    return room.item(on)["answer"]


def test_the_handover_is_confirmed_once(room: PromiseRoom, receiver: Visitor):
    hidden = receiver.hidden()
    assert "Bekræft, at I har modtaget" in receiver.see()
    for _ in range(2):
        assert receiver.send("", hidden, act="confirm").status_code == 303
    assert room.seen_by(room.chair)["handover"]["confirmed_at"]
    assert "Modtaget" in receiver.see() and "Bekræft, at I har modtaget" not in receiver.see()
    assert receiver.send(act="confirm").status_code == 409


def test_a_draft_is_kept_and_seen_here_alone_until_it_is_published(room: PromiseRoom, receiver: Visitor):
    assert receiver.answer(room.goal, answer="follows", reason=REASON).status_code == 303
    page = receiver.see()
    assert REASON in page and "1 kladde er klar" in page and "Offentliggør 1 svar" in page
    assert answer_of(room, room.goal)["answer"] is None
    assert receiver.send(act="publish").status_code == 303
    assert answer_of(room, room.goal)["reason"] == REASON
    assert "Ingen kladder endnu" in receiver.see()


def test_publishing_takes_along_what_was_typed_and_not_saved(room: PromiseRoom, receiver: Visitor):
    assert receiver.answer(room.agreement, "publish", answer="does_not_follow", reason=REASON).status_code == 303
    assert answer_of(room, room.agreement)["answer"] == "does_not_follow"


def test_each_answer_says_at_its_field_what_it_needs_and_keeps_what_was_typed(room: PromiseRoom, receiver: Visitor):
    for fields, told in (
        ({"answer": "follows", "reason": ""}, "Et svar uden begrundelse kan ikke gemmes."),
        ({"answer": "", "reason": REASON}, "Vælg et svar."),
        ({"answer": "later", "reason": REASON}, "Skriv en dato."),
        ({"answer": "later", "reason": REASON, "date": "i morgen tidlig"}, "Skriv en dato, fx"),
        ({"answer": "not_ours", "reason": REASON}, "Skriv, hvem det hører til hos."),
        ({"answer": "not_ours", "reason": REASON, "body": "x" * 2000}, "Navnet er for langt. Skriv højst"),
    ):
        answer = receiver.answer(room.goal, **fields)
        page = words(answer)
        assert answer.status_code == 422 and told in page, told
        assert all(value in page for value in fields.values()), told
        assert "<details" in page and f'id="{room.goal.replace(":", "-")}" data-keep' in page


def test_two_computers_see_both_texts_and_one_chooses(room: PromiseRoom, receiver: Visitor):
    receiver.answer(room.goal, answer="follows", reason="Den første tekst")
    answer = receiver.answer(room.goal, answer="does_not_follow", reason="Den anden tekst", revision=0)
    page = words(answer)
    assert answer.status_code == 409 and "Den første tekst" in page and "Den anden tekst" in page
    assert 'name="goal-' in page and f'{room.goal.replace(":", "-")}-revision" value="1"' in page
    receiver.answer(room.goal, answer="does_not_follow", reason="Den anden tekst", revision=1)
    assert "Den anden tekst" in receiver.see() and "Den første tekst" not in receiver.see()


def test_the_draft_saved_while_typing_tells_of_the_other_computer(room: PromiseRoom, receiver: Visitor):
    prefix = room.goal.replace(":", "-")
    typed = {f"{prefix}-answer": "follows", f"{prefix}-reason": "Ja", f"{prefix}-revision": "0", "on": room.goal}
    first = receiver.send("/draft", **typed).get_json()
    assert (first["ok"], first["revision"]) == (True, 1)
    second = receiver.send("/draft", **typed | {f"{prefix}-reason": "Nej"}).get_json()
    assert not second["ok"] and second["revision"] == 1 and second["kept"]["reason"] == "Ja"
    unready = receiver.send("/draft", **typed | {f"{prefix}-answer": "later", f"{prefix}-revision": "1"}).get_json()
    assert unready == {"ok": False, "words": "Skriv en dato."}


def test_an_answer_is_postponed_with_a_reason(room: PromiseRoom, receiver: Visitor):
    prefix = room.goal.replace(":", "-")
    fields = {f"{prefix}-revision": "0", f"{prefix}-because": "Udvalget mødes i maj"}
    for to, told in (("", "Skriv, hvornår I svarer."), (room.day(-3), "Dagen er gået.")):
        answer = receiver.send(act=f"postpone={room.goal}", **fields, **{f"{prefix}-to": to})
        assert answer.status_code == 422 and told in words(answer) and "Udvalget mødes i maj" in words(answer)
    nothing = receiver.send(act=f"postpone={room.goal}", **{f"{prefix}-revision": "0", f"{prefix}-to": room.day(60)})
    assert "Skriv, hvorfor svaret udskydes." in words(nothing)
    sent = receiver.send(act=f"postpone={room.goal}", **fields, **{f"{prefix}-to": room.day(60)})
    assert sent.status_code == 303 and answer_of(room, room.goal)["state"] == "postponed"
    assert "Udskudt til" in receiver.see()


def test_what_cannot_be_taken_back_is_said_before_the_button(room: PromiseRoom, receiver: Visitor):
    page = receiver.see()
    assert page.index("kan ikke fjernes igen") < page.index("Udskyd svaret</button>")


def test_a_meeting_is_added_and_changed(room: PromiseRoom, receiver: Visitor):
    step = {"step": "new", "step-new-body": "Børneudvalget", "step-new-title": "Punkt 5", "step-new-date": room.day(9)}
    wrong = receiver.send("/path", **step, **{"step-new-link": "javascript:alert(1)"})
    assert wrong.status_code == 422 and "https://" in words(wrong) and "Børneudvalget" in words(wrong)
    assert receiver.send("/path", **step, **{"step-new-on": ""}).status_code == 303
    made = room.seen_by(room.chair)["path"][0]
    assert (made["body"], made["on"]) == ("Børneudvalget", None)
    prefix = f"step-{made['id'].partition(':')[2]}-"
    changed = {"body": "Børneudvalget", "title": "Punkt 5", "date": room.day(9), "outcome": "Tiltrådt"}
    sent = receiver.send("/path", step=made["id"], **{prefix + name: value for name, value in changed.items()})
    assert sent.status_code == 303 and "Tiltrådt" in receiver.see()


def test_a_body_that_an_item_was_passed_to_sees_that_item_alone(app: Flask, room: PromiseRoom, receiver: Visitor):
    room.do(room.chair, "make_link", role="receiver", on=room.goal, body="Vejdirektoratet")
    other = opened(app, room, "receiver", on=room.goal, body="Vejdirektoratet")
    page = other.see()
    assert "600 træer" in page and room.item(room.agreement)["title"] not in page
    other.answer(room.agreement, answer="follows", reason=REASON)
    assert answer_of(room, room.agreement)["answer"] is None and "kladde er klar" not in other.see()


def test_before_the_handover_what_was_typed_stays(app: Flask, room: PromiseRoom):
    early = opened(app, room, "receiver")
    answer = early.answer(room.goal, answer="follows", reason=REASON)
    assert answer.status_code == 409 and REASON in words(answer) and "ikke overdraget" in words(answer)


def test_the_panels_question_is_answered(app: Flask, room: PromiseRoom, receiver: Visitor):
    question = room.do(room.link("panel"), "ask_question", on=room.goal, words="Hvor?")["question"]
    prefix = question.replace(":", "-")
    empty = receiver.send("/question", question=question, **{f"{prefix}-words": " "})
    assert empty.status_code == 422 and "Skriv noget" in words(empty)
    assert receiver.send("/question", question=question, **{f"{prefix}-words": "Ved skolen"}).status_code == 303
    assert room.item(room.goal)["questions"][0]["answers"][0]["words"] == "Ved skolen"


def test_the_page_is_english_too(room: PromiseRoom, receiver: Visitor):
    page = receiver.see(query="?lang=en")
    assert 'lang="en"' in page and "What do you answer?" in page and "Hvad svarer I?" not in page
    assert f"{receiver.path}?lang=en" in page


def test_whoever_sends_too_much_waits_and_what_was_typed_stays_open(
    room: PromiseRoom, receiver: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rate_limits, "_CHAIR_STEADY", rate_limits.Limit(1, 60))
    assert receiver.answer(room.goal, answer="follows", reason=REASON).status_code == 303
    told = receiver.answer(room.goal, "publish", revision=1, answer="follows", reason="Skrevet bagefter")
    assert told.status_code == 429 and "Du har sendt meget på kort tid" in words(told)
    row = words(told).partition('data-on="goal:')[2].partition("</details>")[0]
    assert "Skrevet bagefter" in row and row.partition(">")[0].endswith(" open")
    assert answer_of(room, room.goal)["answer"] is None and "Skrevet bagefter" not in receiver.see()


def test_an_answer_that_was_postponed_too_often_says_so_at_its_day(
    room: PromiseRoom, receiver: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "POSTPONEMENTS", 1)
    fields = {"to": room.day(60), "because": "Vi venter"}
    assert receiver.answer(room.goal, f"postpone={room.goal}", **fields).status_code == 303
    told = receiver.answer(room.goal, f"postpone={room.goal}", **fields)
    assert told.status_code == 429 and "Svaret er udskudt 1 gange og kan ikke udskydes igen." in words(told)
