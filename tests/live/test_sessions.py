"""What waits for a page is bounded, and sessions that read nothing or show no token are let go."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import engineio
import pytest
import socketio

from tests.live.pipe import Pipe
from workshop.live import limits
from workshop.live.engine import guard, sweep
from workshop.live.lines import Line
from workshop.live.sessions import Session


class Told:
    """An Engine.IO server as far as a session needs it."""

    reason = engineio.Server.reason
    ping_interval = ping_timeout = 20

    def __init__(self) -> None:
        self.inner = engineio.Server(async_mode="threading")
        self.logger = self.inner.logger
        self.ended: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def _trigger_event(self, event: str, sid: str, *_: Any, **__: Any) -> None:
        self.ended.append(event)


def session() -> Session:
    made = Session(Told(), "sid")
    made.line = Line(Pipe())
    made.connected = True
    return made


def test_what_waits_for_a_page_is_bounded_in_bytes_and_a_single_large_answer_still_goes() -> None:
    one = session()
    packet = engineio.packet.Packet(engineio.packet.MESSAGE, "x" * (limits.SEND_QUEUE_BYTES + 10))
    one.send(packet)
    assert not one.closed and one.waiting > limits.SEND_QUEUE_BYTES
    one.send(engineio.packet.Packet(engineio.packet.MESSAGE, "x"))
    assert one.closed and one.waiting == 0
    assert one.queue.get(block=False) is None and one.queue.empty(), "what waited is not kept"
    assert one.server.ended == ["disconnect"]


def test_what_has_been_taken_does_not_count_any_more() -> None:
    one = session()
    half = engineio.packet.Packet(engineio.packet.MESSAGE, "x" * (limits.SEND_QUEUE_BYTES // 2))
    for _ in range(10):
        one.send(half)
        one.poll()
    assert not one.closed and (one.waiting, one.stuck_since) == (0, None)


def test_who_reads_nothing_or_shows_no_token_is_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    one = session()
    now = time.monotonic()
    one.stranger_since = None
    one.send(engineio.packet.Packet(engineio.packet.MESSAGE, "x"))
    for seconds, overdue in ((44, False), (46, True)):
        monkeypatch.setattr("workshop.live.sessions.time.monotonic", lambda seconds=seconds: now + seconds)
        assert one.overdue() is overdue
    one.poll()
    assert not one.overdue()
    one.stranger_since = now
    assert one.overdue(), "46 seconds without a token"


def test_a_page_is_pinged_by_the_sweep_and_again_an_interval_after_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    one, now = session(), time.monotonic()
    pinged = lambda: [packet.packet_type for packet in one._taken_out()]  # noqa: E731
    eio = SimpleNamespace(sockets={"sid": one})
    server: Any = SimpleNamespace(eio=eio, manager=SimpleNamespace(sid_from_eio_sid=lambda *_: "in"))
    one.schedule_ping()
    for seconds, sent in ((19, []), (21, [engineio.packet.PING]), (23, [])):
        monkeypatch.setattr("workshop.live.sessions.time.monotonic", lambda seconds=seconds: now + seconds)
        sweep(server)
        assert pinged() == sent
    assert one.last_ping is not None, "an answer is awaited"
    one.receive(engineio.packet.Packet(engineio.packet.PONG))
    assert one.last_ping is None
    monkeypatch.setattr("workshop.live.sessions.time.monotonic", lambda: now + 44)
    sweep(server)
    assert pinged() == [engineio.packet.PING]


def test_of_too_many_strangers_the_oldest_go_and_who_was_let_in_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_STRANGERS", 3)
    sessions = {str(number): session() for number in range(6)}
    for sid, one in sessions.items():
        one.sid = sid
    manager = SimpleNamespace(sid_from_eio_sid=lambda sid, _namespace: "in" if sid == "0" else None)
    sweep(SimpleNamespace(eio=SimpleNamespace(sockets=sessions), manager=manager))  # type: ignore[arg-type]
    assert [one.closed for one in sessions.values()] == [False, True, True, False, False, False]


def test_a_post_to_a_session_that_was_just_let_go_is_refused_and_no_fault() -> None:
    server = socketio.Server(async_mode="threading", async_handlers=False)
    guard(server)
    one = session()
    one.closed = True
    server.eio.sockets["sid"] = one
    said: list[str] = []
    environ = {"REQUEST_METHOD": "POST", "QUERY_STRING": "EIO=4&transport=polling&sid=sid", "CONTENT_LENGTH": "0"}
    server.handle_request(environ, lambda status, _headers: said.append(status))
    assert said[0].startswith("400") and server.eio.sockets == {}
