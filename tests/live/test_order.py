"""In which order a phone hears things: its own answer first, then every change, one after the other, on both engines."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import Any

from tests.live.lines import Room, new_id, play
from tests.live.raw import PING, Raw, event, frame, said

POSTS = 15
PONG = 0x8A


def frames(heard: bytes) -> list[tuple[int, bytes]]:
    """The whole frames that a server has sent: the first byte of each, and its payload."""
    found, at = [], 0
    while at + 2 <= len(heard):
        size, head = heard[at + 1], 2
        if size == 126:
            size, head = int.from_bytes(heard[at + 2 : at + 4], "big"), 4
        elif size == 127:
            size, head = int.from_bytes(heard[at + 2 : at + 10], "big"), 10
        if at + head + size > len(heard):
            break
        found.append((heard[at], heard[at + head : at + head + size]))
        at += head + size
    return found


def posting(line: Raw, words: list[bytes]) -> None:
    """Post ideas while the room is busy, each with a ping of the browser's own beside it, until the last has come back."""
    start = len(line.heard)
    for number, text in enumerate(words):
        command = {"id": new_id(), "name": "post_idea", "args": {"text": text.decode()}}
        line.say(event("command", command, number=number) + frame(str(number).encode(), PING))
        line.until(b'43%d[{"ok":true' % number)
    line.until(words[-1])
    line.heard = line.heard[start:]


def test_the_answer_comes_before_the_change_and_the_changes_one_after_the_other(house: Any) -> None:
    words = [said(f"Order {number}") for number in range(POSTS)]

    async def scene(room: Room) -> None:
        author, other = await room.join(), await room.join()
        stop = asyncio.Event()

        async def others() -> None:
            while not stop.is_set():
                await room.api(other, "post_idea", text="Imens")
                await asyncio.sleep(0.25)

        busy = asyncio.create_task(others())
        line = await asyncio.to_thread(Raw, room.hall.next_url(), author.token)
        await asyncio.to_thread(posting, line, words)
        stop.set()
        await busy
        await asyncio.to_thread(line.hears_for, 1)
        heard = frames(line.heard)
        line.close()
        deltas = [json.loads(text[2:])[1] for _, text in heard if text.startswith(b'42["delta"')]
        assert all(later["from"] == earlier["to"] for earlier, later in pairwise(deltas))
        for number, text in enumerate(words):
            answer = next(at for at, (_, data) in enumerate(heard) if data.startswith(b"43%d[" % number))
            told = next(at for at, (_, data) in enumerate(heard) if data.startswith(b'42["delta"') and text in data)
            assert answer < told
        assert [data for first, data in heard if first == PONG] == [str(number).encode() for number in range(POSTS)]

    play(house, scene)


def test_a_large_room_is_the_same_over_a_websocket_that_compresses_as_over_http(house: Any) -> None:
    """Twice, and again after a change: the parts that the answer is made of are kept."""

    async def scene(room: Room) -> None:
        person = await room.join()
        for number in range(55):
            await room.api("facilitator", "draft_goal", title=f"Mål {number}", owner="Rådet")
        for change in (False, False, True):
            if change:
                await room.api("facilitator", "draft_goal", title="Et mål til")
            line = await room.line(person)
            offered = line.wire._socket.compress
            assert bool(offered) is (house.server.environment["ASYNC_ENGINE"] == "eventlet")
            told = await line.sync()
            expected = await room.hall.ask("GET", "/api/sync?since=0", token=person.token)
            for name in ("put", "gone", "to", "epoch", "mine", "me", "from", "version"):
                assert told[name] == expected[name]

    play(house, scene)
