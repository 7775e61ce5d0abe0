"""A workshop under load, phase by phase: who joins, posts, votes, sees and comes back. Each phase fills a part of `figures`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.load.client import Console, Hall, Phone
from tests.load.figures import Checks, milliseconds
from tests.load.pace import at_a_pace, gather_bounded, load_of_machine
from tests.load.server import Server

JOINING_AT_ONCE = 50  # phones of the join wave on their way at the same moment
OPTIONS = 12  # of a ballot
PATIENCE = 120.0  # seconds any one wait may take
WHILE_AWAY = "Posted while nobody else was there"


@dataclass(frozen=True)
class Load:
    """Ideas and votes per second, each with the seconds it lasts, and how many private ideas are revealed at once."""

    posting: Sequence[tuple[int, float]] = ((10, 5.0), (40, 3.0))
    voting: Sequence[tuple[int, float]] = ((200, 5.0), (400, 3.0))
    revealed: int = 200


FULL = Load()
SHORT = Load(posting=((10, 0.4), (40, 0.1)), voting=((200, 0.05), (400, 0.03)), revealed=6)


def spread(figures: dict[str, str], what: str, seconds: Sequence[float]) -> None:
    """Note three percentiles of times in seconds."""
    marks = milliseconds(seconds)
    figures[f"{what}, p50 / p95 / p99 (ms)"] = " / ".join(f"{marks[name]:.0f}" for name in ("p50", "p95", "p99"))


class BenchRoom:
    """One room of `size` phones on one server."""

    def __init__(self, server: Server, hall: Hall, workshop: Mapping[str, Any], size: int, load: Load = FULL) -> None:
        self.server, self.hall, self.workshop, self.size, self.load = server, hall, workshop, size, load
        self.checks = Checks()
        self.figures: dict[str, str] = {"load of the machine before": load_of_machine()}
        self.phones: list[Phone] = []
        self.texts: list[str] = []  # every idea that was acknowledged
        self.posted: dict[str, float] = {}
        self.heard: dict[tuple[int, str], float] = {}
        self.doubled: list[tuple[int, str]] = []  # ideas told to a phone in more than one change
        self.cast: dict[str, list[dict[str, int]]] = {}  # what was voted, by ballot
        self.deliveries = 0
        self.bytes = 0  # of one change at the last pace

    async def run(self) -> None:
        """Every phase, then the end check."""
        self.console = Console(self.hall, self.workshop["tokens"]["facilitator"])
        await self.console.connect()
        await self._step("open")
        await self.join_wave()
        for pace, seconds in self.load.posting:
            await self.post_at(pace, seconds)
        await self.reveal()
        for pace, seconds in self.load.voting:
            await self.vote_at(pace, seconds)
        await self.reconnect_all()
        await self.end_check()
        self.figures["memory (MB)"] = f"{self.server.memory() / 2**20:.0f}"
        self.figures["processor, whole run (s)"] = f"{self.server.cpu_seconds():.1f}"
        self.figures["lost, doubled or different"] = str(len(self.checks.failed))

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

        used, began = self.server.cpu_seconds(), time.perf_counter()
        times = await gather_bounded([partial(arrive, n) for n in range(self.size)], JOINING_AT_ONCE)
        self.figures["all joined (s)"] = f"{time.perf_counter() - began:.1f}"
        spread(self.figures, "one join", times)
        self.figures["processor per join (ms)"] = f"{1e3 * (self.server.cpu_seconds() - used) / self.size:.1f}"
        await self.quiet()

    async def post_at(self, pace: int, seconds: float) -> None:
        """So many ideas per second from different phones, each timed from the author's send to every phone."""
        self.heard.clear()
        self.posted.clear()
        self.deliveries = self.bytes = 0
        used, total = self.server.cpu_seconds(), max(1, round(pace * seconds))

        async def post(number: int) -> float:
            text = f"Idea {number} at {pace} per second"
            self.posted[text] = sent = time.perf_counter()
            await self.phones[number * 37 % self.size].command("post_idea", text=text)
            self.texts.append(text)
            return time.perf_counter() - sent

        answered = await at_a_pace([partial(post, number) for number in range(total)], pace)
        await self._all_heard(total * self.size)
        used = self.server.cpu_seconds() - used
        spread(self.figures, f"{pace} ideas/s, on every phone", list(self.heard.values()))
        spread(self.figures, f"{pace} ideas/s, answered", answered)
        self.figures[f"{pace} ideas/s, processor per delivery (µs)"] = f"{1e6 * used / max(1, self.deliveries):.1f}"
        await self.quiet()
        self.checks.equal(f"{pace} ideas/s: every idea was pushed to every phone", len(self.heard), total * self.size)
        self.checks.none(f"{pace} ideas/s: no idea was pushed to a phone twice", self.doubled)

    async def reveal(self) -> None:
        """Private ideas of many phones become visible at once: until every phone has all of them."""
        await self._step("private")
        texts = [f"Hidden idea {number}" for number in range(self.load.revealed)]

        async def post(number: int) -> None:
            await self.phones[number % self.size].command("post_idea", text=texts[number])

        await gather_bounded([partial(post, number) for number in range(len(texts))], 20)
        await self.quiet()
        shown = len(self.texts) + len(texts)
        began = time.perf_counter()
        await self.console.command("reveal_ideas")
        await asyncio.gather(*(phone.until(partial(_holds, shown), PATIENCE, "the reveal") for phone in self.phones))
        self.figures["reveal of the private ideas, on all phones (ms)"] = f"{1000 * (time.perf_counter() - began):.0f}"
        self.texts += texts

    async def vote_at(self, pace: int, seconds: float) -> None:
        """So many votes per second, one from each phone at most."""
        options = [idea["id"] for idea in self.console.of("idea")][:OPTIONS]
        opened = await self.console.command("open_ballot", method="approval", options=options, settings={})
        ballot = opened["result"]["ballot"]
        await self.quiet()
        voters = self.phones[: max(1, round(pace * seconds))]
        cast = self.cast[ballot] = [{options[number % len(options)]: 1} for number in range(len(voters))]
        used, ended = self.server.cpu_seconds(), []

        async def vote(number: int) -> float:
            sent = time.perf_counter()
            await voters[number].command("cast_ballot", ballot=ballot, choices=cast[number])
            ended.append(time.perf_counter())
            return ended[-1] - sent

        def shown(phone: Phone) -> bool:
            return any(record["turnout"]["voted"] == len(voters) for record in phone.of("turnout") if record["on"] == ballot)

        times = await at_a_pace([partial(vote, number) for number in range(len(voters))], pace)
        await asyncio.gather(*(phone.until(shown, PATIENCE, "the turnout") for phone in self.phones))
        seen = time.perf_counter() - max(ended)
        used = self.server.cpu_seconds() - used
        spread(self.figures, f"{pace} votes/s, answered", times)
        self.figures[f"{pace} votes/s, turnout on all phones after the last answer (ms)"] = f"{1000 * seen:.0f}"
        self.figures[f"{pace} votes/s, processor per vote (ms)"] = f"{1e3 * used / len(voters):.1f}"
        await self.console.command("close_ballot", ballot=ballot)
        await self.console.command("publish_ballot", ballot=ballot)

    async def reconnect_all(self) -> None:
        """All but one lose the line at the same moment, while that one posts an idea; then all are back with it."""
        stays, *dropped = self.phones
        for phone in dropped:
            phone.drop()
        used, began = self.server.cpu_seconds(), time.perf_counter()
        answer = await stays.command("post_idea", text=WHILE_AWAY)
        self.texts.append(WHILE_AWAY)
        idea = answer["result"]["idea"]
        await asyncio.gather(
            *(phone.until(lambda p: p.counts["lost"] and idea in p.records, PATIENCE, "coming back") for phone in dropped)
        )
        self.figures["all back after a cut (s)"] = f"{time.perf_counter() - began:.1f}"
        self.figures["processor per return (ms)"] = f"{1e3 * (self.server.cpu_seconds() - used) / self.size:.1f}"

    async def end_check(self) -> None:
        """Nothing lost, nothing doubled, and every phone holds what a fresh one is told."""
        await self.quiet()
        texts = sorted(idea["text"] for idea in self.console.of("idea"))
        self.checks.equal("every acknowledged idea is there once", texts, sorted(self.texts))
        for ballot, cast in self.cast.items():
            result = await self.console.until(partial(_published, ballot), PATIENCE)
            self.checks.equal(f"{ballot}: every vote is counted once", result["turnout"]["voted"], len(cast))
            totals = {option["id"]: option["total"] for option in result["options"]}
            expected = {option: sum(option in choice for choice in cast) for option in totals}
            self.checks.none(f"{ballot}: the published totals are the votes cast", not_fitting(totals, expected))

        async def compare(phone: Phone) -> str | None:
            fresh = await phone.fresh()
            same = phone.records == fresh.records and phone.mine == fresh.mine
            return None if same else difference(phone, fresh)

        found = await gather_bounded([partial(compare, phone) for phone in self.phones], 20)
        self.checks.none(f"all {len(self.phones)} phones equal a fresh snapshot", [f for f in found if f])

    async def quiet(self) -> None:
        """Wait until every phone holds the same room as the server has now."""
        await asyncio.sleep(0.3)
        fresh = await self.phones[0].fresh()
        await asyncio.gather(*(phone.until(lambda p: p.records == fresh.records, PATIENCE) for phone in self.phones))

    async def _step(self, writing: str) -> None:
        made = await self.console.command("add_step", kind="ideas", title="Ideas", settings={"writing": writing})
        await self.console.command("start_step", step=made["result"]["step"])

    async def _all_heard(self, number: int) -> None:
        latest = time.perf_counter() + PATIENCE
        while len(self.heard) < number and time.perf_counter() < latest:
            await asyncio.sleep(0.02)

    def _note(self, number: int, delta: Mapping[str, Any]) -> None:
        now = time.perf_counter()
        self.deliveries += 1
        for record in delta["put"]:
            if record["kind"] == "idea" and record["text"] in self.posted:
                key = number, record["text"]
                if key in self.heard:
                    self.doubled.append(key)
                self.heard.setdefault(key, now - self.posted[record["text"]])
                self.bytes = self.bytes or len(json.dumps(["delta", delta], ensure_ascii=False, separators=(",", ":")))


def _holds(number: int, phone: Phone) -> bool:
    return sum(key.startswith("idea:") for key in phone.records) == number


def _published(ballot: str, console: Console) -> Any:
    return console.records[ballot]["result"]


def not_fitting(totals: Mapping[str, Any], expected: Mapping[str, int]) -> list[Any]:
    """The published totals that the votes cast do not give; a withheld one is passed over."""
    return [
        (option, total, expected[option])
        for option, total in totals.items()
        if isinstance(total, int) and total != expected[option]
    ]


def difference(phone: Phone, fresh: Any) -> str:
    """What a phone holds otherwise than a fresh one, in short."""
    ids = [key for key in {**phone.records, **fresh.records} if phone.records.get(key) != fresh.records.get(key)]
    mine = "" if phone.mine == fresh.mine else f"; mine {phone.mine} instead of {fresh.mine}"
    return f"{phone.id}: {[(key, phone.records.get(key), fresh.records.get(key)) for key in ids[:2]]}{mine}"
