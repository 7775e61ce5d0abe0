"""What happens in a hall: one address for everybody, a phone that never reads, clocks that are wrong, too much at once."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.live.lines import Room, new_id, play, record
from tests.load.client import Refusal
from tests.load.wire import Lost

WAYS = pytest.mark.parametrize("way", ["websocket", "polling"])
LIMIT = 64 * 1024


def seconds(earlier: str, later: str) -> float:
    """Seconds between two moments of the protocol."""
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def test_three_hundred_people_join_from_one_address(house):
    async def scene(room: Room) -> None:
        at_once = asyncio.Semaphore(25)

        async def one(number: int) -> str:
            body = {"code": room.code, "group": ("citizens", "leaders")[number % 2], "id": new_id()}
            async with at_once:
                answer = await room.hall.ask("POST", "/api/join", body, patient=False)
            return answer["participant"]["id"]

        people = await asyncio.gather(*(one(number) for number in range(300)))
        assert len(set(people)) == 300
        answer = await room.hall.ask("GET", "/api/sync", token=room.token("facilitator"))
        joined = {r["key"]: r["joined"] for r in answer["put"] if r["kind"] == "group"}
        assert joined == {"citizens": 150, "leaders": 150}

    play(house, scene)


def test_many_wrong_codes_stop_the_guessing_but_not_those_who_are_in(house):
    async def scene(room: Room) -> None:
        person = await room.join()
        # From another address: this server has other tests to serve.
        connector = aiohttp.TCPConnector(local_addr=("127.0.0.77", 0))
        codes = []
        async with aiohttp.ClientSession(connector=connector) as guesser:
            for _ in range(70):
                async with guesser.post(f"{room.hall.next_url()}/api/join", json={"code": "QQQQQQ"}) as answer:
                    codes.append((answer.status, (await answer.json())["error"]["code"]))
        assert codes[0] == (404, "unknown_code") and codes[-1] == (429, "too_many")
        assert (await room.api(person, "set_ready", ready=True))["ok"]
        assert (await room.join()).id

    play(house, scene)


def never_reads(url: str, token: str) -> socket.socket:
    """A phone that connects, asks for everything again and again, and reads nothing of it."""
    where = urlsplit(url)
    phone = socket.socket()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    phone.settimeout(20)
    phone.connect((where.hostname, where.port))
    phone.sendall(
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    _heard(phone, b"\r\n\r\n")
    _send(phone, "40" + json.dumps({"token": token}))
    # A sync that comes before the connection is accepted is dropped, and then there is nothing to leave unread.
    _heard(phone, b'40{"sid"')
    for number in range(19):
        _send(phone, f'42{number}["sync",{{"since":0}}]')
    return phone


def _heard(phone: socket.socket, awaited: bytes) -> None:
    """Reads until these bytes have come."""
    read = b""
    while awaited not in read:
        part = phone.recv(400)
        assert part, read
        read += part


def _send(phone: socket.socket, text: str) -> None:
    """One masked text frame."""
    data = text.encode()
    phone.sendall(bytes([0x81, 0x80 | len(data)]) + bytes(4) + data)


def unsent(phone: socket.socket) -> int:
    """Bytes the kernel holds for the phone on the server's side: more than none, and the server has to wait."""
    here, there = (f":{name[1]:04X}" for name in (phone.getsockname(), phone.getpeername()))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(int(row[4].split(":")[0], 16) for row in rows if row[1].endswith(there) and row[2].endswith(here))


def test_a_phone_that_never_reads_holds_up_nobody(house):
    async def scene(room: Room) -> None:
        stuck, author, reader = await room.join(), await room.join(), await room.join()
        long = dict.fromkeys(("challenge",), "æ" * 1490) | {"title": "Mål " + "å" * 190, "indicator": "ø" * 290}
        for number in range(40):
            await room.api("facilitator", "draft_goal", **{**long, "owner": str(number)})
        size = len(json.dumps(await room.hall.ask("GET", "/api/sync", token=stuck.token)))
        assert size > 150_000, "nineteen times this is more than the buffers between two processes hold"
        line = await room.line(reader)
        await line.sync()
        phone = await asyncio.to_thread(never_reads, room.hall.next_url(), stuck.token)
        try:
            for number in range(12):
                posted = await room.api(author, "post_idea", text=f"Trods alt {number}")
                began = time.monotonic()
                await line.hears("delta", lambda delta, seq=posted["seq"]: delta["to"] >= seq)
                assert time.monotonic() - began < 5
                assert (await line.sync())["to"] >= posted["seq"]
                await asyncio.sleep(0.15)
            assert unsent(phone) > 0
        finally:
            phone.close()

    play(house, scene)


