"""The whole outcome as a written document, the page for the agenda first, for PDF, Word, Markdown and the public page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workshop.export.blocks import Section, Written
from workshop.export.document import Outcome
from workshop.export.parts import (
    agenda,
    agreements,
    ballots,
    decisions,
    frame,
    goals,
    hands,
    history,
    method,
    results,
)
from workshop.export.words import Words


def written(outcome: Outcome, *, short: bool = False) -> Written:
    """Returns the document in reading order. Sections without content are left out; `short` gives only the page for the agenda
    and the page of results."""
    words = Words(outcome)
    first = [one for one in (agenda.agenda(outcome, words), results.results(outcome, words)) if one is not None]
    whole = [] if short else [one for one in _whole(outcome, words) if one is not None]
    sections = (*first, *(replace(one, new_page=place == 0) for place, one in enumerate(whole)))
    return Written(
        title=title(outcome, words),
        heading=outcome.question or outcome.title,
        labels=labels(outcome, words),
        meta=meta(outcome, words),
        sections=sections,
    )


def _whole(outcome: Outcome, words: Words) -> Iterator[Section | None]:
    """Yields the sections after the first two pages: every text in full, and how it came about."""
    yield agreements.agreed(outcome, words)
    yield goals.agreed(outcome, words)
    yield agreements.intentions(outcome, words)
    yield decisions.in_every_group(outcome, words)
    yield decisions.commitments(outcome, words)
    yield from goals.unsettled(outcome, words)
    yield frame.mandate(outcome, words)
    yield frame.ground_rules(outcome, words)
    yield ballots.section(outcome, words)
    yield hands.shows(outcome, words)
    yield history.section(outcome, words)
    yield method.how(outcome, words)
    yield method.about(outcome, words)


def title(outcome: Outcome, words: Words) -> str:
    """Returns the document's title: the workshop's, with "eksempel" or "foreløbigt" where these apply."""
    return ", ".join((outcome.title, *labels(outcome, words)))


def labels(outcome: Outcome, words: Words) -> tuple[str, ...]:
    """Returns the labels that every copy must show: that it is an example, that it is not final."""
    found = []
    if outcome.example:
        found.append(words("label.example"))
    if outcome.state != "closed":
        found.append(words("label.interim"))
    return tuple(found)


def meta(outcome: Outcome, words: Words) -> tuple[str, ...]:
    """Returns the facts under the heading: which workshop, when, how many people, and who asked."""
    lines = [outcome.title] if outcome.question else []
    lines.append(words.day(outcome.held_on))
    if outcome.room.people.exact:
        lines.append(words("people_from_groups", n=outcome.room.people.exact, groups=len(outcome.room.groups)))
    if outcome.mandate.commissioning_body:
        lines.append(words("asked_by", body=outcome.mandate.commissioning_body))
    return tuple(lines)
