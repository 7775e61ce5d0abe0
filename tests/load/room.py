"""The room of a rehearsal: the people of the real session with their phones, the console and the board."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.load.client import Board, Console, Hall, Member, Phone, Refusal
from tests.load.figures import Checks
from tests.load.london import MODERATOR, Session

GROUP_NAMES = {
    "group_0": ("Gruppe 0", "Group 0"),
    "group_1": ("Gruppe 1", "Group 1"),
    "group_2": ("Gruppe 2", "Group 2"),
    "age_20_25": ("20 til 25 år", "20 to 25"),
    "other_ages": ("Andre aldre", "Other ages"),
}
PRIVACY_MINIMUM = 3  # counts are published from twice as many votes
SETTLE = 30.0  # seconds a phone may take to be in step with the server
BY_LONG_POLLING = "7"  # one participant whose network lets no websocket through


def declared_groups(session: Session) -> list[dict[str, Any]]:
    """The groups of the session, as a workshop is created with them."""
    return [{"key": key, "name": dict(zip(("da", "en"), GROUP_NAMES[key], strict=True))} for key in session.sizes]


@dataclass
class Room:
    """Everybody in the room. `phones` by the participant's number in the data, `ideas` by the statement's."""

    hall: Hall
    session: Session
    workshop: Mapping[str, Any]
    checks: Checks
    speed: float | None = None
    phones: dict[str, Phone] = field(default_factory=dict)
    ideas: dict[str, str] = field(default_factory=dict)

    async def arrive(self) -> None:
        """Console and board connect; the 26 and their moderator join over HTTP and connect."""
        tokens = self.workshop["tokens"]
        self.console, self.board = (
            Console(self.hall, tokens["facilitator"]),
            Board(self.hall, tokens["board"]),
        )
        await asyncio.gather(self.console.connect(), self.board.connect())
        await self.order(
            "edit_workshop",
            question=self.session.question,
            privacy_minimum=PRIVACY_MINIMUM,
            decision_level="recommendation",
        )
        for person, group in self.session.groups.items():
            wire = "polling" if person == BY_LONG_POLLING else None
            self.phones[person] = await self.hall.join(self.workshop["workshop"]["code"], group, wire=wire)
        self.moderator = await self.hall.join(self.workshop["workshop"]["code"], max(self.session.sizes))
        await asyncio.gather(*(phone.connect() for phone in [*self.phones.values(), self.moderator]))

    def author(self, number: str) -> Phone:
        """The phone of a statement's author."""
        return self.moderator if number == MODERATOR else self.phones[number]

    def members(self) -> list[Member]:
        """Everybody who is connected: the phones, the console and the board."""
        return [*self.phones.values(), self.console, self.board]

    async def order(self, name: str, **args: Any) -> dict[str, Any]:
        """A command of the facilitator; its `result`."""
        answer = await self.console.command(name, **args)
        result: dict[str, Any] = answer.get("result") or {}
        return result

    async def result(self, record_id: str) -> dict[str, Any]:
        """The result of a ballot or decision, once everybody has it; as the board holds it."""
        await asyncio.gather(
            *(m.until(lambda m: m.records.get(record_id, {}).get("result"), SETTLE) for m in self.members())
        )
        found: dict[str, Any] = self.board.records[record_id]["result"]
        return found

    async def refusal(self, member: Member, name: str, **args: Any) -> str | None:
        """The code with which a command is refused, or None if it is not."""
        try:
            await member.command(name, **args)
        except Refusal as refusal:
            return refusal.code
        return None

    async def everyone_equals_a_fresh_snapshot(self, when: str) -> None:
        """Check that what each holds, built up from changes, is what somebody new is told; `mine` too."""
        faults = [fault for fault in await asyncio.gather(*map(self._unlike, self.members())) if fault]
        self.checks.none(f"{when}: {len(self.members())} states built from changes equal fresh snapshots", faults)

    async def _unlike(self, member: Member) -> str | None:
        for _ in range(int(SETTLE / 0.5)):
            fresh = await member.fresh()
            if member.records == fresh.records and member.mine == fresh.mine:
                return None
            await asyncio.sleep(0.5)
        ids = {**member.records, **fresh.records}
        unlike = [key for key in ids if member.records.get(key) != fresh.records.get(key)]
        first = [(member.records.get(key), fresh.records.get(key)) for key in unlike[:1]]
        mine = "" if member.mine == fresh.mine else f", mine {member.mine} / {fresh.mine}"
        return f"{member.me}: {unlike} {first}{mine}"
