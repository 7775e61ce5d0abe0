"""The public record as a page: what `templates/record.html` shows. It needs no script and prints as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from workshop.export.document import Agreement, Goal, Outcome
from workshop.export.parts import agreements, goals
from workshop.export.ring import seats
from workshop.export.words import Words
from workshop.export.written import written

#: In the order of the buttons; the last two stand together as data.
FILES = ("pdf_short", "docx_short", "pdf", "docx", "xlsx", "ics", "md", "csv", "json")


def context(
    outcome: Outcome, files: Mapping[str, str], other_language_url: str | None = None, written_in: str | None = None
) -> dict[str, Any]:
    """Returns the template's variables.

    `files` is the address of each format that may be fetched, by its key ("pdf", "pdf_short"), and of the `checker`;
    `other_language_url` leads to the same record in the other language. The language of the page is the outcome's;
    `written_in` is the language people wrote in, said at their words where it is another.
    """
    words = Words(outcome)
    return {
        "lang": outcome.language,
        "own": Markup(f' lang="{written_in}"') if written_in not in (None, outcome.language) else "",
        "outcome": outcome,
        "words": words,
        "text": written(outcome),
        "agreed": [_agreement(one, outcome, words) for one in outcome.agreements_standing("agreed")],
        "intended": [_agreement(one, outcome, words) for one in outcome.agreements_standing("intention")],
        "goals": [_goal(one, outcome, words) for one in outcome.goals_standing("agreed")],
        "files": [(key, files[key]) for key in FILES if key in files],
        "checker": files.get("checker"),
        "other_language_url": other_language_url,
        "seats": seats,
        "summary": summary(outcome, words),
    }


def summary(outcome: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    """Returns what is seen at a glance: the result, what it is, and who answers when."""
    counts = [
        words("count.agreements", n=len(outcome.agreements_standing("agreed"))),
        words("count.goals", n=len(outcome.goals_standing("agreed"))),
    ]
    intended = len(outcome.agreements_standing("intention"))
    if intended:
        counts.append(words("count.intentions", n=intended))
    found = [
        (words("summary.result"), words.listed(counts)),
        (words("summary.reach"), words.one_of("reach", outcome.mandate.decision_level)),
    ]
    given = outcome.mandate
    if given.receiving_body and given.response_due:
        answer = words("summary.answers", body=given.receiving_body, day=words.day(given.response_due))
        found.append((words("summary.receiver"), answer))
    elif given.receiving_body:
        found.append((words("summary.receiver"), given.receiving_body))
    return tuple(found)


def _agreement(one: Agreement, outcome: Outcome, words: Words) -> dict[str, Any]:
    decision = outcome.decision_on(one)
    given = [
        {
            "name": agreements.named(party),
            "gives": agreements.given(party, words),
            "mandate": agreements.mandate(party, words),
        }
        for party in one.parties
    ]
    reservations, dissent = agreements.minority_words(decision, one.dissent, words)
    return {
        "id": one.id.replace(":", "-"),
        "heading": agreements.heading(one, words),
        "version": agreements.version(one, outcome, words),
        "wording": one.purpose,
        "parties": given,
        "terms": agreements.terms(one, words).pairs,
        "reservations": reservations,
        "dissent": dissent,
        "missing": agreements.open_points(one, words) if one.standing == "intention" else (),
    }


def _goal(one: Goal, outcome: Outcome, words: Words) -> dict[str, Any]:
    """Returns a goal as a line: its sentence, who and when, the figures; the rest under it."""
    decision = outcome.decision_on(one)
    reservations, dissent = agreements.minority_words(decision, (), words)
    return {
        "id": one.id.replace(":", "-"),
        "label": one.label,
        "title": one.title,
        "carried": goals.carried(one, outcome, words),
        "measure": goals.measure(one, words),
        "facts": goals.particulars(one, words).pairs,
        "reservations": reservations,
        "dissent": dissent,
    }
