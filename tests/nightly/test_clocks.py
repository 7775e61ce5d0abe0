"""The clock of the server's machine is set in the middle of a workshop, an hour ahead and back again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.lines import House, Room, play
from tests.live.test_phones_in_trouble import all_vote
from tests.load.crowd import Crowd
from tests.load.server import Server
from tests.services import missing

PHONES = 12
#: an hour ahead, back to the right time, an hour behind
LEAPS = ("+1h", "+0", "-1h", "+0")


@pytest.fixture(params=["eventlet", "gevent"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[House, Path]]:
    """A server whose clock is read off a file, and the file."""
    library = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
    if library is None:
        raise missing("libfaketime", "On Debian: sudo apt install libfaketime")
    clock = tmp_path / "clock"
    clock.write_text("+0")
    settings = {
        "ASYNC_ENGINE": request.param,
        "LOG_LEVEL": "warning",
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with Server(settings=settings) as server:
        yield House.open(server), clock


async def hour_of(room: Room) -> str:
    """Day and hour of the server's clock."""
    answer = await room.hall.ask("GET", "/api/sync?since=0", token=room.token("facilitator"))
    return str(answer["now"])[:13]


def test_a_clock_that_is_set_costs_no_vote_and_nobody_is_absent(house: tuple[House, Path]):
    opened, clock = house

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(PHONES)
        sleeper = await room.join()
        await sleeper.connect()
        await sleeper.disconnect()
        hours, closed = [await hour_of(room)], []
        option = await crowd.post(phones[0], "Først")
        for number, leap in enumerate(LEAPS):
            ballot = await crowd.open_ballot([option])
            jobs = await all_vote(crowd, ballot, option)
            clock.write_text(leap)
            await asyncio.gather(*jobs)
            await asyncio.gather(*(crowd.post(phone, f"Ur {number}, idé {place}") for place, phone in enumerate(phones)))
            hours.append(await hour_of(room))
            if number == 0:
                # It slept for an hour of the server's clock, and through a ballot.
                await sleeper.connect()
                await sleeper.until(lambda phone, ballot=ballot: ballot in phone.records, 30, "the ballot it slept through")
            for phone in phones[::3]:
                phone.drop()
            closed.append((PHONES, await crowd.close_ballot(ballot)))
        assert len(set(hours)) >= 3, "the clock was not set"
        crowd.phones.append(sleeper)
        crowd.people.append(sleeper.id)
        account = await crowd.account(closed)
        print(f"clock set {len(LEAPS)} times: {account}")
        assert account.is_whole() and account.acknowledged == PHONES + 2 + 2 * PHONES * len(LEAPS), account

    play(opened, scene)
