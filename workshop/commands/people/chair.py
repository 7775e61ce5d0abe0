"""The chair, who leads the room: taking it and handing it over. Every facilitator may act; the chair is responsible.

A co-facilitator may take the chair when the chair's device has been silent for a minute. Both commands are visible to all
facilitators and in the journal.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from workshop.clock import utc
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.identity import ORGANISER
from workshop.models import Token
from workshop.rules.record_ids import number_of
from workshop.rules.refusal import Refused

#: a device that was not active for so long has lost the chair
SILENT_AFTER = timedelta(minutes=1)


class TakeChair(Args):
    """A command without arguments."""


class HandOver(Args):
    to: Annotated[str, Ref("facilitator", "organiser")]


@command("take_chair", TakeChair, FACILITATORS, while_closed=True)
def take_chair(context: Context, args: TakeChair) -> Result:
    """Take the chair. Raises `not_allowed` (fact `chair`) while the present chair is active, `already` for the chair."""
    workshop = context.workshop
    if context.actor.token_id is None:
        raise Refused("not_allowed")
    if workshop.chair_token_id == context.actor.token_id:
        raise Refused("already", "chair")
    leader = db.session.get(Token, workshop.chair_token_id) if workshop.chair_token_id else None
    if leader is not None and not _silent(context, leader):
        raise Refused("not_allowed", "chair", chair=True)
    _appoint(context, db.session.get_one(Token, context.actor.token_id))
    return None


def _silent(context: Context, leader: Token) -> bool:
    if leader.ended_at is not None or leader.last_seen_at is None:
        return True
    # A connected device is stored every few seconds: one that was last seen in the future has been silent since the
    # clock was set back.
    return abs(context.now() - utc(leader.last_seen_at)) > SILENT_AFTER


@command("hand_over", HandOver, FACILITATORS, while_closed=True)
def hand_over(context: Context, args: HandOver) -> Result:
    """Give the chair to another facilitator of this workshop. Only the chair can."""
    if context.actor.token_id is None or context.workshop.chair_token_id != context.actor.token_id:
        raise Refused("not_allowed", "to", chair=True)
    token = db.session.get(Token, number_of(args.to))
    if token is None or token.ended_at is not None or not _may_lead(context, token):
        raise Refused("not_found", "to")
    if token.id == context.actor.token_id:
        raise Refused("already", "to")
    _appoint(context, token)
    return None


def _may_lead(context: Context, token: Token) -> bool:
    if token.role not in FACILITATORS or token.participant_id is not None:
        return False
    if token.role == ORGANISER:
        return token.organiser_id == context.workshop.organiser_id
    return token.workshop_id == context.workshop.id


def _appoint(context: Context, token: Token) -> None:
    context.workshop.chair_token_id = token.id
    # The new chair has a minute to connect.
    token.last_seen_at = context.now()
    context.touch(context.workshop)
