"""Half a minute of each fault of the disk on both engines, and what takes the server's own patience to find out."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest

from tests.live.lines import House, Room, play
from tests.live.raw import Raw
from tests.live.test_phones_in_trouble import all_vote, settled, through
from tests.load.crowd import Crowd
from tests.load.disk import full_disk, held_database, read_only_disk
from tests.load.network import Network
from tests.load.server import Server
from tests.storage.through_a_fault import through_a_fault

PHONES = 40
LASTS = 30.0  # seconds of each fault of the disk; a third of it where MINUTES is less than 2
#: seconds within which the server lets a dead line go: it asks each 20 s, and waits 20 s for the answer (app.py)
DEAD = 60.0
#: seconds after which many proxies cut an idle line: longer than between two questions of the server
PROXY = 30.0


@pytest.fixture(scope="module", params=["eventlet", "gevent"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    with Server(settings={"ASYNC_ENGINE": request.param, "LOG_LEVEL": "warning"}) as server:
        yield House.open(server)


@pytest.mark.parametrize(
    ("fault", "reason"), [(full_disk, "full"), (read_only_disk, "read_only"), (held_database, "locked")]
)
def test_half_a_minute_without_a_write_loses_nothing(house: House, fault, reason: str, minutes: float):
    async def scene(room: Room) -> None:
        await through_a_fault(house.server, room, fault, reason, PHONES, LASTS if minutes >= 2 else LASTS / 3)

    play(house, scene)


def test_a_dead_line_is_let_go_by_the_server_and_its_owner_is_counted_as_gone(house: House):
    """The phone's network ends without a word: nothing it was sent is answered."""

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        (phone,) = await crowd.come(1)
        await phone.disconnect()
        chair = await room.line("facilitator")
        await chair.hears("presence", lambda data: data["here"] == 0)
        dead = await asyncio.to_thread(Raw, room.hall.next_url(), phone.token)
        await chair.hears("presence", lambda data: data["here"] == 1)
        began = time.monotonic()
        while chair.of("presence")[-1]["here"] == 1:
            assert time.monotonic() - began < DEAD, "the server still holds a line that answers nothing"
            await asyncio.sleep(0.5)
        print(f"a dead line was let go after {time.monotonic() - began:.0f} s")
        dead.socket.shutdown(socket.SHUT_RDWR)
        dead.close()
        await phone.connect()
        await settled(crowd, 1)

    play(house, scene)


def test_behind_a_usual_proxy_an_idle_line_stays(house: House):
    """The server's questions keep a line from being idle: none was lost."""
    network = Network(house.server.port, idle=PROXY)

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(4)
        await asyncio.sleep(2 * PROXY)
        assert [phone.counts["lost"] for phone in phones] == [0] * 4
        option = await crowd.post(phones[0], "Efter en lang pause")
        ballot = await crowd.open_ballot([option])
        await asyncio.gather(*await all_vote(crowd, ballot, option))
        await settled(crowd, 9)

    through(house, network, scene)
