"""Checks that an undo does not revert what others have done since (docs/decisions.md).

`check_held` compares columns: each must still hold what the command wrote, and nothing may refer to a row that the command
created. `check_rules` covers what columns do not show: a vote that has opened on these words, terms that a vote has fixed,
an idea that others have commented on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import exists, inspect, select

from workshop.clock import utc
from workshop.commands.ideas.ideas import on_ballots
from workshop.commands.undo_plan import Change, Plan
from workshop.door.context import Context
from workshop.door.registry import Command
from workshop.door.undo_log import from_json, stored
from workshop.extensions import db
from workshop.models import (
    Agreement,
    Ballot,
    Consent,
    ConsentGiven,
    Decision,
    Goal,
    Group,
    Idea,
    Objection,
    Participation,
    Step,
    Vote,
    Workshop,
    served,
)
from workshop.models.base import Stamped
from workshop.models.by_kind import by_kind
from workshop.rules.fingerprints import text_hash
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused

#: named instead of the columns of a participation, which would show who has voted
_VOTED = "turnout"


def check_action(context: Context, action: Command) -> None:
    """Raises `conflict` if the workshop has been closed since: an undo must not change what a command could not."""
    if context.workshop.state == "closed" and not action.while_closed:
        moved = [{"record": context.workshop.record_id, "fields": ["state"]}]
        raise Refused("conflict", "seq", moved=moved)


def check_held(plan: Plan) -> None:
    """Raises `conflict` naming every column that no longer holds what the command wrote, every row of it that others have
    used since, and every row it would refer to that is gone."""
    for change in plan.changes:
        if change.kind == "made":
            _check_made(plan, change)
        elif change.kind == "changed" and change.row is not None:
            _check_columns(plan, change)
        elif change.before and (change.row is None) == (change.kind == "changed"):
            # A changed row is gone, or one that was removed is there.
            plan.note(change.record)
        _check_targets(plan, change)
    plan.refuse()


def _check_made(plan: Plan, change: Change) -> None:
    row = change.row
    if row is None:
        return
    moved = [name for name, value in change.after.items() if stored(row, name) != value]
    if moved:
        plan.note(change.record, *([_VOTED] if isinstance(row, Participation) else moved))
    if isinstance(row, Stamped) and plan.named_since(row.record_id):
        plan.note(row.record_id)


def _check_columns(plan: Plan, change: Change) -> None:
    """Notes the columns that hold neither what the command wrote nor what they held before it."""
    moved = [
        name
        for name, value in change.after.items()
        if (now := stored(change.row, name)) != value and now != change.before[name]
    ]
    if moved:
        plan.note(change.record, *moved)


def _check_targets(plan: Plan, change: Change) -> None:
    """Notes the references that would be restored to a row that is gone and does not come back with the same undo."""
    coming = {(one.model.__tablename__, one.key[0]) for one in plan.changes if one.kind == "removed"}
    mapper = inspect(change.model)
    for name, value in change.before.items():
        for key in mapper.local_table.columns[name].foreign_keys:
            table = key.column.table.name
            if value is None or (table, value) in coming or _exists(key.column, value):
                continue
            plan.note(f"{table}:{value}")


def _exists(column: Any, value: Any) -> bool:
    return db.session.scalar(select(column).where(column == value)) is not None


def check_rules(context: Context, plan: Plan) -> None:
    """Raises `conflict` or `ended` for what a command would refuse too: an undo must not bypass the rules."""
    for change in plan.changes:
        if isinstance(change.row, Vote):
            _check_vote(context, plan, change)
        elif change.puts_back(Idea, "state", "merged_into_id"):
            _check_idea(context, plan, change)
        elif change.puts_back(Step, "state", "settings"):
            _check_step(plan, change.row)
        elif isinstance(change.row, Workshop):
            _check_workshop(context, plan, change)
        elif change.puts_back(Goal, "state") or change.puts_back(Agreement, "state"):
            _check_text(plan, change)
        elif change.puts_back(Consent, "state"):
            _check_round(plan, change.row)
        elif change.puts_back(Group, "name_da", "name_en", "level", "required"):
            for vote in plan.opened_since(Ballot, Decision):
                plan.note(vote.record_id)
    plan.refuse()


def _check_vote(context: Context, plan: Plan, change: Change) -> None:
    """Notes a vote that would be reopened: its papers are sealed or destroyed. Raises `ended` for a deadline that would be
    restored although it has passed."""
    if change.puts_back(change.model, "state"):
        plan.note(change.row.record_id, "state")
    elif change.puts_back(change.model, "ends_at"):
        before = change.value("ends_at")
        if change.row.state != "open":
            plan.note(change.row.record_id, "state")
        elif before is not None and utc(before) <= context.now():
            raise Refused("ended", "seq")


def _check_idea(context: Context, plan: Plan, change: Change) -> None:
    """Notes an idea on a ballot, an idea that would be hidden although others have commented on it or used it, and merged
    ideas that would not be under an open one."""
    idea = change.row
    planned = from_json(change.before.get("state", idea.state))
    target = from_json(change.before.get("merged_into_id", idea.merged_into_id))
    voted_on = on_ballots(context)
    for record in {idea.record_id, Idea.record_id_of(idea.merged_into_id), Idea.record_id_of(target)} & voted_on:
        plan.note(record)
    if planned in ("private", "hidden") and plan.named_since(idea.record_id):
        plan.note(idea.record_id)
    if planned == "merged" and target is not None:
        for record in _out_of_order(plan, idea, target):
            plan.note(record)


def _out_of_order(plan: Plan, idea: Idea, target: int) -> Iterator[str]:
    """Yields the ideas that would be under a merged one: the idea itself, or others under it."""
    back = {one.row.id: one for one in plan.changes if one.puts_back(Idea, "state", "merged_into_id")}
    into = db.session.get(Idea, target)
    if into is not None:
        state = back[into.id].before.get("state", into.state) if into.id in back else into.state
        if state != "open":
            yield into.record_id
    for under in db.session.scalars(select(Idea).where(Idea.merged_into_id == idea.id)):
        if under.id not in back:
            yield under.record_id


def _check_text(plan: Plan, change: Change) -> None:
    """Notes a text that would be agreed again with other words than those agreed on, including its goals' words."""
    text = change.row
    if change.value("state") != "agreed":
        return
    goals = served.goals_of(text) if isinstance(text, Agreement) else []
    for record in (text.record_id, *(goal.record_id for goal in goals)):
        if plan.named_since(record):
            plan.note(record)


