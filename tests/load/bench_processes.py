"""Two workshops on one process and on two: `python -m tests.load.bench_processes [--phones 500] [--ways one apart spread]`.

PostgreSQL and Redis of `tests/services.py`; `--phones` is the number of each workshop. `one`: one process has both. `apart`:
two processes, a workshop each. `spread`: two processes, and each workshop's phones are spread over both, as a proxy does it.
Ideas come at a pace, then votes; then everybody votes again and again as soon as the answer is there. The processor time of
the servers per command tells more than the rate where the phones, PostgreSQL and the servers share few cores.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
import urllib.request
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import redis

from tests.load.bench_room import JOINING_AT_ONCE, PATIENCE
from tests.load.client import Console, Hall, Phone
from tests.load.figures import milliseconds, table
from tests.load.pace import gather_bounded, load_of_machine
from tests.load.prepared import prepare
from tests.load.server import Server
from tests.services import copied_postgres, drop_postgres, make_postgres, needs_redis, new_postgres_name

ROUNDS = 6  # votes of each phone, one after the other
CALM, CALM_PACE = 200, 20.0  # votes of each workshop before that, and how many a second
IDEAS, PACE = 40, 10.0  # ideas of each workshop, and how many a second
METRICS = "a token for the counts, of 32 or more"
BATCHES = ("rundbord_batch_commands_sum", "rundbord_batch_commands_count")
WAYS = ("one", "apart", "spread")


@dataclass
class Workshop:
    """One workshop under load: its phones in the halls of the processes they are connected to."""

    made: dict[str, Any]
    halls: Sequence[Hall]
    phones: list[Phone] = field(default_factory=list)
    posted: dict[str, float] = field(default_factory=dict)
    heard: dict[tuple[int, str], float] = field(default_factory=dict)

    async def fill(self, size: int) -> None:
        """The console, which makes the first process the holder, and the phones."""
        self.console = Console(self.halls[0], self.made["tokens"]["facilitator"])
        await self.console.connect()
        step = await self.console.command("add_step", kind="ideas", title="Ideas", settings={"writing": "open"})
        await self.console.command("start_step", step=step["result"]["step"])

        async def arrive(number: int) -> None:
            phone = await self.halls[number % len(self.halls)].join(self.made["workshop"]["code"], group="citizens")
            phone.on_delta = partial(self._note, number)
            await phone.connect()
            self.phones.append(phone)

        await gather_bounded([partial(arrive, n) for n in range(size)], JOINING_AT_ONCE)

    def _note(self, number: int, delta: Any) -> None:
        for record in delta["put"]:
            if record["kind"] == "idea" and record["text"] in self.posted:
                self.heard.setdefault((number, record["text"]), time.perf_counter() - self.posted[record["text"]])

    async def post(self) -> None:
        """Ideas at a pace, from the author's send until every phone has them."""
        began = time.perf_counter()
        for number in range(IDEAS):
            await asyncio.sleep(max(0.0, began + number / PACE - time.perf_counter()))
            text = f"Idea {number} of workshop {self.made['workshop']['id']}"
            self.posted[text] = time.perf_counter()
            await self.phones[number * 37 % len(self.phones)].command("post_idea", text=text)
        await asyncio.gather(*(phone.until(lambda p: len(p.of("idea")) >= IDEAS, PATIENCE) for phone in self.phones))

    async def open(self) -> None:
        """A ballot that both phases of voting use."""
        self.options = [idea["id"] for idea in self.console.of("idea")][:8]
        opened = await self.console.command("open_ballot", method="approval", options=self.options, settings={})
        self.ballot = opened["result"]["ballot"]

    async def vote_calmly(self) -> list[float]:
        """So many votes a second, whatever the answers take; how long each took."""
        began = time.perf_counter()

        async def one(number: int) -> float:
            await asyncio.sleep(max(0.0, began + number / CALM_PACE - time.perf_counter()))
            sent, choice = time.perf_counter(), {self.options[number % len(self.options)]: 1}
            await self.phones[number % len(self.phones)].command("cast_ballot", ballot=self.ballot, choices=choice)
            return time.perf_counter() - sent

        return list(await asyncio.gather(*(one(number) for number in range(CALM))))

    async def vote(self) -> list[float]:
        """Everybody votes `ROUNDS` times as fast as the answers come; how long each took."""
        options, times = self.options, []

        async def one(number: int, phone: Phone) -> None:
            for nth in range(ROUNDS):
                began = time.perf_counter()
                choice = {options[(number + nth) % len(options)]: 1}
                await phone.command("cast_ballot", ballot=self.ballot, choices=choice)
                times.append(time.perf_counter() - began)

        await asyncio.gather(*(one(number, phone) for number, phone in enumerate(self.phones)))
        return times


