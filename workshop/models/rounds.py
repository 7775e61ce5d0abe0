"""Rounds of consent (docs/rules.md section 3): how many count towards the two on a text, and how many people answered."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from workshop.extensions import db
from workshop.models.rooms import Workshop
from workshop.models.texts import Consent, ConsentGiven, Objection

#: the outcome of a round whose text was changed
TEXT_CHANGED = "text_changed"


_ON = select(func.count()).select_from(Consent).where(Consent.on == bindparam("on"))
_ON_BEFORE = _ON.where(Consent.round < bindparam("before"))


def spent(on: str, before: int | None = None) -> int:
    """Returns how many rounds on this text count, with `before` only of those with a lower number. A round on the ground
    rules that ended because they were changed does not count."""
    wanted, given = (_ON, {"on": on}) if before is None else (_ON_BEFORE, {"on": on, "before": before})
    if on.startswith(f"{Workshop.kind}:"):
        wanted = wanted.where(Consent.outcome.is_distinct_from(TEXT_CHANGED))
    return db.session.scalar(wanted, given) or 0


def answers(consent: Consent) -> tuple[int, int]:
    """Returns how many people have answered a round, each once, and how many objections are open."""
    given = set(db.session.scalars(select(ConsentGiven.participant_id).where(ConsentGiven.consent_id == consent.id)))
    objectors = list(
        db.session.scalars(
            select(Objection.participant_id).where(Objection.consent_id == consent.id, Objection.state == "open")
        )
    )
    return len(given | set(objectors)), len(objectors)
