"""The record of an open vote's turnout: made and ended with the vote, moved by each vote cast, told again in the vote's own
record now and then (docs/decisions.md, 29)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from sqlalchemy import bindparam, select, update

from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.perform import perform
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import Ballot, Turnout, Vote
from workshop.models.votes import VOTES
from workshop.rules.refusal import Refused


class TellTurnout(Args):
    vote: Annotated[str, Ref("ballot", "decision")]


def begin(context: Context, vote: Vote) -> None:
    """Creates the record of a vote that has opened (and has its number)."""
    context.add(Turnout(workshop_id=context.workshop.id, vote_id=vote.record_id))


def end(context: Context, vote: Vote) -> None:
    """Deletes the record of a vote that has closed: from now on its own record says how many have voted."""
    row = _of(vote.record_id)
    if row is not None:
        context.write.remove(row)


_row = Turnout.__table__
_stamp = update(_row).where(_row.c.workshop_id == bindparam("workshop"), _row.c.seq < bindparam("now"))
_STAMP_ONE = _stamp.where(_row.c.subject == bindparam("vote")).values(seq=bindparam("now"))
_STAMP_BALLOTS = _stamp.where(_row.c.subject.startswith(f"{Ballot.kind}:")).values(seq=bindparam("now"))


def moved(context: Context, vote: Vote) -> None:
    """Stamps the record after somebody has voted or taken a vote back."""
    vote_id = vote.record_id
    context.write.put_off(_STAMP_ONE, vote_id, workshop=context.workshop.id, vote=vote_id, now=context.seq)


def people_moved(context: Context) -> None:
    """Stamps the records of open ballots after somebody has joined or left: the number of eligible people has changed. The
    list of a decision was fixed when it opened."""
    context.write.put_off(_STAMP_BALLOTS, None, workshop=context.workshop.id, now=context.seq)


def _of(vote_id: str) -> Turnout | None:
    return db.session.scalar(select(Turnout).where(Turnout.vote_id == vote_id))


@command("tell_turnout", TellTurnout, (SYSTEM,))
def tell_turnout(context: Context, args: TellTurnout) -> Result:
    """Send an open vote's own record again, with how many have voted by now: for clients that read it there. Raises
    `already` where it says so, `closed` for a vote that has ended."""
    vote = context.find_among(VOTES, args.vote, "vote")
    if vote.state != "open":
        raise Refused("closed", "vote")
    row = _of(vote.record_id)
    if row is None or row.seq <= vote.seq:
        raise Refused("already", "vote")
    context.touch(vote)
    return None


def tell_moved(workshop_ids: Collection[int]) -> int:
    """Stamps the open votes of these workshops whose own record shows an older turnout. Returns how many."""
    rows = db.session.execute(
        select(Turnout.workshop_id, Turnout.vote_id, Turnout.seq).where(Turnout.workshop_id.in_(workshop_ids))
    ).all()
    if not rows:
        return 0
    told = {
        model.record_id_of(number): seq
        for model in VOTES
        for number, seq in db.session.execute(
            select(model.id, model.seq).where(model.workshop_id.in_(workshop_ids), model.state == "open")
        )
    }
    due = [(workshop_id, vote_id) for workshop_id, vote_id, seq in rows if vote_id in told and seq > told[vote_id]]
    return sum(_tell(workshop_id, vote_id) for workshop_id, vote_id in due)


def _tell(workshop_id: int, vote_id: str) -> bool:
    """Returns whether the vote was stamped; it may have closed, or another process may have done it."""
    try:
        perform(Actor(SYSTEM, workshop_id), "tell_turnout", {"vote": vote_id})
    except Refused as refusal:
        if refusal.code in ("already", "closed", "not_found"):
            return False
        raise
    return True
