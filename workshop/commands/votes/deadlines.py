"""A vote's clock: more time while it is open. Votes whose time is out are closed by `overdue`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workshop.clock import utc
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.models import Ballot, Decision, Vote
from workshop.rules import steps
from workshop.rules.refusal import Refused

Minutes = Annotated[int, Field(ge=1, le=steps.MOST_MINUTES)]


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
    return _extend(context, context.find(Decision, args.decision), args.minutes)


def _extend(context: Context, vote: Vote, minutes: int) -> Result:
    if vote.state != "open":
        raise Refused("closed", vote.kind, state=vote.state)
    vote.ends_at = steps.extended(context.now(), utc(vote.ends_at) if vote.ends_at else None, minutes)
    context.touch(vote)
    return None
