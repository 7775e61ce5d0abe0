"""What goes out to a websocket: in order, whole, without waiting, and bounded. On real sockets of both engines."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import eventlet
import eventlet.greenio
import gevent
import gevent.socket
import pytest
from engineio.packet import MESSAGE, Packet

from workshop.live import limits
from workshop.live.broadcast import Full, Outlet, framed


@dataclass
class Pair:
    """An outlet, the phone's end of its connection, and what the engine calls its green threads."""

    outlet: Outlet
    phone: Any
    spawn: Callable[..., Any]
    sleep: Callable[[float], None]
    timeout: Callable[[float], Any]

    def hear(self, size: int, at_once: int = 65536) -> bytes:
        """Reads so many bytes, in pieces of at most `at_once`."""
        heard = b""
        with self.timeout(20):
            while len(heard) < size:
                heard += self.phone.recv(min(at_once, size - len(heard)))
        return heard


@pytest.fixture(params=["eventlet", "gevent"])
def pair(request: pytest.FixtureRequest) -> Any:
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    if request.param == "eventlet":
        green = [eventlet.greenio.GreenSocket(one) for one in (ours, theirs)]
        outlet = Outlet(green[0].fd.send, green[0].send)
        found = Pair(outlet, green[1], eventlet.spawn, eventlet.sleep, eventlet.Timeout)
    else:
        green = [gevent.socket.socket(fileno=one.detach()) for one in (ours, theirs)]
        outlet = Outlet(green[0]._sock.send, green[0].send)
        found = Pair(outlet, green[1], gevent.spawn, gevent.sleep, gevent.Timeout)
    outlet.open(found.spawn)
    yield found
    for one in green:
        one.close()


def test_frames_arrive_whole_and_in_order_however_slowly_the_phone_reads(pair: Pair) -> None:
    chance = random.Random(5)
    frames = [framed(Packet(MESSAGE, f"{number}:" + "æ" * int(10 ** chance.uniform(0, 4)))) for number in range(300)]
    heard: list[bytes] = []
    reading = pair.spawn(lambda: heard.append(pair.hear(sum(map(len, frames)), at_once=5000)))
    waited = 0
    for number, frame in enumerate(frames):
        pair.outlet.put(frame)
        waited += pair.outlet.size > 0
        if number % 7 == 0:
            pair.sleep(0)
    (getattr(reading, "wait", None) or reading.join)()
    pair.sleep(0)
    assert heard == [b"".join(frames)]
    assert waited, "or nothing was tested"
    assert (pair.outlet.size, pair.outlet.stuck_since) == (0, None)


def test_a_frame_that_is_taken_goes_at_once_and_needs_no_green_thread(pair: Pair) -> None:
    started: list[Any] = []
    pair.outlet.open(started.append)
    pair.outlet.put(b"one")
    pair.outlet.put(b"two")
    assert pair.hear(6) == b"onetwo" and started == []


def test_who_never_reads_holds_nobody_up_and_is_bounded(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a single switch between green threads: the sender may be between two people's messages."""
    monkeypatch.setattr(limits, "SEND_QUEUE_BYTES", 100_000)
    switched: list[int] = []
    pair.spawn(switched.append, 1)
    frame, kept = framed(Packet(MESSAGE, "x" * 5000)), 0
    with pytest.raises(Full):
        while True:
            pair.outlet.put(frame)
            kept += 1
    assert 19 < kept < 60 and pair.outlet.size <= 100_000
    assert switched == [] and pair.outlet.stuck_since is not None
    pair.outlet.drop()
    pair.outlet.put(frame)
    assert pair.outlet.size == 0


def test_the_connection_is_closed_after_what_waits_for_it(pair: Pair) -> None:
    closed: list[int] = []
    frame = framed(Packet(MESSAGE, "x" * 50_000))
    pair.outlet.put(frame)
    pair.outlet.end(lambda: closed.append(1))
    pair.sleep(0)
    assert closed == []
    assert pair.hear(len(frame)) == frame
    pair.sleep(0.01)
    assert closed == [1]


def test_after_the_phone_has_gone_nothing_is_kept(pair: Pair) -> None:
    pair.outlet.put(framed(Packet(MESSAGE, "x" * 50_000)))
    pair.sleep(0)
    pair.phone.close()
    with pair.timeout(20):
        while pair.outlet.size:
            pair.sleep(0)
    pair.outlet.put(b"late")
    assert pair.outlet.size == 0


@pytest.mark.parametrize("size", [0, 124, 125, 65534, 65535, 70000])
def test_a_message_is_encoded_once_and_is_the_frame_that_the_engines_make(size: int) -> None:
    import eventlet.websocket

    packet = Packet(MESSAGE, "x" * size)
    theirs = eventlet.websocket.RFC6455WebSocket(None, {})._pack_message(packet.encode())
    assert framed(packet) == theirs
    assert framed(packet) is framed(packet)