def test_whoever_comes_late_sees_the_time_that_is_left(house):
    async def scene(room: Room) -> None:
        step = (await room.api("facilitator", "add_step", kind="goals"))["result"]["step"]
        board = await room.line("board")
        await board.sync()
        await room.api("facilitator", "start_step", step=step, minutes=5)
        delta = await board.hears("delta", lambda delta: (record(delta, step) or {}).get("ends_at"))
        await asyncio.sleep(1.2)
        late = await (await room.line(await room.join())).sync()
        shown = [(record(delta, step)["ends_at"], delta["now"]), (record(late, step)["ends_at"], late["now"])]
        assert shown[0][0] == shown[1][0], "one deadline for all screens"
        left = [seconds(now, ends) for ends, now in shown]
        assert 290 < left[0] <= 300 and 1.1 < left[0] - left[1] < 30
        assert abs(seconds(late["now"], datetime.now().astimezone().isoformat())) < 30, "the server's own time, in UTC"

    play(house, scene)


def test_who_sends_too_fast_is_told_how_long_to_wait_and_others_are_not(house):
    async def scene(room: Room) -> None:
        eager, calm = await room.join(), await room.join()
        line, other = await room.line(eager), await room.line(calm)
        answers = await asyncio.gather(*(line.command("post_idea", text=f"Nr. {n}") for n in range(60)))
        refused = [answer["error"] for answer in answers if not answer["ok"]]
        assert refused and {error["code"] for error in refused} == {"too_many"}
        assert all(0 < error["retry_after"] <= 60 for error in refused)
        assert (await other.command("post_idea", text="Også mig"))["ok"], "another phone at the same address"
        with pytest.raises(Refusal) as over_http:
            for number in range(60):
                body = {"id": new_id(), "name": "post_idea", "args": {"text": f"HTTP {number}"}}
                await room.hall.ask("POST", "/api/commands", body, eager.token, patient=False)
        assert over_http.value.code == "too_many" and over_http.value.facts["retry_after"] > 0
        await asyncio.sleep(max(error["retry_after"] for error in refused if error["retry_after"] < 5))
        assert (await line.command("post_idea", text="Nu i ro"))["ok"]

    play(house, scene)


@WAYS
def test_a_message_over_the_limit_is_refused_and_the_phone_comes_back(house, way):
    async def scene(room: Room) -> None:
        person = await room.join()
        line = await room.line(person)
        before = await line.sync()
        nearly = await line.command("post_idea", text="x" * (LIMIT - 300))
        assert nearly["error"]["code"] == "too_long" and nearly["error"]["field"] == "text"
        sent = asyncio.create_task(line.command("post_idea", text="x" * LIMIT))
        await asyncio.wait({sent, asyncio.create_task(line.ended.wait())}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
        assert line.ended.is_set() or isinstance(sent.exception(), Lost)
        sent.cancel()
        again = await room.line(person)
        assert (await again.sync(before["to"], before["epoch"]))["put"] == []
        assert (await again.command("post_idea", text="Kort"))["ok"]

    play(house, scene, way)


NO_MESSAGES = ["42" + "[" * 30_000, "42{", "42[]", "42[7]", '42["command"]', '42["command",1,2,3]', "9", "451-[]", "40{", ""]


def test_a_frame_that_is_no_message_harms_nobody(house):
    async def scene(room: Room) -> None:
        odd, calm = await room.join(), await room.join()
        other = await room.line(calm)
        for frame in NO_MESSAGES:
            line = await room.line(odd)
            await line.wire._socket.send_str(frame)
            assert (await other.sync())["ok"], frame
            assert (await (await room.line(odd)).command("set_ready", ready=True))["ok"], "and may come again"

    play(house, scene)


def test_over_http_a_message_over_the_limit_is_too_large(house):
    async def scene(room: Room) -> None:
        person = await room.join()
        body = {"id": new_id(), "name": "post_idea", "args": {"text": "x" * LIMIT}}
        with pytest.raises(Refusal) as refused:
            await room.hall.ask("POST", "/api/commands", body, person.token)
        assert refused.value.facts == {"code": "too_large", "field": "body", "limit": LIMIT}
        assert (await person.fresh()).of("idea") == []

    play(house, scene)


def test_twenty_casts_of_one_person_over_two_sockets_are_one_vote(house):
    async def scene(room: Room) -> None:
        voter = await room.join()
        ideas = [(await room.api(voter, "post_idea", text=f"Idé {n}"))["result"]["idea"] for n in range(3)]
        opened = await room.api("facilitator", "open_ballot", method="approval", options=ideas, settings={"choices": 1})
        ballot = opened["result"]["ballot"]
        lines = [await room.line(voter), await room.line(voter)]
        answers = await asyncio.gather(
            *(lines[n % 2].command("cast_ballot", ballot=ballot, choices={ideas[n % 3]: 1}) for n in range(19)),
            room.api(voter, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}),
        )
        assert all(answer["ok"] or answer["error"]["code"] == "too_many" for answer in answers)
        assert sum(answer["ok"] for answer in answers) >= 15
        again = await room.hall.reenter(room.code, voter.reentry_code)
        await room.api(again, "cast_ballot", ballot=ballot, choices={ideas[2]: 1})
        state = await again.fresh()
        assert state.records[ballot]["turnout"] == {"voted": 1, "eligible": 1}
        assert state.mine["ballots"] == {ballot: {ideas[2]: 1}}
        await room.api("facilitator", "close_ballot", ballot=ballot)
        with pytest.raises(Refusal) as late:
            await room.api(again, "cast_ballot", ballot=ballot, choices={ideas[1]: 1})
        assert late.value.code == "closed"

    play(house, scene)


