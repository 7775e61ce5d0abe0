"""The whole outcome written out, agreements first: what PDF, Word and Markdown set."""

from __future__ import annotations

from workshop.export.blocks import Section, Written
from workshop.export.document import Outcome
from workshop.export.parts import agreements, ballots, decisions, frame, goals, hands, history, ideas, method
from workshop.export.words import Words


def written(outcome: Outcome) -> Written:
    """Returns the document in reading order. Sections that have nothing to say are left out."""
    words = Words(outcome)
    sections: list[Section | None] = [
        agreements.agreed(outcome, words),
        goals.agreed(outcome, words),
        agreements.intentions(outcome, words),
        decisions.in_every_group(outcome, words),
        decisions.commitments(outcome, words),
        *goals.unsettled(outcome, words),
        frame.mandate(outcome, words),
        frame.room(outcome, words),
        frame.ground_rules(outcome, words),
        ballots.shortlists(outcome, words),
        ballots.results(outcome, words),
        hands.shows(outcome, words),
        ideas.trails(outcome, words),
        history.section(outcome, words),
        method.how(outcome, words),
        method.about(outcome, words),
    ]
    return Written(
        title=title(outcome, words),
        heading=outcome.question or outcome.title,
        labels=labels(outcome, words),
        meta=meta(outcome, words),
        summary=summary(outcome, words),
        sections=tuple(section for section in sections if section is not None),
    )


def title(outcome: Outcome, words: Words) -> str:
    """Returns the document's title: the workshop's, with "eksempel" or "foreløbigt" where that is what it is."""
    return ", ".join((outcome.title, *labels(outcome, words)))


def labels(outcome: Outcome, words: Words) -> tuple[str, ...]:
    """Returns what must stand on every copy: that it is an example, that it is not final."""
    found = []
    if outcome.example:
        found.append(words("label.example"))
    if outcome.state != "closed":
        found.append(words("label.interim"))
    return tuple(found)


def meta(outcome: Outcome, words: Words) -> tuple[str, ...]:
    """Returns the line under the heading: what, when, how many, for whom."""
    lines = [outcome.title] if outcome.question else []
    lines.append(words.day(outcome.held_on))
    if outcome.room.people.exact:
        lines.append(words("people_from_groups", n=outcome.room.people.exact, groups=len(outcome.room.groups)))
    if outcome.mandate.commissioning_body:
        lines.append(words("asked_by", body=outcome.mandate.commissioning_body))
    return tuple(lines)


def summary(outcome: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    """Three things at a glance: the result, what it is, and who answers when."""
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
