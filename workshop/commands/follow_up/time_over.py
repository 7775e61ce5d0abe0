"""When the follow-up of a workshop is over: a month after the last day on which anything is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from workshop.clock import day_of
from workshop.extensions import db
from workshop.models import (
    FollowUpDate,
    FollowUpLink,
    FollowUpReport,
    Handover,
    LookBack,
    Postponement,
    Subscription,
    Workshop,
)
from workshop.models.items import items
from workshop.rules.dates import as_day, days_after

GRACE = timedelta(days=31)
"""So long after its last day somebody may still report."""


def is_over(workshop: Workshop, today: date) -> bool:
    """Returns whether nothing is asked of anybody any more. Without a day of its own a follow-up lasts as long as names
    are kept."""
    if workshop.closed_at is None:
        return False
    kept = day_of(workshop.closed_at) + timedelta(days=workshop.retention_days)
    return today > max([kept, *(days_after(day, GRACE.days) for day in _days(workshop))])


def has_contacts(workshop: Workshop) -> bool:
    """Returns whether a name or an address of the follow-up is still kept."""
    named = (FollowUpLink.workshop_id == workshop.id, (FollowUpLink.address != "") | (FollowUpLink.name != ""))
    if db.session.scalar(select(FollowUpLink.token_id).where(*named).limit(1)) is not None:
        return True
    here = select(Subscription.token_hash).where(Subscription.workshop_id == workshop.id)
    return db.session.scalar(here.limit(1)) is not None


def _days(workshop: Workshop) -> Iterator[date]:
    for column, model in (
        (FollowUpDate.day, FollowUpDate),
        (FollowUpReport.next_date, FollowUpReport),
        (Handover.due, Handover),
        (Postponement.to, Postponement),
    ):
        yield from (day for day in db.session.scalars(select(column).where(model.workshop_id == workshop.id)) if day)
    for until in db.session.scalars(select(LookBack.until).where(LookBack.workshop_id == workshop.id)):
        yield day_of(until)
    for found in items(workshop):
        for field in ("review_date", "deadline"):
            day = as_day(found.content.get(field))
            yield from [day] if day is not None else []
