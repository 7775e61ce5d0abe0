"""The days on which a workshop's promises are reviewed, and the last day of its follow-up. Until then its cards and links are
valid, and the addresses given for links are kept (docs/rules.md section 11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import bindparam, select

from workshop.clock import day_of, last_day_before, today
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
    """Returns the day on which an agreement is reviewed; None for an item without one."""
    return as_day(found.content.get("review_date"))


def follow_up_ends(workshop: Workshop) -> date:
    """Returns the last day of the follow-up: one month after the last of the days of `_days`. It moves when they do."""
    closed = day_of(workshop.closed_at or workshop.created_at)
    return last_day(_days(workshop), closed)


def is_over(workshop: Workshop, day: date) -> bool:
    """Returns whether the follow-up is over on a day; never for a workshop that is not closed."""
    return workshop.closed_at is not None and day > follow_up_ends(workshop)


def check_follow_up(role: str, workshop_id: int | None) -> None:
    """Raises `Refused("ended")` with the fact `over`, the last day, once the follow-up is over, for the roles that links of
    the follow-up let in; never for other roles."""
    if role not in FOLLOWERS:
        return
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is not None and is_over(workshop, today()):
        raise Refused("ended", "link", over=follow_up_ends(workshop).isoformat())


_RHYTHM = select(FollowUpDate.day).where(FollowUpDate.workshop_id == bindparam("workshop"))
_REPORTS = (
    select(FollowUpReport.on, FollowUpReport.party, FollowUpReport.next_date)
    .where(FollowUpReport.workshop_id == bindparam("workshop"))
    .order_by(FollowUpReport.id)
)
_HANDOVERS = select(Handover.due, Handover.at).where(Handover.workshop_id == bindparam("workshop")).order_by(Handover.id)
_POSTPONED = (
    select(Postponement.on, Postponement.by_body, Postponement.to, Postponement.at)
    .where(Postponement.workshop_id == bindparam("workshop"))
    .order_by(Postponement.id)
)
_ENDS = [
    select(LookBack.until).where(LookBack.workshop_id == bindparam("workshop")),
    select(Decision.ends_at).where(Decision.workshop_id == bindparam("workshop"), Decision.electorate == "cards"),
]


def _days(workshop: Workshop) -> Iterator[date]:
    """Yields each day of review of an agreement, deadline of a goal, day of the rhythm, next date of the newest report of each
    owner, day an answer is due or was last postponed to, and last day of a look-back or of a decision by the cards."""
    owners = {}
    for found in items(workshop):
        owners[found.id] = found.owners
        yield from (day for day in (review_day(found), as_day(found.content.get("deadline"))) if day is not None)
    here = {"workshop": workshop.id}
    yield from db.session.scalars(_RHYTHM, here)
    newest = {(on, party): day for on, party, day in db.session.execute(_REPORTS, here)}
    yield from (day for (on, party), day in newest.items() if day is not None and party in owners.get(on, ()))
    yield from _days_of_answers(here)
    for ends in _ENDS:
        yield from (last_day_before(moment) for moment in db.session.scalars(ends, here) if moment is not None)


def _days_of_answers(here: dict[str, int]) -> Iterator[date]:
    """Yields the day by which the newest handover wants answers, and the last day each body postponed an item to since."""
    handovers = db.session.execute(_HANDOVERS, here).all()
    if not handovers:
        return
    due, began = handovers[-1]
    yield due
    yield from {(on, body): to for on, body, to, at in db.session.execute(_POSTPONED, here) if at >= began}.values()
