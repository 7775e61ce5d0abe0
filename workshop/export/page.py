"""The content of the public page (`templates/record.html`). The page needs no script and can be printed as it is."""

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

#: in the order of the buttons; the page shows the last three less prominently
FILES = ("pdf_short", "docx_short", "pdf", "docx", "xlsx", "ics", "md", "csv", "json")
TOLD_ABOVE = frozenset({"agenda", "agreements", "goals", "intentions"})
"""Sections of the written document that the page shows in its own form above."""
MOST_OPEN = 8
"""With more items than this each is folded, and its heading shows its state."""


@dataclass(frozen=True)
class Addresses:
    """The addresses that the page links to: the files by their format ("pdf", "pdf_short") with the `checker`; the page in the
    other language; the feeds with their media type; calendar and status. `etag` is the ETag of the status that is shown."""

    files: Mapping[str, str] = field(default_factory=dict)
    other_language: str | None = None
    feeds: Sequence[tuple[str, str]] = ()
    calendar: str | None = None
    status: str | None = None
    etag: str = ""


def context(told: Told, at: Addresses) -> dict[str, Any]:
    """Returns the template's variables. The page is in the outcome's language; texts that people wrote in another language are
    marked with it."""
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
    """The top of the page, and the sections in its folded part."""

    def __init__(self, name: str, outcome: Outcome, words: Words, sections: Sequence[Any]) -> None:
        self.title = name
        self.heading = outcome.question or outcome.title
        self.labels = labels(outcome, words)
        self.meta = meta(outcome, words)
        self.sections = sections
        people = outcome.room.people.exact
        self.people = words("people_from_groups", n=people, groups=len(outcome.room.groups)) + "." if people else ""


def summary(outcome: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    """Returns labelled facts: how far the result binds, and who answers by when."""
    found = [(words("summary.reach"), words.one_of("reach", outcome.mandate.decision_level))]
    given = outcome.mandate
    if given.receiving_body and given.response_due:
        answer = words("summary.answers", body=given.receiving_body, day=words.day(given.response_due))
        found.append((words("summary.receiver"), answer))
    elif given.receiving_body:
        found.append((words("summary.receiver"), given.receiving_body))
    return tuple(found)


def _contents(made: Mapping[str, Any], told: Told) -> list[tuple[str, str]]:
    """Returns the entries of the table of contents, (anchor, name); if items are folded, they have one entry together."""
    each = [] if made["folds"] else [(one.id, one.label) for one in made["items"]]
    rest = [(key, told.say(key.replace("-", "_"))) for key in ("minority", "room", "ideas", "look-backs", "way", "more")]
    there = {"minority": made["minority"], "ideas": made["ideas"]}
    return [("items", told.say("items")), *each, *(one for one in rest if there.get(one[0], True))]


def _small_groups(outcome: Outcome, words: Words) -> str:
    merged = any(len(one.keys) > 1 for one in outcome.room.groups)
    return words("room.small_groups", n=outcome.room.privacy_minimum) if merged else ""
