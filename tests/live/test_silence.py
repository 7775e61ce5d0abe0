"""Connections that do not read, or do not say all, are ended in time: on the real server, on both engines."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.live.floods import meanwhile
from tests.live.lines import Room, play
from tests.live.raw import ADDRESS, Polling, Raw, connect, event, frame


def test_a_phone_that_asks_and_never_reads_is_let_go_within_a_minute(house):
    """It asks for more than may wait for it, answers no ping, and then lives on by saying that it is alive."""

    def flood(room: Room, token: str) -> float:
        line = Raw(room.hall.next_url(), token, receive_buffer=4096)
        began = time.monotonic()
        while time.monotonic() - began < 65:
            try:
                for _ in range(5):
                    line.socket.sendall(event("sync", {"since": 0}, number=1))
                line.socket.sendall(frame(b"3"))
            except OSError:
                return time.monotonic() - began
            time.sleep(0.5)
        raise AssertionError("still open after 65 s")

    assert meanwhile(house, flood) < 65


def test_a_phone_that_polls_what_it_never_fetches_is_let_go_within_a_minute(house):
    def flood(room: Room, token: str) -> float:
        session = Polling(room.hall.next_url(), token)
        began = time.monotonic()
        while time.monotonic() - began < 65:
            if session.post('421["sync",{"since":0}]') != 200:
                return time.monotonic() - began
            time.sleep(0.5)
        raise AssertionError("still open after 65 s")

    assert meanwhile(house, flood) < 65


HALVES = {
    "nothing": b"",
    "a line": b"GET / HT",
    "a head": b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ",
    "a handshake": f"GET {ADDRESS}websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n".encode(),
    "a body": b'POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"a"',
    "a poll's body": f"POST {ADDRESS}polling&sid=x HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n42".encode(),
    "a long body": b"POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n{",
    "chunks": b"POST /api/join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
}


def test_half_sent_requests_are_closed_after_twenty_seconds_also_those_that_drip(house):
    async def scene(room: Room) -> None:
        opened = {}
        for name, half in HALVES.items():
            for drips in (False, True):
                opened[name, drips] = connect(room.hall.next_url())
                opened[name, drips].sendall(half)
        late = connect(room.hall.next_url())
        late.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in await asyncio.to_thread(late.recv, 65536)
        await asyncio.sleep(0.2)
        late.sendall(b"GET /healthz HT")  # half of the second request of a connection
        opened["the second line", False] = late
        began = time.monotonic()
        ended = await asyncio.to_thread(wait_for_ends, opened, began)
        missing = set(opened) - set(ended)
        assert not missing, f"still open: {missing}"
        assert min(seconds for (name, _), seconds in ended.items() if name in ("a line", "a head", "a body")) > 15
        assert max(ended.values()) < 30

    play(house, scene)


def wait_for_ends(opened: dict[Any, Any], began: float) -> dict[Any, float]:
    """Read from all until they end, and let some of them send a byte each second; the seconds each took."""
    ended: dict[Any, float] = {}
    for line in opened.values():
        line.settimeout(0.01)
    while time.monotonic() - began < 35 and len(ended) < len(opened):
        for key, line in opened.items():
            if key in ended:
                continue
            try:
                if key[1] and key[0] != "nothing":
                    line.sendall(b"a")
                if not line.recv(65536):
                    ended[key] = time.monotonic() - began
            except TimeoutError:
                continue
            except OSError:
                ended[key] = time.monotonic() - began
        time.sleep(0.5)
    return ended


def test_a_websocket_that_shows_no_token_is_closed(house):
    line = Raw(house.server.url)
    line.say(frame(b"3"))
    assert line.ends_within(30) > 10


def test_the_server_is_well_after_all_of_this(house):
    assert house.server.healthy()
    assert "Traceback" not in house.server.log_end()
