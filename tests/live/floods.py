"""A flood of one connection while others post: every post is answered, and the server's memory stays where it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.live.lines import Room, play

HONEST, POSTS = 4, 8
#: so that the whole room is tens of kilobytes large
LONG = "og mere " * 28
MEGABYTE = 1024 * 1024
#: more than this is not kept for anybody who floods; each flood sends or asks for several times as much
MAY_GROW = 60 * MEGABYTE


def meanwhile(house: Any, flood: Callable[[Room, str], Any]) -> Any:
    """Flood, with the token of one person, while others post; every post must be answered. Returns what the flood did."""
    found = []

    async def scene(room: Room) -> None:
        people = [await room.join() for _ in range(HONEST)]
        lines = [await room.line(person) for person in people]
        flooder = await room.join()
        before = house.server.memory()
        flooding = asyncio.create_task(asyncio.to_thread(flood, room, flooder.token))
        answered = 0
        for number in range(POSTS):
            answers = await asyncio.gather(*(line.command("post_idea", text=f"Idé {number} {LONG}") for line in lines))
            answered += sum(answer["ok"] for answer in answers)
        found.append(await flooding)
        assert answered == HONEST * POSTS
        assert house.server.memory() - before < MAY_GROW
        assert not any(line.ended.is_set() for line in lines)

    play(house, scene)
    return found[0]
