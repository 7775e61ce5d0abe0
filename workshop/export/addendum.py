"""The addendum to a filed record, for what was reported after filing: a Word file that names the record it adds to and lists
the reports since then."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from docx import Document

from workshop.clock import day_of
from workshop.export.document import Outcome
from workshop.export.docx_styles import set_up
from workshop.export.plain import clean
from workshop.export.words import Words
from workshop.screens.promises import Promises


@dataclass(frozen=True)
class Reported:
    """One report: on which item, by which party, for which day, and its texts."""

    on: str
    party: str
    day: date
    words: tuple[str, ...]


def reported_since(said: Promises, moment: datetime) -> list[Reported]:
    """Returns what owners and parties reported after a moment, in order of time."""
    found = [
        (row.at, Reported(row.on, row.party, row.date, (row.value or "", row.what_worked, row.what_went_wrong, row.lesson)))
        for rows in said.reports.values()
        for row in rows
    ]
    found += [
        (row.at, Reported(row.on, row.party, row.date, (row.words, row.evidence)))
        for rows in said.line_reports.values()
        for row in rows
    ]
    return [one for at, one in sorted(found, key=lambda pair: pair[0]) if at > moment]


def render(outcome: Outcome, earlier: str, filed_on: datetime, reports: Iterable[Reported]) -> bytes:
    """Returns the addendum as a .docx file. `earlier`: the SHA-256 of the record that was filed before."""
    words = Words(outcome)
    labels = {text.id: text.label for text in outcome.texts}
    document = Document()
    set_up(document, outcome.language)
    document.core_properties.title, document.core_properties.author = clean(outcome.title), "Rundbord"
    document.add_paragraph(words("addendum.title", title=clean(outcome.title)), "Title")
    document.add_paragraph(words("addendum.adds_to", day=words.day(day_of(filed_on))))
    document.add_paragraph(f"SHA-256: {earlier}", "Words")
    document.add_paragraph(words("addendum.reported"), "Heading 1")
    for one in reports:
        facts = {"label": labels.get(one.on, one.on), "party": clean(one.party), "day": words.day(one.day)}
        document.add_paragraph(words("addendum.report", **facts), "Heading 2")
        for said in filter(None, one.words):
            document.add_paragraph(clean(said), "Words")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
