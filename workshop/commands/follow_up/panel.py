"""The panel: it asks in public, owners and the receiver answer, and it writes a statement beside their reports."""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import func, select

from workshop.commands.follow_up.arguments import On
from workshop.commands.follow_up.finding import item_of, link_of, receiver_of, steward_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import PANEL, RECEIVER, STEWARD
from workshop.models import PanelAnswer, PanelQuestion, PanelStatement
from workshop.rules import limits
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused


class AskQuestion(Args):
    on: On
    words: Annotated[str, Words("follow_up.words", needed=True)]


class AnswerQuestion(Args):
    question: Annotated[str, Ref("question")]
    words: Annotated[str, Words("follow_up.words", needed=True)]


class MakeStatement(Args):
    """`on`: one item; without it the whole result."""

    on: On | None = None
    words: Annotated[str, Words("follow_up.words", needed=True)]


@command("ask_question", AskQuestion, (PANEL,), while_closed=True, while_draft=False)
def ask_question(context: Context, args: AskQuestion) -> Result:
    """Ask about an item, in public. The receiver and the parties of the item may answer. Raises `too_many`."""
    link_of(context)
    _seen_by_panel(context, args.on)
    _refuse_too_many(context, PanelQuestion)
    row = PanelQuestion(workshop_id=context.workshop.id, on=args.on, words=args.words, at=context.now())
    context.add(row)
    facts = {"id": row.id, "on": row.on, "words": words_hash(words=row.words)}
    context.proof["question"] = told(context, "question", facts)
    return {"question": str(RecordId(PanelQuestion.kind, row.id))}


@command("answer_question", AnswerQuestion, (RECEIVER, STEWARD), while_closed=True, while_draft=False)
def answer_question(context: Context, args: AnswerQuestion) -> Result:
    """Answer a question of the panel, in public; an answer given before stays. Raises `not_found`, `not_yours` for a
    question about another's item, and `too_many`."""
    question = db.session.get(PanelQuestion, RecordId.parse(args.question).number)
    if question is None or question.workshop_id != context.workshop.id:
        raise Refused("not_found", "question")
    by = _who_answers(context, question)
    _refuse_too_many(context, PanelAnswer)
    row = PanelAnswer(workshop_id=context.workshop.id, question_id=question.id, by=by, words=args.words, at=context.now())
    context.add(row)
    words = words_hash(by=row.by, words=row.words)
    facts = {"id": row.id, "on": question.on, "question": question.id, "words": words}
    context.proof["question_answered"] = told(context, "question_answered", facts)
    return None


def _who_answers(context: Context, question: PanelQuestion) -> str:
    """Returns the body or party that answers. Raises `Refused("not_yours", "on")` for a question about another's item."""
    if context.actor.role == STEWARD:
        return steward_of(context, question.on).party
    link = receiver_of(context, question.on)
    return (link.body if link is not None else "") or context.workshop.receiving_body


@command("panel_statement", MakeStatement, (PANEL,), while_closed=True, while_draft=False)
def panel_statement(context: Context, args: MakeStatement) -> Result:
    """Write the panel's joint statement on an item or on the whole result; it is shown beside the owners' reports. A new
    one is shown instead, and the earlier stays readable. Raises `too_many`."""
    link_of(context)
    if args.on is not None:
        _seen_by_panel(context, args.on)
    _refuse_too_many(context, PanelStatement)
    row = PanelStatement(workshop_id=context.workshop.id, on=args.on, words=args.words, at=context.now())
    context.add(row)
    facts = {"id": row.id, "on": row.on, "words": words_hash(words=row.words)}
    context.proof["statement"] = told(context, "statement", facts)
    return None


def _seen_by_panel(context: Context, on: str) -> None:
    """Raises `Refused("not_found", "on")` for what is no item, and for an agreement that only its parties see."""
    if item_of(context, on).withheld:
        raise Refused("not_found", "on")


def _refuse_too_many(context: Context, model: Any) -> None:
    kept = select(func.count()).select_from(model).where(model.workshop_id == context.workshop.id)
    if (db.session.scalar(kept) or 0) >= limits.PANEL_WORDS:
        raise Refused("too_many", "words", limit=limits.PANEL_WORDS)
