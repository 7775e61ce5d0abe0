"""What became of an idea: the idea it was merged into, the goals that build on either, the agreements that serve those."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from workshop.extensions import db
from workshop.models import Agreement, Goal, Idea

Reach = Callable[[Any], list[str]]


def became(workshop_id: int, has_goals: bool) -> Reach:
    """Returns a function that gives the record ids of what an idea became. The texts are read once, for all ideas.
    `has_goals` says whether the workshop has any goals."""
    if not has_goals:
        return _merged_only
    goals = _by_link(Goal, workshop_id, "from_ideas")
    agreements = _by_link(Agreement, workshop_id, "goals")

    def trail(idea: Any) -> list[str]:
        into = _merged_only(idea)
        reached = [goal for record_id in (Idea.record_id_of(idea.id), *into) for goal in goals.get(record_id, [])]
        carried = [agreement for goal in reached for agreement in agreements.get(goal, [])]
        return list(dict.fromkeys([*into, *reached, *carried]))

    return trail


def _by_link(model: type[Goal] | type[Agreement], workshop_id: int, field: str) -> dict[str, list[str]]:
    """Returns the record ids of the texts that were not dropped, by the record ids that their `field` names."""
    rows = db.session.execute(
        select(model.id, model.content).where(model.workshop_id == workshop_id, model.state != "dropped").order_by(model.id)
    )
    found: dict[str, list[str]] = {}
    for number, content in rows:
        for record_id in content.get(field) or []:
            found.setdefault(record_id, []).append(model.record_id_of(number))
    return found


def _merged_only(idea: Any) -> list[str]:
    """Returns the record id of the idea that an idea was merged into, as a list; empty where it was not merged."""
    return [Idea.record_id_of(idea.merged_into_id)] if idea.merged_into_id else []
