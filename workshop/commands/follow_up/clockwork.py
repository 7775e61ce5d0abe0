"""Opens and closes by the clock what those who hold a card are asked, by the same commands that the organiser gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from workshop import faults
from workshop.clock import day_of, now
from workshop.commands.follow_up.look_backs import GRACE, last_day_of_clock, to_be_asked
from workshop.door.perform import perform
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import Decision, LookBack, Reopening, Workshop, card_box
from workshop.models.reviews import follow_up_ends
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused

#: somebody else was first, or the workshop is in use or locked: then it is left for the next time
_LEFT = frozenset({"already", "not_found", "not_open", "wrong_step", "too_many", "broken"})


def close_overdue(moment: datetime | None = None) -> int:
    """Closes every look-back whose last day and grace have passed. Returns how many."""
    limit = (moment or now()) - GRACE
    wanted = select(LookBack.id, LookBack.workshop_id).where(LookBack.state == "open", LookBack.until < limit)
    closed = 0
    for number, workshop_id in db.session.execute(wanted).all():
        with faults.survived(f"closing look-back {number}, whose time is out,"):
            closed += _perform(workshop_id, "close_look_back", look_back=str(RecordId(LookBack.kind, number)))
    return closed


def close_reopened(moment: datetime | None = None) -> int:
    """Closes every decision on a reopened agreement whose last day and grace have passed. Returns how many."""
    limit = (moment or now()) - GRACE
    wanted = (
        select(Reopening.on, Reopening.workshop_id)
        .join(Decision, Decision.id == Reopening.decision_id)
        .where(Reopening.state == "deciding", Decision.ends_at < limit)
    )
    closed = 0
    for on, workshop_id in db.session.execute(wanted).all():
        with faults.survived(f"closing the decision on the new version of {on}, whose time is out,"):
            closed += _perform(workshop_id, "close_reopened", agreement=on)
    return closed


def open_due(moment: datetime | None = None) -> int:
    """Opens a look-back in every closed workshop where a day of review has come and somebody holds a card that is still
    valid. Returns how many. Two processes open one: the command asks again, inside the lock, what is due."""
    today = day_of(moment or now())
    opened = 0
    for workshop_id in card_box.workshops_with_cards():
        with faults.survived(f"opening the look-back of workshop {workshop_id}"):
            workshop = db.session.get_one(Workshop, workshop_id)
            due = to_be_asked(workshop, today) if workshop.state == "closed" else []
            if due and today <= follow_up_ends(workshop):
                opened += _perform(workshop_id, "open_look_back", on=due, until=last_day_of_clock(today).isoformat())
    return opened


def _perform(workshop_id: int, name: str, **args: Any) -> bool:
    try:
        perform(Actor(SYSTEM, workshop_id), name, args)
    except Refused as refusal:
        if refusal.code in _LEFT:
            return False
        raise
    return True
