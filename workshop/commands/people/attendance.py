"""Attendance samples: how many of each group have joined and are present, taken from time to time (docs/rules.md
section 10).

An attendance sample is not a command: it does not move the clock and is not journalled (docs/decisions.md, 23).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select

from workshop import faults, locks
from workshop.clock import now
from workshop.commands.votes import electorate
from workshop.extensions import db
from workshop.models import Attendance, Step, Workshop
from workshop.rules import attendance as rules
from workshop.store import writing_outside


def take_samples(workshop_ids: Iterable[int], moment: datetime | None = None) -> int:
    """Takes a sample of each of these workshops that is open and in which one is due. Returns of how many."""
    moment = moment or now()
    taken = 0
    for workshop_id in workshop_ids:
        with faults.survived(f"sampling the attendance of workshop {workshop_id}"):
            taken += _sample_unless_locked(workshop_id, moment)
    return taken


def _sample_unless_locked(workshop_id: int, moment: datetime) -> bool:
    """Returns whether a sample was taken; a workshop that is locked is left for the next time."""
    try:
        return _sample(workshop_id, moment)
    except locks.Locked:
        return False


@locks.again
def _sample(workshop_id: int, moment: datetime) -> bool:
    """Whether a sample is due is read first without the lock, because it seldom is, and again with it, because another
    process may have taken one meanwhile."""
    if not _is_due(workshop_id, moment):
        return False
    with writing_outside():
        locked = select(Workshop.id).where(Workshop.id == workshop_id, Workshop.state == "open").with_for_update(nowait=True)
        if db.session.scalar(locked) is None or not _is_due(workshop_id, moment):
            return False
        note(workshop_id, moment)
    return True


def _is_due(workshop_id: int, moment: datetime) -> bool:
    # A sample in the future was taken before the clock was set back: it does not count.
    before = select(Attendance.at).where(Attendance.workshop_id == workshop_id, Attendance.at <= moment)
    newest = before.order_by(Attendance.at.desc()).limit(1)
    return rules.is_due(db.session.scalar(newest), moment)


_NUMBER = select(func.count()).select_from(Attendance).where(Attendance.workshop_id == bindparam("workshop"))


def note(workshop_id: int, moment: datetime, step: Step | None = None) -> None:
    """Stores how many are present now; called inside a write. The older the samples of a workshop, the fewer are kept."""
    joined, present = electorate.joined(workshop_id), electorate.present(workshop_id, moment)
    db.session.merge(
        Attendance(
            workshop_id=workshop_id,
            at=moment,
            step_id=step.id if step else None,
            counts={key: [people, present[key]] for key, people in sorted(joined.items()) if people},
        )
    )
    if (db.session.scalar(_NUMBER, {"workshop": workshop_id}) or 0) > rules.MOST:
        kept = db.session.scalars(select(Attendance).where(Attendance.workshop_id == workshop_id)).all()
        gone = {sample.at for sample in rules.too_many([row.as_sample() for row in kept])}
        for row in kept:
            if row.at in gone:
                db.session.delete(row)
