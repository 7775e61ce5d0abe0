"""Who was there over the day, for facilitators: each look at the room with its numbers per group (docs/rules.md section 10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from ..clock import stamp
from ..extensions import db
from ..models import Attendance, Workshop
from ..rules import attendance as rules
from ..rules.groups import EffectiveGroup


def attendance(workshop_id: int) -> list[dict[str, Any]]:
    """`[{at, step, groups: [{key, joined, present}]}]`, the oldest look first. A number from one to under the privacy
    minimum is None; groups that nobody had joined yet are left out."""
    minimum = db.session.scalar(select(Workshop.privacy_minimum).where(Workshop.id == workshop_id)) or 0
    rows = db.session.scalars(
        select(Attendance).where(Attendance.workshop_id == workshop_id).order_by(Attendance.at)
    )
    return [_shown(row.as_look(), minimum) for row in rows]


def _shown(look: rules.Look, minimum: int) -> dict[str, Any]:
    groups = [EffectiveGroup((key,), joined) for key, (joined, _) in sorted(look.counts.items())]
    return {
        "at": stamp(look.at),
        "step": look.step,
        "groups": [
            {"key": one.keys[0], "joined": one.joined, "present": one.present}
            for one in rules.told(look, groups, minimum)
        ],
    }
