"""Shows drafts whose editor has gone silent, by the same command that a facilitator gives."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from workshop import faults
from workshop.clock import now
from workshop.commands.texts.drafts import SILENT
from workshop.door.perform import perform
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models.texts import TEXTS
from workshop.rules.refusal import Refused


def show_silent(moment: datetime | None = None) -> int:
    """Shows every draft that nobody has gone on with for a minute. Returns how many.

    Somebody may have gone on, or shown it, meanwhile: it is left as it is. What is due is read from the rows, so a draft is
    shown after a restart too.
    """
    limit = (moment or now()) - SILENT
    shown = 0
    for model in TEXTS:
        due = db.session.execute(select(model.id, model.workshop_id).where(model.draft_at <= limit)).all()
        for number, workshop_id in due:
            # A draft that cannot be shown must not keep the others from being shown.
            with faults.survived(f"showing {model.record_id_of(number)}, whose editor is silent,"):
                shown += _show(model.record_id_of(number), workshop_id)
    return shown


def _show(record_id: str, workshop_id: int) -> bool:
    try:
        perform(Actor(SYSTEM, workshop_id), "show_text", {"on": record_id})
    except Refused as refusal:
        if refusal.code in ("already", "not_found", "broken", "closed"):  # broken: locked, so the next time
            return False
        raise
    return True
