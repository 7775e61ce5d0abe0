"""A server that is killed, or replaced by the next one, again and again in the middle of posts, votes and joins."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.apart import run
from tests.live.lines import House, Room, open_room
from tests.load.crowd import Crowd
from tests.load.server import Server
from tests.storage.test_killed_in_a_batch import stored
from tests.storage.test_recovery import kill

PHONES = 24
JOINS = 4  # at each turn
#: turns for each minute of the half-day, and how many there are at least
A_MINUTE, LEAST = 1, 3
ANSWERED = 240.0  # seconds in which everybody has an answer after the last turn


class Turns:
    """One room in which everybody acts all the time, and a server that ends in the middle of it."""

    def __init__(self, server: Server, room: Room, dice: random.Random) -> None:
        self.server, self.crowd, self.dice = server, Crowd(room), dice
        self.closed: list[tuple[int, int]] = []

    async def play(self, number: int, end: Callable[[Server], None]) -> str:
        """That many turns. Returns the figures; fails where the account is not whole."""
        phones = await self.crowd.come(PHONES)
        option = await self.crowd.post(phones[0], "Først")
        for turn in range(number):
            ballot = await self.crowd.open_ballot([option])
            jobs = [asyncio.create_task(self._act(place, turn, ballot, option)) for place in range(len(phones))]
            jobs.append(asyncio.create_task(self._arrive()))
            done = len(self.crowd.votes[ballot]) + self.dice.randrange(1, PHONES)
            while len(self.crowd.votes[ballot]) < done and not all(job.done() for job in jobs):
                await asyncio.sleep(0)
            await asyncio.to_thread(end, self.server)
            before = set(self.crowd.ideas)
            if end is kill:
                texts, _ = await asyncio.to_thread(stored, self.server.folder)
                assert before <= texts, "acknowledged and lost"
            await asyncio.to_thread(self.server.start)
            async with asyncio.timeout(ANSWERED):
                await asyncio.gather(*jobs)
            self.closed.append((len(self.crowd.votes[ballot]), await self.crowd.close_ballot(ballot)))
        account = await self.crowd.account(self.closed)
        assert account.is_whole(), account
        return str(account)

    async def _act(self, place: int, turn: int, ballot: str, option: str) -> None:
        phone = self.crowd.phones[place]
        await asyncio.sleep(self.dice.random() * 0.2)
        await self.crowd.post(phone, f"Omgang {turn}, idé {place}")
        await self.crowd.vote(phone, ballot, option)

    async def _arrive(self) -> None:
        before = len(self.crowd.phones)
        await self.crowd.come(JOINS)
        # Who comes in the middle of a ballot does not act in it: the account of the turn is that of the first ones.
        del self.crowd.phones[before:]


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
@pytest.mark.parametrize("end", [kill, Server.stop], ids=["killed", "replaced"])
def test_whatever_was_acknowledged_before_each_end_is_stored_once(
    tmp_path: Path, engine: str, end: Callable[[Server], None], minutes: float
):
    turns = max(LEAST, int(A_MINUTE * minutes))

    async def whole() -> str:
        with Server(tmp_path, {"ASYNC_ENGINE": engine, "LOG_LEVEL": "warning"}) as server:
            async with open_room(House.open(server), "light") as room:
                return await Turns(server, room, random.Random(11)).play(turns, end)

    figures = run(whole())
    stored(tmp_path)
    print(f"{engine}, {'killed' if end is kill else 'replaced'} {turns} times: {figures}")
