"""One person's connection: a store kept in step with the server, and commands sent until they are answered."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from tests.load.store import BEHIND, Store
from tests.load.wire import WIRES, Lost, NotLetIn

if TYPE_CHECKING:
    from tests.load.client import Hall

ANSWER_TIMEOUT = 10.0  # seconds to wait for the first acknowledgement; each time twice as long, see `patience`
GIVE_UP = 180.0  # seconds of trying before a command counts as unanswered
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


def patience(attempt: int) -> float:
    """Seconds to wait for an answer: twice as long each time, so that a server that is behind is not given more."""
    return float(ANSWER_TIMEOUT * 2 ** min(attempt, 3))


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
        """Open the connection and read what happened since the last one; comes back by itself when lost.

        Tries until it succeeds or `GIVE_UP`. Raises `NotLetIn` for a token that has ended.
        """
        self._wants_line = True
        async with asyncio.timeout(GIVE_UP):
            await self._come_back(at_once=True)

    async def _come_back(self, at_once: bool = False) -> None:
        attempt = 0
        while self._wants_line and not self._online.is_set():
            if not at_once or attempt:
                await asyncio.sleep(pause(attempt))
            attempt += 1
            with suppress(Lost):
                await self._open()

    async def _open(self) -> None:
        if self._wire is not None:
            await self._wire.close()
        wire = self._wire = WIRES[self.wire_name](self.hall.session)
        wire.on_event, wire.on_lost = self._heard, partial(self._lost, wire)
        await wire.open(self.hall.next_url(), self.token)
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

    async def command(self, name: str, /, *, id: str | None = None, patient: bool = True, **args: Any) -> dict[str, Any]:
        """Send a command until it is answered, always with the same id; the answer, or `Refusal`.

        `patient` waits out `too_many` as the server asks. A lost answer or `broken` is no answer: sent again.
        """
        message = {"id": id or secrets.token_hex(16), "name": name, "args": args}
        attempt = 0
        async with asyncio.timeout(GIVE_UP):
            while True:
                await self._online.wait()
                answer = await self._send(message, patience(attempt))
                error = (answer or {}).get("error", {})
                if answer is not None and answer["ok"]:
                    self.store.take_mine(answer["seq"], answer.get("mine"))
                    self._look()
                    return answer
                if patient and error.get("code") == "too_many" and "retry_after" in error:
                    self.counts["held_back"] += 1
                    await asyncio.sleep(float(error["retry_after"]) * random.uniform(1, 1.2))
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
            line = f"line {'open' if self._online.is_set() else 'lost'}, closed {self.closed_because}, {self.counts}"
            raise Unanswered(f"waited {timeout} s in vain{': ' + what if what else ''} ({line})") from error

    async def fresh(self) -> Store:
        """What the server tells somebody who knows nothing yet, read over HTTP beside the live connection."""
        store = Store()
        answer = await self.hall.ask("GET", "/api/sync?since=0", token=self.token)
        store.take_sync(answer)
        return store

    async def _send(self, message: dict[str, Any], timeout: float) -> dict[str, Any] | None:
        if self._wire is None:
            return None
        try:
            answer: dict[str, Any] = await self._wire.call("command", message, timeout)
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
        wire = self._wire
        try:
            await self._sync()
        except Lost:
            self._lost(wire)

    def _lost(self, wire: Any) -> None:
        """A line that was open is gone. One that never opened is tried again by whoever opens it."""
        if wire is not self._wire or not self._online.is_set():
            return
        self.counts["lost"] += 1
        self._online.clear()
        if self._wants_line and (self._coming_back is None or self._coming_back.done()):
            self._coming_back = asyncio.create_task(self._come_back_or_stay_out())

    async def _come_back_or_stay_out(self) -> None:
        try:
            await self._come_back()
        except Exception as error:
            # Seen by whoever waits in vain for this member.
            self.closed_because = self.closed_because or repr(error)
            if not isinstance(error, NotLetIn):
                raise
