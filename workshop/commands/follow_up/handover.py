"""The handover: what was agreed goes to who must answer, with the record's hash and a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from workshop.clock import day_of
from workshop.commands.follow_up.arguments import Day, check_near
from workshop.commands.follow_up.finding import check_closed, handover_of, receiver_of, refuse_over
from workshop.door.arguments import Args, NoArgs, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.identity import RECEIVER
from workshop.models import Handover
from workshop.models.items import items
from workshop.rules.chain import START
from workshop.rules.refusal import Refused

#: by when an answer is due where neither the handover nor the workshop says
USUAL = timedelta(days=60)


class HandOverResult(Args):
    """`to`: the person it was given to; `due`: by when each item is to be answered, without it the workshop's
    `response_due`."""

    to: Annotated[str, Words("follow_up.name")] = ""
    due: Day | None = None
    note: Annotated[str, Words("follow_up.words")] = ""


@command("hand_over_result", HandOverResult, FACILITATORS, while_closed=True, while_draft=False)
def hand_over_result(context: Context, args: HandOverResult) -> Result:
    """Hand the result over to who must answer. The clock of every answer starts; handed over again it starts anew, and the
    earlier handover stays in the history. Raises `wrong_step` unless the workshop is closed, `empty` where it agreed on
    nothing that could be answered, `closed` to a facilitator once the follow-up is over."""
    check_closed(context)
    refuse_over(context)
    workshop = context.workshop
    if not items(workshop):
        raise Refused("empty", "workshop", items=0)
    here = day_of(context.now())
    due = args.due or max(workshop.response_due or here + USUAL, here)
    if due < here:
        raise Refused("malformed", "due", past=True)
    check_near(due, "due")
    row = Handover(
        workshop_id=workshop.id,
        at=context.now(),
        by_role=context.actor.role,
        to=args.to,
        due=due,
        note=args.note,
        hash=workshop.journal_hash or START,
    )
    context.add(row)
    context.proof["handover"] = {"id": row.id, "due": due.isoformat(), "hash": row.hash}
    return {"handover": row.id, "due": due.isoformat(), "hash": row.hash}


@command("confirm_handover", NoArgs, (RECEIVER,), while_closed=True, while_draft=False)
def confirm_handover(context: Context, args: NoArgs) -> Result:
    """Confirm that the result was received. Raises `already` for one that is confirmed."""
    receiver_of(context, None)
    row = handover_of(context)
    if row.confirmed_at is not None:
        raise Refused("already", "handover")
    row.confirmed_at = context.now()
    context.proof["handover_confirmed"] = True
    return None
