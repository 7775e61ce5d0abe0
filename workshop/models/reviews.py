"""The days on which a workshop's promises are reviewed, and until when its follow-up goes on: cards and links let in so long,
and the addresses of those who have links are kept so long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from workshop.clock import day_of, today
from workshop.extensions import db
from workshop.models.cards import LookBack
from workshop.models.follow_up import FollowUpDate, FollowUpReport, Handover, Postponement
from workshop.models.items import Item, items
from workshop.models.rooms import Workshop
from workshop.models.votes import Decision
from workshop.rules.dates import as_day
from workshop.rules.refusal import Refused
from workshop.rules.roles import FOLLOWERS
from workshop.rules.verdicts import last_day


def review_day(found: Item) -> date | None:
    """Returns the day an agreement is reviewed; None for an item without."""
    return as_day(found.content.get("review_date"))


def follow_up_ends(workshop: Workshop) -> date:
    """Returns the last day of the follow-up: one month after the last day on which anything is asked. It moves when one of
    these does."""
    closed = day_of(workshop.closed_at or workshop.created_at)
    return last_day(_days(workshop), closed)


def is_over(workshop: Workshop, day: date) -> bool:
    """Returns whether nothing is asked of anybody any more. Of a workshop that is not closed it is not."""
    return workshop.closed_at is not None and day > follow_up_ends(workshop)


def check_follow_up(role: str, workshop_id: int | None) -> None:
    """Raises `Refused("ended")` with `over`, the last day, for a link of the time after the seminar, and for whoever was let
    in by it, once that is past."""
    if role not in FOLLOWERS:
        return
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is not None and is_over(workshop, today()):
        raise Refused("ended", "link", over=follow_up_ends(workshop).isoformat())


def _days(workshop: Workshop) -> Iterator[date]:
    """Yields each day of review of an agreement, deadline of a goal, day of the rhythm, day that a report names as its next,
    day an answer is due or was postponed to, and end of what the cards were asked."""
    for found in items(workshop):
        yield from (day for day in (review_day(found), as_day(found.content.get("deadline"))) if day is not None)
    for column, model in (
        (FollowUpDate.day, FollowUpDate),
        (FollowUpReport.next_date, FollowUpReport),
        (Handover.due, Handover),
        (Postponement.to, Postponement),
    ):
        yield from (day for day in db.session.scalars(select(column).where(model.workshop_id == workshop.id)) if day)
    of_cards = (Decision.workshop_id == workshop.id, Decision.electorate == "cards")
    for ends in (
        select(LookBack.until).where(LookBack.workshop_id == workshop.id),
        select(Decision.ends_at).where(*of_cards),
    ):
        # It is open until the end of its last day.
        yield from (day_of(moment - timedelta(seconds=1)) for moment in db.session.scalars(ends) if moment is not None)
