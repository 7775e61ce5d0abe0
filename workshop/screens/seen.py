"""How many people have seen each idea, and how many have answered each statement of an open ballot of positions.

Phones show first what few people have seen (docs/rules.md sections 4 and 10). What anybody answered is not counted, and
approvals and dots are not counted at all, because there an answer is support. The counts are cached for some seconds, so
that a full hall reads them once and repeated requests tell little about when somebody did something.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from sqlalchemy import func, select

from workshop.bounded_cache import BoundedCache
from workshop.extensions import db
from workshop.models import Ballot, BallotPaper, Idea, IdeaView, NamedPaper
from workshop.rules.refusal import Refused

Counts = dict[str, int]

KEPT_SECONDS = 5.0
#: rooms and ballots whose counts one process caches
_MOST = 200


@dataclass(frozen=True)
class _Kept:
    at: float
    counts: Counts


_kept: BoundedCache[Hashable, _Kept] = BoundedCache(_MOST)


def of_ideas(workshop_id: int) -> Counts:
    """Returns how many people have had each idea on the screen, by record id; ideas nobody has seen are left out."""
    return _cached(("ideas", workshop_id), lambda: _views(workshop_id))


def of_statements(ballot: Ballot) -> Counts:
    """Returns how many people have answered each statement, pass included; those nobody has answered are left out."""
    return _cached(("ballot", ballot.id), lambda: _answers(ballot.record_id))


def ballot_to_tell_of(workshop_id: int, ballot_id: int) -> Ballot:
    """Returns the ballot, if how many have answered its statements may be shown.

    Raises `Refused` naming `of`: `not_found` for a ballot of another workshop, `not_allowed` for one of another method than
    positions, `closed` for one that is not open.
    """
    ballot = db.session.get(Ballot, ballot_id)
    if ballot is None or ballot.workshop_id != workshop_id:
        raise Refused("not_found", "of")
    if ballot.method != "positions":
        raise Refused("not_allowed", "of")
    if ballot.state != "open":
        raise Refused("closed", "of")
    return ballot


def by_open_idea(workshop_id: int) -> list[int]:
    """Returns, for every open idea, how many people have seen it, 0 included; for the facilitator's "who is heard"."""
    seen = _views(workshop_id)
    open_ideas = select(Idea.id).where(Idea.workshop_id == workshop_id, Idea.state == "open", Idea.shown_seq.is_not(None))
    return [seen.get(Idea.record_id_of(number), 0) for number in db.session.scalars(open_ideas)]


def _views(workshop_id: int) -> Counts:
    rows = db.session.execute(
        select(IdeaView.idea_id, func.count()).where(IdeaView.workshop_id == workshop_id).group_by(IdeaView.idea_id)
    )
    return {Idea.record_id_of(number): count for number, count in rows}


def _answers(vote_id: str) -> Counts:
    counts: Counts = {}
    for table in (BallotPaper, NamedPaper):
        for content in db.session.scalars(select(table.content).where(table.vote_id == vote_id)):
            for statement in content:
                counts[statement] = counts.get(statement, 0) + 1
    return counts


def _cached(what: Hashable, read: Callable[[], Counts]) -> Counts:
    """Returns the counts of `what`, read again when they are older than `KEPT_SECONDS`."""
    kept, moment = _kept.get(what), time.monotonic()
    if kept is None or moment - kept.at >= KEPT_SECONDS:
        kept = _kept.keep(what, _Kept(moment, read()))
    return kept.counts
