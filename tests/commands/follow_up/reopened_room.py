"""A closed workshop whose agreement is reopened and decided on by cards and parties, for the tests."""

from __future__ import annotations

from typing import Any

from tests.commands.follow_up.card_room import CardRoom
from workshop import clock
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Agreement, TextVersion
from workshop.models.by_kind import by_record_id
from workshop.rules.fingerprints import text_hash
from workshop.store import writing

WHY = "Foreningen kan ikke nå det til sommer"


class ReopenedRoom(CardRoom):
    """A closed workshop whose agreement is reopened and decided on by cards and parties."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        text = self.in_force()
        with writing(self.id):
            # The room's texts are made without their first version.
            first = {"text_hash": text_hash(text.content), "content": dict(text.content), "at": clock.now()}
            made = {"by_role": "facilitator", "cause": "drafted", "version": 1, "text_id": self.agreement}
            db.session.add(TextVersion(workshop_id=self.id, **first, **made))

    def begin(self) -> None:
        self.do(self.organiser, "reopen_agreement", agreement=self.agreement, reason=WHY)

    def edit(self, revision: int = 1, **fields: Any) -> None:
        self.do(self.organiser, "edit_reopened", agreement=self.agreement, revision=revision, **fields)

    def decide(self, ahead: int = 14, **fields: Any) -> str:
        """The decision on a version that changes something."""
        self.begin()
        self.edit(**(fields or {"resources": "1.200 timer"}))
        made = self.do(self.organiser, "decide_reopened", agreement=self.agreement, until=self.day(ahead))
        return str(made["decision"])

    def stance(self, code: str, decision: str, stance: str = "for", **args: Any) -> None:  # type: ignore[override]
        self.do(self.card(code), "take_card_stance", decision=decision, stance=stance, **args)

    def party(self, name: str) -> Actor:
        return self.steward(self.agreement, name)

    def accept(self, *names: str, accepted: bool = True, words: str = "") -> None:
        for name in names:
            self.do(self.party(name), "accept_reopened", on=self.agreement, accepted=accepted, words=words)

    def finish(self) -> dict[str, Any]:
        return self.do(self.organiser, "close_reopened", agreement=self.agreement)

    def in_force(self) -> Agreement:
        db.session.rollback()
        found = by_record_id(self.agreement, (Agreement,))
        assert found is not None
        return found

    def newest(self) -> dict[str, Any]:
        return dict(self.item(self.agreement)["reopened"][-1])
