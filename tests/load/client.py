"""People in a room, as programs: a client of docs/protocol.md that shares no line with server or browser.

async with Hall(url) as hall:
    phone = await hall.join("K7M2QX", group="citizens")
    await phone.connect()
    answer = await phone.command("post_idea", text="Et fælles budget")
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Self

import aiohttp

from .store import BEHIND, Store
from .wire import WIRES, Lost, NotLetIn

ANSWER_TIMEOUT = 10.0  # seconds to wait for one acknowledgement before the command is sent again
GIVE_UP = 90.0  # seconds of trying before a command counts as unanswered
PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between attempts, each with jitter


class Refusal(Exception):
    """The server's no: `code` of docs/protocol.md, `field` if one is at fault, and the other facts."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(dict(error))
        self.code: str = error["code"]
        self.field: str | None = error.get("field")
        self.facts = dict(error)


class Unanswered(TimeoutError):
    """A command or a wait that had no answer in time."""


def pause(attempt: int) -> float:
    """Seconds before attempt number `attempt` (from 0): longer each time, never the same for two phones."""
    return PAUSES[min(attempt, len(PAUSES) - 1)] * random.uniform(0.5, 1.5)


class Hall:
    """The server as seen from the room: one HTTP session for everybody, and the way connections are made.

    `wire` is "light", "websocket" or "polling" (see `wire.py`).
    """

    def __init__(self, url: str, wire: str = "websocket") -> None:
        self.url = url.rstrip("/")
        self.wire = wire
        self.members: list[Member] = []

    async def __aenter__(self) -> Self:
        # One session for all people, so it must not keep cookies: the answer to /api/join sets one.
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(30),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(member.disconnect() for member in self.members))
        await self.session.close()

    async def join(
        self, code: str, group: str | None = None, name: str | None = None, wire: str | None = None
    ) -> Phone:
        """A new participant. Waits out `too_many`; any other refusal is raised as `Refusal`."""
        body = {
            key: value
            for key, value in {"code": code, "group": group, "name": name}.items()
            if value is not None
        }
        answer = await self.ask("POST", "/api/join", body)
        return Phone(self, answer, wire or self.wire)

    async def reenter(self, code: str, reentry_code: str, wire: str | None = None) -> Phone:
        """The same person on another device; the earlier token ends."""
        body = {"code": code, "reentry_code": reentry_code}
        return Phone(self, await self.ask("POST", "/api/reenter", body), wire or self.wire)

    async def ask(
        self, method: str, path: str, body: Any = None, token: str | None = None, patient: bool = True
    ) -> Any:
        """One HTTP call; the answer's JSON when `ok`, `Refusal` otherwise. `patient` waits out `too_many`."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        while True:
            async with self.session.request(method, self.url + path, json=body, headers=headers) as response:
                answer = await response.json()
            if answer.get("ok"):
                return answer
            error = answer["error"]
            if not (patient and error["code"] == "too_many"):
                raise Refusal(error)
            await asyncio.sleep(float(error.get("retry_after", 1)) * random.uniform(1, 1.2))


class Member:
    """Anyone with a token: keeps a store in step with the server and its commands until they are answered."""

    def __init__(self, hall: Hall, token: str, wire: str) -> None:
        self.hall, self.token, self.wire_name = hall, token, wire
        self.store = Store()
        self.presence: dict[str, Any] = {}
        self.closed_because: str | None = None
        self.counts = {"syncs": 0, "resent": 0, "held_back": 0, "lost": 0}
        self.on_delta: Callable[[Mapping[str, Any]], None] | None = None
        self._wire: Any = None
        self._online = asyncio.Event()
        self._wants_line = False
        self._syncing: asyncio.Task[None] | None = None
        self._coming_back: asyncio.Task[None] | None = None
        self._waiting: list[tuple[Callable[[Any], Any], asyncio.Future[Any]]] = []
        hall.members.append(self)

    records = property(lambda self: self.store.records)
    mine = property(lambda self: self.store.mine)
    me = property(lambda self: self.store.me)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Every record of one kind, oldest first."""
        return self.store.of(kind)

    async def connect(self) -> None:
        """Open the connection and read what happened since the last one; comes back by itself when lost."""
        self._wants_line = True
        wire = WIRES[self.wire_name](self.hall.session)
        wire.on_event, wire.on_lost = self._heard, self._lost
        self._wire = wire
        await wire.open(self.hall.url, self.token)
        await self._sync()
        self._online.set()

    def drop(self) -> None:
        """Lose the connection unsaid, as when a phone leaves the network; it comes back by itself."""
        self._wire.cut()

    async def disconnect(self) -> None:
        """Go away on purpose; the store stays, as on a phone in a pocket."""
        self._wants_line = False
        self._online.clear()
        for task in (self._coming_back, self._syncing):
            if task is not None and not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        if self._wire is not None:
            await self._wire.close()
            self._wire = None

    async def command(
        self, name: str, /, *, id: str | None = None, patient: bool = True, **args: Any
    ) -> dict[str, Any]:
        """Send a command until it is answered, always with the same id; the answer, or `Refusal`.

        `patient` waits out `too_many` as the server asks. A lost answer or `broken` is no answer: sent again.
        """
        message = {"id": id or secrets.token_hex(16), "name": name, "args": args}
        attempt = 0
        async with asyncio.timeout(GIVE_UP):
            while True:
                await self._online.wait()
                answer = await self._send(message)
                error = (answer or {}).get("error", {})
                if answer is not None and answer["ok"]:
                    self.store.take_mine(answer["seq"], answer.get("mine"))
                    self._look()
                    return answer
                if patient and error.get("code") == "too_many":
                    self.counts["held_back"] += 1
                    await asyncio.sleep(float(error.get("retry_after", 1)) * random.uniform(1, 1.2))
                elif error and error["code"] != "broken":
                    raise Refusal(error)
                else:
                    self.counts["resent"] += 1
                    await asyncio.sleep(pause(attempt))
                    attempt += 1

    async def until(self, true: Callable[[Self], Any], timeout: float = 15.0, what: str = "") -> Any:
        """Wait until `true(self)` is, looked at after each change; what it gave, or `Unanswered`."""
        found = true(self)
        if found:
            return found
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((true, future))
        try:
            return await asyncio.wait_for(future, timeout)
        except TimeoutError as error:
            raise Unanswered(f"waited {timeout} s in vain{': ' + what if what else ''}") from error

    async def fresh(self) -> Store:
        """What the server tells somebody who knows nothing yet, read over HTTP beside the live connection."""
        store = Store()
        answer = await self.hall.ask("GET", "/api/sync?since=0", token=self.token)
        store.take_sync(answer)
        return store

    async def _send(self, message: dict[str, Any]) -> dict[str, Any] | None:
        if self._wire is None:
            return None
        try:
            answer: dict[str, Any] = await self._wire.call("command", message, ANSWER_TIMEOUT)
        except Lost:
            return None
        return answer

    async def _sync(self) -> None:
        while True:
            self.counts["syncs"] += 1
            answer = await self._wire.call("sync", self.store.since(), ANSWER_TIMEOUT)
            if not answer["ok"]:
                if answer["error"]["code"] not in ("too_many", "broken"):
                    raise Refusal(answer["error"])
                await asyncio.sleep(float(answer["error"].get("retry_after", 0.5)))
            elif self.store.take_sync(answer):
                return self._look()

    def _heard(self, name: str, data: Any) -> None:
        if name == "delta":
            if self.store.take_delta(data) == BEHIND:
                self._sync_soon()
            else:
                self._look()
            if self.on_delta is not None:
                self.on_delta(data)
        elif name == "mine":
            self.store.take_mine(data["seq"], data["mine"])
            self._look()
        elif name == "presence":
            self.presence = data
        elif name == "closed":
            self.closed_because = data.get("reason")
            self._wants_line = self.closed_because == "reload"

    def _look(self) -> None:
        for entry in list(self._waiting):
            true, future = entry
            found = None if future.done() else true(self)
            if found or future.done():
                self._waiting.remove(entry)
                if not future.done():
                    future.set_result(found)

    def _sync_soon(self) -> None:
        if self._online.is_set() and (self._syncing is None or self._syncing.done()):
            self._syncing = asyncio.create_task(self._sync_or_lose())

    async def _sync_or_lose(self) -> None:
        try:
            await self._sync()
        except Lost:
            self._lost()

    def _lost(self) -> None:
        self.counts["lost"] += 1
        self._online.clear()
        if self._wants_line and (self._coming_back is None or self._coming_back.done()):
            self._coming_back = asyncio.create_task(self._come_back())

    async def _come_back(self) -> None:
        attempt = 0
        while self._wants_line and not self._online.is_set():
            await asyncio.sleep(pause(attempt))
            attempt += 1
            try:
                await self._wire.close()
                await self.connect()
            except (Lost, OSError):
                continue
            except NotLetIn:
                return


class Phone(Member):
    """A participant who joined over HTTP; `joined` is the answer of `/api/join`."""

    def __init__(self, hall: Hall, joined: Mapping[str, Any], wire: str) -> None:
        super().__init__(hall, joined["token"], wire)
        self.joined = joined
        self.id = joined["participant"]["id"]
        self.group = joined["participant"]["group"]
        self.reentry_code = joined["reentry_code"]


class Console(Member):
    """The facilitator, by the token of the facilitator's link."""

    def __init__(self, hall: Hall, token: str, wire: str | None = None) -> None:
        super().__init__(hall, token, wire or hall.wire)


class Board(Console):
    """The projector, by the token of the board's link; it is a member of the room and has no `mine`."""
