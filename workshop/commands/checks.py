"""Computes the checks of goals and agreements again when a text or the people in the room have changed (docs/rules.md
section 2).

Two checks depend on the people: G13 on whether a group has any members, G15 on which groups are named on ideas. So joining
and leaving causes the checks to be computed only where one of these changes; `labels.following` handles G15.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from workshop.clock import today
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Agreement, Decision, Goal, Idea, headcount, labels, text_versions
from workshop.models.reopening import not_in_force
from workshop.rules import checks
from workshop.rules.dates import parse_date
from workshop.rules.record_ids import number_of


def recheck(context: Context) -> None:
    """Computes the checks of every goal and agreement of the workshop, and stamps those whose checks have changed. The
    number of statements does not depend on the number of texts."""
    goals = _rows(context, Goal)
    agreements = _rows(context, Agreement)
    if not goals and not agreements:
        return
    _check_goals(context, goals)
    _check_agreements(context, agreements, {goal.record_id: goal for goal in goals})


def people_changed(context: Context, before: int, now: int) -> None:
    """Computes the checks again if a group got its first member or lost its last."""
    if (before == 0) != (now == 0):
        recheck(context)


@cache
def _not_dropped(model: Any) -> Any:
    return select(model).where(model.workshop_id == bindparam("workshop"), model.state != "dropped")


def _rows(context: Context, model: Any) -> list[Any]:
    return list(db.session.scalars(_not_dropped(model), {"workshop": context.workshop.id}))


def _wordings(row: Goal | Agreement) -> list[tuple[dict[str, Any], bool]]:
    """Returns the words of a text as the room is shown them, and as they are being written where that is further on; with
    each, whether it is a draft."""
    shown = [(dict(row.content), False)]
    return shown if row.draft_content is None else [*shown, (dict(row.draft_content), True)]


def _store(context: Context, row: Goal | Agreement, found: list[checks.Check], draft: bool) -> None:
    records = [check.as_record() for check in found]
    if draft and row.draft_checks != records:
        row.draft_checks = records
        context.write.touch_draft(row)
    elif not draft and list(row.checks) != records:
        row.checks = records
        context.touch(row)


def _check_goals(context: Context, goals: list[Goal]) -> None:
    workshop, checked_in = context.workshop, headcount.by_key(context.workshop.id)
    wordings = [(goal, content, draft) for goal in goals for content, draft in _wordings(goal)]
    groups = _groups_of_ideas(context, {idea for _, content, _ in wordings for idea in _numbers(content.get("from_ideas"))})
    for goal, content, draft in wordings:
        ideas = _numbers(content.get("from_ideas"))
        about = checks.GoalContext(
            today=today(),
            checked_in=checked_in,
            idea_groups=tuple(groups[idea] for idea in ideas if idea in groups),
            lang=workshop.language,
        )
        _store(context, goal, checks.check_goal(content, about), draft)


def _numbers(record_ids: Any) -> list[int]:
    return [number_of(record_id) for record_id in record_ids or []]


_LABELLED = select(Idea.id, Idea.group_id, Idea.by_helper).where(Idea.id.in_(bindparam("ideas", expanding=True)))


def _groups_of_ideas(context: Context, ideas: Collection[int]) -> dict[int, str | None]:
    """Returns the key of the group each of these ideas is labelled with, by the idea's number; None for one without."""
    if not ideas:
        return {}
    keys = {group.id: group.key for group in context.workshop.groups}
    named = labels.shown(context.workshop)
    rows = db.session.execute(_LABELLED, {"ideas": list(ideas)})
    return {idea: keys.get(group or 0) if named.on(group, by_helper) else None for idea, group, by_helper in rows}


def _check_agreements(context: Context, agreements: list[Agreement], goals: dict[str, Goal]) -> None:
    if not agreements:
        return
    decided = _decided(context)
    versions = text_versions.base_versions(agreements)
    of_goals = text_versions.base_versions(list(goals.values()))
    goal_versions = {record_id: of_goals[goal.id] for record_id, goal in goals.items()}
    for agreement, content, draft in [(one, *wording) for one in agreements for wording in _wordings(one)]:
        version, decided_goals = decided.get(agreement.record_id, (None, []))
        about = checks.AgreementContext(
            today=today(),
            goals=tuple(_linked(goals.get(goal)) for goal in content.get("goals") or []),
            decision_level=context.workshop.decision_level,
            version=agreement.newest_version if draft else versions[agreement.id],
            stances_on=version,
            goals_moved=any(
                goal_versions.get(goal["goal"], goal["version"] + 1) > goal["version"] for goal in decided_goals
            ),
        )
        _store(context, agreement, checks.check_agreement(content, about), draft)


def _linked(goal: Goal | None) -> checks.LinkedGoal:
    if goal is None:
        # A dropped goal does not count as a goal of an agreement.
        return checks.LinkedGoal(blocked=True)
    return checks.LinkedGoal(
        deadline=parse_date(goal.content.get("deadline") or ""),
        blocked=any(check["severity"] == "B" for check in goal.checks),
    )


_DECIDED = (
    select(Decision.text_id, Decision.text_version, Decision.goals)
    .where(Decision.workshop_id == bindparam("workshop"), Decision.id.not_in(not_in_force()))
    .order_by(Decision.id)
)


def _decided(context: Context) -> dict[str, tuple[int, list[dict[str, Any]]]]:
    """Returns, by the record id of each text, the version that the newest decision on it was about, and the goals with
    their versions that the decision was bound to."""
    rows = db.session.execute(_DECIDED, {"workshop": context.workshop.id})
    return {text_id: (version, list(goals or [])) for text_id, version, goals in rows}


def blocking_of_reopened(context: Context, agreement: Agreement, content: dict[str, Any]) -> list[str]:
    """Returns the codes of what keeps a decision on the new version of an agreement from opening."""
    goals = {goal.record_id: goal for goal in _rows(context, Goal)}
    about = checks.AgreementContext(
        today=today(),
        goals=tuple(_linked(goals.get(goal)) for goal in content.get("goals") or []),
        decision_level=context.workshop.decision_level,
        version=agreement.version,
    )
    return sorted({check.code for check in checks.blocking(checks.check_agreement(content, about))})
