"""The personal trail: what became of a person's ideas, and the present state of that.

"My idea → merged with another → goal 3 → reworded → agreement B → carried in every group." It can be read by the re-entry
code until names and codes are erased.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.clock import stamp
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Agreement, Amendment, Decision, Goal, Idea, Participant, TextVersion
from workshop.models.by_kind import by_record_id
from workshop.models.reopening import not_in_force
from workshop.models.texts import TEXTS
from workshop.screens.mine import mine

Step = dict[str, Any]
#: what a trail leads to
_LEADS_TO: tuple[type[Idea] | type[Goal] | type[Agreement], ...] = (Idea, *TEXTS)
#: the field that names a text in one line
_TITLE = {"goal": "title", "agreement": "purpose"}


def trail(actor: Actor) -> dict[str, Any]:
    """Returns `{ideas: [{id, text, state, hidden_reason, became: [step]}], supports: [{id, text, state, became: [step]}],
    amendments: [{id, on, field, sort, state, answer}]}`; `supports` are ideas of others that the person supports.

    A step is an idea it was merged into (`{id, text}`), or a goal or agreement: `{id, title, state, version, reworded:
    [{version, at, cause, changed}], decision: {version, outcome, closed_at} | null}`. The outcome is the published one.
    """
    if actor.participant_id is None:
        return {"ideas": [], "supports": [], "amendments": []}
    person = db.session.get_one(Participant, actor.participant_id)
    things = mine(actor)
    own, supported = things["ideas"], things["supports"]
    steps = _steps({record_id for idea in (*own.values(), *supported.values()) for record_id in idea["became"]})
    ideas = [
        {
            "id": record_id,
            "text": idea["text"],
            "state": idea["state"],
            "hidden_reason": idea["hidden_reason"],
            "became": [steps[reached] for reached in idea["became"] if reached in steps],
        }
        for record_id, idea in own.items()
    ]
    supports = [
        {"id": record_id, **idea, "became": [steps[reached] for reached in idea["became"] if reached in steps]}
        for record_id, idea in supported.items()
    ]
    return {"ideas": ideas, "supports": supports, "amendments": _amendments(person)}


def _steps(record_ids: set[str]) -> dict[str, Step]:
    found: dict[str, Step] = {}
    for record_id in sorted(record_ids):
        reached = by_record_id(record_id, _LEADS_TO)
        assert reached is not None, "a trail leads to ideas and texts that are there"
        if isinstance(reached, Idea):
            # The text of an idea that was hidden or withdrawn since then is not shown here either.
            found[record_id] = {"id": record_id, "text": reached.text if reached.state in ("open", "merged") else None}
        else:
            found[record_id] = _text(reached)
    return found


def _text(text: Goal | Agreement) -> Step:
    versions = db.session.scalars(
        select(TextVersion)
        .where(TextVersion.text_id == text.record_id, TextVersion.version.between(2, text.version))
        .order_by(TextVersion.version)
    )
    return {
        "id": text.record_id,
        "title": text.content.get(_TITLE[text.kind]),
        "state": text.state,
        "version": text.version,
        "reworded": [
            {"version": row.version, "at": stamp(row.at), "cause": row.cause, "changed": list(row.changed)}
            for row in versions
        ],
        "decision": _decision(text.record_id),
    }


def _decision(text_id: str) -> dict[str, Any] | None:
    """Returns the last decision on a text that has a result, without decisions on new versions that are not in force."""
    row = db.session.scalar(
        select(Decision)
        .where(Decision.text_id == text_id, Decision.state == "closed", Decision.result.is_not(None))
        .where(Decision.id.not_in(not_in_force()))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if row is None or row.result is None:
        return None
    return {"version": row.text_version, "outcome": row.result.get("outcome"), "closed_at": stamp(row.closed_at)}


def _amendments(person: Participant) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Amendment).where(Amendment.participant_id == person.id).order_by(Amendment.id))
    return [
        {
            "id": row.record_id,
            "on": row.on,
            "field": row.field,
            "sort": row.variant,
            "state": row.state,
            "answer": row.answer,
        }
        for row in rows
    ]
