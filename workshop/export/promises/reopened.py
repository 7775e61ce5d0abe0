"""A reopened agreement on a page: its state, the reason, both versions field by field, and the answers of cards and parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workshop.catalogue import t
from workshop.clock import day_of
from workshop.export.document import Change, Decision
from workshop.export.parts.history import pairs
from workshop.export.promises.told import Told
from workshop.export.words import day_in_words, written_day
from workshop.rules.fields import FIELDS

Record = Mapping[str, Any]
_TABLE = {field.name: field for field in FIELDS["agreement"]}


@dataclass(frozen=True)
class Speech:
    """Formats fields in a language, for a page without an outcome (a `Voice` of `parts.history`)."""

    language: str

    def day(self, value: date | str | None) -> str:
        """Returns a day in words; a text that is no day unchanged."""
        return written_day(value, self.language)


@dataclass(frozen=True)
class Changed:
    """A field, or a row of a list, in the version in force and in the proposed one."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Party:
    """A party's answer as a sentence, and the text it wrote."""

    said: str
    words: str


@dataclass(frozen=True)
class NewVersion:
    """One new version. `in_force` says whether it is now the agreement; `result` is the cards' decision, once it is
    published."""

    state: str
    sentence: str
    reason: str
    changes: tuple[Changed, ...]
    parties: tuple[Party, ...]
    result: str
    in_force: bool


def new_version(one: Record, lang: str, result: str = "") -> NewVersion:
    """Returns the new version for one entry of an item's `reopened`."""
    facts = {
        "day": _day(one["at"], lang),
        "ended": _day(one["ended_at"], lang),
        "until": last_day(one, lang),
        "n": one["from_edition"],
        "new": one["edition"],
    }
    return NewVersion(
        one["state"],
        t(f"reopened.state.{one['state']}", lang, **facts),
        one["reason"],
        tuple(changes(one["changes"], lang)),
        tuple(Party(_said(party, lang), party["words"]) for party in one["parties"]),
        result,
        one["state"] == "carried",
    )


def in_short(item: Record, lang: str) -> str:
    """Returns a sentence for an agreement of which a new version is written or decided on; an empty text for any other."""
    newest = item["reopened"][-1] if item["reopened"] else None
    if newest is None or newest["state"] not in ("draft", "deciding"):
        return ""
    return t(f"reopened.short.{newest['state']}", lang, until=last_day(newest, lang))


def _said(party: Record, lang: str) -> str:
    answer = {True: "yes", False: "no", None: "silent"}[party["accepted"]]
    return t(f"reopened.party.{answer}", lang, party=party["party"])


def last_day(one: Record, lang: str) -> str:
    """Returns the last day on which cards and parties may answer, in words. They may answer until its end."""
    return _day(one["last_day"], lang)


def _day(value: str | None, lang: str) -> str:
    if not value:
        return ""
    return day_in_words(day_of(datetime.fromisoformat(value)) if "T" in value else date.fromisoformat(value), lang)


def changes(found: Sequence[Record], lang: str) -> Iterator[Changed]:
    """Yields each field that differs, in words; of a list each row that differs."""
    for one in found:
        field = _TABLE[one["field"]]
        for before, now in pairs(field, Change(one["field"], one["before"], one["now"]), Speech(lang)):
            yield Changed(t(field.label_key, lang), before, now)


def of_item(item: Record, told: Told) -> tuple[NewVersion, ...]:
    """Returns the new versions of an item as the public page shows them, the newest first."""
    voted = {one.id: one for one in told.outcome.decisions}
    return tuple(
        new_version(one, told.language, _result(voted.get(one["decision"]), told)) for one in reversed(item["reopened"])
    )


def _result(decision: Decision | None, told: Told) -> str:
    if decision is None:
        return ""
    said = (told.words.in_short(decision), told.words.overall(decision))
    return t("reopened.cards", told.language, result=" ".join(part for part in said if part))
