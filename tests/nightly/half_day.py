"""A half-day's workshop in minutes: the rounds that its people go through over and over."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.live.lines import Room
from tests.load.client import Phone
from tests.load.crowd import AT_ONCE, Account, Crowd
from tests.load.pace import gather_bounded
from tests.load.server import Server

EVERY = 20.0  # seconds: a round is not shorter, so that a half-day does not become a week's worth of ideas
IDEAS = 10  # a round
OPTIONS = 8  # of each ballot
CHANGING = 3  # people who leave in a round, and as many who come
DROPPING = 0.3  # of the phones, in the middle of each vote, and again and again for the rest of the round
ASLEEP = 0.1  # of the phones, while the ideas are written
SPREAD = 2.0  # seconds over which the votes of one ballot come
CALM = 4.0  # seconds of quiet at the end of a round, in which the server may collect its garbage


@dataclass
class HalfDay:
    """One workshop. `memory` holds the resident memory of the server at the end of each round, in bytes."""

    server: Server
    room: Room
    dice: random.Random
    memory: list[int] = field(default_factory=list)
    #: acknowledged and counted votes of each closed ballot and decision
    closed: list[tuple[int, int]] = field(default_factory=list)
    #: how many lines were lost
    dropped: int = 0

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.room)

    async def run(self, phones: int, seconds: float) -> Account:
        """Rounds for about so many seconds, at least one. Returns the account of everything."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        await self.crowd.come(phones)
        while True:
            began = loop.time()
            await self.round(len(self.memory) + 1, began + EVERY)
            if loop.time() + (loop.time() - began) > ends:
                return await self.crowd.account(self.closed)

    async def round(self, number: int, until: float) -> None:
        """Ideas while some phones sleep, a ballot in which a third of the phones drop, a decision, people who go and come.
        Phones then drop again and again `until` it is time to be quiet, on the clock of the loop."""
        asleep = self.dice.sample(self.crowd.phones, int(ASLEEP * len(self.crowd.phones)))
        await gather_bounded([phone.disconnect for phone in asleep], AT_ONCE)
        awake = [phone for phone in self.crowd.phones if phone not in asleep]
        authors = self.dice.sample(awake, min(IDEAS, len(awake)))
        posts = (self.crowd.post(one, f"Runde {number}, idé {place}") for place, one in enumerate(authors))
        ideas = list(await asyncio.gather(*posts))
        await gather_bounded([phone.connect for phone in asleep], AT_ONCE)
        await self._ballot(ideas[:OPTIONS])
        await self._decision(number)
        await self._change()
        while asyncio.get_running_loop().time() < until - CALM:
            await self._drop()
        await asyncio.sleep(CALM)
        self.memory.append(self.server.memory())
        print(
            f"round {number}: {self.memory[-1] / 2**20:.1f} MB, {len(self.crowd.ideas)} ideas, {self.dropped} lines",
            flush=True,
        )

    async def _ballot(self, options: list[str]) -> None:
        ballot = await self.crowd.open_ballot(options)
        dropping = self.dice.sample(self.crowd.phones, int(DROPPING * len(self.crowd.phones)))

        async def vote(phone: Phone) -> None:
            await asyncio.sleep(self.dice.random() * SPREAD)
            casting = asyncio.create_task(self.crowd.vote(phone, ballot, self.dice.choice(options)))
            if phone in dropping:
                await asyncio.sleep(0)
                self._lose(phone)
            await casting

        await asyncio.gather(*map(vote, self.crowd.phones))
        self.closed.append((len(self.crowd.votes[ballot]), await self.crowd.close_ballot(ballot)))

    def _lose(self, phone: Phone) -> None:
        phone.drop()
        self.dropped += 1

    async def _drop(self) -> None:
        """A third of the phones lose the line, and are back with everything."""
        phones = self.dice.sample(self.crowd.phones, int(DROPPING * len(self.crowd.phones)))
        before = {phone: phone.counts["syncs"] for phone in phones}
        for phone in phones:
            self._lose(phone)
        async with asyncio.timeout(60):
            while any(phone.counts["syncs"] == before[phone] for phone in phones):
                await asyncio.sleep(0.1)

    async def _decision(self, number: int) -> None:
        goal = (await self._chair("draft_goal", title=f"Mål {number} (eksempel)", **goal_fields()))["goal"]
        decision = (await self._chair("open_decision", on=goal, version=1))["decision"]
        phones = self.crowd.phones
        await asyncio.gather(*(phone.until(lambda p: decision in p.records, 60, "the decision") for phone in phones))
        stances = ("for", "blank")
        await asyncio.gather(
            *(
                phone.command("take_stance", decision=decision, stance=stances[place % 2])
                for place, phone in enumerate(phones)
            )
        )
        await self._chair("close_decision", decision=decision)
        record = next(one for one in await self.crowd.records() if one["id"] == decision)
        self.closed.append((len(phones), record["turnout"]["voted"]))

    async def _change(self) -> None:
        """Some leave, as many come, and one lays a dead phone aside and goes on with another."""
        for _ in range(CHANGING):
            gone = self.crowd.phones.pop(self.dice.randrange(len(self.crowd.phones)))
            await gone.disconnect()
        await self.crowd.come(CHANGING)
        old = self.crowd.phones.pop(0)
        await old.disconnect()
        new = await self.room.hall.reenter(self.room.code, old.reentry_code)
        await new.connect()
        self.crowd.phones.append(new)

    async def _chair(self, name: str, **args: Any) -> dict[str, Any]:
        result: dict[str, Any] = (await self.room.api("facilitator", name, **args)).get("result") or {}
        return result


def goal_fields() -> dict[str, str]:
    """What a goal needs besides its title before it can be decided on."""

    def day(number: int) -> str:
        return (date.today() + timedelta(days=number)).isoformat()

    return {
        "target_group": "Unge på 15-24 år",
        "indicator": "Andel, der bruger et åbent sted hver måned",
        "unit": "%",
        "data_source": "Ungeprofilen",
        "baseline": "41",
        "baseline_date": day(-28),
        "target": "60",
        "direction": "up",
        "deadline": day(700),
        "owner": "Ungechefen",
        "owner_group": "leaders",
        "decision_level": "recommendation",
        "first_step": "Åbn skolen om tirsdagen",
        "first_step_due": day(42),
    }