async def measure(servers: Sequence[Server], way: str, size: int) -> dict[str, str]:
    """One run: the figures of both workshops together."""
    figures = {"load of the machine before": load_of_machine()}
    async with asyncio.timeout(600), AsyncExitStack() as stack:
        halls = [await stack.enter_async_context(Hall(server.url, "light")) for server in servers]
        chosen = [halls, halls[::-1]] if way == "spread" else [halls[:1], halls[-1:]]
        made = [servers[0].create_workshop("empty", f"Bench {n}", [{"key": "citizens"}]) for n in range(2)]
        workshops = [Workshop(one, where) for one, where in zip(made, chosen, strict=True)]

        def together(name: str) -> float:
            return sum(counted(server, name) for server in servers)

        async def phase(name: str, commands: int, jobs: list[Any]) -> list[Any]:
            used, began = [server.cpu_seconds() for server in servers], time.perf_counter()
            found = await asyncio.gather(*jobs)
            took = time.perf_counter() - began
            cost = [server.cpu_seconds() - before for server, before in zip(servers, used, strict=True)]
            figures[f"{name}, commands per second"] = f"{commands / took:.0f}"
            figures[f"{name}, processor per command (ms)"] = f"{1e3 * sum(cost) / commands:.2f}"
            figures[f"{name}, processor of each process"] = " and ".join(f"{100 * one / took:.0f} %" for one in cost)
            return list(found)

        await phase("joining", 2 * size, [workshop.fill(size) for workshop in workshops])
        await phase("ideas", 2 * IDEAS, [workshop.post() for workshop in workshops])
        await asyncio.gather(*(workshop.open() for workshop in workshops))
        calm = await phase("calm votes", 2 * CALM, [workshop.vote_calmly() for workshop in workshops])
        before = [together(name) for name in BATCHES]
        times = await phase("votes", 2 * size * ROUNDS, [workshop.vote() for workshop in workshops])
        done, batches = (together(name) - was for name, was in zip(BATCHES, before, strict=True))
        figures["votes in one transaction"] = f"{done / max(1, batches):.1f}"
        sent = [together(f'rundbord_forwarded_commands_total{{outcome="{one}"}}') for one in ("answered", "fallback")]
        figures["commands forwarded, and not answered"] = f"{sent[0]:.0f}, {sent[1]:.0f}"
        spread(figures, "idea on every phone", [one for workshop in workshops for one in workshop.heard.values()])
        spread(figures, "calm vote answered", [one for found in calm for one in found])
        spread(figures, "vote answered", [one for found in times for one in found])
    return figures


def counted(server: Server, name: str) -> float:
    """One number of a server's `/metrics`; 0 where it is not there."""
    asked = urllib.request.Request(server.url + "/metrics", headers={"Authorization": f"Bearer {METRICS}"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        found = re.search(rf"^{re.escape(name)} (\S+)$", answer.read().decode(), re.M)
    return float(found[1]) if found else 0.0


def spread(figures: dict[str, str], what: str, seconds: Sequence[float]) -> None:
    marks = milliseconds(seconds)
    figures[f"{what}, p50 / p95 / p99 (ms)"] = " / ".join(f"{marks[name]:.0f}" for name in ("p50", "p95", "p99"))


def run(template: str, way: str, size: int, engine: str) -> dict[str, str]:
    """One way on new servers and a new database."""
    with redis.Redis.from_url(needs_redis()) as client:
        client.flushdb()
    with copied_postgres(template) as url, ExitStack() as stack:
        settings = {"DATABASE_URL": url, "REDIS_URL": needs_redis(), "SECRET_KEY": "k" * 40, "ASYNC_ENGINE": engine}
        settings |= {"METRICS_TOKEN": METRICS, "LOG_LEVEL": "warning"}
        number = 1 if way == "one" else 2
        servers = [stack.enter_context(Server(settings=settings, prepared=True)) for _ in range(number)]
        return asyncio.run(measure(servers, way, size))


def main() -> int:
    """Run the ways that were asked for, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--phones", type=int, default=500, help="of each of the two workshops")
    arguments.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    arguments.add_argument("--engine", choices=("eventlet", "gevent"), default="eventlet")
    chosen = arguments.parse_args()
    template = new_postgres_name()
    try:
        with ExitStack() as stack:
            from tempfile import TemporaryDirectory

            folder = stack.enter_context(TemporaryDirectory(prefix="rundbord-"))
            prepare(folder, DATABASE_URL=make_postgres(template))
        runs = {way: run(template, way, chosen.phones, chosen.engine) for way in chosen.ways}
    finally:
        drop_postgres(template)
    names = list(dict.fromkeys(name for figures in runs.values() for name in figures))
    rows = ([name, *(figures.get(name, "") for figures in runs.values())] for name in names)
    print(table([f"2 x {chosen.phones} phones, {chosen.engine}", *runs], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
