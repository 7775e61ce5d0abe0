"""The counts and settings of workshops that the organiser's pages show. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from workshop.extensions import db
from workshop.models import Agreement, Goal, Group, Idea, Participant, Step, Workshop


@dataclass(frozen=True)
class Glance:
    """One workshop with its counts. `step` is the title of the running step, if any."""

    workshop: Workshop
    people: int
    step: str | None
    ideas: int
    goals: int
    goals_agreed: int
    agreements: int
    agreements_agreed: int


def glances(workshops: Iterable[Workshop]) -> list[Glance]:
    """Returns each workshop with its counts. The number of SQL statements does not depend on the number of workshops."""
    rows = list(workshops)
    ids = [workshop.id for workshop in rows]
    people = _count(Participant, ids, Participant.state == "active")
    ideas = _count(Idea, ids, Idea.state.in_(("open", "merged")))
    goals = _count(Goal, ids, Goal.state != "dropped")
    goals_agreed = _count(Goal, ids, Goal.state == "agreed")
    agreements = _count(Agreement, ids, Agreement.state != "dropped")
    agreed = _count(Agreement, ids, Agreement.state == "agreed")
    running = dict(
        db.session.execute(
            select(Step.workshop_id, Step.title).where(Step.workshop_id.in_(ids), Step.state == "running")
        ).all()
    )
    return [
        Glance(
            workshop,
            people.get(workshop.id, 0),
            running.get(workshop.id),
            ideas.get(workshop.id, 0),
            goals.get(workshop.id, 0),
            goals_agreed.get(workshop.id, 0),
            agreements.get(workshop.id, 0),
            agreed.get(workshop.id, 0),
        )
        for workshop in rows
    ]


def _count(model: Any, ids: list[int], condition: ColumnElement[bool]) -> dict[int, int]:
    statement = (
        select(model.workshop_id, func.count()).where(model.workshop_id.in_(ids), condition).group_by(model.workshop_id)
    )
    return dict(db.session.execute(statement).all())


def of_organiser(organiser_id: int) -> list[Workshop]:
    """Returns an organiser's workshops: first those that are open, then drafts, then closed ones; within each the newest
    first."""
    rows = db.session.scalars(select(Workshop).where(Workshop.organiser_id == organiser_id).order_by(Workshop.id.desc()))
    order = {"open": 0, "draft": 1, "closed": 2}
    return sorted(rows, key=lambda workshop: order[workshop.state])


def joined(workshop_id: int) -> dict[int, int]:
    """Returns the number of people in each group, by the group's number. Removed people count too, because a group with any
    person cannot be removed."""
    rows = db.session.execute(
        select(Participant.group_id, func.count())
        .where(Participant.workshop_id == workshop_id)
        .group_by(Participant.group_id)
    )
    return dict(rows.all())


def groups(workshop_id: int) -> list[Group]:
    """Returns the groups in their order."""
    rows = db.session.scalars(select(Group).where(Group.workshop_id == workshop_id).order_by(Group.position, Group.id))
    return list(rows)


def missing(workshop: Workshop) -> list[str]:
    """Returns the names of the settings that are still empty although a workshop needs them before it decides (docs/rules.md
    section 1)."""
    needed = ("question", "commissioning_body", "receiving_body", "response_due", "promise")
    return [name for name in needed if not getattr(workshop, name)]
