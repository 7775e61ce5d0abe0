"""Whether the database can be written, told to every screen while it cannot: when it is tried, and who is told what."""

from __future__ import annotations

from typing import Any

import pytest

from workshop.live import trouble as trouble_module
from workshop.live.connections import Connections, room_name
from workshop.live.trouble import Trouble

ROOM, AUDIENCES = 3, ("room", "facilitator", "board")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """What was sent: to which room, and the reason."""
    heard: list[tuple[str, str | None]] = []

    def emit(event: str, data: dict[str, Any], to: str) -> None:
        assert event == "trouble"
        heard.append((to, data["reason"]))

    monkeypatch.setattr(trouble_module.socketio, "emit", emit)
    return heard


@pytest.fixture
def trouble() -> Trouble:
    """Somebody is connected to one workshop."""
    connections = Connections()
    connections.by_workshop[ROOM] = {"sid": None}  # type: ignore[dict-item]
    connections.by_sid["sid"] = None  # type: ignore[assignment]
    return Trouble(connections)


def to_all(reason: str | None) -> set[tuple[str, str | None]]:
    return {(room_name(audience, ROOM), reason) for audience in AUDIENCES}


def test_each_audience_is_told_once_and_of_the_end_once(trouble: Trouble, sent: list):
    trouble.tell()
    assert sent == []
    trouble.note("full")
    trouble.tell()
    trouble.tell()
    assert set(sent) == to_all("full") and len(sent) == 3
    sent.clear()
    trouble.note("read_only")
    trouble.tell()
    assert set(sent) == to_all("read_only")
    sent.clear()
    trouble.note(None)
    trouble.tell()
    trouble.tell()
    assert set(sent) == to_all(None) and len(sent) == 3 and trouble.told == {}


def test_who_connects_meanwhile_is_told_too(trouble: Trouble, sent: list):
    trouble.note("full")
    trouble.tell()
    sent.clear()
    trouble.someone_new(ROOM, "board")
    trouble.tell()
    assert sent == [(room_name("board", ROOM), "full")]
    trouble.tell()
    assert len(sent) == 1


def test_who_connects_at_the_end_keeps_nobody_from_hearing_of_it(trouble: Trouble, sent: list):
    trouble.note("full")
    trouble.tell()
    trouble.someone_new(ROOM, "room")
    trouble.note(None)
    sent.clear()
    trouble.tell()
    assert set(sent) == to_all(None)
    trouble.note("full")
    trouble.tell()
    trouble.forget(ROOM)
    assert trouble.told == {}


def test_a_lock_counts_at_the_second_try_in_a_row(trouble: Trouble):
    trouble.note("locked")
    assert trouble.reason is None and trouble.is_due(1)
    trouble.note(None)
    assert trouble.reason is None and not trouble.is_due(1)
    trouble.note("locked")
    trouble.note("locked")
    assert trouble.reason == "locked"


def test_it_is_tried_each_five_seconds_and_each_second_once_something_has_failed(trouble: Trouble):
    assert [second for second in range(1, 12) if trouble.is_due(second)] == [5, 10]
    trouble.suspected = True
    assert trouble.is_due(1)
    trouble.note("full")
    assert trouble.is_due(1)
    trouble.note(None)
    assert not trouble.is_due(1)
    trouble.connections.by_sid.clear()
    assert not trouble.is_due(5)
