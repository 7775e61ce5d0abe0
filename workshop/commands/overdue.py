"""Votes whose time is out are closed by the clock, through the same door as everything else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from ..clock import now
from ..extensions import db
from ..identity import SYSTEM, Actor
from ..models import Ballot, Decision
from ..rules.refusal import Refused
from . import papers
from .ballots import GRACE
from .perform import perform


def close_overdue(moment: datetime | None = None) -> int:
    """Close every open ballot and decision whose deadline and grace have passed; answer how many.

    Another process, or the facilitator, may be quicker: a vote that is closed by then is left as it is.
    """
    papers.forget_if_waiting()
    limit = (moment or now()) - GRACE
    closed = 0
    for model in (Ballot, Decision):
        due = db.session.execute(
            select(model.id, model.workshop_id).where(model.state == "open", model.ends_at < limit)
        ).all()
        for number, workshop_id in due:
            closed += _close(model.kind, number, workshop_id)
    return closed


def _close(kind: str, number: int, workshop_id: int) -> bool:
    try:
        perform(Actor(SYSTEM, workshop_id), f"close_{kind}", {kind: f"{kind}:{number}"})
    except Refused as refusal:
        if refusal.code in ("already", "not_found"):
            return False
        raise
    return True
