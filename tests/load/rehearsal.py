"""A real session, replayed on the real server: `python -m tests.load.rehearsal` (`--help` for its options).

26 people in three groups, 36 statements and 640 votes of tests/data/london-youth-policing come in through real
Socket.IO connections; then a shortlist, two goals, an agreement and three decisions. Prints one line per check
and exits with 1 if anything differs from the data or from docs/rules.md.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping
from typing import Any

from tests.load import london
from tests.load.acts_agreeing import commit_and_close, decide, draft, shortlist, take_home
from tests.load.acts_voting import cast_final_positions, publish_positions, replay_votes, write_statements
from tests.load.client import Hall
from tests.load.figures import Checks
from tests.load.room import Room, declared_groups
from tests.load.server import Server

TITLE = "Example: young people and the police"


async def rehearse(room: Room) -> None:
    """All acts, in the order of a seminar."""
    await room.arrive()
    await write_statements(room)
    await publish_positions(room, await replay_votes(room))
    winners = await shortlist(room)
    goals, agreement = await draft(room, winners)
    await decide(room, goals[0], "17", "ratified")
    await decide(room, goals[1], "22", "blocked_by_group")
    await decide(room, agreement, "23", "ratified")
    await commit_and_close(room, agreement)
    await take_home(room, goals, agreement)
    await room.everyone_equals_a_fresh_snapshot("at the end")


async def publish_by_age(room: Room) -> None:
    """The same positions from two groups large enough that some figures are published as exact numbers."""
    await room.arrive()
    await write_statements(room)
    await publish_positions(room, await cast_final_positions(room))
    await room.everyone_equals_a_fresh_snapshot("by age")


async def play(server: Server, workshop: Mapping[str, Any], wire: str = "websocket", speed: float | None = None) -> Checks:
    """One rehearsal on a server that runs, in `workshop` and in one more by age; its checks."""
    checks, session = Checks(), london.load()
    async with Hall(server.url, wire) as hall:
        await rehearse(Room(hall, session, workshop, checks, speed))
    print("\nThe same positions, in two groups by age:")
    async with Hall(server.url, wire) as hall:
        await publish_by_age(Room(hall, london.by_age(session), make(server, london.by_age(session)), checks))
    return checks


def make(server: Server, session: london.Session) -> dict[str, Any]:
    """A workshop with the session's groups."""
    return server.create_workshop(template="empty", title=TITLE, groups=declared_groups(session))


def main() -> int:
    """Start a server, rehearse, say how it went; 1 on any difference."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--speed", type=float, metavar="X", help="X times the real pace; default: as fast as allowed")
    arguments.add_argument("--keep", action="store_true", help="leave the server open afterwards, and print its links")
    arguments.add_argument("--long-polling", action="store_true", help="everybody by long polling")
    chosen = arguments.parse_args()
    with Server() as server:
        workshop = make(server, london.load())
        began = time.monotonic()
        wire = "polling" if chosen.long_polling else "websocket"
        checks = asyncio.run(play(server, workshop, wire, chosen.speed))
        took = time.monotonic() - began
        print(f"\n{checks.made} checks in {took:.0f} s, {len(checks.failed)} differ")
        if chosen.keep:
            _stay(server, workshop)
    return 1 if checks.failed or not checks.made else 0


def _stay(server: Server, workshop: Mapping[str, Any]) -> None:
    print(f"\njoin         {server.url}/j/{workshop['workshop']['code']}")
    print(f"facilitator  {server.url}/f/{workshop['tokens']['facilitator']}")
    print(f"board        {server.url}/b/{workshop['tokens']['board']}")
    print("Ctrl-C ends it.", flush=True)
    try:
        while server.healthy():
            time.sleep(1)
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    sys.exit(main())
