"""The path: where the matter lies, from committee to committee, with its number in the archive."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator
from sqlalchemy import func, select

from workshop.commands.follow_up.arguments import Day, On, WebAddress
from workshop.commands.follow_up.finding import item_of, receiver_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import ORGANISER, RECEIVER
from workshop.models import PathStep
from workshop.rules import limits
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused

Link = Annotated[str, Words("follow_up.link"), AfterValidator(WebAddress)]


class AddPathStep(Args):
    """`on`: one item, or all of them without it. `outcome`: what was recommended or decided there."""

    on: On | None = None
    body: Annotated[str, Words("follow_up.body", needed=True)]
    date: Day
    title: Annotated[str, Words("follow_up.title", needed=True)]
    link: Link = ""
    case_number: Annotated[str, Words("follow_up.case_number")] = ""
    outcome: Annotated[str, Words("follow_up.words")] = ""


class EditPathStep(Args):
    path_step: Annotated[str, Ref("path_step")]
    body: Annotated[str | None, Words("follow_up.body", needed=True)] = None
    date: Day | None = None
    title: Annotated[str | None, Words("follow_up.title", needed=True)] = None
    link: Annotated[str | None, Words("follow_up.link"), AfterValidator(lambda value: WebAddress(value or ""))] = None
    case_number: Annotated[str | None, Words("follow_up.case_number")] = None
    outcome: Annotated[str | None, Words("follow_up.words")] = None


@command("add_path_step", AddPathStep, (RECEIVER, ORGANISER), while_closed=True, while_draft=False)
def add_path_step(context: Context, args: AddPathStep) -> Result:
    """Add a meeting to the way of an item, or of all: body, day, what is on its agenda, and later what it decided."""
    receiver_of(context, args.on)
    if args.on is not None:
        item_of(context, args.on)
    here = PathStep.workshop_id == context.workshop.id
    if (db.session.scalar(select(func.count()).select_from(PathStep).where(here)) or 0) >= limits.PATH_STEPS:
        raise Refused("too_many", "path_step", limit=limits.PATH_STEPS)
    row = PathStep(
        workshop_id=context.workshop.id,
        on=args.on,
        body=args.body,
        date=args.date,
        title=args.title,
        link=args.link,
        case_number=args.case_number,
        outcome=args.outcome,
        at=context.now(),
    )
    context.add(row)
    context.proof["path_step"] = told(context, "path_step", _as_proof(row))
    return {"path_step": str(RecordId(PathStep.kind, row.id))}


@command("edit_path_step", EditPathStep, (RECEIVER, ORGANISER), while_closed=True, while_draft=False)
def edit_path_step(context: Context, args: EditPathStep) -> Result:
    """Change a meeting on the way: a new day, or what it decided. Raises `not_found`, and `not_yours` for another item's."""
    row = db.session.get(PathStep, RecordId.parse(args.path_step).number)
    if row is None or row.workshop_id != context.workshop.id:
        raise Refused("not_found", "path_step")
    receiver_of(context, row.on)
    for name in args.model_fields_set - {"path_step"}:
        value = getattr(args, name)
        if value is not None:
            setattr(row, name, value)
    row.edited_at = context.now()
    context.proof["path_step"] = told(context, "path_step", _as_proof(row))
    return None


def _as_proof(row: PathStep) -> dict[str, Any]:
    words = words_hash(body=row.body, title=row.title, link=row.link, case_number=row.case_number, outcome=row.outcome)
    return {"id": row.id, "on": row.on, "date": row.date.isoformat(), "words": words}
