"""Looking round the room from time to time: how many of each group have joined and are there (docs/rules.md section 10).

A look is a note and no change: it stamps nothing and is not in the journal (docs/decisions.md, 23).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from ..clock import now
from ..extensions import db
from ..models import Attendance, Step, Workshop
from ..rules import attendance as rules
from ..store import writing_outside
from . import voters


def look_round(workshop_ids: Iterable[int], moment: datetime | None = None) -> int:
    """Look round each of these rooms that is open and where it is time; answers in how many that was."""
    moment = moment or now()
    return sum(_look_round(workshop_id, moment) for workshop_id in workshop_ids)


def _look_round(workshop_id: int, moment: datetime) -> bool:
    """Asked first without a lock, for it is seldom time; and again under it, for another process may be quicker."""
    if not _is_time(workshop_id, moment):
        return False
    with writing_outside():
        locked = select(Workshop.id).where(Workshop.id == workshop_id, Workshop.state == "open").with_for_update()
        if db.session.scalar(locked) is None or not _is_time(workshop_id, moment):
            return False
        note(workshop_id, moment)
    return True


def _is_time(workshop_id: int, moment: datetime) -> bool:
    newest = select(Attendance.at).where(Attendance.workshop_id == workshop_id).order_by(Attendance.at.desc()).limit(1)
    return rules.is_due(db.session.scalar(newest), moment)


def note(workshop_id: int, moment: datetime, step: Step | None = None) -> None:
    """Write down who is there now, inside a write; a workshop that is open for long keeps fewer and fewer old looks."""
    joined, present = voters.joined(workshop_id), voters.present(workshop_id, moment)
    db.session.merge(
        Attendance(
            workshop_id=workshop_id,
            at=moment,
            step_id=step.id if step else None,
            counts={key: [people, present[key]] for key, people in sorted(joined.items()) if people},
        )
    )
    kept = db.session.scalars(select(Attendance).where(Attendance.workshop_id == workshop_id)).all()
    if len(kept) > rules.MOST:
        gone = {look.at for look in rules.too_many([row.as_look() for row in kept])}
        for row in kept:
            if row.at in gone:
                db.session.delete(row)
