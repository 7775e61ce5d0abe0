"""Two processes on PostgreSQL and Redis: a command in one reaches a phone on the other (docs/running.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.apart import run
from tests.live.lines import House, Room, new_id, open_room
from tests.load.client import Hall
from tests.load.server import Server
from tests.services import copied_postgres


@dataclass
class Pair:
    """Two servers over one database: the first, and the address of the second."""

    house: House
    second: str


@pytest.fixture(params=["eventlet", "gevent"])
def pair(request: pytest.FixtureRequest, prepared_postgres: str, redis_url: str) -> Iterator[Pair]:
    with copied_postgres(prepared_postgres) as url:
        settings = {
            "ASYNC_ENGINE": request.param,
            "DATABASE_URL": url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": "one key for both processes, 32 or more",
        }
        with Server(settings=settings, prepared=True) as first, Server(settings=settings, prepared=True) as second:
            yield Pair(House.open(first), second.url)


def test_two_processes_are_one_room(pair: Pair):
    """One scene, for each start of two servers is dear: pushes, own things, presence, ids, closings, a race for one vote."""

    async def scene(here: Room, there: Room) -> None:
        author, reader = await here.join(), await there.join("leaders")
        phone, tablet = await here.line(author), await there.line(author)
        other, board = await there.line(reader), await there.line("board")
        synced = await asyncio.gather(*(line.sync() for line in (phone, tablet, other, board)))
        assert [answer["error"] for answer in synced if not answer["ok"]] == []
        assert len({answer["epoch"] for answer in synced}) == 1
        posted = await phone.command("post_idea", text="På den anden side")
        idea = posted["result"]["idea"]
        for line in (other, board):
            delta = await line.hears("delta", lambda delta: delta["to"] >= posted["seq"])
            assert idea in {record["id"] for record in delta["put"]}
        assert idea in (await tablet.hears("mine", lambda data: data["seq"] >= posted["seq"]))["mine"]["ideas"]
        for line in (other, board):
            told = await line.hears("presence", lambda data: data["here"] == 2)
            assert told["joined"] == 2
        again = {"id": new_id(), "name": "post_idea", "args": {"text": "Samtidig"}}
        answers = await asyncio.gather(phone.say("command", again), tablet.say("command", again))
        assert answers[0]["result"] == answers[1]["result"]
        await one_vote(here, there, author, idea)
        await here.api("facilitator", "remove_participant", participant=reader.id)
        assert await other.hears("closed") == {"reason": "removed"}
        await there.api("facilitator", "replace_link", role="board")
        assert await board.hears("closed") == {"reason": "ended"}
        fresh = [await tablet.sync(), await phone.sync()]
        assert fresh[0]["put"] == fresh[1]["put"]

    async def one_vote(here: Room, there: Room, voter, idea: str) -> None:
        opened = await here.api("facilitator", "open_ballot", method="approval", options=[idea])
        ballot = opened["result"]["ballot"]
        sides = [room.api(voter, "cast_ballot", ballot=ballot, choices={idea: 1}) for room in (here, there) * 6]
        assert all(answer["ok"] for answer in await asyncio.gather(*sides))
        state = await voter.fresh()
        assert state.records[ballot]["turnout"] == {"voted": 1, "eligible": 2}
        closed = [room.api("facilitator", "close_ballot", ballot=ballot) for room in (here, there)]
        results = await asyncio.gather(*closed, return_exceptions=True)
        assert sorted(getattr(result, "code", "done") for result in results) == ["already", "done"]

    async def both() -> None:
        async with asyncio.timeout(120), open_room(pair.house, "light") as here, Hall(pair.second, "light") as hall:
            there = Room(hall, here.made, "light")
            await scene(here, there)
            await asyncio.gather(*(line.close() for line in there.lines))

    run(both())
