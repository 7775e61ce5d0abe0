"""How ballots and decisions are seen: the same by everybody, and no count of votes before it is published.

What a result may tell is decided once, when it is made (docs/rules.md section 7); here it is only passed on.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from ..clock import stamp
from ..extensions import db
from ..models import Ballot, Decision, Participant, Participation
from ..rules.groups import split_key
from .kinds import Record, kind
from .view import View


@kind(Ballot)
def present_ballot(ballot: Ballot, view: View) -> Record:
    """A ballot. Its options stand in the order of their numbers, which means nothing; phones shuffle them."""
    return {
        "id": ballot.record_id,
        "kind": "ballot",
        "step": f"step:{ballot.step_id}" if ballot.step_id else None,
        "title": ballot.title,
        "method": ballot.method,
        "options": list(ballot.options),
        "settings": dict(ballot.settings),
        "state": ballot.state,
        "opened_at": stamp(ballot.opened_at),
        "ends_at": stamp(ballot.ends_at),
        "closed_at": stamp(ballot.closed_at),
        "pools": _pools(ballot.effective),
        "absent": list(ballot.absent),
        "turnout": _ballot_turnout(ballot, view),
        "result": dict(ballot.result) if ballot.state == "published" and ballot.result else None,
    }


@kind(Decision)
def present_decision(decision: Decision, _view: View) -> Record:
    """A decision on one version of a text. The words of reservations come with the result, without a group."""
    eligible = sum(decision.eligible.values())
    return {
        "id": decision.record_id,
        "kind": "decision",
        "step": f"step:{decision.step_id}" if decision.step_id else None,
        "subject": decision.subject,
        "subject_version": decision.subject_version,
        "text_hash": decision.text_hash,
        "settings": dict(decision.rules),
        "state": decision.state,
        "closed_because": decision.closed_because,
        "opened_at": stamp(decision.opened_at),
        "ends_at": stamp(decision.ends_at),
        "closed_at": stamp(decision.closed_at),
        "pools": _pools(decision.effective),
        "absent": list(decision.absent),
        "turnout": _turnout(_voted(decision.record_id), eligible),
        "result": dict(decision.result) if decision.state == "closed" and decision.result else None,
    }


def _pools(effective: dict[str, Any]) -> list[list[str]]:
    """The effective groups, each as its declared keys."""
    return [list(split_key(key)) for key in sorted(set(effective.values()))]


def _ballot_turnout(ballot: Ballot, view: View) -> dict[str, int]:
    """How many have voted of how many who may. While the ballot is open those are the people in the room now,
    and those who were taken out of it after they had voted."""
    voted = _voted(ballot.record_id)
    if ballot.eligible is not None:
        return _turnout(voted, sum(ballot.eligible.values()))
    return _turnout(voted, sum(view.group_sizes.values()) + voted.gone)


class _Voted(NamedTuple):
    """How many people have voted; how many of them are no longer in the room; for how many a helper cast it."""

    people: int
    gone: int
    by_helper: int


def _turnout(voted: _Voted, eligible: int) -> dict[str, int]:
    """How many a helper cast is told of the whole room alone, and only where there are any."""
    found = {"voted": voted.people, "eligible": eligible}
    return found | {"by_helper": voted.by_helper} if voted.by_helper else found


def _voted(subject: str) -> _Voted:
    row = db.session.execute(
        select(
            func.count(),
            func.sum(case((Participant.state == "active", 0), else_=1)),
            func.sum(case((Participation.by_helper.is_(True), 1), else_=0)),
        )
        .select_from(Participation)
        .join(Participant, Participant.id == Participation.participant_id)
        .where(Participation.subject == subject, Participation.voted.is_(True))
    ).one()
    return _Voted(int(row[0]), int(row[1] or 0), int(row[2] or 0))
