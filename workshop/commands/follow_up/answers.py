"""The receiver's answers: drafts, publishing, postponing; and the organiser's correction of a false alarm."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from workshop.clock import day_of
from workshop.commands.follow_up.arguments import Day, On, check_near
from workshop.commands.follow_up.finding import handover_of, item_of, link_of, receiver_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Words
from workshop.door.context import Context
from workshop.door.registry import ORGANISERS, Result, command
from workshop.extensions import db
from workshop.identity import RECEIVER
from workshop.models import FollowUpLink, OverdueCorrection, Postponement, ReceiverAnswer
from workshop.rules import limits
from workshop.rules.answers import NEEDS_BODY, NEEDS_DATE
from workshop.rules.refusal import Refused


class AnswerItem(Args):
    """`date` is needed by `later`, `body` by `not_ours`. `revision` is the draft's the answer was written on: another one
    means that somebody else saved meanwhile (`conflict` with both texts); without it the draft is replaced."""

    on: On
    answer: Literal["follows", "follows_partly", "under_way", "later", "not_ours", "does_not_follow", "needs_clarification"]
    reason: Annotated[str, Words("follow_up.words")] = ""
    date: Day | None = None
    body: Annotated[str, Words("follow_up.body")] = ""
    revision: Annotated[int | None, Field(ge=0, le=limits.RECORD_NUMBER)] = None


class PublishAnswers(Args):
    """`on`: which drafts; without it all of this receiver's."""

    on: Annotated[list[On] | None, Field(max_length=limits.GOALS + limits.AGREEMENTS)] = None


class PostponeAnswer(Args):
    """`on`: one item; without it all."""

    on: On | None = None
    to: Day
    reason: Annotated[str, Words("follow_up.words")] = ""


class CorrectOverdue(Args):
    on: On
    reason: Annotated[str, Words("follow_up.words")] = ""


@command("answer_item", AnswerItem, (RECEIVER,), while_closed=True, while_draft=False)
def answer_item(context: Context, args: AnswerItem) -> Result:
    """Keep an answer as a draft, which nobody but the receiver sees. Raises `reason_required`, and `empty` for a date or a
    body that the answer needs."""
    link = _receiver(context, args.on)
    handover_of(context)
    if not args.reason:
        raise Refused("reason_required", "reason")
    if args.answer in NEEDS_DATE and args.date is None:
        raise Refused("empty", "date")
    if args.answer in NEEDS_BODY and not args.body:
        raise Refused("empty", "body")
    draft = _draft(link, args.on)
    if args.revision is not None and args.revision != (draft.revision if draft else 0):
        raise Refused("conflict", "revision", **_as_kept(draft))
    values = {
        "answer": args.answer,
        "reason": args.reason,
        "date": args.date,
        "body": args.body if args.answer in NEEDS_BODY else "",
        "by_body": link.body or context.workshop.receiving_body,
        "saved_at": context.now(),
    }
    if draft is None:
        draft = ReceiverAnswer(workshop_id=context.workshop.id, on=args.on, link_id=link.token_id, revision=1, **values)
        context.add(draft)
    else:
        for name, value in values.items():
            setattr(draft, name, value)
        draft.revision += 1
    return {"revision": draft.revision}


def _receiver(context: Context, on: str) -> FollowUpLink:
    receiver_of(context, on)
    return link_of(context)


def _draft(link: FollowUpLink, on: str) -> ReceiverAnswer | None:
    return db.session.scalar(
        select(ReceiverAnswer).where(
            ReceiverAnswer.link_id == link.token_id, ReceiverAnswer.on == on, ReceiverAnswer.published_at.is_(None)
        )
    )


def _as_kept(draft: ReceiverAnswer | None) -> dict[str, Any]:
    """Returns the facts of a conflict: the draft as another computer saved it."""
    if draft is None:
        return {"kept": None, "revision": 0}
    kept = {"answer": draft.answer, "reason": draft.reason, "body": draft.body}
    return {"kept": kept | {"date": draft.date.isoformat() if draft.date else None}, "revision": draft.revision}


