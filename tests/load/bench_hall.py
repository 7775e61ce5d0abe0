"""A full hall at pace: `python -m tests.load.bench_hall [--phones 300 1000] [--engine gevent]`.

Ideas at 10 and at 40 per second, each timed to every phone; votes at 200 and 400 per second, each timed to its
acknowledgement, and then until every phone shows all of them. The processor time of the server stands beside each: on a
machine that is busy with other things compare that, and only runs that were made one after the other.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from typing import Any

from tests.load.bench import Bench, main
from tests.load.client import Console, Phone

POSTING = ((10, 5.0), (40, 3.0))  # ideas per second, and for how many seconds
VOTING = ((200, 5.0), (400, 3.0))  # votes per second, and for how many seconds at most


class FullHall(Bench):
    """One room of `size` phones: each phase fills a part of `figures`."""

    deliveries = 0

    async def run(self) -> None:
        """Every phase, then whether all phones hold the same."""
        self.console = Console(self.hall, self.workshop["tokens"]["facilitator"])
        await self.console.connect()
        step = await self.console.command("add_step", kind="ideas", title="Ideas", settings={"writing": "open"})
        await self.console.command("start_step", step=step["result"]["step"])
        await self.join_wave()
        for pace, seconds in POSTING:
            await self.post_at(pace, seconds)
        for pace, seconds in VOTING:
            await self.vote_at(pace, seconds)
        await self._quiet()
        fresh = [await phone.fresh() for phone in self.phones[:: max(1, self.size // 20)]]
        same = [
            phone.records == one.records for phone, one in zip(self.phones[:: max(1, self.size // 20)], fresh, strict=True)
        ]
        self.checks.true("phones equal a fresh snapshot", all(same))
        self.figures["server memory"] = f"{self.server.memory() / 2**20:.0f} MB"

    def _note(self, number: int, delta: Mapping[str, Any]) -> None:
        self.deliveries += 1
        super()._note(number, delta)

    async def post_at(self, pace: int, seconds: float) -> None:
        """So many ideas per second from different phones."""
        self.heard.clear()
        self.posted.clear()
        self.deliveries, used, began = 0, self.server.cpu_seconds(), time.perf_counter()
        answered: list[float] = []

        async def post(number: int) -> None:
            await asyncio.sleep(max(0.0, began + number / pace - time.perf_counter()))
            text = f"Idea {number} at {pace} per second"
            self.posted[text] = sent = time.perf_counter()
            await self.phones[number * 37 % self.size].command("post_idea", text=text)
            answered.append(time.perf_counter() - sent)

        total = int(pace * seconds)
        await asyncio.gather(*(post(number) for number in range(total)))
        await self._quiet()
        used = self.server.cpu_seconds() - used
        self._spread(f"{pace} ideas/s, on every phone", list(self.heard.values()))
        self._spread(f"{pace} ideas/s, answered", answered)
        self.figures[f"{pace} ideas/s, processor per delivery (µs)"] = f"{1e6 * used / max(1, self.deliveries):.0f}"
        self.checks.equal("every idea was pushed to every phone", len(self.heard), total * self.size)

    async def vote_at(self, pace: int, seconds: float) -> None:
        """So many votes per second, one from each phone at most."""
        options = [idea["id"] for idea in self.console.of("idea")][:12]
        opened = await self.console.command("open_ballot", method="approval", options=options, settings={})
        ballot = opened["result"]["ballot"]
        await self._quiet()
        voters = self.phones[: int(pace * seconds)]
        self.deliveries, used, began = 0, self.server.cpu_seconds(), time.perf_counter()
        ended: list[float] = []

        async def vote(number: int, phone: Phone) -> float:
            await asyncio.sleep(max(0.0, began + number / pace - time.perf_counter()))
            sent = time.perf_counter()
            await phone.command("cast_ballot", ballot=ballot, choices={options[number % len(options)]: 1})
            ended.append(time.perf_counter())
            return ended[-1] - sent

        def shown(phone: Phone) -> bool:
            return any(record["turnout"]["voted"] == len(voters) for record in phone.of("turnout") if record["on"] == ballot)

        times = await asyncio.gather(*(vote(number, phone) for number, phone in enumerate(voters)))
        await asyncio.gather(*(phone.until(shown, 60.0, "the turnout") for phone in self.phones))
        self._spread(f"{pace} votes/s, answered", times)
        seen = 1000 * (time.perf_counter() - max(ended))
        self.figures[f"{pace} votes/s, all shown after the last answer (ms)"] = f"{seen:.0f}"
        used = self.server.cpu_seconds() - used
        self.figures[f"{pace} votes/s, processor per vote (ms)"] = f"{1e3 * used / len(voters):.1f}"
        self.figures[f"{pace} votes/s, messages per phone"] = f"{self.deliveries / self.size:.0f}"
        await self.console.command("close_ballot", ballot=ballot)


if __name__ == "__main__":
    sys.exit(main(FullHall, __doc__, 300))
