"""Computing the checks of goals and agreements again when the text or the room has changed (docs/rules.md section 2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from ..clock import today
from ..extensions import db
from ..models import Agreement, Decision, Goal, Group, Idea, Participant, wordings
from ..rules import checks
from ..rules.dates import parse_date
from .context import Context


def recheck(context: Context) -> None:
    """Compute the checks of every goal and agreement of the workshop; stamp those whose checks have changed."""
    goals = _rows(context, Goal)
    agreements = _rows(context, Agreement)
    if not goals and not agreements:
        return
    checked_in = _checked_in(context)
    for goal in goals:
        _store(context, goal, checks.check_goal(goal.content, _goal_context(context, goal, checked_in)))
    by_id = {goal.record_id: goal for goal in goals}
    for agreement in agreements:
        _store(
            context,
            agreement,
            checks.check_agreement(agreement.content, _agreement_context(context, agreement, by_id)),
        )


def _rows(context: Context, model: Any) -> list[Any]:
    return list(
        db.session.scalars(
            select(model).where(model.workshop_id == context.workshop.id, model.state != "dropped")
        )
    )


def _store(context: Context, row: Goal | Agreement, found: list[checks.Check]) -> None:
    records = [check.as_record() for check in found]
    if list(row.checks) != records:
        row.checks = records
        context.touch(row)


def _checked_in(context: Context) -> dict[str, int]:
    rows = db.session.execute(
        select(Group.key, func.count(Participant.id))
        .join(Participant, Participant.group_id == Group.id)
        .where(Group.workshop_id == context.workshop.id, Participant.state == "active")
        .group_by(Group.key)
    )
    return dict(rows.all())


def _goal_context(context: Context, goal: Goal, checked_in: dict[str, int]) -> checks.GoalContext:
    workshop = context.workshop
    numbers = [int(record_id.partition(":")[2]) for record_id in goal.content.get("from_ideas") or []]
    keys = {group.id: group.key for group in workshop.groups}
    groups = db.session.execute(select(Idea.id, Idea.group_id).where(Idea.id.in_(numbers)))
    return checks.GoalContext(
        today=today(),
        checked_in=checked_in,
        idea_groups=tuple(keys.get(group or 0) for _idea, group in groups),
        privacy_minimum=workshop.privacy_minimum,
        lang=workshop.language,
    )


def _agreement_context(
    context: Context, agreement: Agreement, goals: dict[str, Goal]
) -> checks.AgreementContext:
    linked = [goals[goal] for goal in agreement.content.get("goals") or [] if goal in goals]
    stances_on = db.session.scalar(
        select(Decision.subject_version)
        .where(Decision.workshop_id == context.workshop.id, Decision.subject == agreement.record_id)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return checks.AgreementContext(
        today=today(),
        goals=tuple(
            checks.LinkedGoal(
                deadline=parse_date(goal.content.get("deadline") or ""),
                blocked=any(check["severity"] == "B" for check in goal.checks),
            )
            for goal in linked
        ),
        decision_level=context.workshop.decision_level,
        version=wordings.base_version(agreement),
        stances_on=stances_on,
    )
