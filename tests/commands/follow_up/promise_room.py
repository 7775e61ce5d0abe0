"""A closed workshop that agreed on something, for the tests of the time after it: a goal, an agreement, links and clocks."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.commands.voting import AGREEMENT, GOAL, Room
from workshop import clock, dispatch, identity
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Agreement, Goal, Workshop
from workshop.models.by_kind import by_record_id
from workshop.store import writing

TREES = GOAL | {
    "title": "600 træer",
    "indicator": "Antal træer",
    "unit": "træer",
    "baseline": "100",
    "target": "600",
    "direction": "at_least",
    "first_step": "Vi finder stederne",
}


class PromiseRoom(Room):
    """Closed today, with an agreed goal `goal` and an agreed agreement `agreement` of Foreningen and Kommunen."""

    def __init__(
        self,
        sizes: dict[str, int] | None = None,
        agreement: dict[str, Any] | None = None,
        *,
        closed: bool = True,
        **settings: Any,
    ) -> None:
        super().__init__(sizes or {"citizens": 5, "politicians": 5}, receiving_body="Byrådet", **settings)
        self.today = clock.today()
        due = {"contributions": [dict(line, by_when=self.day(30)) for line in AGREEMENT["contributions"]]}
        self.goal = self.text(Goal, fields=TREES | {"first_step_due": self.day(30)}, state="agreed")
        self.agreement = self.text(
            Agreement, fields=due | {"notice_days": 30, "goals": [self.goal]} | (agreement or {}), state="agreed"
        )
        organiser = db.session.get_one(Workshop, self.id).organiser_id
        self.organiser = Actor(ORGANISER, self.id, organiser_id=organiser)
        self.do(self.chair, "edit_workshop", response_due=self.day(40))
        if closed:
            self.do(self.chair, "close_workshop")

    def day(self, ahead: int) -> str:
        """The day so many days after closing, as it travels."""
        return (self.today + timedelta(days=ahead)).isoformat()

    def do(self, actor: Actor, name: str, /, **args: Any) -> dict[str, Any]:
        return perform(actor, name, args, secrets.token_hex(16)).get("result") or {}

    def link(self, role: str, **args: Any) -> Actor:
        """Who is let in by a new link."""
        return identity.find(self.do(self.chair, "make_link", role=role, **args)["link"])

    def steward(self, on: str, party: str) -> Actor:
        return self.link("steward", on=on, party=party)

    def offered(self, by: Actor, **args: Any) -> Actor:
        """Who a steward's work is offered to."""
        return identity.find(self.do(by, "pass_on", **args)["link"])

    def handed_over(self, **args: Any) -> Actor:
        """The receiver, after the handover."""
        receiver = self.link("receiver")
        self.do(self.chair, "hand_over_result", **args)
        return receiver

    def another_owner(self, on: str, before: str, now: str) -> None:
        """The text was reopened, and names somebody else as its owner or as one of its parties."""
        with writing(self.id):
            text = by_record_id(on, (Goal, Agreement))
            assert text is not None
            text.content = json.loads(json.dumps(text.content).replace(json.dumps(before), json.dumps(now)))

    @contextmanager
    def after(self, days: int) -> Iterator[date]:
        """So many days after closing, at noon."""
        day = self.today + timedelta(days=days)
        with clock.frozen(datetime(day.year, day.month, day.day, 11, tzinfo=UTC)):
            yield day

    def seen_by(self, actor: Actor) -> dict[str, Any]:
        """What `GET /api/follow_up` answers."""
        return dispatch.follow_up(actor)

    def item(self, on: str, actor: Actor | None = None) -> dict[str, Any]:
        found = [item for item in self.seen_by(actor or self.chair)["items"] if item["id"] == on]
        assert len(found) == 1
        return found[0]
