"""Closes votes whose deadline has passed, by the same command that a facilitator gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from workshop import faults
from workshop.clock import now
from workshop.commands.votes.ballots import GRACE
from workshop.door.perform import perform
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models.votes import VOTES, Decision
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused


def close_overdue(moment: datetime | None = None) -> int:
    """Closes every open ballot and decision whose deadline and grace have passed. Returns how many.

    Another process, or the facilitator, may have closed a vote meanwhile: it is left as it is.
    """
    limit = (moment or now()) - GRACE
    closed = 0
    for model in VOTES:
        due = db.session.execute(
            select(model.id, model.workshop_id).where(model.state == "open", model.ends_at < limit, *_here(model))
        ).all()
        for number, workshop_id in due:
            # A vote that cannot be closed must not keep the others from being closed.
            with faults.survived(f"closing {model.record_id_of(number)}, whose time is out,"):
                closed += _close(model.kind, number, workshop_id)
    return closed


def _here(model: Any) -> tuple[Any, ...]:
    """Returns what else a vote must be: one of the cards on a reopened agreement is closed by `follow_up.clockwork`."""
    return (Decision.electorate != "cards",) if model is Decision else ()


def _close(kind: str, number: int, workshop_id: int) -> bool:
    try:
        perform(Actor(SYSTEM, workshop_id), f"close_{kind}", {kind: str(RecordId(kind, number))})
    except Refused as refusal:
        if refusal.code in ("already", "not_found", "broken"):  # broken: locked, so the next time
            return False
        raise
    return True
