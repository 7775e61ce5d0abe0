"""A draft of an item for a committee's agenda, in the form Danish municipalities use: a Word file to be completed.

It quotes what the room agreed on and leaves open what only the administration can write.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Written

from workshop.export.document import Agreement, Goal, Outcome
from workshop.export.docx_styles import set_up
from workshop.export.plain import clean
from workshop.export.words import Words

SECTIONS = ("summary", "matter", "recommendation", "economy", "next", "annexes")
"""The headings in Danish: Resumé, Sagens kerne, Indstilling, Økonomi, Videre proces, Bilag."""


def render(outcome: Outcome, annexes: tuple[str, ...]) -> bytes:
    """Returns the draft as a .docx file. `annexes`: the names of the files that go with it."""
    words = Words(outcome)
    document = Document()
    set_up(document, outcome.language)
    document.core_properties.title, document.core_properties.author = clean(outcome.title), "Rundbord"
    document.add_paragraph(clean(outcome.title), "Title")
    document.add_paragraph(words("agenda_item.draft"), "Soft")
    for name in SECTIONS:
        document.add_paragraph(words(f"agenda_item.{name}"), "Heading 1")
        _WRITE[name](document, outcome, words, annexes)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _agreed(outcome: Outcome) -> list[Agreement | Goal]:
    return [*outcome.agreements_standing("agreed"), *outcome.goals_standing("agreed")]


def _title(text: Agreement | Goal) -> str:
    return clean(text.title if isinstance(text, Goal) else text.purpose)


def _summary(document: Written, outcome: Outcome, words: Words, _annexes: tuple[str, ...]) -> None:
    people = sum(group.people.exact or 0 for group in outcome.room.groups)
    document.add_paragraph(words("agenda_item.held", day=words.day(outcome.held_on), title=clean(outcome.title)))
    if people:
        document.add_paragraph(words("agenda_item.people", n=people))
    for one in _agreed(outcome):
        document.add_paragraph(f"{one.label}: {_title(one)}", "List Bullet")


def _matter(document: Written, outcome: Outcome, words: Words, _annexes: tuple[str, ...]) -> None:
    document.add_paragraph(words("agenda_item.question", question=clean(outcome.question)))
    for text in (outcome.mandate.fixed_frame, outcome.mandate.negotiable):
        if text:
            document.add_paragraph(clean(text), "Words")
    for one in _agreed(outcome):
        document.add_paragraph(f"{one.label}: {_title(one)}", "Heading 2")
        if isinstance(one, Goal):
            document.add_paragraph(
                words("agenda_item.goal", indicator=clean(one.indicator), target=clean(one.target), unit=clean(one.unit),
                      day=words.day(one.deadline), owner=clean(one.owner))
            )  # fmt: skip
            continue
        for party in one.parties:
            for given in party.contributions:
                by = f" ({words.day(given.by_when)})" if given.by_when else ""
                document.add_paragraph(
                    f"{clean(party.name)}: {clean(given.what)} {clean(given.how_much)}".strip() + by, "List Bullet"
                )


def _recommendation(document: Written, outcome: Outcome, words: Words, _annexes: tuple[str, ...]) -> None:
    document.add_paragraph(words("agenda_item.recommend", body=clean(outcome.mandate.receiving_body)))
    for one in _agreed(outcome):
        document.add_paragraph(words("agenda_item.answer", label=one.label, title=_title(one)), "List Number")


def _economy(document: Written, outcome: Outcome, words: Words, _annexes: tuple[str, ...]) -> None:
    said = [(one.label, clean(one.resources)) for one in outcome.agreements_standing("agreed") if one.resources]
    for label, resources in said:
        document.add_paragraph(f"{label}: {resources}", "List Bullet")
    document.add_paragraph(words("agenda_item.to_write"), "Soft")


def _next(document: Written, outcome: Outcome, words: Words, _annexes: tuple[str, ...]) -> None:
    if outcome.mandate.response_due:
        due = words.day(outcome.mandate.response_due)
        document.add_paragraph(words("agenda_item.due", day=due, body=clean(outcome.mandate.receiving_body)))
    for one in outcome.agreements_standing("agreed"):
        if one.review_date:
            document.add_paragraph(
                words("agenda_item.review", label=one.label, day=words.day(one.review_date)), "List Bullet"
            )


def _annexes(document: Written, _outcome: Outcome, _words: Words, annexes: tuple[str, ...]) -> None:
    for name in annexes:
        document.add_paragraph(name, "List Bullet")


_WRITE = {
    "summary": _summary,
    "matter": _matter,
    "recommendation": _recommendation,
    "economy": _economy,
    "next": _next,
    "annexes": _annexes,
}
