"""The interim mood of an open ballot of positions, refreshed by the server's own clock (docs/rules.md section 7).

A command like any other, for it changes what everybody sees; only the system gives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from ..extensions import db
from ..identity import SYSTEM, Actor
from ..models import Ballot
from ..rules import ballots as rules
from ..rules import interim
from ..rules.refusal import Refused
from . import electorate, papers
from .arguments import Args, Ref
from .context import Context
from .perform import perform
from .registry import Result, command


class RefreshInterim(Args):
    ballot: Annotated[str, Ref("ballot")]


@dataclass(frozen=True)
class _Reckoned:
    """The pictures as they were, and as they will be."""

    before: dict[str, Any]
    after: dict[str, Any]


def _reckon(actor: Actor, args: RefreshInterim) -> _Reckoned | None:
    """Reading all papers is not done under the lock; None where there is nothing to refresh."""
    db.session.rollback()
    ballot = db.session.get(Ballot, int(args.ballot.partition(":")[2]))
    if ballot is None or ballot.workshop_id != actor.workshop_id or not _shows_its_mood(ballot):
        return None
    return _reckoned(ballot)


def _shows_its_mood(ballot: Ballot) -> bool:
    """Declared at opening, open still, and with groups that do not change any more but by taking in others."""
    return ballot.state == "open" and bool(ballot.settings.get("interim")) and bool(ballot.effective)


def _reckoned(ballot: Ballot) -> _Reckoned | None:
    before = dict(ballot.interim or {})
    eligible = electorate.eligible_now(ballot)
    cast = [rules.Paper(group, choices) for group, choices in papers.read(ballot.record_id) if choices]
    if not {paper.group for paper in cast} <= eligible.keys():
        return None
    answers = interim.due(before, list(ballot.options), cast, eligible, ballot.privacy_minimum)
    if not answers:
        return None
    return _Reckoned(before, interim.advance(before, answers, eligible, len(cast), ballot.privacy_minimum))


@command("refresh_interim", RefreshInterim, (SYSTEM,), prepare=_reckon)
def refresh_interim(context: Context, args: RefreshInterim) -> Result:
    """Make the pictures of the mood that are due, and show those that waited. Raises `already` where none is due, and
    `conflict` where another process was quicker."""
    ballot = context.find(Ballot, args.ballot)
    if ballot.state != "open":
        raise Refused("closed", "ballot")
    if context.prepared is None:
        raise Refused("already", "ballot")
    if dict(ballot.interim or {}) != context.prepared.before:
        raise Refused("conflict", "ballot")
    ballot.interim = context.prepared.after
    context.touch(ballot)
    return None


#: the open ballots, each as it was when this process last looked at its papers
_looked: set[tuple[int, datetime, int]] = set()


def refresh_due() -> int:
    """Refresh the mood of every open ballot that shows it and has moved since the last look; answers in how many there
    was something to refresh."""
    global _looked
    open_ones = db.session.scalars(select(Ballot).where(Ballot.state == "open", Ballot.method == "positions")).all()
    now = {(ballot.id, ballot.opened_at, ballot.seq): ballot for ballot in open_ones if _shows_its_mood(ballot)}
    moved = [ballot for state, ballot in now.items() if state not in _looked]
    _looked = set(now)
    due = [(ballot.workshop_id, ballot.record_id) for ballot in moved if _reckoned(ballot) is not None]
    return sum(_refresh(workshop_id, ballot) for workshop_id, ballot in due)


def _refresh(workshop_id: int, ballot: str) -> bool:
    """The facilitator, or another process, may be quicker: a ballot that is closed or refreshed by then is left as it is."""
    try:
        perform(Actor(SYSTEM, workshop_id), "refresh_interim", {"ballot": ballot})
    except Refused as refusal:
        if refusal.code in ("already", "closed", "conflict", "not_found"):
            return False
        raise
    return True