def test_a_vote_sends_the_turnout_alone_and_the_ballot_follows_at_a_slow_pace(house):
    """The phone that knows the record `turnout` has each vote at once; one that reads `ballot.turnout` within seconds."""

    async def scene(room: Room) -> None:
        voters = [await room.join() for _ in range(6)]
        idea = (await room.api(voters[0], "post_idea", text="Idé"))["result"]["idea"]
        opened = await room.api("facilitator", "open_ballot", method="approval", options=[idea])
        ballot = opened["result"]["ballot"]
        line = await room.line(voters[0])
        await line.sync()
        answers = [await room.api(voter, "cast_ballot", ballot=ballot, choices={idea: 1}) for voter in voters]

        def votes(delta, kind: str) -> list[int]:
            return [found["turnout"]["voted"] for found in delta["put"] if found["kind"] == kind]

        at_once = await line.hears("delta", lambda delta: votes(delta, "turnout") == [6])
        assert at_once["to"] >= answers[-1]["seq"]
        later = await line.hears("delta", lambda delta: votes(delta, "ballot") == [6])
        assert ballot in {record["id"] for record in later["put"]}
        # The slow pace may end in the moment of the last vote: then both come in one delta, and never the ballot first.
        heard = line.of("delta")
        assert heard.index(at_once) <= heard.index(later)
        whole = [delta for delta in heard if votes(delta, "ballot")]
        assert len(whole) < len(voters), "not the ballot with each vote"
        assert record(await line.sync(), ballot)["turnout"] == {"voted": 6, "eligible": 6}

    play(house, scene)


def test_the_reveal_sends_everything_that_became_visible(house):
    async def scene(room: Room) -> None:
        step = (await room.api("facilitator", "add_step", kind="ideas"))["result"]["step"]
        await room.api("facilitator", "start_step", step=step)
        people = [await room.join() for _ in range(4)]
        lines = [await room.line(person) for person in people]
        synced = [await line.sync() for line in lines]
        posted = [
            (await line.command("post_idea", text=f"Skjult {secrets.token_hex(4)}"))["result"]["idea"] for line in lines
        ]
        assert all(record(answer, idea) is None for answer in synced for idea in posted)
        revealed = await room.api("facilitator", "reveal_ideas")
        for line in lines:
            delta = await line.hears("delta", lambda delta: delta["to"] >= revealed["seq"])
            assert {idea for idea in posted if record(delta, idea)} == set(posted)

    play(house, scene)


def test_a_vote_whose_time_is_out_closes_on_every_screen(house):
    async def scene(room: Room) -> None:
        voter = await room.join()
        idea = (await room.api(voter, "post_idea", text="Idé"))["result"]["idea"]
        board = await room.line("board")
        await board.sync()
        opened = await room.api("facilitator", "open_ballot", method="approval", options=[idea], minutes=0.02)
        ballot = opened["result"]["ballot"]
        await room.api(voter, "cast_ballot", ballot=ballot, choices={idea: 1})
        delta = await board.hears("delta", lambda d: (record(d, ballot) or {}).get("state") == "closed")
        closed = record(delta, ballot)
        assert closed["turnout"] == {"voted": 1, "eligible": 1} and closed["result"] is None
        assert seconds(closed["ends_at"], closed["closed_at"]) >= 2, "a short grace for late packets"

    play(house, scene)


def test_a_phone_says_that_it_is_writing_and_only_the_number_is_told(house):
    async def scene(room: Room) -> None:
        person = await room.join()
        line, board = await room.line(person), await room.line("board")
        await line.say("writing", {"active": True})
        told = await board.hears("presence", lambda data: data["writing"] == 1)
        assert set(told) == {"here", "joined", "by_group", "writing", "now"}
        await line.say("writing", {"active": "yes"})
        await board.hears("presence", lambda data: data["writing"] == 0)

    play(house, scene)
