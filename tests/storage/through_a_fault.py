"""One workshop through one fault of the disk: what everybody is told, what goes on, and the account afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from tests.live.lines import Room
from tests.load.crowd import Account, Crowd
from tests.load.server import Server

#: a read may take this long while nothing can be written, seconds, on a machine with other work
READ = 5.0


async def through_a_fault(
    server: Server,
    room: Room,
    fault: Callable[[Server], AbstractContextManager[None]],
    reason: str,
    phones: int = 6,
    seconds: float = 0.0,
) -> Account:
    """Posts, votes and joins are on their way when the fault begins. Phone, console and board are told the reason, and its end;
    `/healthz` says it too; reads are answered; nothing is acknowledged meanwhile. It lasts until all were told, and `seconds`
    at least. Returns the account, which is whole."""
    crowd = Crowd(room)
    people = await crowd.come(phones)
    option = await crowd.post(people[0], "Før")
    ballot = await crowd.open_ballot([option])
    lines = [await room.line(who) for who in (people[0], "facilitator", "board")]
    began = asyncio.get_running_loop().time()
    with fault(server):
        jobs = [asyncio.create_task(crowd.vote(phone, ballot, option)) for phone in people]
        jobs += [asyncio.create_task(crowd.post(phone, f"Imens {number}")) for number, phone in enumerate(people)]
        jobs += [asyncio.create_task(crowd.come(2))]
        for line in lines:
            await line.hears("trouble", lambda data: data["reason"] == reason)
        while True:
            await reads_go_on(room, crowd)
            if asyncio.get_running_loop().time() - began >= seconds:
                break
            await asyncio.sleep(1)
        assert (await health(room))["reason"] == reason
        late = await room.line("board")
        await late.hears("trouble", lambda data: data["reason"] == reason)
        done = [job for job in jobs if job.done()]
        assert not done, f"acknowledged, and cannot be stored: {done}"
    for line in [*lines, late]:
        await line.hears("trouble", lambda data: data["reason"] is None)
    await asyncio.gather(*jobs)
    assert (await health(room))["ok"]
    account = await crowd.account()
    print(f"{reason}, {asyncio.get_running_loop().time() - began:.0f} s with what came after: {account}")
    assert account.is_whole() and account.acknowledged == 1 + 3 * phones + 2, account
    return account


async def reads_go_on(room: Room, crowd: Crowd) -> None:
    """Everybody reads the room anew, and soon."""
    began = asyncio.get_running_loop().time()
    fresh = await crowd.phones[-1].fresh()
    records = await crowd.records()
    assert fresh.of("idea") and records
    assert asyncio.get_running_loop().time() - began < READ


async def health(room: Room) -> dict[str, Any]:
    """What `/healthz` says, also where it is 503."""
    async with room.hall.session.get(f"{room.hall.next_url()}/healthz") as answer:
        found: dict[str, Any] = await answer.json()
    return found
