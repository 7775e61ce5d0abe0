"""Who waits for the workshop lines up; one carries out what waits, and everybody gets the own answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room
from workshop import dispatch, gathering, locks, store
from workshop.door import COMMANDS
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Idea, JournalEntry
from workshop.rules.refusal import Refused

PEOPLE = 40


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": PEOPLE})


def waiting(app: Flask, number: int) -> int:
    return len(app.extensions.get("rundbord_lines", {}).get(number, ()))


def all_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch, calls: list[tuple[Actor, dict[str, Any]]]) -> list[Any]:
    """Gives every message while the first one's giver lets the others line up; the answers and refusals in order."""
    everybody = threading.Event()
    monkeypatch.setattr(gathering.socketio, "sleep", lambda _seconds: everybody.wait(20))
    answers: list[Any] = [None] * len(calls)

    def give(place: int) -> None:
        actor, message = calls[place]
        told: list[Any] = []
        with app.app_context():
            try:
                answers[place] = dispatch.command(actor, message, told.append)
                assert told == [answers[place]]
            except Refused as refused:
                answers[place] = refused

    threads = [threading.Thread(target=give, args=(place,)) for place in range(len(calls))]
    for place, thread in enumerate(threads):
        thread.start()
        while waiting(app, calls[0][0].workshop_id or 0) <= place:
            assert thread.is_alive()
    everybody.set()
    for thread in threads:
        thread.join(30)
    return answers


def post(text: str, number: int) -> dict[str, Any]:
    return {"id": f"{number:032x}", "name": "post_idea", "args": {"text": text}}


def test_what_waits_shares_a_transaction_and_each_gets_the_own_answer(
    app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch
):
    calls = [(person, post(f"Idé {number}", number)) for number, person in enumerate(room.everybody)]
    # The second person sends another one before the first is answered: it waits for the next transaction.
    calls.insert(2, (room.everybody[1], post("Anden", 99)))
    calls.insert(
        3, (room.everybody[39], {"id": "f" * 32, "name": "cast_ballot", "args": {"ballot": "ballot:9", "choices": {}}})
    )
    before, signals = room.clock(), []
    with store.committed.connected_to(lambda _sender, workshop_id, seq: signals.append(seq)):
        answers = all_at_once(app, monkeypatch, calls)
    refusal = answers.pop(3)
    assert refusal.code == "not_found"
    db.session.rollback()
    ideas = dict(db.session.execute(select(Idea.text, Idea.id)).all())
    texts = [message["args"]["text"] for _, message in calls if "text" in message["args"]]
    assert len(ideas) == PEOPLE + 1
    assert [answer["result"]["idea"] for answer in answers] == [f"idea:{ideas[text]}" for text in texts]
    for answer, text in zip(answers, texts, strict=True):
        assert text in {idea["text"] for idea in answer["mine"]["ideas"].values()}
    first = gathering.MOST - 1  # one place of the first transaction was the refused one's
    assert signals == [before + first, before + PEOPLE + 1]
    assert sorted(answer["seq"] for answer in answers) == list(range(before + 1, before + PEOPLE + 2))
    numbers = db.session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq)).all()
    assert numbers == list(range(1, before + PEOPLE + 2)) and waiting(app, room.id) == 0


def test_a_fault_on_the_way_leaves_nobody_waiting(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch):
    def breaks(several: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(gathering, "carry_out_together", breaks)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)  # of the one who led
    answers = all_at_once(app, monkeypatch, [(person, post("x", n)) for n, person in enumerate(room.everybody[:3])])
    assert answers[0] is None and [answer.code for answer in answers[1:]] == ["broken", "broken"]
    assert waiting(app, room.id) == 0
    monkeypatch.undo()
    assert dispatch.command(room.everybody[0], post("Nu", 1))["ok"]


def test_who_is_ended_while_others_line_up_leaves_no_place_behind(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch):
    def ends(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gathering.socketio, "sleep", ends)
    with pytest.raises(KeyboardInterrupt):
        dispatch.command(room.everybody[0], post("Aldrig", 1))
    monkeypatch.undo()
    assert waiting(app, room.id) == 0 and dispatch.command(room.everybody[0], post("Nu", 2))["ok"]


def test_a_lock_that_is_held_is_told_to_all_who_wait(app: Flask, room: Room, monkeypatch: pytest.MonkeyPatch):
    def locked(_line: int, _attempt: Any) -> None:
        raise locks.Locked

    with monkeypatch.context() as patched:
        patched.setattr(locks, "take", locked)
        patched.setattr(locks, "PATIENCE", 0.0)
        answers = all_at_once(app, monkeypatch, [(person, post("x", n)) for n, person in enumerate(room.everybody)])
    assert len(answers) > gathering.MOST and all(answer.facts["locked"] for answer in answers)
    assert waiting(app, room.id) == 0


def test_these_commands_are_carried_out_together():
    found = {name for name, command in COMMANDS.items() if command.together}
    assert found == {"cast_ballot", "consent", "join", "post_idea", "set_ready", "take_stance"}
    for name in found:
        command = COMMANDS[name]
        assert not command.undoable and command.prepare is None and command.secret_result is None
