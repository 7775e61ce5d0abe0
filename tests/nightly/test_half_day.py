"""A half-day's workshop of a hundred phones, compressed: nothing is lost, and the server's memory levels off."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.apart import run
from tests.live.lines import House, open_room
from tests.load.crowd import Account
from tests.load.server import Server
from tests.nightly.half_day import HalfDay

PHONES = 100
#: of the rounds, in which what is kept for a full hall is still being built up
WARMING = 1 / 3
#: bytes by which the memory may have grown between then and the end
MOST_GROWTH = 20 * 2**20


@pytest.mark.parametrize("engine", ["eventlet"])
def test_a_half_day_loses_nothing_and_its_memory_levels_off(engine: str, minutes: float):
    async def whole(server: Server) -> tuple[HalfDay, Account]:
        async with open_room(House.open(server), "light") as room:
            day = HalfDay(server, room, random.Random(7))
            async with asyncio.timeout(60 * minutes + 300):
                return day, await day.run(PHONES, 60 * minutes)

    with Server(settings={"ASYNC_ENGINE": engine, "LOG_LEVEL": "warning"}) as server:
        day, account = run(whole(server))
        first, last = day.memory[int(len(day.memory) * WARMING)], day.memory[-1]
        print(f"{engine}, {PHONES} phones, {len(day.memory)} rounds in {minutes:g} minutes: {account};")
        print(f"memory first {first / 2**20:.1f} MB, last {last / 2**20:.1f} MB")
        assert "Traceback" not in server.log.read_text()
    assert account.is_whole(), account
    assert last - first < MOST_GROWTH
