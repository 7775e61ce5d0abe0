"""What one process says to another: enclosed, bound to it, numbered and fresh; and what a faulty way leads to."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.commands.voting import Room
from workshop import dispatch, forwarding, letters, rate_limits, secrecy
from workshop.counters import Counters
from workshop.extensions import db
from workshop.forwarding import Forwarding
from workshop.models import Idea
from workshop.rules.refusal import Refused

SECRET = "a secret of 32 characters or more"


class Known:
    """Leases that name one holder and have a clock."""

    def __init__(self, process: str, holder: str | None) -> None:
        self.process, self.named, self.clock = process, holder, 1000.0

    def holder(self, _workshop: int) -> str | None:
        return self.named

    def database_time(self) -> float | None:
        return self.clock


class Wire:
    """Carries messages at once; it may lose them, and keeps a copy of each."""

    def __init__(self) -> None:
        self.ends: dict[str, Forwarding] = {}
        self.copies: list[tuple[str, bytes]] = []
        self.lost: set[str] = set()
        self.refused = False
        self.listening = True

    def is_listening(self) -> bool:
        return self.listening

    def flush(self) -> None:
        for end in list(self.ends.values()):
            while end.has_mail():
                messages = end.collect()
                self.copies += messages
                end.sent(None if self.refused else [process not in self.lost for process, _ in messages])
                for to, message in messages:
                    for name, other in self.ends.items():
                        if to in (name, letters.EVERYBODY) and not self.refused and to not in self.lost:
                            other.heard(to, message)


@pytest.fixture
def wire(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Two ends in one program: `asker` knows `holder`, and each task runs at once."""
    made = Wire()
    monkeypatch.setattr(forwarding.socketio, "start_background_task", lambda task, *args: task(*args))
    monkeypatch.setattr(forwarding, "PATIENCE", 0.2)
    monkeypatch.setattr(rate_limits, "_counters", Counters())
    for name in ("asker", "holder"):
        made.ends[name] = Forwarding(app, Known(name, "holder"), made, dispatch.add_own)  # type: ignore[arg-type]
    app.extensions["rundbord_forwarding"] = made.ends["asker"]
    return made


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6})


def post(room: Room, text: str, number: int = 1) -> dict[str, Any]:
    return dispatch.command(room.everybody[0], {"id": f"{number:032x}", "name": "post_idea", "args": {"text": text}})


def texts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Idea.text).order_by(Idea.id)))


def test_a_command_goes_there_and_its_answer_comes_back(wire: Wire, room: Room):
    told: list[Any] = []
    message = {"id": "a" * 32, "name": "post_idea", "args": {"text": "Flere træer"}}
    answer = dispatch.command(room.everybody[0], message, told.append)
    assert told == [answer] and "Flere træer" in json.dumps(answer["mine"], ensure_ascii=False)
    assert [process for process, _ in wire.copies] == ["holder", "asker"]
    assert dispatch.command(room.everybody[0], message)["result"] == answer["result"]
    assert texts() == ["Flere træer"]


def test_a_refusal_of_the_holder_is_raised_with_all_its_facts(wire: Wire, room: Room):
    first = Refused("empty", "title", limit=3)
    first.others = (Refused("malformed", "until", date=True), Refused("too_long", "text", limit=4, given=5))
    made = letters.as_refused(json.loads(json.dumps(letters.as_parts(first))))
    for one, other in zip((made, *made.others), (first, *first.others), strict=True):
        assert one.as_error() == other.as_error()
    with pytest.raises(Refused) as refused:
        dispatch.command(room.everybody[0], {"id": "a" * 32, "name": "withdraw_idea", "args": {"idea": "idea:999"}})
    assert refused.value.code == "not_found" and len(wire.copies) == 2


def test_what_is_not_well_formed_is_not_sent(wire: Wire, room: Room):
    with pytest.raises(Refused, match="malformed"):
        post(room, 7)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not_allowed"):
        dispatch.command(room.everybody[0], {"id": "a" * 32, "name": "close_workshop", "args": {}})
    assert wire.copies == []


