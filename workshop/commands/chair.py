"""Who leads the room: taking the chair, and handing it over. Every facilitator may act; the chair is who answers for it.

A co-facilitator may take the chair when the device of the one who has it has been silent for a minute. Both are visible to
all facilitators and stand in the journal.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from ..clock import utc
from ..extensions import db
from ..identity import ORGANISER
from ..models import Token
from ..rules.refusal import Refused
from .arguments import Args, Ref
from .context import Context
from .registry import CHAIRS, Result, command

#: a device that was not seen for so long has left the chair free
SILENT_AFTER = timedelta(minutes=1)


class TakeChair(Args):
    """A command without arguments."""


class HandOver(Args):
    to: Annotated[str, Ref("facilitator", "organiser")]


@command("take_chair", TakeChair, CHAIRS, while_closed=True)
def take_chair(context: Context, args: TakeChair) -> Result:
    """Lead the room. Raises `not_allowed` (fact `chair`) while the one who leads is here, `already` for that one."""
    workshop = context.workshop
    if context.actor.token_id is None:
        raise Refused("not_allowed")
    if workshop.chair_token_id == context.actor.token_id:
        raise Refused("already", "chair")
    leader = db.session.get(Token, workshop.chair_token_id) if workshop.chair_token_id else None
    if leader is not None and not _silent(context, leader):
        raise Refused("not_allowed", "chair", chair=True)
    _seat(context, db.session.get_one(Token, context.actor.token_id))
    return None


def _silent(context: Context, leader: Token) -> bool:
    if leader.ended_at is not None or leader.last_seen_at is None:
        return True
    return context.now() - utc(leader.last_seen_at) > SILENT_AFTER


@command("hand_over", HandOver, CHAIRS, while_closed=True)
def hand_over(context: Context, args: HandOver) -> Result:
    """Give the chair to another facilitator of this workshop. Only who has it can."""
    if context.actor.token_id is None or context.workshop.chair_token_id != context.actor.token_id:
        raise Refused("not_allowed", "to", chair=True)
    token = db.session.get(Token, int(args.to.partition(":")[2]))
    if token is None or token.ended_at is not None or not _may_lead(context, token):
        raise Refused("not_found", "to")
    if token.id == context.actor.token_id:
        raise Refused("already", "to")
    _seat(context, token)
    return None


def _may_lead(context: Context, token: Token) -> bool:
    if token.role not in CHAIRS or token.participant_id is not None:
        return False
    if token.role == ORGANISER:
        return token.organiser_id == context.workshop.organiser_id
    return token.workshop_id == context.workshop.id


def _seat(context: Context, token: Token) -> None:
    context.workshop.chair_token_id = token.id
    # Whoever gets the chair has a minute to come.
    token.last_seen_at = context.now()
    context.touch(context.workshop)
