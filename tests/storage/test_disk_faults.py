"""A full disk and one that may only be read, in the middle of a vote: nothing that was acknowledged is lost, reads go on, every
screen is told, and all goes on by itself. The short forms; half a minute of each, and a lock, are in tests/nightly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.lines import House, Room, play
from tests.load.crowd import Crowd
from tests.load.disk import full_disk, read_only_disk, unsafe_answers, watched
from tests.load.server import Server
from tests.storage.through_a_fault import through_a_fault


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with Server(settings={"LOG_LEVEL": "warning"}) as server:
        yield House.open(server)


def test_a_full_disk_is_told_and_costs_nothing(house: House):
    play(house, lambda room: through_a_fault(house.server, room, full_disk, "full"))


def test_a_disk_that_may_only_be_read_is_told_and_costs_nothing(house: House):
    play(house, lambda room: through_a_fault(house.server, room, read_only_disk, "read_only"))


def test_no_answer_goes_out_before_the_disk_has_what_it_says(house: House, tmp_path: Path):
    """As strace sees it: also where posts and votes are carried out together, each fsync comes before the answers."""
    trace = tmp_path / "trace"

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(12)
        option = await crowd.post(phones[0], "Først")
        ballot = await crowd.open_ballot([option])
        with watched(house.server, trace):
            posts = [crowd.post(phone, f"Sammen {number}") for number, phone in enumerate(phones)]
            await asyncio.gather(*posts, *(crowd.vote(phone, ballot, option) for phone in phones), crowd.come(3))
        account = await crowd.account()
        assert account.is_whole(), account

    play(house, scene)
    told, unsafe = unsafe_answers(trace.read_text(errors="replace"))
    assert told >= 24 and unsafe == 0, (told, unsafe)


def test_an_answer_before_the_fsync_is_noticed():
    lines = [
        '7 pwrite64(5</x/rundbord.sqlite-wal>, "…"..., 4096, 0) = 4096',
        "7 fdatasync(5</x/rundbord.sqlite-wal>) = 0",
        r'7 sendto(9<socket:[1]>, "\201~\0c430[{\"ok\":true,\"seq\":4}]", 99, 0, NULL, 0) = 99',
    ]
    assert unsafe_answers("\n".join(lines)) == (1, 0)
    assert unsafe_answers("\n".join([lines[0], lines[2], lines[1]])) == (1, 1)
