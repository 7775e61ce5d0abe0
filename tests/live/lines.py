"""A room on the real server for the live tests, and raw connections that keep every word they hear."""

from __future__ import annotations

import asyncio
import json
import secrets
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from tests.apart import run
from tests.load.client import Hall, Phone
from tests.load.server import Server
from tests.load.wire import WIRES

#: seconds for a whole scene; anything that hangs is a failure
SCENE = 120.0
#: seconds for one word to arrive on a machine that is busy with other things
WORD = 15.0


def post(url: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    """One HTTP call outside a scene; its JSON."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@dataclass
class House:
    """A running server with an organiser's token: makes workshops quickly. `others` are the addresses of further processes
    over the same database."""

    server: Server
    token: str
    others: Sequence[str] = ()

    @classmethod
    def open(cls, server: Server, *others: str) -> House:
        return cls(server, server.organiser(), others)

    def workshop(self, **content: Any) -> dict[str, Any]:
        """A workshop of citizens and leaders, in which ideas may be posted at any time."""
        groups = [{"key": "citizens"}, {"key": "leaders"}]
        given = {"title": "Prøve", "groups": groups, "ideas_always_open": True, **content}
        return post(f"{self.server.url}/api/workshops", given, self.token)


class Line:
    """One raw connection of a token; `heard` is every event in order as `(name, data)`."""

    def __init__(self, hall: Hall, token: str, wire: str) -> None:
        self.hall, self.token = hall, token
        self.wire = WIRES[wire](hall.session)
        self.heard: list[tuple[str, Any]] = []
        self.ended = asyncio.Event()
        self._news = asyncio.Condition()
        self.wire.on_event = self._hear
        self.wire.on_lost = self.ended.set

    def _hear(self, name: str, data: Any) -> None:
        self.heard.append((name, data))

    async def open(self, **auth: str) -> Line:
        await self.wire.open(self.hall.next_url(), self.token, **auth)
        return self

    async def sync(self, since: int = 0, epoch: str | None = None) -> dict[str, Any]:
        return await self.wire.call("sync", {"since": since, "epoch": epoch}, WORD)

    async def command(self, name: str, /, id: str | None = None, **args: Any) -> dict[str, Any]:
        """One command, sent once; its answer, whatever it is."""
        return await self.wire.call("command", {"id": id or new_id(), "name": name, "args": args}, WORD)

    async def say(self, event: str, data: Any) -> Any:
        return await self.wire.call(event, data, WORD)

    def of(self, event: str) -> list[Any]:
        return [data for name, data in self.heard if name == event]

    async def hears(self, event: str, true: Callable[[Any], Any] = lambda data: True) -> Any:
        """Wait for an event that is true; its data."""
        async with asyncio.timeout(WORD):
            while True:
                found = next((data for data in self.of(event) if true(data)), None)
                if found is not None:
                    return found
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        await self.wire.close()


def new_id() -> str:
    return secrets.token_hex(16)


@dataclass
class Room:
    """One workshop on the server: people join it, and everybody may have raw lines."""

    hall: Hall
    made: dict[str, Any]
    way: str

    @property
    def code(self) -> str:
        return self.made["workshop"]["code"]

    def token(self, role: str) -> str:
        return self.made["tokens"][role]

    async def join(self, group: str = "citizens", **more: Any) -> Phone:
        return await self.hall.join(self.code, group, **more)

    async def line(self, who: Phone | str, way: str | None = None, **auth: str) -> Line:
        """An open raw connection, not yet synced, of a phone or of `facilitator`, `board` or `helper` (acting for a `seat`)."""
        token = self.token(who) if isinstance(who, str) else who.token
        line = await Line(self.hall, token, way or self.way).open(**auth)
        self.lines.append(line)
        return line

    async def api(self, who: Phone | str, name: str, /, **args: Any) -> dict[str, Any]:
        """A command over HTTP; the answer when it is carried out, `Refusal` otherwise."""
        token = self.token(who) if isinstance(who, str) else who.token
        body = {"id": new_id(), "name": name, "args": args}
        return await self.hall.ask("POST", "/api/commands", body, token)

    def __post_init__(self) -> None:
        self.lines: list[Line] = []


@asynccontextmanager
async def open_room(house: House, way: str, **content: Any) -> AsyncIterator[Room]:
    made = await asyncio.to_thread(house.workshop, **content)
    async with Hall(house.server.url, way, house.others) as hall:
        room = Room(hall, made, way)
        try:
            yield room
        finally:
            await asyncio.gather(*(line.close() for line in room.lines))


def play(
    house: House, scene: Callable[[Room], Coroutine[Any, Any, None] | Awaitable[None]], way: str = "light", **content: Any
) -> None:
    """Run one scene in a room of its own."""

    async def whole() -> None:
        async with asyncio.timeout(SCENE), open_room(house, way, **content) as room:
            await scene(room)

    run(whole())


def record(answer: dict[str, Any], record_id: str) -> dict[str, Any] | None:
    """A record of a sync answer or a delta."""
    return next((found for found in answer["put"] if found["id"] == record_id), None)
