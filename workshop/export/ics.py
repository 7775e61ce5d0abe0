"""Renders the agreed dates as a calendar: deadlines, first steps, contributions, reviews, answers.

Entries are all-day and have stable ids, so importing the file again moves an entry instead of adding it twice. Only
what was agreed or intended has dates here; a text that cannot be read as a date is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workshop.export.document import Agreement, Goal, Outcome
from workshop.export.plain import clean
from workshop.export.words import Words
from workshop.export.written import title
from workshop.rules.dates import parse_date

if TYPE_CHECKING:
    from icalendar import Event

#: id within the outcome, day, heading, text under it
Entry = tuple[str, date, str, str]

#: the id of the entry for the day by which the receiver answers
ANSWER = "workshop-answer"


def render(outcome: Outcome) -> bytes:
    """Returns the outcome's dates as an iCalendar file."""
    # Loaded here because it takes long to load: a server that starts, and what only needs `entries`, does without.
    from icalendar import Calendar

    words = Words(outcome)
    calendar = Calendar()
    calendar.add("prodid", f"-//Rundbord//{outcome.provenance.program_version}//{outcome.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(title(outcome, words)))
    calendar.add("x-wr-caldesc", clean(outcome.question or outcome.title))
    # For those who check the file; calendar programs do not show unknown properties.
    calendar.add("x-rundbord-journal", clean(_provenance(outcome, words)))
    for key, day, heading, about in sorted(entries(outcome, words), key=lambda entry: (entry[1], entry[0])):
        calendar.add_component(_event(outcome, key, day, heading, about, words))
    return bytes(calendar.to_ical())


def _provenance(outcome: Outcome, words: Words) -> str:
    """Returns the length and end of the journal as text, and how to check them."""
    made = outcome.provenance
    end = f"{words('about.hash')}: {made.journal_hash or words('about.no_hash')}"
    return f"{words('about.entries')}: {made.journal_entries}. {end}. {words('about.check', entries=made.journal_entries)}"


def _event(outcome: Outcome, key: str, day: date, heading: str, about: str, words: Words) -> Event:
    from icalendar import Event

    label = f" ({words('label.example')})" if outcome.example else ""
    event = Event()
    event.add("uid", f"{key}@{outcome.key}.rundbord")
    event.add("dtstamp", outcome.provenance.made_at)
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    # `date.max` has no next day. Without an end the event also lasts one day (RFC 5545, 3.6.1).
    event.add("summary", clean(heading) + label)
    event.add("description", clean(about))
    event.add("transp", "TRANSPARENT")
    return event


def entries(outcome: Outcome, words: Words) -> Iterator[Entry]:
    """Yields the dates of what was agreed or intended, and of the receiver's answer."""
    for goal in outcome.goals_standing("agreed"):
        yield from _of_goal(goal, words)
    for standing in ("agreed", "intention"):
        for agreement in outcome.agreements_standing(standing):
            yield from _of_agreement(agreement, words)
    due = outcome.mandate.response_due
    if due is not None:
        body = outcome.mandate.receiving_body or words("calendar.receiver")
        yield ANSWER, due, words("calendar.answer", body=body), outcome.title


def _of_goal(goal: Goal, words: Words) -> Iterator[Entry]:
    key = goal.id.replace(":", "-")
    if (day := parse_date(goal.deadline)) is not None:
        yield f"{key}-deadline", day, words("calendar.deadline", label=goal.label), goal.title
    if (day := parse_date(goal.first_step_due)) is not None:
        heading = words("calendar.first_step", label=goal.label)
        yield f"{key}-first-step", day, heading, f"{goal.first_step}\n{goal.title}"
    if not goal.baseline and (day := parse_date(goal.baseline_date)) is not None:
        yield f"{key}-baseline", day, words("calendar.baseline", label=goal.label), goal.title


def _of_agreement(agreement: Agreement, words: Words) -> Iterator[Entry]:
    key, about = agreement.id.replace(":", "-"), agreement.purpose
    for field, text in (("review", agreement.review_date), ("end", agreement.end_date)):
        if (day := parse_date(text)) is not None:
            yield f"{key}-{field}", day, words(f"calendar.{field}", label=agreement.label), about
    for place, party in enumerate(agreement.parties, 1):
        for number, one in enumerate(party.contributions, 1):
            if (day := parse_date(one.by_when)) is not None:
                heading = words("calendar.contribution", label=agreement.label, party=party.name)
                given = ", ".join(part for part in (one.what, one.how_much) if part)
                yield f"{key}-party-{place}-gives-{number}", day, heading, f"{given}\n{about}"
        if party.mandate == "must_ask" and (day := parse_date(party.answer_by)) is not None:
            named = "calendar.mandate.from" if party.ask_whom else "calendar.mandate"
            heading = words(named, label=agreement.label, party=party.name, whom=party.ask_whom)
            yield f"{key}-party-{place}-asks", day, heading, f"{party.ask_whom}\n{about}"
