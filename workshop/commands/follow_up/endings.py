"""An agreement ends by its own terms: who may end it, and how many days after it was said."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import select

from workshop.clock import day_of
from workshop.commands.follow_up.arguments import Day
from workshop.commands.follow_up.finding import began_on, item_of, steward_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import ORGANISER, STEWARD
from workshop.models import EndedAgreement
from workshop.models.items import Item
from workshop.rules.dates import days_after
from workshop.rules.refusal import Refused


class EndAgreement(Args):
    """`date`: the day it was said; without it today. It ends `notice_days` of the agreement later."""

    agreement: Annotated[str, Ref("agreement")]
    reason: Annotated[str, Words("follow_up.words")] = ""
    date: Day | None = None


@command("end_agreement", EndAgreement, (STEWARD, ORGANISER), while_closed=True, while_draft=False)
def end_agreement(context: Context, args: EndAgreement) -> Result:
    """End an agreement by its own terms. A party's notice runs from today: that it was said before is one side's word. An
    organiser may give the day on which it was said. Raises `already` for one that is ended, `reason_required`, and
    `malformed` for a day that is ahead or before the agreement."""
    found = item_of(context, args.agreement, "agreement")
    by = steward_of(context, args.agreement).party if context.actor.role == STEWARD else ORGANISER
    if ended(found) is not None:
        raise Refused("already", "agreement")
    if not args.reason:
        raise Refused("reason_required", "reason")
    said_on = args.date or day_of(context.now())
    if said_on > day_of(context.now()):
        raise Refused("malformed", "date", ahead=True)
    if said_on < began_on(context):
        raise Refused("malformed", "date", before=began_on(context).isoformat())
    runs_from = said_on if by == ORGANISER else day_of(context.now())
    notice = found.content.get("notice_days")
    row = EndedAgreement(
        workshop_id=context.workshop.id,
        on=found.id,
        by=by,
        reason=args.reason,
        said_on=said_on,
        ends_on=days_after(runs_from, notice if isinstance(notice, int) else 0),
        at=context.now(),
    )
    context.add(row)
    facts = {
        "id": row.id,
        "on": found.id,
        "said_on": said_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "words": words_hash(by=by, reason=args.reason),
    }
    context.proof["ended"] = told(context, "ended", facts)
    return {"ends_on": row.ends_on.isoformat()}


def ended(found: Item) -> EndedAgreement | None:
    """Returns how an agreement was ended; None for one that is in force."""
    return db.session.scalar(select(EndedAgreement).where(EndedAgreement.on == found.id).limit(1))


def refuse_ended(context: Context, found: Item) -> None:
    """Raises `Refused("closed", "on")` for an agreement that has ended: nothing is reported on it any more."""
    row = ended(found)
    if row is not None and row.ends_on <= day_of(context.now()):
        raise Refused("closed", "on", ended=row.ends_on.isoformat())
