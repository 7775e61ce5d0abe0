"""Reads which goals an agreement serves, which agreements serve a goal, and what a decision was bound to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from workshop.extensions import db
from workshop.models.texts import Agreement, Goal, TextVersion
from workshop.models.votes import Decision
from workshop.rules.fingerprints import decided_hash, text_hash
from workshop.rules.record_ids import number_of


def goals_of(agreement: Agreement) -> list[Goal]:
    """Returns the goals an agreement serves, in its order, dropped ones included."""
    numbers = [number_of(record_id) for record_id in agreement.content.get("goals") or []]
    return [goal for number in numbers if (goal := db.session.get(Goal, number)) is not None]


_AGREEMENTS = (
    select(Agreement)
    .where(Agreement.workshop_id == bindparam("workshop"), Agreement.state != "dropped")
    .order_by(Agreement.id)
)


def agreements_for(goal: Goal) -> list[Agreement]:
    """Returns the agreements that serve a goal and were not dropped, the oldest first."""
    rows = db.session.scalars(_AGREEMENTS, {"workshop": goal.workshop_id})
    return [row for row in rows if goal.record_id in (row.content.get("goals") or [])]


def as_decided(text: Goal | Agreement) -> list[dict[str, Any]] | None:
    """Returns what a decision on the text is bound to beside its own words: `{goal, version, text_hash}` of each goal an
    agreement serves; None for a goal."""
    if not isinstance(text, Agreement):
        return None
    return [
        {"goal": goal.record_id, "version": goal.version, "text_hash": text_hash(goal.content)} for goal in goals_of(text)
    ]


def fingerprint_of(text: Goal | Agreement) -> str:
    """Returns the fingerprint that a decision on the text is bound to."""
    goals = as_decided(text)
    return text_hash(text.content) if goals is None else decided_hash(text.content, goals)


def is_asked_about(asked_hash: str, text: Goal | Agreement) -> bool:
    """Returns whether a round of consent asked about the present words. Older rounds have the first version of the
    fingerprint, which does not cover goals."""
    return asked_hash in (fingerprint_of(text), text_hash(text.content))


def wordings_voted_on(decision: Decision) -> dict[str, TextVersion]:
    """Returns the versions of the goals that a decision was bound to, by the goal's record id."""
    found: dict[str, TextVersion] = {}
    for goal in decision.goals or []:
        version = db.session.scalar(
            select(TextVersion).where(TextVersion.text_id == goal["goal"], TextVersion.version == goal["version"])
        )
        if version is not None:
            found[goal["goal"]] = version
    return found
