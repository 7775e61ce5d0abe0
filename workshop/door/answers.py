"""The stored answers to command ids that may be sent again; they are deleted a day after the workshop has closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from workshop import faults
from workshop.clock import now
from workshop.extensions import db
from workshop.models import Answer, JournalEntry, Workshop
from workshop.store import writing_outside

#: a phone that was switched off sends its waiting commands when it is switched on again, at the latest the next day
KEPT = timedelta(days=1)


def forget_old() -> int:
    """Deletes the answers of closed workshops that are older than a day. Returns the number of workshops that had some.

    An answer has no time of its own: it is as old as its journal entry.
    """
    limit = now() - KEPT
    closed = select(Workshop.id).where(Workshop.state == "closed", Workshop.closed_at < limit)
    forgotten = 0
    for workshop_id in db.session.scalars(closed.where(Workshop.id.in_(select(Answer.workshop_id)))).all():
        with faults.survived(f"forgetting the answers of workshop {workshop_id}"):
            forgotten += _forget(workshop_id, limit)
    return forgotten


def _forget(workshop_id: int, limit: datetime) -> bool:
    here = JournalEntry.workshop_id == workshop_id
    newest = db.session.scalar(select(func.max(JournalEntry.seq)).where(here, JournalEntry.at < limit))
    if newest is None:
        return False
    old = (Answer.workshop_id == workshop_id, Answer.seq <= newest)
    if db.session.scalar(select(Answer.seq).where(*old).limit(1)) is None:
        return False
    with writing_outside():
        db.session.execute(delete(Answer).where(*old))
    return True
