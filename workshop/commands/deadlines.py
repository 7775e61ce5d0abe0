"""A vote's clock: more time while it is open, and taking that back. Votes whose time is out are closed by `overdue`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from ..clock import utc
from ..extensions import db
from ..models import Ballot, Decision, JournalEntry
from ..rules import steps
from ..rules.refusal import Refused
from .arguments import Args, Ref
from .context import Context
from .registry import CHAIRS, Result, command

Minutes = Annotated[int, Field(ge=1, le=steps.MOST_MINUTES)]
Vote = Ballot | Decision


class ExtendBallot(Args):
    ballot: Annotated[str, Ref("ballot")]
    minutes: Minutes


class ExtendDecision(Args):
    decision: Annotated[str, Ref("decision")]
    minutes: Minutes


@command("extend_ballot", ExtendBallot, CHAIRS, undoable=True, while_draft=False)
def extend_ballot(context: Context, args: ExtendBallot) -> Result:
    """Give an open ballot more minutes, counted from its end or, where that has passed or there is none, from now."""
    return _extend(context, context.find(Ballot, args.ballot), args.minutes)


@command("extend_decision", ExtendDecision, CHAIRS, undoable=True, while_draft=False)
def extend_decision(context: Context, args: ExtendDecision) -> Result:
    """Give an open decision more minutes, counted as for a ballot."""
    return _extend(context, context.find(Decision, args.decision), args.minutes)


EXTENSIONS = ("extend_ballot", "extend_decision")


def _extend(context: Context, vote: Vote, minutes: int) -> Result:
    if vote.state != "open":
        raise Refused("closed", vote.kind, state=vote.state)
    vote.ends_at = steps.extended(context.now(), utc(vote.ends_at) if vote.ends_at else None, minutes)
    context.touch(vote)
    return None


def take_back(context: Context, seq: int, vote: Vote, before: datetime | None) -> None:
    """Undo the extension made at `seq`: the clock goes back to where it stood, and the votes cast meanwhile stay.

    Raises `conflict` where the vote has ended or been given time again since, and `ended` where the old end has passed:
    undo never closes a vote.
    """
    if vote.state != "open" or _extended_since(context, seq, vote):
        raise Refused("conflict", "seq")
    if before is not None and utc(before) <= context.now():
        raise Refused("ended", "seq")
    vote.ends_at = before
    context.touch(vote)


def _extended_since(context: Context, seq: int, vote: Vote) -> bool:
    rows: Any = db.session.scalars(
        select(JournalEntry.args).where(
            JournalEntry.workshop_id == context.workshop.id,
            JournalEntry.seq > seq,
            JournalEntry.name.in_(EXTENSIONS),
        )
    )
    return any(args.get(vote.kind) == vote.record_id for args in rows)
