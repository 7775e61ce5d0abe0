"""Follow-up cards and look-backs for the tests: taken by people, used by nobody in particular."""

from __future__ import annotations

from typing import Any

from tests.commands.follow_up.promise_room import PromiseRoom
from workshop import identity, screens
from workshop.commands.follow_up import cards
from workshop.identity import Actor
from workshop.screens.follow_up_own import own


class CardRoom(PromiseRoom):
    """A closed workshop in which people take cards and answer look-backs."""

    def to_closing(self) -> None:
        """The programme comes to its closing step."""
        self.do(self.chair, "start_step", step=self.do(self.chair, "add_step", kind="closing")["step"])

    def mine_of(self, person: Actor) -> dict[str, Any]:
        """What a participant sees as the own."""
        return screens.mine(person)

    def take(self, person: Actor) -> str:
        """The code of a new card."""
        return str(self.do(person, "take_follow_up_card")["card"])

    def take_all(self, sizes: dict[str, int] | None = None) -> dict[str, list[str]]:
        """Cards by group: of everybody, or of so many people of each group."""
        return {
            group: [self.take(person) for person in people[: (sizes or {}).get(group, len(people))]]
            for group, people in self.people.items()
        }

    def card(self, code: str) -> Actor:
        """A device that the code let in."""
        return identity.find(cards.let_in(code)[1])

    def look_back(self, on: list[str] | None = None, ahead: int = 14, **args: Any) -> str:
        wanted = on or [self.agreement]
        return str(self.do(self.organiser, "open_look_back", on=wanted, until=self.day(ahead), **args)["look_back"])

    def judge(self, code: str, look_back: str, verdict: str = "kept", on: str | None = None, words: str = "") -> None:
        self.do(self.card(code), "judge", look_back=look_back, on=on or self.agreement, verdict=verdict, words=words)

    def close(self, look_back: str) -> None:
        self.do(self.organiser, "close_look_back", look_back=look_back)

    def kept(self, on: str | None = None) -> dict[str, Any] | None:
        """What everybody sees of the verdict on an item."""
        found: dict[str, Any] | None = self.item(on or self.agreement)["kept"]
        return found

    def mine(self, code: str) -> dict[str, Any]:
        return own(self.card(code))
