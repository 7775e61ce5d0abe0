"""The message `seen`: which ideas were on a screen is noted quietly, once, and told as numbers only (docs/protocol.md)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.commands.voting import Room, refused
from tests.kept_room import KeptRoom
from workshop import dispatch, rate_limits, screens
from workshop.door import perform
from workshop.extensions import db, socketio
from workshop.identity import SYSTEM, Actor
from workshop.models import IdeaView, JournalEntry
from workshop.screens import personal_data, seen
from workshop.screens.voice import voice

WAYS = pytest.mark.parametrize("way", ["http", "socket"])


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts are not kept from one look to the next."""
    monkeypatch.setattr(seen, "KEPT_SECONDS", 0.0)
    seen._kept.clear()


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def look(person: Actor, *ideas: str, of: str | None = "ideas") -> dict[str, int]:
    return dispatch.seen(person, {"ideas": list(ideas), "of": of})["seen"]


def views() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(IdeaView)) or 0


def test_an_idea_is_seen_once_by_each_person_however_often_it_is_said(room):
    first, second = room.ideas(2)
    one, other = room.everybody[1:3]
    look(one, first, first)
    look(one, first)
    look(other, first, second)
    assert look(other) == {first: 2, second: 1}
    assert views() == 3


def test_the_authors_own_look_does_not_count(room):
    (idea,) = room.ideas(1)
    assert look(room.everybody[0], idea) == {} and views() == 0


def test_it_is_no_command_no_clock_moves_no_record_changes_and_the_journal_is_silent(room):
    ideas = room.ideas(3)
    before = room.clock(), screens.changes(room.id, 0, "facilitator"), entries(room)
    look(room.everybody[1], *ideas)
    assert views() == 3
    assert (room.clock(), screens.changes(room.id, 0, "facilitator"), entries(room)) == before


def entries(room: Room) -> int:
    db.session.rollback()
    wanted = select(func.count()).select_from(JournalEntry).where(JournalEntry.workshop_id == room.id)
    return db.session.scalar(wanted) or 0


def test_what_the_room_cannot_see_is_left_out_without_a_word(room):
    hidden, gone, shown = room.ideas(3)
    room.do(room.chair, "hide_idea", idea=hidden, reason="Nævner en person")
    room.do(room.everybody[0], "withdraw_idea", idea=gone)
    room.do(room.chair, "edit_workshop", ideas_always_open=False)
    step = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "start_step", step=step)
    private = room.do(room.everybody[0], "post_idea", text="Kun min")["idea"]
    elsewhere = Room({"citizens": 2}).ideas(1)[0]
    assert look(room.everybody[1], hidden, gone, private, elsewhere, "idea:999999", shown) == {shown: 1}
    assert views() == 1


def test_a_closed_workshop_notes_nothing_more(room):
    (idea,) = room.ideas(1)
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    assert look(room.everybody[1], idea) == {} and views() == 0


def test_the_facilitator_and_the_board_have_seen_nothing(room):
    with refused("not_allowed"):
        dispatch.seen(room.chair, {"ideas": []})


def test_the_facilitator_is_told_how_many_ideas_few_have_seen(room):
    first, second = room.ideas(2)
    for person in room.everybody[1:]:
        look(person, first)
    assert {"key": "voice.unseen", "facts": {"n": 1}} in voice(room.id)["lines"]
    for person in room.everybody[1:]:
        look(person, second)
    assert not any(line["key"] == "voice.unseen" for line in voice(room.id)["lines"])


# Statements


def answered(room: Room, person: Actor, ballot: str, **answers: str) -> None:
    room.cast(person, ballot, choices={f"idea:{name.partition('_')[2]}": value for name, value in answers.items()})


def test_of_a_ballot_of_positions_it_is_told_how_many_have_answered_each_statement(room):
    first, second = room.ideas(2)
    ballot = room.ballot([first, second], "positions")
    room.cast(room.everybody[0], ballot, choices={first: "agree", second: "pass"})
    room.cast(room.everybody[1], ballot, choices={first: "disagree"})
    assert look(room.everybody[2], of=ballot) == {first: 2, second: 1}


def test_however_people_answer_the_counts_are_the_same(room):
    ideas = room.ideas(2)
    told = []
    for answers in (("agree", "agree"), ("disagree", "pass")):
        ballot = room.ballot(ideas, "positions")
        for person in room.everybody[:5]:
            room.cast(person, ballot, choices=dict(zip(ideas, answers, strict=True)))
        told.append(look(room.everybody[7], of=ballot))
    assert told[0] == told[1] == dict.fromkeys(ideas, 5)


@pytest.mark.parametrize("method", ["approval", "dots"])
def test_of_approvals_and_dots_nothing_is_told_for_there_an_answer_is_support(room, method):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas, method)
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    with refused("not_allowed", "of"):
        look(room.everybody[1], of=ballot)


