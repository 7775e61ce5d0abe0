"""Drives what the server is compared with (`bench_peers.py`) by the same light client: connecting, and ideas at a pace."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from tests.load.bench_room import JOINING_AT_ONCE, PATIENCE, Load, spread
from tests.load.client import Hall
from tests.load.figures import Checks
from tests.load.pace import at_a_pace, gather_bounded
from tests.load.server import Server
from tests.load.wire import LightWire


class Peer(Server):
    """A comparison as its own process; `kind` is `floor` or `plain`, `size` the bytes of one message."""

    def __init__(self, kind: str, engine: str, size: int) -> None:
        super().__init__(settings={"ASYNC_ENGINE": engine}, accounts=False)
        self.command = [sys.executable, "-m", "tests.load.bench_peers", kind, str(self.port), str(size)]


class Beside:
    """`size` connections without people behind them."""

    def __init__(self, server: Server, hall: Hall, size: int, load: Load) -> None:
        self.server, self.hall, self.size, self.load = server, hall, size, load
        self.checks, self.figures = Checks(), dict[str, str]()
        self.sent: dict[str, float] = {}
        self.heard: dict[tuple[int, str], float] = {}
        self.deliveries = 0

    async def run(self) -> None:
        """Everybody connects, then ideas at each pace."""
        self.wires = [LightWire(self.hall.session) for _ in range(self.size)]
        for number, wire in enumerate(self.wires):
            wire.on_event = partial(self._note, number)
        began = time.perf_counter()
        await gather_bounded([partial(wire.open, self.server.url, "") for wire in self.wires], JOINING_AT_ONCE)
        self.figures["all joined (s)"] = f"{time.perf_counter() - began:.1f}"
        for pace, seconds in self.load.posting:
            await self.post_at(pace, seconds)
        self.figures["memory (MB)"] = f"{self.server.memory() / 2**20:.0f}"
        await asyncio.gather(*(wire.close() for wire in self.wires))

    async def post_at(self, pace: int, seconds: float) -> None:
        """As `BenchRoom.post_at`."""
        self.sent.clear()
        self.heard.clear()
        self.deliveries, used, total = 0, self.server.cpu_seconds(), max(1, round(pace * seconds))

        async def post(number: int) -> None:
            text = f"Idea {number} at {pace} per second"
            self.sent[text] = time.perf_counter()
            await self.wires[number * 37 % self.size].call("post_idea", {"text": text}, PATIENCE)

        await at_a_pace([partial(post, number) for number in range(total)], pace)
        latest = time.perf_counter() + PATIENCE
        while len(self.heard) < total * self.size and time.perf_counter() < latest:
            await asyncio.sleep(0.02)
        used = self.server.cpu_seconds() - used
        spread(self.figures, f"{pace} ideas/s, on every phone", list(self.heard.values()))
        self.figures[f"{pace} ideas/s, processor per delivery (µs)"] = f"{1e6 * used / max(1, self.deliveries):.1f}"
        self.checks.equal(f"{pace} ideas/s: every message arrived once", self.deliveries, total * self.size)

    def _note(self, number: int, _name: str, data: Mapping[str, Any]) -> None:
        self.deliveries += 1
        self.heard.setdefault((number, data["text"]), time.perf_counter() - self.sent[data["text"]])
