"""Reads the outcome of a workshop from the database."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import func, select

import workshop as program
from workshop.catalogue import language as known_language
from workshop.clock import day_of, now
from workshop.export.document import Outcome, Provenance
from workshop.export.sources import hands, ideas, room, texts, votes
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import JournalEntry, Workshop


def outcome(workshop: Workshop, language: str | None = None, *, public: bool = False) -> Outcome:
    """Returns the whole outcome in a language (`da` or `en`; the workshop's own where none is given).

    `public` is for the public record and its files: it leaves out agreements that only their parties may read, and the
    contacts of contributions. Counts are those of the published results.
    """
    reading = Reading(workshop, known_language(language or workshop.language), public)
    published = votes.ballots(reading)
    return Outcome(
        key=sha256(workshop.lot_seed.encode()).hexdigest()[:16],
        language=reading.language,
        example=workshop.example,
        public=public,
        state=workshop.state,
        title=workshop.title,
        question=workshop.question,
        opened_on=_day(workshop.opened_at),
        closed_on=_day(workshop.closed_at) if workshop.state == "closed" else None,
        mandate=room.mandate(reading),
        room=room.room(reading),
        ground_rules=room.ground_rules(reading),
        agreements=texts.agreements(reading),
        goals=texts.goals(reading),
        decisions=votes.decisions(reading),
        commitments=texts.commitments(reading),
        ballots=published,
        ideas=ideas.ideas(reading, published),
        hidden_ideas=ideas.hidden(reading),
        withheld_agreements=len(reading.withheld),
        rules=votes.rules(reading),
        provenance=_provenance(workshop),
        hands=hands.shows_of_hands(reading),
    )


def _provenance(workshop: Workshop) -> Provenance:
    """Returns the present moment, the program's version, and the length and end of the journal."""
    entries = db.session.scalar(
        select(func.count()).select_from(JournalEntry).where(JournalEntry.workshop_id == workshop.id)
    )
    last = db.session.scalar(
        select(JournalEntry.hash).where(JournalEntry.workshop_id == workshop.id).order_by(JournalEntry.seq.desc()).limit(1)
    )
    return Provenance(now(), program.__version__, int(entries or 0), last)


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