@command("publish_answers", PublishAnswers, (RECEIVER,), while_closed=True, while_draft=False)
def publish_answers(context: Context, args: PublishAnswers) -> Result:
    """Publish drafts; the public page shows them at once. An earlier answer to the same item stays readable. Raises
    `empty` where there is no draft, and `not_found` for an item that has none."""
    link = link_of(context)
    if args.on is not None:
        for number, on in enumerate(args.on):
            receiver_of(context, on)
            if _draft(link, on) is None:
                raise Refused("not_found", f"on.{number}")
    wanted = select(ReceiverAnswer).where(ReceiverAnswer.link_id == link.token_id, ReceiverAnswer.published_at.is_(None))
    drafts = [row for row in db.session.scalars(wanted.order_by(ReceiverAnswer.id)) if args.on is None or row.on in args.on]
    if not drafts:
        raise Refused("empty", "on")
    for row in drafts:
        item_of(context, row.on)
        row.published_at = context.now()
    context.proof["answers"] = [told(context, "answers", _as_proof(row)) for row in drafts]
    return {"published": [row.on for row in drafts]}


def _as_proof(row: ReceiverAnswer) -> dict[str, Any]:
    day = row.date.isoformat() if row.date else None
    words = words_hash(reason=row.reason, body=row.body, by_body=row.by_body, date=day)
    return {"id": row.id, "on": row.on, "answer": row.answer, "date": day, "link": row.link_id, "words": words}


@command("postpone_answer", PostponeAnswer, (RECEIVER,), while_closed=True, while_draft=False)
def postpone_answer(context: Context, args: PostponeAnswer) -> Result:
    """Move the day of an answer, of one item or of all, and say why; always visible. Raises `reason_required`, and
    `malformed` for a day that is over or too many years ahead."""
    link = receiver_of(context, args.on)
    handover_of(context)
    if not args.reason:
        raise Refused("reason_required", "reason")
    _check_ahead(context, args.to)
    body = link.body if link is not None and link.on is not None else ""
    _check_room_to_postpone(context, args.on, body)
    row = Postponement(
        workshop_id=context.workshop.id,
        on=args.on,
        by_body=body,
        to=args.to,
        reason=args.reason,
        at=context.now(),
    )
    context.add(row)
    words = words_hash(reason=args.reason, by_body=row.by_body)
    facts = {"id": row.id, "on": args.on, "to": args.to.isoformat(), "words": words}
    context.proof["postponed"] = told(context, "postponed", facts)
    return {"to": args.to.isoformat()}


def _check_room_to_postpone(context: Context, on: str | None, body: str) -> None:
    here = (Postponement.workshop_id == context.workshop.id, Postponement.on == on, Postponement.by_body == body)
    if (db.session.scalar(select(func.count()).select_from(Postponement).where(*here)) or 0) >= limits.POSTPONEMENTS:
        raise Refused("too_many", "to", limit=limits.POSTPONEMENTS)


def _check_ahead(context: Context, day: date) -> None:
    if day < day_of(context.now()):
        raise Refused("malformed", "to", past=True)
    check_near(day, "to")


@command("correct_overdue", CorrectOverdue, ORGANISERS, while_closed=True, while_draft=False)
def correct_overdue(context: Context, args: CorrectOverdue) -> Result:
    """Clear a false alarm: an answer that is shown as missing and is not. The correction stays visible with its reason."""
    item_of(context, args.on)
    handover_of(context)
    if not args.reason:
        raise Refused("reason_required", "reason")
    row = OverdueCorrection(workshop_id=context.workshop.id, on=args.on, reason=args.reason, at=context.now())
    context.add(row)
    facts = {"id": row.id, "on": args.on, "words": words_hash(reason=args.reason)}
    context.proof["corrected"] = told(context, "corrected", facts)
    return None
