"""What the parts of the page share: the outcome, where its promises stand, the day, and how things are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from workshop.catalogue import t
from workshop.clock import day_of
from workshop.export.document import Agreement, Goal, Idea, Outcome
from workshop.export.words import Words

Record = Mapping[str, Any]
Text = Goal | Agreement | Idea


@dataclass(frozen=True)
class Told:
    """An outcome, the follow-up record of the same workshop (`screens.follow_up.follow_up`), and the day it stands on.
    `written_in` is the language in which people wrote their numbers."""

    outcome: Outcome
    status: Record
    today: date
    written_in: str

    @cached_property
    def words(self) -> Words:
        """The voice of the outcome."""
        return Words(self.outcome)

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.outcome.language

    def say(self, key: str, /, **facts: object) -> str:
        """Returns a text of this page, `public.<key>`, in its language."""
        return t(f"public.{key}", self.language, **facts)

    def clauses(self, parts: Sequence[str]) -> str:
        """Returns clauses as one sentence without its end: "a, b, og c"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("clauses", first=", ".join(parts[:-1]), last=parts[-1])

    def day(self, value: date | str | None) -> str:
        """Returns a day in words."""
        return self.words.day(value)

    def day_at(self, moment: str | None) -> str:
        """Returns the day of a moment as it travels, in words."""
        return self.words.day(day_of(moment_of(moment))) if moment else ""

    @cached_property
    def items(self) -> list[Record]:
        """The items of the record whose text the document shows, in its order."""
        return [item for item in self.status["items"] if item["id"] in self.texts]

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """The items by their id."""
        return {str(item["id"]): item for item in self.items}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The texts of the document by their id."""
        return {one.id: one for one in (*self.outcome.texts, *self.outcome.ideas)}

    def label(self, record_id: str) -> str:
        """Returns what an item is called: "Mål 2", "Aftale A", "Idé 14"."""
        return self.texts[record_id].label

    def title(self, record_id: str) -> str:
        """Returns the sentence an item is known by."""
        text = self.texts[record_id]
        return text.purpose if isinstance(text, Agreement) else text.title if isinstance(text, Goal) else text.text

    @property
    def receiver(self) -> str:
        """Returns the body that answers; a plain word where none is named."""
        named = (self.status["handover"] or {}).get("to") or self.outcome.mandate.receiving_body
        return str(named or self.say("receiver"))


def moment_of(text: str) -> datetime:
    """Returns a moment from the way it travels."""
    return datetime.fromisoformat(text)


def anchor(record_id: str) -> str:
    """Returns a record id as the name of a place on the page."""
    return record_id.replace(":", "-")