def test_a_closed_ballot_and_another_workshops_are_refused(room):
    ballot = room.ballot(room.ideas(1), "positions")
    other = Room({"citizens": 2})
    with refused("not_found", "of"):
        look(other.everybody[0], of=ballot)
    room.do(room.chair, "close_ballot", ballot=ballot)
    with refused("closed", "of"):
        look(room.everybody[0], of=ballot)


def test_what_was_read_is_kept_for_some_seconds_so_that_a_hall_reads_it_once(room, monkeypatch):
    (idea,) = room.ideas(1)
    monkeypatch.setattr(seen, "KEPT_SECONDS", 60.0)
    assert look(room.everybody[1], idea) == {idea: 1}
    assert look(room.everybody[2], idea) == {idea: 1}
    seen._kept.clear()
    assert look(room.everybody[3]) == {idea: 2}


# What is kept of it


def test_it_is_among_the_own_data_and_goes_with_the_person(room):
    ideas = room.ideas(2)
    person = room.everybody[1]
    look(person, *ideas)
    look(room.everybody[2], ideas[0])
    assert personal_data.held(person.participant_id)["ideas_seen"] == ideas
    room.do(person, "erase_me")
    assert views() == 1 and look(room.everybody[2]) == {ideas[0]: 1}


def test_it_goes_with_the_names_at_the_latest(room):
    look(room.everybody[1], *room.ideas(2))
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    perform(Actor(SYSTEM, room.id), "erase_names", {})
    assert views() == 0


# What does not fit


def send(kept: KeptRoom, way: str, who: str, payload: Any) -> dict[str, Any]:
    token = kept.tokens[who]
    if way == "http":
        body = json.dumps(payload)
        headers = {"Authorization": f"Bearer {token}"}
        return (
            kept.app.test_client().post("/api/seen", data=body, content_type="application/json", headers=headers).get_json()
        )
    client = socketio.test_client(kept.app, auth={"token": token})
    if not client.is_connected():
        return {"ok": False, "error": {"code": "ended"}}
    try:
        return client.emit("seen", payload, callback=True)
    finally:
        client.disconnect()


BAD: list[tuple[Any, str, str | None]] = [
    (["idea:1"], "malformed", None),
    ({"ideas": "idea:1"}, "malformed", "ideas"),
    ({"ideas": {"idea:1": True}}, "malformed", "ideas"),
    ({"ideas": [1]}, "malformed", "ideas"),
    ({"ideas": [None]}, "malformed", "ideas"),
    ({"ideas": [["idea:1"]]}, "malformed", "ideas"),
    ({"ideas": ["goal:1"]}, "malformed", "ideas"),
    ({"ideas": ["idea:²"]}, "malformed", "ideas"),
    ({"ideas": ["idea:-1"]}, "malformed", "ideas"),
    ({"ideas": ["idea:" + "9" * 13]}, "malformed", "ideas"),
    ({"ideas": ["idea:1' OR 1=1 --"]}, "malformed", "ideas"),
    ({"ideas": ["idea:1"] * 101}, "too_many", "ideas"),
    ({"of": "goals"}, "malformed", "of"),
    ({"of": True}, "malformed", "of"),
    ({"of": ["ideas"]}, "malformed", "of"),
    ({"of": "idea:1"}, "malformed", "of"),
    ({"of": "ballot:999999999999"}, "not_found", "of"),
]


@WAYS
@pytest.mark.parametrize(("payload", "code", "field"), BAD, ids=range(len(BAD)))
def test_bad_input_is_refused_with_its_code_and_notes_nothing(kept: KeptRoom, monkeypatch, way, payload, code, field):
    monkeypatch.setattr(rate_limits, "check_seen", lambda actor: None)
    before = kept.rows()
    error = send(kept, way, "other", payload)["error"]
    assert error["code"] == code and (field is None or error["field"] == field)
    assert kept.rows() == before


@WAYS
@pytest.mark.parametrize("who", ["facilitator", "board", "ended"])
def test_nobody_but_a_person_in_the_room_says_so(kept: KeptRoom, way, who):
    error = send(kept, way, who, {"ideas": [kept.rich.ids["idea"]]})["error"]
    assert error["code"] in ("not_allowed", "ended") and kept.rows()["idea_view"] == []


@WAYS
def test_both_ways_note_the_same(kept: KeptRoom, way):
    answer = send(kept, way, "other", {"ideas": [kept.rich.ids["idea"]], "of": "ideas"})
    assert answer == {"ok": True, "seen": {kept.rich.ids["idea"]: 1}}
    assert send(kept, way, "other", {"of": "ideas"})["seen"] == {kept.rich.ids["idea"]: 1}


def test_too_many_messages_in_a_minute_are_held_back_without_holding_up_a_vote(kept: KeptRoom):
    answers = [send(kept, "http", "other", {}) for _ in range(40)]
    refusals = [answer["error"] for answer in answers if not answer["ok"]]
    assert refusals and {error["code"] for error in refusals} == {"too_many"} and refusals[0]["retry_after"] > 0
    assert dispatch.command(kept.rich.other, {"id": "0" * 32, "name": "set_ready", "args": {"ready": True}})["ok"]
