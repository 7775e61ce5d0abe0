"""One connection that asks for too much, and the others who do not notice: on the real server, on both engines.

Checked by counts: every honest command is answered, the flooder is closed, the server's memory stays where it was.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pytest

from tests.live.floods import meanwhile
from tests.live.lines import Room, play
from tests.live.raw import ADDRESS, CONTINUATION, PING, TEXT, Polling, Raw, connect, event, frame


@pytest.mark.parametrize("kind", ["events", "unknown events", "pings", "empty fragments", "nonsense"])
def test_ten_thousand_small_frames_close_the_connection_and_hold_nobody_up(house, kind):
    one = {
        "events": event("sync", {"since": 0}, number=1),
        "unknown events": event("x"),
        "pings": frame(b"", PING),
        "empty fragments": frame(b"", CONTINUATION, fin=False),
        "nonsense": frame(b"2"),
    }[kind]

    def flood(room: Room, token: str) -> tuple[int, float]:
        line = Raw(room.hall.next_url(), token)
        before = len(line.heard)
        line.say((frame(b"4", TEXT, fin=False) if kind == "empty fragments" else b"") + one * 10_000)
        seconds = line.ends_within(30)
        return line.heard[before:].count(b"431["), seconds

    answered, seconds = meanwhile(house, flood)
    assert answered <= 201 + 30 * seconds, "what comes after the limit is not handled"


def test_many_packets_by_polling_end_the_session_too(house):
    def flood(room: Room, token: str) -> tuple[int, int]:
        session = Polling(room.hall.next_url(), token)
        statuses = [session.post(*['42["x"]'] * 16) for _ in range(60)]
        return statuses.index(400), session.get()[0]

    refused_at, after = meanwhile(house, flood)
    assert refused_at <= 20, "16 packets each, 200 at once"
    assert after == 400, "and the session is over"


def test_bytes_are_counted_too(house):
    def flood(room: Room, token: str) -> float:
        line = Raw(room.hall.next_url(), token)
        line.say(event("x", "æ" * 5_000) * 300)  # 9 MB
        return line.ends_within(20)

    assert meanwhile(house, flood) < 21


@pytest.mark.parametrize("with_token", [False, True])
def test_fragments_without_end_are_not_kept(house, with_token):
    def flood(room: Room, token: str) -> list[float]:
        ended = []
        lines = [Raw(room.hall.next_url(), token if with_token else None) for _ in range(4)]
        for line in lines:
            line.say(frame(b"4" + b"x" * 60_000, TEXT, fin=False))
            for _ in range(160):
                line.say(frame(b"x" * 60_000, CONTINUATION, fin=False))
            ended.append(line.ends_within(20))
        return ended

    assert max(meanwhile(house, flood)) < 21


def test_one_frame_that_says_it_is_endless_is_not_waited_for(house):
    def flood(room: Room, _token: str) -> float:
        line = Raw(room.hall.next_url())
        line.say(b"\x81\xff" + (1 << 40).to_bytes(8, "big") + b"\0\0\0\0" + b"x" * 200_000)
        return line.ends_within(20)

    assert meanwhile(house, flood) < 21


def test_binary_attachments_are_not_waited_for(house):
    def flood(room: Room, token: str) -> float:
        line = Raw(room.hall.next_url(), token)
        line.say(frame(b'451000000-["x",{"_placeholder":true,"num":0}]'))
        return line.ends_within(20)

    assert meanwhile(house, flood) < 21


def test_of_the_ninth_socket_of_a_token_the_oldest_silent_one_goes_and_the_newest_always_gets_in(house):
    """Each process counts its own. Connections go to the processes in turn, so there are as many of each at a time."""
    each = 1 + len(house.others)

    async def scene(room: Room) -> None:
        person, other = await room.join(), await room.join()
        bystander = await room.line(other)
        sets = [[await room.line(person) for _ in range(each)] for _ in range(8)]
        for lines in [sets[0], *sets[2:], sets[1], sets[0]]:  # the third set is now the one that has been silent longest
            for line in lines:
                assert (await line.sync())["ok"]
        for _ in range(each):
            ninth = await room.line(person)
            assert (await ninth.sync())["ok"]
        for line in sets[2]:
            await asyncio.wait_for(line.ended.wait(), 15)
        ended = [[line.ended.is_set() for line in lines] for lines in sets]
        assert ended == [[number == 2] * each for number in range(8)]
        for _ in range(30):  # a page that is reloaded and leaves dead sockets behind
            last = await room.line(person)
        await asyncio.sleep(2)  # the pace of a person's messages is another limit (rate_limits.py)
        assert (await last.sync())["ok"]
        assert not bystander.ended.is_set()

    play(house, scene)


@pytest.mark.parametrize("way", ["websocket", "polling"])
def test_no_honest_line_meets_a_limit(house, way):
    """A facilitator at the pace that is allowed: sixty commands in two seconds, with other messages beside them."""

    async def scene(room: Room) -> None:
        line = await room.line("facilitator")
        for _ in range(6):  # by polling, at most sixteen in one request
            answers = await asyncio.gather(*(line.command("set_name", name=f"N{n}") for n in range(10)))
            assert all(answer["ok"] or answer["error"]["code"] == "too_many" for answer in answers)
        assert not line.ended.is_set()

    play(house, scene, way)


def test_a_session_that_polls_has_no_change_of_transport(house):
    """While one hung, each poll was answered at once, and the phone asked 160 times a second."""

    async def scene(room: Room) -> None:
        person = await room.join()
        session = await asyncio.to_thread(Polling, room.hall.next_url(), person.token)
        opened = connect(room.hall.next_url())
        path = session.address.partition("/socket.io")[2].replace("polling", "websocket")
        head = f"GET /socket.io{path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        opened.sendall(f"{head}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        polls = 0
        began = time.monotonic()
        while time.monotonic() - began < 5:
            status, _ = await asyncio.wait_for(asyncio.to_thread(session.get), 30)
            assert status == 200
            polls += 1
        assert polls <= 15
        opened.close()

    play(house, scene)


def test_a_busy_room_answers_a_poll_no_more_than_twice_a_second(house):
    async def scene(room: Room) -> None:
        author, person = await room.join(), await room.join()
        session = await asyncio.to_thread(Polling, room.hall.next_url(), person.token)
        stop = asyncio.Event()

        async def post() -> None:
            while not stop.is_set():
                with suppress(Exception):
                    await room.api(author, "post_idea", text="Igen")
                await asyncio.sleep(0.1)

        posting = asyncio.create_task(post())
        polls, began = 0, time.monotonic()
        while time.monotonic() - began < 10:
            assert (await asyncio.to_thread(session.get))[0] == 200
            polls += 1
        stop.set()
        await posting
        assert polls <= 4 + 2 * 11

    play(house, scene)


def test_a_draft_of_the_websocket_protocol_without_bounds_is_not_spoken(house):
    line = connect(house.server.url)
    line.sendall(
        f"GET {ADDRESS}websocket HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\n\r\n".encode()
    )
    head = line.recv(65536).partition(b"\r\n")[0]
    assert b" 101 " not in head and head.split()[1] in (b"400", b"426")
    line.close()


def test_the_server_is_well_after_all_of_this(house):
    assert house.server.healthy()
    assert "Traceback" not in house.server.log_end()
