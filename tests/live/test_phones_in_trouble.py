"""What phones and networks do in the middle of a vote: whatever is acknowledged is stored, once, and all are equal at the end.

The short forms; the long ones, with the server's own patience for a dead line, are in tests/nightly.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.apart import run
from tests.live.lines import SCENE, House, Room, new_id, open_room, play
from tests.load.client import Hall, Refusal
from tests.load.crowd import Crowd
from tests.load.network import Network

PHONES = 20


def through(house: House, network: Network, scene: Callable[[Room], Awaitable[None]]) -> None:
    """Run one scene whose phones reach the server by the network."""

    async def whole() -> None:
        async with asyncio.timeout(SCENE), network, open_room(house, "light") as room, Hall(network.url, "light") as hall:
            await scene(Room(hall, room.made, "light"))

    run(whole())


async def all_vote(crowd: Crowd, ballot: str, option: str) -> list[asyncio.Task[None]]:
    """Everybody's vote is on its way."""
    jobs = [asyncio.create_task(crowd.vote(phone, ballot, option)) for phone in crowd.phones]
    await asyncio.sleep(0)
    return jobs


async def settled(crowd: Crowd, least: int) -> None:
    """The account is whole, and of at least so many acts."""
    account = await crowd.account()
    print(account)
    assert account.is_whole() and account.acknowledged >= least, account


def test_a_third_of_the_phones_drop_in_the_middle_of_a_vote(house: House):
    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(PHONES)
        option = await crowd.post(phones[0], "Først")
        ballot = await crowd.open_ballot([option])
        jobs = await all_vote(crowd, ballot, option)
        for phone in phones[::3]:
            phone.drop()
        await asyncio.gather(*jobs)
        assert sum(phone.counts["resent"] for phone in phones) > 0, "no vote was on its way"
        await settled(crowd, 1 + 2 * PHONES)

    play(house, scene)


def test_by_polling_alone_nothing_is_lost(house: House):
    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(4, wire="polling")
        option = await crowd.post(phones[0], "Langsomt")
        ballot = await crowd.open_ballot([option])
        await asyncio.gather(*await all_vote(crowd, ballot, option))
        await settled(crowd, 9)

    play(house, scene)


def test_behind_a_proxy_that_cuts_idle_lines_everybody_comes_back_and_nothing_is_lost(house: House):
    network = Network(house.server.port, idle=0.4)

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(6)
        option = await crowd.post(phones[0], "Før")
        ballot = await crowd.open_ballot([option])
        while any(phone.counts["lost"] < 2 for phone in phones):
            await asyncio.sleep(0.05)
        assert network.cut >= 12
        posts = [crowd.post(phone, f"Gennem proxyen {number}") for number, phone in enumerate(phones)]
        await asyncio.gather(*posts, *await all_vote(crowd, ballot, option))
        await settled(crowd, 19)

    through(house, network, scene)


def test_a_line_that_is_dead_at_both_ends_without_a_word_costs_no_vote_and_counts_nobody_twice(house: House):
    network = Network(house.server.port)

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(6)
        option = await crowd.post(phones[0], "Før")
        ballot = await crowd.open_ballot([option])
        jobs = await all_vote(crowd, ballot, option)
        assert network.freeze() >= 6
        for phone in phones:
            phone.drop()  # the phones give the line up; the server still holds it for good
        await asyncio.gather(*jobs)
        chair = await room.line("facilitator")
        await chair.hears("presence", lambda data: (data["here"], data["joined"]) == (6, 6))
        await settled(crowd, 13)

    through(house, network, scene)


def test_a_phone_whose_battery_dies_after_it_has_voted_goes_on_as_another_one(house: House):
    """It voted and never heard the answer. Its owner comes in on a borrowed phone and changes the vote."""

    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        phones = await crowd.come(6)
        first, second = [await crowd.post(phones[0], text) for text in ("Den ene", "Den anden")]
        ballot = await crowd.open_ballot([first, second])
        dead = crowd.phones.pop()
        line = await room.line(dead)
        asked = asyncio.create_task(line.command("cast_ballot", ballot=ballot, choices={first: 1}))
        await dead.until(lambda phone: phone.mine["ballots"].get(ballot) == {first: 1})
        asked.cancel()
        await asyncio.gather(asked, line.close(), dead.disconnect(), return_exceptions=True)
        borrowed = await room.hall.reenter(room.code, dead.reentry_code)
        await borrowed.connect()
        assert borrowed.id == dead.id and borrowed.mine["ballots"][ballot] == {first: 1}
        crowd.phones.append(borrowed)
        for phone in crowd.phones:
            await crowd.vote(phone, ballot, second)
        with pytest.raises(Refusal) as refused:
            await dead.fresh()
        assert refused.value.code == "ended"
        await settled(crowd, 14)

    play(house, scene)


def test_a_phone_that_sleeps_through_much_reads_what_it_missed_and_its_old_command_counts_once(house: House):
    async def scene(room: Room) -> None:
        crowd = Crowd(room)
        sleeper, *others = await crowd.come(6)
        kept = {"id": new_id(), "text": "Skrevet før søvnen"}
        await sleeper.command("post_idea", **kept)
        crowd.ideas[kept["text"]] = 0
        await sleeper.disconnect()
        since = sleeper.store.since()
        hidden = [await crowd.post(others[number % 5], f"Imens {number}") for number in range(10)]
        ballot = await crowd.open_ballot_for(others, hidden)
        await asyncio.gather(*(crowd.vote(phone, ballot, hidden[0]) for phone in others))
        closed = [(len(others), await crowd.close_ballot(ballot))]
        await sleeper.connect()
        told = await room.hall.ask("GET", f"/api/sync?since={since['since']}&epoch={since['epoch']}", token=sleeper.token)
        assert told["from"] == since["since"] > 0, "it is told what is new, and not everything"
        again: dict[str, Any] = await sleeper.command("post_idea", **kept)
        assert again["ok"]
        account = await crowd.account(closed)
        assert account.is_whole() and account.acknowledged == 6 + 11 + 5, account

    play(house, scene)
