"""The figures of docs/benchmark.md: `python -m tests.load.bench [--phones 200 500 1000]`.

Starts the real server as a process of its own for each number of phones, drives it from this one, prints a
table, and exits with 1 if anything was lost, doubled or different. Loopback only; it stops by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from tests.load.client import Console, Hall, Phone
from tests.load.figures import Checks, milliseconds, table
from tests.load.server import Server
from tests.load.wire import WIRES

JOINING_AT_ONCE = 50  # phones of the join wave on their way at the same moment
POSTS = 20  # ideas, one per second
OPTIONS = 12  # of the ballot
BURST_SECONDS = 10.0  # in which everybody votes once
PATIENCE = 120.0  # seconds any one wait may take
AIMS = {
    "join": 30.0,
    "post": 150.0,
    "vote": 300.0,
}  # seconds for 1,000; ms at p95 for 500; ms at p95 for 1,000


async def gather_bounded(jobs: Sequence[Callable[[], Awaitable[Any]]], at_once: int) -> list[Any]:
    """Run every job, at most `at_once` at a time; what they gave, in order."""
    gate = asyncio.Semaphore(at_once)

    async def run(job: Callable[[], Awaitable[Any]]) -> Any:
        async with gate:
            return await job()

    return await asyncio.gather(*(run(job) for job in jobs))


class Bench:
    """One room of `size` phones on one server; each phase fills a part of `figures`."""

    def __init__(self, server: Server, hall: Hall, workshop: Mapping[str, Any], size: int) -> None:
        self.server, self.hall, self.workshop, self.size = server, hall, workshop, size
        self.checks = Checks()
        self.figures: dict[str, str] = {"phones": str(size), "load of the machine before": _load()}
        self.phones: list[Phone] = []
        self.posted: dict[str, float] = {}
        self.heard: dict[tuple[int, str], float] = {}
        self.choices: list[dict[str, int]] = []
        self.ballot = ""

    async def run(self) -> None:
        """Every phase, then the end check."""
        self.console = Console(self.hall, self.workshop["tokens"]["facilitator"])
        await self.console.connect()
        step = await self.console.command("add_step", kind="ideas", title="Ideas", settings={"writing": "open"})
        await self.console.command("start_step", step=step["result"]["step"])
        for phase in (self.join_wave, self.posts, self.vote_burst, self.reconnect_all, self.end_check):
            before = self.server.cpu_seconds(), time.perf_counter()
            await phase()
            used, took = self.server.cpu_seconds() - before[0], time.perf_counter() - before[1]
            print(f"         {phase.__name__}: {took:.1f} s, server {used:.1f} s of processor", flush=True)
        self.figures["server memory"] = f"{self.server.memory() / 2**20:.0f} MB"
        self.figures["server processor"] = f"{self.server.cpu_seconds():.1f} s"

    async def join_wave(self) -> None:
        """Everybody joins over HTTP, connects and reads the room."""
        code = self.workshop["workshop"]["code"]
        groups = [group["key"] for group in self.workshop["workshop"]["groups"]]

        async def arrive(number: int) -> float:
            began = time.perf_counter()
            phone = await self.hall.join(code, group=groups[number % len(groups)])
            phone.on_delta = partial(self._note, number)
            await phone.connect()
            self.phones.append(phone)
            return time.perf_counter() - began

        began = time.perf_counter()
        times = await gather_bounded([partial(arrive, n) for n in range(self.size)], JOINING_AT_ONCE)
        self.figures["all joined"] = f"{time.perf_counter() - began:.1f} s"
        self._spread("one join", times)
        await self._quiet()

    async def posts(self) -> None:
        """One idea per second, each timed from the author's send to its arrival on every phone."""
        began = time.perf_counter()
        for number in range(POSTS):
            await asyncio.sleep(max(0.0, began + number - time.perf_counter()))
            author = self.phones[number * 37 % self.size]
            text = f"Idea {number} of the load test"
            self.posted[text] = time.perf_counter()
            await author.command("post_idea", text=text)
        await self._quiet()
        self._spread("post on every phone", list(self.heard.values()))
        self.checks.equal("every post was pushed to every phone", len(self.heard), POSTS * self.size)

    async def vote_burst(self) -> None:
        """Everybody casts one ballot within ten seconds, each timed from send to acknowledgement."""
        options = [idea["id"] for idea in self.console.of("idea")][:OPTIONS]
        opened = await self.console.command("open_ballot", method="approval", options=options, settings={})
        self.ballot = opened["result"]["ballot"]
        limit = max(1, len(options) // 4)
        self.choices = [
            {options[(number + nth * 5) % len(options)]: 1 for nth in range(1 + number % limit)}
            for number in range(self.size)
        ]

        async def vote(number: int) -> float:
            await asyncio.sleep(number * BURST_SECONDS / self.size)
            began = time.perf_counter()
            await self.phones[number].command("cast_ballot", ballot=self.ballot, choices=self.choices[number])
            return time.perf_counter() - began

        times = await asyncio.gather(*(vote(number) for number in range(self.size)))
        self._spread("vote acknowledged", times)
        await self._quiet()

    async def reconnect_all(self) -> None:
        """Everybody loses the line at the same moment, while one more idea is posted; then all are back."""
        late = await self.hall.join(self.workshop["workshop"]["code"], self.phones[0].group)
        await late.connect()
        for phone in self.phones:
            phone.drop()
        began = time.perf_counter()
        answer = await late.command("post_idea", text="Posted while nobody else was there")
        idea = answer["result"]["idea"]

        async def back(phone: Phone) -> float:
            await phone.until(lambda p: p.counts["lost"] and idea in p.records, PATIENCE, "coming back")
            return time.perf_counter() - began

        times = await asyncio.gather(*(back(phone) for phone in self.phones))
        self.phones.append(late)
        self.figures["all back"] = f"{max(times):.1f} s"
        self._spread("one return", times)

    async def end_check(self) -> None:
        """Nothing lost, nothing doubled, and every phone holds what a fresh one is told."""
        await self.console.command("close_ballot", ballot=self.ballot)
        await self.console.command("publish_ballot", ballot=self.ballot)
        await self._quiet()
        texts = sorted(idea["text"] for idea in self.console.of("idea"))
        wanted = sorted([*self.posted, "Posted while nobody else was there"])
        self.checks.equal("every idea is there once", texts, wanted)
        result = await self.console.until(lambda c: c.records[self.ballot]["result"], PATIENCE)
        self.checks.equal("every vote is counted once", result["turnout"]["voted"], self.size)
        totals = {option["id"]: option["total"] for option in result["options"]}
        expected = {option: sum(option in choice for choice in self.choices) for option in totals}
        self.checks.none("the published totals are the votes cast", _not_fitting(totals, expected))

        async def compare(phone: Phone) -> str | None:
            fresh = await phone.fresh()
            same = phone.records == fresh.records and phone.mine == fresh.mine
            return None if same else _difference(phone, fresh)

        found = await gather_bounded([partial(compare, phone) for phone in self.phones], 20)
        self.checks.none(f"all {len(self.phones)} phones equal a fresh snapshot", [f for f in found if f])
        resent = sum(phone.counts["resent"] for phone in self.phones)
        held = sum(phone.counts["held_back"] for phone in self.phones)
        print(f"         sent again: {resent}, held back by a limit: {held}")
        self.figures["lost"] = str(len(self.checks.failed))

    def _note(self, number: int, delta: Mapping[str, Any]) -> None:
        now = time.perf_counter()
        for record in delta["put"]:
            if record["kind"] == "idea" and record["text"] in self.posted:
                self.heard.setdefault((number, record["text"]), now - self.posted[record["text"]])

    async def _quiet(self) -> None:
        """Wait until every phone holds the same room as the server has now."""
        await asyncio.sleep(0.3)
        first = self.phones[0]
        fresh = await first.fresh()
        await asyncio.gather(*(phone.until(lambda p: p.records == fresh.records, PATIENCE) for phone in self.phones))

    def _spread(self, what: str, seconds: Sequence[float]) -> None:
        marks = milliseconds(seconds)
        self.figures[f"{what}, p50 / p95 / p99 (ms)"] = " / ".join(f"{marks[name]:.0f}" for name in ("p50", "p95", "p99"))


def _load() -> str:
    """How busy the machine already is, per core: figures of a busy machine are not the server's."""
    cores = os.cpu_count() or 1
    return f"{os.getloadavg()[0] / cores:.1f} per core, {cores} cores"


def _not_fitting(totals: Mapping[str, Any], expected: Mapping[str, int]) -> list[Any]:
    """The published totals that the votes cast do not give; a withheld one is passed over."""
    return [
        (option, total, expected[option])
        for option, total in totals.items()
        if isinstance(total, int) and total != expected[option]
    ]


def _difference(phone: Phone, fresh: Any) -> str:
    ids = [key for key in {**phone.records, **fresh.records} if phone.records.get(key) != fresh.records.get(key)]
    mine = "" if phone.mine == fresh.mine else f"; mine {phone.mine} instead of {fresh.mine}"
    return f"{phone.id}: {[(key, phone.records.get(key), fresh.records.get(key)) for key in ids[:2]]}{mine}"


async def measure(
    size: int, wire: str, engine: str = "eventlet", kind: type[Bench] = Bench
) -> tuple[dict[str, str], list[str]]:
    """One whole run with `size` phones on a new server: its figures, and the checks that failed."""
    with Server(settings={"ASYNC_ENGINE": engine}) as server:
        workshop = server.create_workshop(template="empty", title=f"Bench, {size} phones")
        async with Hall(server.url, wire) as hall:
            bench = kind(server, hall, workshop, size)
            async with asyncio.timeout(300 + size):
                await bench.run()
        return bench.figures, bench.checks.failed


def main(kind: type[Bench] = Bench, description: str | None = __doc__, phones: int = 200) -> int:
    """Run every size asked for and print the table; 1 if anything was lost or different."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--phones", type=int, nargs="+", default=[phones], metavar="N")
    arguments.add_argument("--engine", choices=("eventlet", "gevent"), default="eventlet")
    arguments.add_argument("--wire", choices=sorted(WIRES), default="light", help="how the phones connect")
    chosen = arguments.parse_args()
    runs, failed = [], []
    for size in chosen.phones:
        print(f"{size} phones:", flush=True)
        figures, differing = asyncio.run(measure(size, chosen.wire, chosen.engine, kind))
        runs.append(figures)
        failed += differing
    names = [name for name in runs[0] if name != "phones"]
    head = [chosen.engine, *(f"{run['phones']} phones" for run in runs)]
    print("\n" + table(head, ([name, *(run[name] for run in runs)] for name in names)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
