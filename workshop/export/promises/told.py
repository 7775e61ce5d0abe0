"""What the parts of the public page share: the outcome, its follow-up, the day, and the names of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from workshop.catalogue import t
from workshop.clock import day_of, last_day_before
from workshop.export.document import Agreement, Goal, Idea, Outcome
from workshop.export.words import Words

Record = Mapping[str, Any]
Text = Goal | Agreement | Idea


@dataclass(frozen=True)
class Told:
    """An outcome, the follow-up record of the same workshop (`screens.follow_up.follow_up`), and its day. `written_in` is the
    workshop's language, in which people wrote their numbers."""

    outcome: Outcome
    status: Record
    today: date
    written_in: str

    @cached_property
    def words(self) -> Words:
        """Returns the sentences of the outcome (`Words`)."""
        return Words(self.outcome)

    @property
    def language(self) -> str:
        """Returns the language of the page."""
        return self.outcome.language

    def say(self, key: str, /, **facts: object) -> str:
        """Returns a text of this page, `public.<key>`, in its language."""
        return t(f"public.{key}", self.language, **facts)

    def clauses(self, parts: Sequence[str]) -> str:
        """Returns clauses joined as one sentence without a full stop: "a, b, og c"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("clauses", first=", ".join(parts[:-1]), last=parts[-1])

    def day(self, value: date | str | None) -> str:
        """Returns a day in words."""
        return self.words.day(value)

    def day_at(self, moment: str | None) -> str:
        """Returns the day of a moment in ISO 8601, in words."""
        return self.words.day(day_of(moment_of(moment))) if moment else ""

    def last_day(self, one: Record) -> date:
        """Returns the last day of a look-back, or the day on which it was closed before that."""
        planned = last_day_before(moment_of(one["until"]))
        return min(day_of(moment_of(one["closed_at"])), planned) if one["closed_at"] else planned

    @cached_property
    def items(self) -> list[Record]:
        """Returns the items of the record whose text the document shows, in its order."""
        return [item for item in self.status["items"] if item["id"] in self.texts]

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Returns the items by their id."""
        return {str(item["id"]): item for item in self.items}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """Returns the texts of the document by their id."""
        return {one.id: one for one in (*self.outcome.texts, *self.outcome.ideas)}

    def label(self, record_id: str) -> str:
        """Returns the name of an item: "Mål 2", "Aftale A", "Idé 14"."""
        return self.texts[record_id].label

    def title(self, record_id: str) -> str:
        """Returns the main sentence of an item."""
        text = self.texts[record_id]
        return text.purpose if isinstance(text, Agreement) else text.title if isinstance(text, Goal) else text.text

    @property
    def receiver(self) -> str:
        """Returns the body that answers; a general word where none is named."""
        named = (self.status["handover"] or {}).get("to") or self.outcome.mandate.receiving_body
        return str(named or self.say("receiver"))


def moment_of(text: str) -> datetime:
    """Returns a moment from ISO 8601."""
    return datetime.fromisoformat(text)


def anchor(record_id: str) -> str:
    """Returns the anchor of a record on the page."""
    return record_id.replace(":", "-")
