"""Goals and agreements: drafting, editing, proposing, dropping."""

from __future__ import annotations

from typing import Annotated, Any, cast

from pydantic import Field, create_model
from sqlalchemy import func, select

from ..extensions import db
from ..models import Agreement, Goal
from ..rules import limits
from ..rules.refusal import Refused
from . import ordering, versions, wording
from .arguments import Args, Ref
from .context import Context
from .registry import CHAIRS, Result, command
from .versions import Subject
from .wording import AgreementFields, GoalFields


def _with(base: type[Args], name: str, **columns: Any) -> type[Args]:
    return cast(type[Args], create_model(name, __base__=base, **columns))


Version = Annotated[int, Field(ge=1)]
DraftGoal = _with(GoalFields, "DraftGoal")
DraftAgreement = _with(AgreementFields, "DraftAgreement")
EditGoal = _with(GoalFields, "EditGoal", goal=(Annotated[str, Ref("goal")], ...), version=(Version, ...))
EditAgreement = _with(
    AgreementFields, "EditAgreement", agreement=(Annotated[str, Ref("agreement")], ...), version=(Version, ...)
)


class OneText(Args):
    on: Annotated[str, Ref("goal", "agreement")]


class MoveText(Args):
    on: Annotated[str, Ref("goal", "agreement")]
    before: Annotated[str | None, Ref("goal", "agreement")] = None


def subject_of(context: Context, record_id: str, field: str = "on") -> Subject:
    """The goal or agreement behind a record id."""
    model = wording.model_of(record_id.partition(":")[0])
    return context.find(model, record_id, field)


@command("draft_goal", DraftGoal, CHAIRS, undoable=True, rechecks=True)
def draft_goal(context: Context, args: Args) -> Result:
    """Begin a goal from the ideas it builds on."""
    content = wording.given("goal", args)
    if not content.get("title"):
        raise Refused("empty", "title")
    content.setdefault("decision_level", context.workshop.decision_level)
    return {"goal": _draft(context, Goal, "goal", content).record_id}


@command("draft_agreement", DraftAgreement, CHAIRS, undoable=True, rechecks=True)
def draft_agreement(context: Context, args: Args) -> Result:
    """Begin an agreement for its goals."""
    content = wording.given("agreement", args)
    if not content.get("purpose"):
        raise Refused("empty", "purpose")
    content.setdefault("kind", "agreement")
    return {"agreement": _draft(context, Agreement, "agreement", content).record_id}


def _draft(context: Context, model: type[Goal] | type[Agreement], noun: str, content: dict[str, Any]) -> Subject:
    wording.check_references(context, noun, content)
    limit = limits.GOALS if noun == "goal" else limits.AGREEMENTS
    number = db.session.scalar(
        select(func.count()).select_from(model).where(model.workshop_id == context.workshop.id)
    )
    if (number or 0) >= limit:
        raise Refused("too_many", noun, limit=limit)
    subject = model(
        workshop_id=context.workshop.id,
        content=content,
        position=context.last_position(model),
        created_at=context.now(),
    )
    context.add(subject)
    versions.first_version(context, subject, content)
    versions.authors_told(context)
    return subject


@command("edit_goal", EditGoal, CHAIRS, rechecks=True)
def edit_goal(context: Context, args: Any) -> Result:
    """Change fields of a goal; the edit names the version it was made on."""
    return _edit(context, context.find(Goal, args.goal), "goal", args)


@command("edit_agreement", EditAgreement, CHAIRS, rechecks=True)
def edit_agreement(context: Context, args: Any) -> Result:
    """Change fields of an agreement; the edit names the version it was made on."""
    return _edit(context, context.find(Agreement, args.agreement), "agreement", args)


def _edit(context: Context, subject: Subject, noun: str, args: Any) -> Result:
    changes = wording.with_renames(subject.content, wording.given(noun, args))
    versions.check_version(subject, args.version)
    needed = "title" if noun == "goal" else "purpose"
    if needed in changes and not changes[needed]:
        raise Refused("empty", needed)
    wording.check_references(context, noun, {**subject.content, **changes})
    versions.new_wording(context, subject, changes, "editor")
    return {"version": subject.version}


@command("propose_text", OneText, CHAIRS, undoable=True)
def propose_text(context: Context, args: OneText) -> Result:
    """Show a draft to the room as proposed: read it, comment, amend."""
    subject = subject_of(context, args.on)
    if subject.state != "draft":
        raise Refused("already", "on", state=subject.state)
    subject.state = "proposed"
    context.touch(subject)
    return None


@command("drop_text", OneText, CHAIRS, undoable=True, rechecks=True)
def drop_text(context: Context, args: OneText) -> Result:
    """Leave a goal or agreement behind. It stays in the record as dropped."""
    subject = subject_of(context, args.on)
    if subject.state in ("dropped", "agreed"):
        raise Refused("closed", "on", state=subject.state)
    versions.close_open_decision(context, subject)
    subject.state = "dropped"
    context.touch(subject)
    versions.authors_told(context)
    return None


@command("move_text", MoveText, CHAIRS, undoable=True)
def move_text(context: Context, args: MoveText) -> Result:
    """Put a goal or agreement before another of its kind, or last."""
    subject = subject_of(context, args.on)
    model = type(subject)
    before = context.find(model, args.before, "before") if args.before else None
    ordering.put_before(context, subject, before)
    return None

