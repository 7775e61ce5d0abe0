"""Closing the workshop: somebody must be named to answer, and unfinished agreements become intentions (docs/rules.md
sections 1 and 2)."""

from __future__ import annotations

from sqlalchemy import delete, select

from workshop.clock import day_of
from workshop.door.arguments import NoArgs
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Agreement, FollowUpDate
from workshop.models.votes import VOTES
from workshop.rules import checks, fields
from workshop.rules.refusal import Refused
from workshop.rules.rhythm import proposed_days


@command("close_workshop", NoArgs, FACILITATORS, while_draft=False)
def close_workshop(context: Context, args: NoArgs) -> Result:
    """Close. Refused as `checks_open` while nobody is named to answer, or no date (W03), and as `conflict` while a vote
    is open. Agreements with open fields become intentions."""
    workshop = context.workshop
    open_checks = checks.check_closing({"receiving_body": workshop.receiving_body, "response_due": workshop.response_due})
    if open_checks:
        raise Refused("checks_open", open_checks[0].field, checks=[check.code for check in open_checks])
    for model in VOTES:
        vote = db.session.scalar(select(model).where(model.workshop_id == workshop.id, model.state == "open").limit(1))
        if vote is not None:
            raise Refused("conflict", vote.kind, open=vote.record_id)
    _name_intentions(context)
    step = context.current_step()
    if step is not None:
        step.state = "done"
        step.finished_at = context.now()
        context.touch(step)
    workshop.state = "closed"
    workshop.closed_at = context.now()
    context.touch(workshop)
    _propose_rhythm(context)
    return None


def _propose_rhythm(context: Context) -> None:
    """Proposes the days on which owners are asked to report; days that somebody chose before stay."""
    kept = db.session.scalars(select(FollowUpDate).where(FollowUpDate.workshop_id == context.workshop.id))
    if not all(row.proposed for row in kept):
        return
    db.session.execute(delete(FollowUpDate).where(FollowUpDate.workshop_id == context.workshop.id))
    days = proposed_days(day_of(context.now()))
    db.session.add_all(FollowUpDate(workshop_id=context.workshop.id, day=day, proposed=True) for day in days)
    context.proof["rhythm"] = [day.isoformat() for day in days]


def _name_intentions(context: Context) -> None:
    rows = db.session.scalars(
        select(Agreement).where(Agreement.workshop_id == context.workshop.id, Agreement.state.in_(("draft", "proposed")))
    )
    for agreement in rows:
        blocked = any(check["severity"] == "B" for check in agreement.checks)
        if blocked or fields.missing_needed("agreement", agreement.content):
            agreement.state = "intention"
            context.touch(agreement)