def _check_round(plan: Plan, consent: Consent) -> None:
    """Notes a second open round on a text: only one may be open."""
    others = select(Consent).where(Consent.on == consent.on, Consent.state == "open", Consent.id != consent.id)
    for other in db.session.scalars(others):
        if not _goes_unanswered(plan, other):
            plan.note(other.record_id)


def _goes_unanswered(plan: Plan, consent: Consent) -> bool:
    """Returns whether this undo takes the round away, and nobody has answered in it: resolved objections are answers too,
    and would be deleted with it."""
    made = any(one.kind == "made" and one.row is consent for one in plan.changes)
    return made and not any(
        db.session.scalar(select(exists().where(model.consent_id == consent.id))) for model in (ConsentGiven, Objection)
    )


def _check_step(plan: Plan, step: Step) -> None:
    """Notes the votes that have opened in the step since: its settings are fixed then."""
    for vote in plan.opened_since(Ballot, Decision):
        if vote.step_id == step.id:
            plan.note(vote.record_id)


def _check_workshop(context: Context, plan: Plan, change: Change) -> None:
    workshop = change.row
    if change.puts_back(Workshop, "decision_rules", "decision_level"):
        _check_terms(context, plan, change)
    if change.puts_back(Workshop, "ground_rules"):
        asked = select(Consent).where(Consent.on == workshop.record_id, Consent.state == "open")
        for consent in db.session.scalars(asked):
            about_these = consent.text_hash == text_hash({"ground_rules": workshop.ground_rules})
            if about_these and not _goes_unanswered(plan, consent):
                plan.note(consent.record_id)
    if change.puts_back(Workshop, "board_shows"):
        shown = change.before["board_shows"]
        if ":" in shown and not shown.startswith("nudge:") and not _shown_exists(plan, shown):
            plan.note(shown)


def _check_terms(context: Context, plan: Plan, change: Change) -> None:
    """Notes the decisions that have opened since: rules and level are locked then. Undoing an opening removes the rules it
    stored only if no other decision uses them."""
    made = {one.row.id for one in plan.changes if one.kind == "made" and isinstance(one.row, Decision)}
    others = [
        decision
        for decision in db.session.scalars(select(Decision).where(Decision.workshop_id == context.workshop.id))
        if decision.id not in made
    ]
    if made and others:
        change.before.pop("decision_rules", None)
    elif not made:
        for decision in others:
            plan.note(decision.record_id)


def _shown_exists(plan: Plan, record_id: str) -> bool:
    kind, number = RecordId.parse(record_id)
    model = by_kind(kind, (table.class_ for table in Workshop.registry.mappers if issubclass(table.class_, Stamped)))
    assert model is not None, kind
    return plan.comes_back(model, number) or db.session.get(model, number) is not None
