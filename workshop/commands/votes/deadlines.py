"""A vote's clock: minutes or a moment, and more time while it is open. Votes whose time is out are closed by `overdue`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from workshop.clock import ZONE, utc
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.models import Ballot, Decision, Vote
from workshop.rules import steps
from workshop.rules.refusal import Refused

#: how long a vote may stay open between two meetings (docs/rules.md section 11)
FURTHEST = timedelta(days=60)

Minutes = Annotated[int, Field(ge=1, le=steps.MOST_MINUTES)]


class Until(Args):
    """`until` is a moment up to sixty days ahead, for a vote that stays open between two meetings: ISO 8601, the room's time
    where it names no zone."""

    until: str | None = None

    @field_validator("until")
    @classmethod
    def _a_moment(cls, value: str | None) -> str | None:
        if value is not None and _moment(value) is None:
            raise PydanticCustomError("not_a_moment", "not a moment")
        return value


def _moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
        return utc(read if read.tzinfo else read.replace(tzinfo=ZONE))
    except (ValueError, OverflowError):
        return None


def ends_at(now: datetime, minutes: float | None, until: str | None) -> datetime | None:
    """Returns when a vote opened now ends; None if it has no deadline. Raises `malformed` for both minutes and a moment, and
    for a moment that is over or further ahead than `FURTHEST`."""
    if until is None:
        return None if minutes is None else now + timedelta(minutes=minutes)
    moment = _moment(until)
    if minutes is not None or moment is None:
        raise Refused("malformed", "until")
    if moment <= now:
        raise Refused("malformed", "until", past=True)
    if moment > now + FURTHEST:
        raise Refused("malformed", "until", days=FURTHEST.days)
    return moment


class ExtendBallot(Args):
    ballot: Annotated[str, Ref("ballot")]
    minutes: Minutes


class ExtendDecision(Args):
    decision: Annotated[str, Ref("decision")]
    minutes: Minutes


@command("extend_ballot", ExtendBallot, FACILITATORS, undoable=True, while_draft=False)
def extend_ballot(context: Context, args: ExtendBallot) -> Result:
    """Give an open ballot more minutes, counted from its end or, where that has passed or there is none, from now."""
    return _extend(context, context.find(Ballot, args.ballot), args.minutes)


@command("extend_decision", ExtendDecision, FACILITATORS, undoable=True, while_draft=False)
def extend_decision(context: Context, args: ExtendDecision) -> Result:
    """Give an open decision more minutes, counted as for a ballot."""
    decision = context.find(Decision, args.decision)
    if decision.electorate == "cards":
        raise Refused("not_found", "decision")
    return _extend(context, decision, args.minutes)


def _extend(context: Context, vote: Vote, minutes: int) -> Result:
    if vote.state != "open":
        raise Refused("closed", vote.kind, state=vote.state)
    vote.ends_at = steps.extended(context.now(), utc(vote.ends_at) if vote.ends_at else None, minutes)
    context.touch(vote)
    return None
