"""Goals and agreements: drafting, editing, proposing, dropping."""

from __future__ import annotations

from typing import Annotated, Any, cast

from pydantic import Field, create_model
from sqlalchemy import func, select

from workshop.commands import ordering, trails
from workshop.commands.checks import recheck
from workshop.commands.texts import drafts, fields, versions
from workshop.commands.texts.fields import AgreementFields, GoalFields
from workshop.commands.texts.versions import Text
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Agreement, Goal
from workshop.models.reopening import under_way
from workshop.models.texts import TEXTS
from workshop.rules import limits
from workshop.rules.refusal import Refused


def _with(base: type[Args], name: str, **columns: Any) -> type[Args]:
    return cast(type[Args], create_model(name, __base__=base, **columns))


Version = Annotated[int, Field(ge=1, le=limits.RECORD_NUMBER)]
DraftGoal = _with(GoalFields, "DraftGoal")
DraftAgreement = _with(AgreementFields, "DraftAgreement")
_EDITED: dict[str, Any] = {"version": (Version, ...), "draft": (bool, False)}
EditGoal = _with(GoalFields, "EditGoal", goal=(Annotated[str, Ref("goal")], ...), **_EDITED)
EditAgreement = _with(AgreementFields, "EditAgreement", agreement=(Annotated[str, Ref("agreement")], ...), **_EDITED)


class OneText(Args):
    on: Annotated[str, Ref("goal", "agreement")]


class SetAmendments(Args):
    on: Annotated[str, Ref("goal", "agreement")]
    open: bool


class MoveText(Args):
    on: Annotated[str, Ref("goal", "agreement")]
    before: Annotated[str | None, Ref("goal", "agreement")] = None


def text_of(context: Context, record_id: str, field: str = "on") -> Text:
    """Returns the goal or agreement behind a record id."""
    return context.find_among(TEXTS, record_id, field)


@command("draft_goal", DraftGoal, FACILITATORS, undoable=True, after=recheck)
def draft_goal(context: Context, args: Args) -> Result:
    """Begin a goal from the ideas it builds on."""
    content = fields.given("goal", args)
    if not content.get("title"):
        raise Refused("empty", "title")
    content.setdefault("decision_level", context.workshop.decision_level)
    return {"goal": _draft(context, Goal, "goal", content).record_id}


@command("draft_agreement", DraftAgreement, FACILITATORS, undoable=True, after=recheck)
def draft_agreement(context: Context, args: Args) -> Result:
    """Begin an agreement for its goals."""
    content = fields.given("agreement", args)
    if not content.get("purpose"):
        raise Refused("empty", "purpose")
    content.setdefault("kind", "agreement")
    return {"agreement": _draft(context, Agreement, "agreement", content).record_id}


def _draft(context: Context, model: type[Goal] | type[Agreement], noun: str, content: dict[str, Any]) -> Text:
    fields.check_references(context, noun, content)
    limit = limits.GOALS if noun == "goal" else limits.AGREEMENTS
    number = db.session.scalar(select(func.count()).select_from(model).where(model.workshop_id == context.workshop.id))
    if (number or 0) >= limit:
        raise Refused("too_many", noun, limit=limit)
    text = model(
        workshop_id=context.workshop.id,
        content=content,
        position=context.last_position(model),
        created_at=context.now(),
    )
    context.add(text)
    versions.first_version(context, text, content)
    trails.tell(context, text, trails.linked(text))
    return text


@command("edit_goal", EditGoal, FACILITATORS, after=recheck)
def edit_goal(context: Context, args: Any) -> Result:
    """Change fields of a goal; the edit names the version it was made on. With `draft` phones are not shown it yet."""
    return _edit(context, context.find(Goal, args.goal), "goal", args)


@command("edit_agreement", EditAgreement, FACILITATORS, after=recheck)
def edit_agreement(context: Context, args: Any) -> Result:
    """Change fields of an agreement; the edit names the version it was made on. With `draft` phones are not shown it yet."""
    return _edit(context, context.find(Agreement, args.agreement), "agreement", args)


def _edit(context: Context, text: Text, noun: str, args: Any) -> Result:
    changes = fields.with_renames(text.newest_content, fields.given(noun, args))
    versions.check_version(text, args.version)
    needed = fields.NEEDED[noun]
    if needed in changes and not changes[needed]:
        raise Refused("empty", needed)
    fields.check_references(context, noun, {**text.newest_content, **changes})
    if args.draft and drafts.may_wait(context, text):
        drafts.save(context, text, changes)
    else:
        versions.new_wording(context, text, changes, "editor")
    return {"version": text.newest_version}


@command("propose_text", OneText, FACILITATORS, undoable=True)
def propose_text(context: Context, args: OneText) -> Result:
    """Show a draft to the room as proposed: read it, comment, amend."""
    text = text_of(context, args.on)
    if text.state != "draft":
        raise Refused("already", "on", state=text.state)
    text.state = "proposed"
    context.touch(text)
    return None


@command("drop_text", OneText, FACILITATORS, undoable=True, after=recheck)
def drop_text(context: Context, args: OneText) -> Result:
    """Leave a goal or agreement behind. It stays in the record as dropped."""
    text = text_of(context, args.on)
    if text.state in ("dropped", "agreed"):
        raise Refused("closed", "on", state=text.state)
    versions.leave_behind(context, text)
    text.state = "dropped"
    context.touch(text)
    trails.tell(context, text, trails.linked(text))
    return None


@command("set_amendments", SetAmendments, FACILITATORS, undoable=True)
def set_amendments(context: Context, args: SetAmendments) -> Result:
    """Open or close a text for amendments from the room. What lies on the table stays there until it is answered, and
    facilitators can still edit the text. Raises `already` where it is so, `closed` for a text that is left behind."""
    text = text_of(context, args.on)
    if text.state in ("dropped", "intention"):
        raise Refused("closed", "on", state=text.state)
    if text.takes_amendments == args.open:
        raise Refused("already", "open")
    text.takes_amendments = args.open
    context.touch(text)
    return None


@command("reopen_text", OneText, FACILITATORS, undoable=True, after=recheck)
def reopen_text(context: Context, args: OneText) -> Result:
    """Open an agreed goal or agreement for changes again. It is agreed no longer: the vote stays in the record, and the
    text needs a new one. Raises `already` for a text that is not agreed, `conflict` while a new version of it is under way
    after the seminar (`reopen_agreement`)."""
    text = text_of(context, args.on)
    if text.state != "agreed":
        raise Refused("already", "on", state=text.state)
    if under_way(text.record_id) is not None:
        raise Refused("conflict", "on", reopened=True)
    text.state = "proposed"
    context.touch(text)
    context.proof["reopened"] = text.record_id
    return None


@command("move_text", MoveText, FACILITATORS, undoable=True)
def move_text(context: Context, args: MoveText) -> Result:
    """Put a goal or agreement before another of its kind, or last."""
    text = text_of(context, args.on)
    model = type(text)
    before = context.find(model, args.before, "before") if args.before else None
    ordering.put_before(context, text, before)
    return None
