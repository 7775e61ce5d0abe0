"""People in a room, as programs: a client of docs/protocol.md that shares no line with server or browser.

async with Hall(url) as hall:
    phone = await hall.join("K7M2QX", group="citizens")
    await phone.connect()
    answer = await phone.command("post_idea", text="Et fælles budget")
"""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any, Self

import aiohttp

from tests.load.member import GIVE_UP, Member, Refusal, Unanswered, pause
from tests.load.wire import NotLetIn

__all__ = ["Board", "Console", "Hall", "Member", "NotLetIn", "Phone", "Refusal", "Unanswered"]

ATTEMPTS = 12  # of one HTTP call that has no answer


class Hall:
    """The server as seen from the room: one HTTP session for everybody, and the way connections are made.

    `wire` is "light", "websocket" or "polling" (see `wire.py`). `others` are the addresses of the server's other processes:
    each call and each connection goes to the next of all of them.
    """

    def __init__(self, url: str, wire: str = "websocket", others: Sequence[str] = ()) -> None:
        self._urls = itertools.cycle(one.rstrip("/") for one in (url, *others))
        self.wire = wire
        self.members: list[Member] = []

    def next_url(self) -> str:
        """Returns the address of the process whose turn it is."""
        return next(self._urls)

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

    async def join(self, code: str, group: str | None = None, name: str | None = None, wire: str | None = None) -> Phone:
        """A new participant. Waits out `too_many`; any other refusal is raised as `Refusal`."""
        given = {"code": code, "group": group, "name": name, "id": secrets.token_hex(16)}
        body = {key: value for key, value in given.items() if value is not None}
        answer = await self.ask("POST", "/api/join", body)
        return Phone(self, answer, wire or self.wire)

    async def reenter(self, code: str, reentry_code: str, wire: str | None = None) -> Phone:
        """The same person on another device; the earlier token ends."""
        body = {"code": code, "reentry_code": reentry_code}
        return Phone(self, await self.ask("POST", "/api/reenter", body), wire or self.wire)

    async def ask(self, method: str, path: str, body: Any = None, token: str | None = None, patient: bool = True) -> Any:
        """One HTTP call; the answer's JSON when `ok`, `Refusal` otherwise. `patient` waits out `too_many`.

        A call without answer is made again, so its body must bear that: a join carries its own `id`.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        attempt, latest = 0, time.monotonic() + GIVE_UP
        while attempt < ATTEMPTS and time.monotonic() < latest:
            try:
                async with self.session.request(method, self.next_url() + path, json=body, headers=headers) as response:
                    answer = await response.json()
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(pause(attempt))
                attempt += 1
                continue
            if answer.get("ok"):
                return answer
            error = answer["error"]
            later = error["code"] == "broken" or "retry_after" in error
            if not (patient and later):
                raise Refusal(error)
            await asyncio.sleep(float(error.get("retry_after", 1)) * random.uniform(1, 1.2))
        raise Unanswered(f"{method} {path}: no answer in {ATTEMPTS} attempts or {GIVE_UP:.0f} s")


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
