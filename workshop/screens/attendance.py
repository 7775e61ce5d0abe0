"""Attendance over the day, for facilitators: each sample with its numbers per group (docs/rules.md section 10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.clock import stamp
from workshop.extensions import db
from workshop.models import Attendance, Workshop
from workshop.rules import attendance as rules
from workshop.rules.groups import EffectiveGroup


def attendance(workshop_id: int) -> list[dict[str, Any]]:
    """Returns `[{at, step, groups: [{key, joined, present}]}]`, the oldest sample first. A number from 1 to below the privacy
    minimum is None; groups that nobody had joined yet are left out."""
    minimum = db.session.scalar(select(Workshop.privacy_minimum).where(Workshop.id == workshop_id)) or 0
    rows = db.session.scalars(select(Attendance).where(Attendance.workshop_id == workshop_id).order_by(Attendance.at))
    return [_shown(row.as_sample(), minimum) for row in rows]


def _shown(sample: rules.Sample, minimum: int) -> dict[str, Any]:
    groups = [EffectiveGroup((key,), joined) for key, (joined, _) in sorted(sample.counts.items())]
    return {
        "at": stamp(sample.at),
        "step": sample.step,
        "groups": [
            {"key": one.keys[0], "joined": one.joined, "present": one.present} for one in rules.told(sample, groups, minimum)
        ],
    }
