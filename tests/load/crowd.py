"""A crowd that posts, votes, joins and comes back through faults, and the account of it: what was acknowledged, what is stored.

Nothing is acknowledged in the account before the server has answered, and whoever has no answer sends again with the same id,
as a phone does. So at the end acknowledged and stored must be the same, each once, and every phone must hold it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.live.lines import Room
from tests.load.client import Phone
from tests.load.pace import gather_bounded
from tests.load.store import Store

GROUPS = ("citizens", "leaders")
#: phones that join, or are compared, at the same moment
AT_ONCE = 20
#: seconds a phone may take to be in step with the server
IN_STEP = 90.0


@dataclass(frozen=True)
class Account:
    """How many ideas, votes and joins were acknowledged and are stored; `unlike` are phones that hold something else than a
    fresh one."""

    acknowledged: int
    stored: int
    doubled: int
    lost: int
    unlike: int

    def __str__(self) -> str:
        return (
            f"acknowledged {self.acknowledged}, stored {self.stored}, doubled {self.doubled}, lost {self.lost}, "
            f"phones that differ {self.unlike}"
        )

    def is_whole(self) -> bool:
        """Returns whether all that was acknowledged is stored once, nothing else is, and all phones are equal."""
        return self.acknowledged == self.stored and (self.doubled, self.lost, self.unlike) == (0, 0, 0)


@dataclass
class Crowd:
    """The people of one workshop. `ideas` are the acknowledged texts with their numbers of the clock, `votes` the acknowledged
    choices by ballot and person, `people` those whose join was answered."""

    room: Room
    phones: list[Phone] = field(default_factory=list)
    ideas: dict[str, int] = field(default_factory=dict)
    votes: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)

    async def come(self, number: int, wire: str | None = None) -> list[Phone]:
        """That many people join and connect; they are at the end of `phones` then."""

        async def arrive(place: int) -> Phone:
            phone = await self.room.join(GROUPS[place % len(GROUPS)], wire=wire)
            self.people.append(phone.id)
            await phone.connect()
            return phone

        came = await gather_bounded([partial(arrive, place) for place in range(number)], AT_ONCE)
        self.phones += came
        return came

    async def post(self, phone: Phone, text: str) -> str:
        """One idea, sent until it is answered. Returns its record id."""
        answer = await phone.command("post_idea", text=text)
        self.ideas[text] = answer["seq"]
        return str(answer["result"]["idea"])

    async def open_ballot(self, options: list[str]) -> str:
        """Returns a new ballot by approval, once every phone has it."""
        return await self.open_ballot_for(self.phones, options)

    async def open_ballot_for(self, phones: list[Phone], options: list[str]) -> str:
        """Returns a new ballot by approval, once these phones have it."""
        opened = await self.room.api("facilitator", "open_ballot", method="approval", options=options)
        ballot = str(opened["result"]["ballot"])
        self.votes[ballot] = {}
        await asyncio.gather(*(phone.until(lambda p: ballot in p.records, IN_STEP, "the ballot") for phone in phones))
        return ballot

    async def vote(self, phone: Phone, ballot: str, option: str) -> None:
        """One vote, sent until it is answered."""
        await phone.command("cast_ballot", ballot=ballot, choices={option: 1})
        self.votes[ballot][phone.id] = {option: 1}

    async def close_ballot(self, ballot: str) -> int:
        """Close and publish. Returns how many votes are counted; the account no longer asks each voter for the choices."""
        await self.room.api("facilitator", "close_ballot", ballot=ballot)
        await self.room.api("facilitator", "publish_ballot", ballot=ballot)
        record = next(one for one in await self.records() if one["id"] == ballot)
        return int(record["turnout"]["voted"])

    async def records(self) -> list[dict[str, Any]]:
        """All records, as the facilitator is told them anew."""
        answer = await self.room.hall.ask("GET", "/api/sync?since=0", token=self.room.token("facilitator"))
        return list(answer["put"])

    async def account(self, closed: Iterable[tuple[int, int]] = ()) -> Account:
        """Asked when everybody has an answer. `closed` are the acknowledged and counted votes of ballots that are closed."""
        records = await self.records()
        fresh = await gather_bounded([phone.fresh for phone in self.phones], AT_ONCE)
        ideas = Counter(record["text"] for record in records if record["kind"] == "idea")
        people = Counter(record["id"] for record in records if record["kind"] == "participant")
        turnouts = {record["on"]: record["turnout"]["voted"] for record in records if record["kind"] == "turnout"}
        mine = {phone.id: store.mine["ballots"] for phone, store in zip(self.phones, fresh, strict=True)}
        acknowledged = len(self.ideas) + len(self.people)
        stored = ideas.total() + people.total()
        lost = len(self.ideas.keys() - ideas.keys()) + len(set(self.people) - people.keys())
        doubled = ideas.total() - len(ideas) + len(people.keys() - set(self.people))
        for ballot, cast in self.votes.items():
            if ballot not in turnouts:
                continue
            acknowledged += len(cast)
            stored += turnouts[ballot]
            doubled += max(0, turnouts[ballot] - len(cast))
            lost += sum(1 for person, choices in cast.items() if mine.get(person, {}).get(ballot) != choices)
        for given, counted in closed:
            acknowledged, stored = acknowledged + given, stored + counted
            doubled, lost = doubled + max(0, counted - given), lost + max(0, given - counted)
        unlike = await gather_bounded([partial(_differs, phone) for phone in self.phones], AT_ONCE)
        return Account(acknowledged, stored, doubled, lost, sum(unlike))


async def _differs(phone: Phone) -> bool:
    """Returns whether the phone holds something else than a fresh one even after it has had time to come into step."""
    latest = asyncio.get_running_loop().time() + IN_STEP
    while asyncio.get_running_loop().time() < latest:
        fresh: Store = await phone.fresh()
        if (phone.records, phone.mine) == (fresh.records, fresh.mine):
            return False
        await asyncio.sleep(0.2)
    return True