@pytest.mark.parametrize(
    "fault", ["nobody hears", "no Redis", "no answer", "not listening", "leaving", "a fault on the way"]
)
def test_a_faulty_way_has_the_command_carried_out_here_once(
    wire: Wire, room: Room, fault: str, monkeypatch: pytest.MonkeyPatch
):
    if fault == "nobody hears":
        wire.lost.add("holder")
    elif fault == "no answer":
        wire.lost.add("asker")
    elif fault == "leaving":
        wire.ends["holder"].stopping = True
    elif fault == "a fault on the way":
        monkeypatch.setattr(secrecy, "disclose", lambda *_: (_ for _ in ()).throw(secrecy.CannotOpen))
    wire.refused, wire.listening = fault == "no Redis", fault != "not listening"
    assert post(room, "Én gang")["ok"]
    assert texts() == ["Én gang"]
    assert post(room, "Én gang")["ok"]
    assert texts() == ["Én gang"]


def test_a_command_without_an_id_is_carried_out_once_where_the_answer_is_lost(wire: Wire, room: Room):
    wire.lost.add("asker")
    answer = forwarding.perform(room.everybody[0], "post_idea", {"text": "Uden nummer"})
    assert answer["ok"] and texts() == ["Uden nummer"]
    assert len(wire.copies) == 2, "it was carried out there, and then here"


def test_what_json_cannot_say_is_carried_out_here(wire: Wire, room: Room):
    assert forwarding.perform(room.everybody[0], "post_idea", {"text": "Her"})["ok"] and len(wire.copies) == 2
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(forwarding, "asdict", lambda actor: {"role": {actor}})
        assert forwarding.perform(room.everybody[1], "post_idea", {"text": "Også"})["ok"]
    assert texts() == ["Her", "Også"] and len(wire.copies) == 2


def test_a_silent_holder_is_left_alone_for_a_moment(wire: Wire, room: Room):
    wire.lost.add("holder")
    for number in range(5):
        assert post(room, f"Idé {number}", number)["ok"]
    assert len(wire.copies) == 1
    wire.lost.clear()
    wire.ends["asker"]._silent.clear()
    assert post(room, "Igen", 9)["ok"] and len(wire.copies) == 3


