"""The days on which a workshop's promises are reviewed, and until when its follow-up cards are valid."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from workshop.clock import day_of
from workshop.extensions import db
from workshop.models.cards import LookBack
from workshop.models.follow_up import FollowUpDate
from workshop.models.items import Item, items
from workshop.models.rooms import Workshop
from workshop.rules.dates import as_day
from workshop.rules.verdicts import last_day


def review_day(found: Item) -> date | None:
    """Returns the day an agreement is reviewed; None for an item without."""
    return as_day(found.content.get("review_date"))


def cards_end(workshop: Workshop) -> date:
    """Returns the last day on which the workshop's cards let in: one month after the last review of an agreement, deadline
    of a goal, day of the rhythm or end of a look-back. It moves when one of these does."""
    days = [day for found in items(workshop) for day in (review_day(found), as_day(found.content.get("deadline")))]
    days += db.session.scalars(select(FollowUpDate.day).where(FollowUpDate.workshop_id == workshop.id))
    ends = db.session.scalars(select(LookBack.until).where(LookBack.workshop_id == workshop.id))
    days += [day_of(moment) for moment in ends]
    closed = day_of(workshop.closed_at or workshop.created_at)
    return last_day((day for day in days if day is not None), closed)
