"""The public page, where the promise lives: what `templates/record.html` shows. It needs no script and prints as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from workshop.export.document import Outcome
from workshop.export.promises.ideas import ideas
from workshop.export.promises.items import heads, items
from workshop.export.promises.minority import minority
from workshop.export.promises.today import today
from workshop.export.promises.told import Told
from workshop.export.promises.way import look_backs, way
from workshop.export.ring import seats
from workshop.export.words import Words
from workshop.export.written import labels, meta, title, written

#: In the order of the buttons; the last two stand together as data.
FILES = ("pdf_short", "docx_short", "pdf", "docx", "xlsx", "ics", "md", "csv", "json")
TOLD_ABOVE = frozenset({"agenda", "agreements", "goals", "intentions"})
"""Sections of the written record that the page tells in its own way."""
MOST_OPEN = 8
"""Of more items each is folded, and its heading says how it stands."""


@dataclass(frozen=True)
class Addresses:
    """Where things are found: each format that may be fetched by its key ("pdf", "pdf_short"), and the `checker`; the same page
    in the other language; the feeds by their media type; calendar and status. `etag` is that of the status shown."""

    files: Mapping[str, str] = field(default_factory=dict)
    other_language: str | None = None
    feeds: Sequence[tuple[str, str]] = ()
    calendar: str | None = None
    status: str | None = None
    etag: str = ""


def context(told: Told, at: Addresses) -> dict[str, Any]:
    """Returns the template's variables. The language of the page is the outcome's; the language people wrote in is said at
    their words where it is another."""
    outcome, words, found = told.outcome, told.words, items(told)
    sections = [one for one in written(outcome).sections if one.key not in TOLD_ABOVE]
    made = {
        "lang": outcome.language,
        "own": Markup(' lang="{}"').format(told.written_in) if told.written_in != outcome.language else "",
        "outcome": outcome,
        "words": words,
        "text": _Text(title(outcome, words), outcome, words, sections),
        "summary": summary(outcome, words),
        "today": today(told),
        "items": found,
        "folds": len(found) > MOST_OPEN,
        "heads": heads(told),
        "minority": minority(told),
        "small_groups": _small_groups(outcome, words),
        "ideas": ideas(told),
        "look_backs": look_backs(told),
        "way": way(told),
        "counted": words.moment(outcome.provenance.made_at),
        "seats": seats,
        "files": [(key, at.files[key]) for key in FILES if key in at.files],
        "checker": at.files.get("checker"),
        "other_language_url": at.other_language,
        "feeds": at.feeds,
        "calendar_url": at.calendar,
        "status_url": at.status,
        "etag": at.etag,
    }
    return made | {"contents": _contents(made, told)}


class _Text:
    """What stands at the head of the page and in its folded part."""

    def __init__(self, name: str, outcome: Outcome, words: Words, sections: Sequence[Any]) -> None:
        self.title = name
        self.heading = outcome.question or outcome.title
        self.labels = labels(outcome, words)
        self.meta = meta(outcome, words)
        self.sections = sections
        people = outcome.room.people.exact
        self.people = words("people_from_groups", n=people, groups=len(outcome.room.groups)) + "." if people else ""


def summary(outcome: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    """Returns what the result is, and who answers when."""
    found = [(words("summary.reach"), words.one_of("reach", outcome.mandate.decision_level))]
    given = outcome.mandate
    if given.receiving_body and given.response_due:
        answer = words("summary.answers", body=given.receiving_body, day=words.day(given.response_due))
        found.append((words("summary.receiver"), answer))
    elif given.receiving_body:
        found.append((words("summary.receiver"), given.receiving_body))
    return tuple(found)


def _contents(made: Mapping[str, Any], told: Told) -> list[tuple[str, str]]:
    """Returns the places of the page by their names; many items have one place together."""
    each = [] if made["folds"] else [(one.id, one.label) for one in made["items"]]
    rest = [(key, told.say(key.replace("-", "_"))) for key in ("minority", "room", "ideas", "look-backs", "way", "more")]
    there = {"minority": made["minority"], "ideas": made["ideas"]}
    return [("items", told.say("items")), *each, *(one for one in rest if there.get(one[0], True))]


def _small_groups(outcome: Outcome, words: Words) -> str:
    merged = any(len(one.keys) > 1 for one in outcome.room.groups)
    return words("room.small_groups", n=outcome.room.privacy_minimum) if merged else ""
