"""The table of docs/benchmark.md: `python -m tests.load.bench [--phones 100 300] [--engine eventlet gevent] [--short]`.

Starts the real server as a process of its own for each engine and number of phones, drives it from this one, and does the
same with a bare loop and a plain Flask-SocketIO server. Exits with 1 if anything was lost, doubled or different, never for a
time. Loopback only; it stops by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys

import psutil

from tests.load.bench_aims import AIMED_AT, verdict
from tests.load.bench_beside import Beside, Peer
from tests.load.bench_room import FULL, SHORT, BenchRoom, Load
from tests.load.client import Hall
from tests.load.figures import table
from tests.load.pace import pin
from tests.load.server import Server
from tests.load.wire import WIRES

PEERS = {"plain": "plain Flask-SocketIO", "floor": "bare loop"}
Figures = dict[str, str]


async def measure(
    size: int, wire: str = "light", engine: str = "eventlet", load: Load = FULL, core: int | None = None
) -> tuple[Figures, list[str], int]:
    """One run with `size` phones on a new server, bound to a core if one is named: its figures, the checks that failed, and
    the bytes of one change."""
    with Server(settings={"ASYNC_ENGINE": engine}) as server:
        bind(server, core)
        workshop = server.create_workshop(template="empty", title=f"Bench, {size} phones")
        async with Hall(server.url, wire) as hall:
            room = BenchRoom(server, hall, workshop, size, load)
            async with asyncio.timeout(300 + size):
                await room.run()
        return room.figures, room.checks.failed, room.bytes


async def beside(
    kind: str, size: int, engine: str, load: Load, content: int, core: int | None = None
) -> tuple[Figures, list[str]]:
    """The same client with `content` bytes a message on the `floor` or the `plain` server."""
    with Peer(kind, engine, content) as server:
        bind(server, core)
        async with Hall(server.url, "light") as hall, asyncio.timeout(300):
            peer = Beside(server, hall, size, load)
            await peer.run()
        return peer.figures, peer.checks.failed


def bind(server: Server, core: int | None) -> None:
    """Bind the server's process to a core."""
    if core is not None and server.process is not None:
        pin(psutil.Process(server.process.pid), core)


def rows(runs: dict[int, dict[str, Figures]]) -> list[list[str]]:
    """The lines of one engine's table: each row of the server, the same of its peers below, and the aims last."""
    ours = {size: found["ours"] for size, found in runs.items()}
    lines = []
    for name in next(iter(ours.values())):
        lines.append([name, *(ours[size][name] for size in runs), verdict(name, ours.get(AIMED_AT, {}))])
        for kind, words in PEERS.items():
            cells = [runs[size].get(kind, {}).get(name, "") for size in runs]
            if any(cells):
                lines.append([f"… {words}", *cells, ""])
    return lines


def options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--phones", type=int, nargs="+", default=[100, 300, 1000, 2000], metavar="N")
    arguments.add_argument("--engine", nargs="+", choices=("eventlet", "gevent"), default=["eventlet", "gevent"])
    arguments.add_argument("--wire", choices=sorted(WIRES), default="light", help="how the phones connect")
    arguments.add_argument("--short", action="store_true", help="a few ideas and votes, to try the programme")
    arguments.add_argument("--alone", action="store_true", help="without the bare loop and the plain server")
    arguments.add_argument("--spread", action="store_true", help="do not bind server and phones to a core each")
    return arguments.parse_args()


def main() -> int:
    """Run every engine and size asked for and print the tables; 1 if anything was lost or different."""
    chosen = options()
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    core = None if chosen.spread or len(cores) < 2 else cores[0]
    if core is not None:
        os.sched_setaffinity(0, {cores[1]})
    # A full collection of the process that plays the phones takes 0.2 s, which would be counted as the server's.
    gc.disable()
    load, failed = SHORT if chosen.short else FULL, []
    for engine in chosen.engine:
        runs: dict[int, dict[str, Figures]] = {}
        for size in chosen.phones:
            print(f"{size} phones, {engine}:", flush=True)
            gc.collect()
            figures, differing, content = asyncio.run(measure(size, chosen.wire, engine, load, core))
            runs[size] = {"ours": figures}
            failed += differing
            for kind in () if chosen.alone else PEERS:
                runs[size][kind], differing = asyncio.run(beside(kind, size, engine, load, content, core))
                failed += differing
            aim = f"aim for {AIMED_AT:,}"
            print("\n" + table([engine, *(f"{size:,} phones" for size in runs), aim], rows(runs)) + "\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
