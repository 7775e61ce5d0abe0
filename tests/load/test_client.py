"""The test client against a small server of its own: every way of connecting, lost answers, lost lines."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import socketio
from aiohttp import web

from tests.apart import run
from tests.load import member
from tests.load.client import Board, Hall, NotLetIn, Phone, Refusal, Unanswered

WAYS = ["light", "websocket", "polling"]


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    monkeypatch.setattr(member, "ANSWER_TIMEOUT", 0.3)
    monkeypatch.setattr(member, "PAUSES", (0.01, 0.02))


class Room:
    """A server with a clock, its records, and a fault to give: it swallows, breaks or refuses on demand."""

    def __init__(self):
        self.io = socketio.AsyncServer(async_mode="aiohttp", ping_interval=1)
        self.seq, self.records, self.answers, self.arrived = 0, {}, {}, []
        self.faults = []  # what happens to the next commands: "swallow" or a refusal's code
        self.join_faults = 0
        self.io.on("connect", self.connect)
        self.io.on("sync", self.sync)
        self.io.on("command", self.command)
        self.app = web.Application()
        self.app.router.add_post("/api/join", self.join)
        self.app.router.add_get("/api/sync", self.sync_over_http)
        self.io.attach(self.app)

    async def join(self, request):
        body = await request.json()
        if self.join_faults:
            self.join_faults -= 1
            return web.json_response({"ok": False, "error": {"code": "too_many", "retry_after": 0.01}}, status=429)
        person = {"id": "p:1", "group": body.get("group"), "name": None}
        return web.json_response(
            {"ok": True, "token": "t", "reentry_code": "A", "participant": person, "workshop": {}}, status=201
        )

    async def connect(self, sid, environ, auth):
        if auth["token"] != "t":
            raise socketio.exceptions.ConnectionRefusedError("ended")

    def changes(self, since):
        put = [record for record in self.records.values() if record["seq"] > since]
        return {"epoch": "e", "from": since, "to": self.seq, "put": put, "gone": [], "now": ""}

    async def sync(self, sid, data):
        await self.io.enter_room(sid, "room")
        return {
            "ok": True,
            "version": "1",
            "mine": {"at": self.seq},
            "me": {"id": "p:1"},
            **self.changes(data["since"]),
        }

    async def sync_over_http(self, request):
        return web.json_response({"ok": True, "mine": {"at": self.seq}, "me": {}, **self.changes(0)})

    async def command(self, sid, data):
        self.arrived.append(data["id"])
        fault = self.faults.pop(0) if self.faults else None
        if fault and fault != "swallow":
            return {"ok": False, "error": {"code": fault, "retry_after": 0.01}}
        if data["id"] not in self.answers:
            self.seq += 1
            record = {"id": f"idea:{self.seq}", "kind": "idea", "seq": self.seq, **data["args"]}
            self.records[record["id"]] = record
            self.answers[data["id"]] = {"ok": True, "seq": self.seq, "result": {"idea": record["id"]}}
            await self.io.emit("delta", {**self.changes(self.seq - 1)}, room="room")
        if fault == "swallow":
            await asyncio.sleep(0.6)
        return self.answers[data["id"]]


@asynccontextmanager
async def room_and_hall(way):
    room = Room()
    runner = web.AppRunner(room.app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    try:
        async with Hall(f"http://127.0.0.1:{port}", way) as hall:
            yield room, hall
    finally:
        await room.io.shutdown()
        await runner.cleanup()


def play(way, scene):
    """Run `scene(room, hall, phone)` with one connected phone; a scene that hangs is a failure."""

    async def with_phone():
        async with asyncio.timeout(20), room_and_hall(way) as (room, hall):
            phone = await hall.join("CODE", group="citizens")
            await phone.connect()
            await scene(room, hall, phone)

    run(with_phone())


@pytest.mark.parametrize("way", WAYS)
def test_what_one_posts_reaches_the_other(way):
    async def scene(room, hall, phone):
        other = Phone(hall, phone.joined, way)
        await other.connect()
        answer = await phone.command("post_idea", text="Æbler")
        await other.until(lambda o: o.of("idea"))
        assert answer["result"] == {"idea": "idea:1"}
        assert other.of("idea")[0]["text"] == "Æbler"
        assert other.records == (await other.fresh()).records

    play(way, scene)


@pytest.mark.parametrize("way", WAYS)
def test_a_command_without_answer_is_sent_again_with_the_same_id_and_counts_once(way):
    async def scene(room, hall, phone):
        room.faults = ["swallow", "broken"]
        await phone.command("post_idea", text="én gang")
        assert len(room.arrived) == 3
        assert len(set(room.arrived)) == 1
        assert len(room.records) == 1
        assert phone.counts["resent"] == 2

    play(way, scene)


def test_too_many_is_waited_out_and_any_other_refusal_is_raised():
    async def scene(room, hall, phone):
        room.faults = ["too_many", "too_many"]
        await phone.command("post_idea", text="a")
        assert phone.counts["held_back"] == 2
        room.faults = ["empty"]
        with pytest.raises(Refusal) as refused:
            await phone.command("post_idea", text="")
        assert refused.value.code == "empty"
        room.faults = ["too_many"]
        with pytest.raises(Refusal):
            await phone.command("post_idea", patient=False, text="")

    play("light", scene)


@pytest.mark.parametrize("way", ["light", "websocket"])
def test_a_lost_line_comes_back_and_reads_what_it_missed(way):
    async def scene(room, hall, phone):
        other = Phone(hall, phone.joined, "light")
        await other.connect()
        await phone.command("post_idea", text="før")
        phone.drop()
        await asyncio.sleep(0)
        await other.command("post_idea", text="imens")
        await phone.until(lambda p: len(p.of("idea")) == 2)
        assert phone.counts["lost"] == 1
        assert phone.store.seq == 2

    play(way, scene)


@pytest.mark.parametrize("way", ["light", "websocket"])
def test_a_command_given_while_the_line_is_lost_is_sent_when_it_is_back(way):
    async def scene(room, hall, phone):
        phone.drop()
        await phone.command("post_idea", text="fra lommen")
        assert len(room.records) == 1

    play(way, scene)


@pytest.mark.parametrize("way", WAYS)
def test_a_phone_that_went_away_asks_only_for_what_is_new(way):
    async def scene(room, hall, phone):
        await phone.command("post_idea", text="før")
        await phone.disconnect()
        other = Phone(hall, phone.joined, "light")
        await other.connect()
        await other.command("post_idea", text="imens")
        assert phone.store.since() == {"since": 1, "epoch": "e"}
        await phone.connect()
        assert [idea["text"] for idea in phone.of("idea")] == ["før", "imens"]

    play(way, scene)


@pytest.mark.parametrize("way", WAYS)
def test_an_ended_token_is_not_let_in(way):
    async def scene(room, hall, phone):
        with pytest.raises(NotLetIn):
            await Board(hall, "en gammel nøgle").connect()

    play(way, scene)


def test_joining_waits_out_too_many():
    async def scene(room, hall, phone):
        room.join_faults = 2
        assert (await hall.join("CODE")).token == "t"

    play("light", scene)


def test_waiting_in_vain_says_for_what():
    async def scene(room, hall, phone):
        with pytest.raises(Unanswered, match="en idé"):
            await phone.until(lambda p: p.of("idea"), timeout=0.05, what="en idé")

    play("light", scene)