def test_a_fault_of_the_holder_is_answered_with_broken_and_logged_there(
    wire: Wire, room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def breaks(*_: Any) -> Any:
        raise MemoryError("it broke")

    with monkeypatch.context() as patched:
        patched.setattr(forwarding.gathering, "carry_out", breaks)
        with pytest.raises(Refused) as refused:
            post(room, "Nej")
    assert refused.value.code == "broken" and str(refused.value.facts["number"]) in caplog.text
    assert "it broke" in caplog.text and texts() == []


def copies_of_a_refused_command(wire: Wire, room: Room) -> list[bytes]:
    """What went to the holder: a command that was refused, so that no answer is known under its id."""
    room.do(room.chair, "edit_workshop", ideas_always_open=False)
    wire.copies.clear()
    with pytest.raises(Refused):
        post(room, "For tidligt")
    room.do(room.chair, "edit_workshop", ideas_always_open=True)
    return [message for process, message in wire.copies if process == "holder"]


def test_a_message_that_is_sent_again_changed_forged_or_misled_does_nothing(wire: Wire, room: Room):
    copies = copies_of_a_refused_command(wire, room)
    assert len(copies) == 1
    before, holder = len(wire.copies), wire.ends["holder"]
    for message in copies:
        holder.heard("holder", message)
        for place in range(0, len(message), 7):
            holder.heard("holder", message[:place] + bytes([message[place] ^ 4]) + message[place + 1 :])
        wire.ends["asker"].heard("asker", message)
    for forged in (
        b"",
        b"{}",
        b"x" * 200,
        secrecy.enclose("another key of 32 characters or more", "for process holder", b"{}"),
    ):
        holder.heard("holder", forged)
    assert len(wire.copies) == before and texts() == []
    again = Forwarding(holder.app, Known("holder", "holder"), wire, dispatch.add_own)  # type: ignore[arg-type]
    again.leases.clock += letters.TOO_OLD + 1  # type: ignore[attr-defined]
    wire.ends["holder"] = again
    again.heard("holder", copies[0])
    assert len(wire.copies) == before and texts() == []


def test_an_answer_that_is_sent_again_is_nobodys(wire: Wire, room: Room):
    assert post(room, "Én gang")["ok"]
    asker, answers = wire.ends["asker"], [message for process, message in wire.copies if process == "asker"]
    asker._envelopes._newest.clear()
    asker.heard("asker", answers[0])
    assert asker._waiting == {}


def test_two_processes_have_one_limit_for_a_person(wire: Wire, room: Room):
    """The messages of one person are counted where the workshop is held, whatever process they came to."""
    with pytest.raises(Refused) as refused:
        for number in range(21):
            post(room, f"Idé {number}", number)
    assert refused.value.code == "too_many" and refused.value.facts["retry_after"] >= 1
    assert len(texts()) == 20


def test_hits_that_all_processes_count_are_told_to_the_others_and_counted_once_each(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
):
    here, there = Counters(), Counters()
    asker, holder = wire.ends["asker"], wire.ends["holder"]
    monkeypatch.setattr(rate_limits, "_tell_others", [asker._tell_hit])
    monkeypatch.setattr(rate_limits, "_counters", here)

    def heard_there(who: Any, cleared: bool) -> None:
        monkeypatch.setattr(rate_limits, "_counters", there)
        told_by_another(who, cleared)
        monkeypatch.setattr(rate_limits, "_counters", here)

    told_by_another = rate_limits.told_by_another
    monkeypatch.setattr(rate_limits, "told_by_another", heard_there)
    for _ in range(3):
        rate_limits.note_wrong_password("Anna", "192.0.2.7")
        rate_limits.note_wrong_code("192.0.2.7")
    assert here.kept.keys() == there.kept.keys() and len(here.kept) == 4
    assert {count for count, _ in there.kept.values()} == {3}
    rate_limits.forgive_passwords("Anna", "192.0.2.7")
    assert len(here.kept) == len(there.kept) == 3
    assert b"192.0.2.7" not in b"".join(message for _, message in wire.copies)
    wire.refused = True
    rate_limits.note_wrong_code("192.0.2.7")
    assert {count for count, _ in there.kept.values()} == {3} and holder._silent == {}
    heard_there(["commands", "participant:1"], False)
    assert len(there.kept) == 3


def test_one_process_alone_knows_of_no_lease(app: Flask, room: Room):
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    assert post(room, "Alene")["ok"]
    assert asked and not [statement for statement in asked if "lease" in statement]
    assert app.extensions["rundbord_live"].forwarding is None


def test_an_enclosed_message_is_opened_by_the_same_key_for_the_same_purpose_alone():
    for content in (b"", b"x", secrets.token_bytes(70_000)):
        enclosed = secrecy.enclose(SECRET, "one", content)
        assert secrecy.disclose(SECRET, "one", enclosed) == content
        assert enclosed != secrecy.enclose(SECRET, "one", content)
        for key, purpose, message in (
            (SECRET, "other", enclosed),
            (SECRET + "x", "one", enclosed),
            (SECRET, "one", enclosed[:-1]),
            (SECRET, "one", enclosed + b"x"),
            (SECRET, "one", enclosed[1:]),
            (SECRET, "one", b""),
        ):
            with pytest.raises(secrecy.CannotOpen):
                secrecy.disclose(key, purpose, message)
    assert b"kanarie" not in secrecy.enclose(SECRET, "one", b"kanarie" * 50)
