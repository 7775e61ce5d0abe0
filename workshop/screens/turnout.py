"""How many have voted of how many who may: of the room, and of its groups as far as that may be told.

The same for every audience. Never what was voted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import case, func, select

from ..extensions import db
from ..models import Ballot, Decision, Participant, Participation
from ..rules.groups import late_host
from ..rules.turnout import turnout_by_group
from .kinds import Record
from .view import View


def of_ballot(ballot: Ballot, view: View) -> Record:
    """`turnout` and `turnout_by_group` of a ballot. While it is open, those who may vote are the people in the room now,
    and those who were taken out of it after they had voted."""
    voted = _voted(ballot.record_id)
    if ballot.eligible is not None:
        return _shown(voted, {key: int(people) for key, people in ballot.eligible.items()}, None)
    room = {view.groups[number].key: people for number, people in view.group_sizes.items()}
    eligible = _by_effective_group(ballot, room)
    for key, people in voted.gone.items():
        eligible[key] = eligible.get(key, 0) + people
    # A ballot that opened in an empty room has no groups before it closes.
    return _shown(voted, eligible, ballot.privacy_minimum if ballot.effective else None)


def of_decision(decision: Decision) -> Record:
    """`turnout` and `turnout_by_group` of a decision: who may take part was settled when it opened."""
    voted = _voted(decision.record_id)
    eligible = {key: int(people) for key, people in decision.eligible.items()}
    return _shown(voted, eligible, decision.privacy_minimum if decision.state == "open" else None)


class _Voted(NamedTuple):
    """How many have voted per effective group; how many of those are no longer in the room; for how many of the whole room
    a helper cast it."""

    people: dict[str, int]
    gone: dict[str, int]
    by_helper: int


def _shown(voted: _Voted, eligible: Mapping[str, int], privacy_minimum: int | None) -> Record:
    """The groups are told while the vote is open: then a `privacy_minimum` is given. How many a helper cast is told of the
    whole room alone, and only where there are any."""
    rows = None if privacy_minimum is None else turnout_by_group(voted.people, eligible, privacy_minimum)
    whole = {"voted": sum(voted.people.values()), "eligible": sum(eligible.values())}
    return {
        "turnout": whole | {"by_helper": voted.by_helper} if voted.by_helper else whole,
        "turnout_by_group": None
        if rows is None
        else [{"keys": list(row.keys), "voted": row.voted, "eligible": row.eligible} for row in rows],
    }


def _by_effective_group(ballot: Ballot, room: Mapping[str, int]) -> dict[str, int]:
    """The people in the room by the effective group they are, or would be, counted in."""
    effective = {declared: str(key) for declared, key in ballot.effective.items()}
    late = late_host({declared: key for declared, key in effective.items() if not ballot.held.opens(declared)}, room)
    found: dict[str, int] = {}
    for declared, people in room.items():
        key = effective.get(declared) or (None if ballot.held.opens(declared) else late) or declared
        found[key] = found.get(key, 0) + people
    return found


def _voted(subject: str) -> _Voted:
    rows = db.session.execute(
        select(
            Participation.group,
            func.count(),
            func.sum(case((Participant.state == "active", 0), else_=1)),
            func.sum(case((Participation.by_helper.is_(True), 1), else_=0)),
        )
        .join(Participant, Participant.id == Participation.participant_id)
        .where(Participation.subject == subject, Participation.voted.is_(True))
        .group_by(Participation.group)
    ).all()
    return _Voted(
        people={group: int(count) for group, count, _, _ in rows},
        gone={group: int(gone) for group, _, gone, _ in rows if gone},
        by_helper=sum(int(helped) for _, _, _, helped in rows),
    )
