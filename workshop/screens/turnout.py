"""How many people may vote and how many have voted, in the room and, where that may be shown, in its groups.

Every audience sees the same. What was voted is not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, select

from workshop.extensions import db
from workshop.models import Ballot, Decision, Participant, Participation
from workshop.rules.groups import late_host
from workshop.rules.turnout import turnout_by_group
from workshop.screens.kinds import Record
from workshop.screens.view import View


def of_ballot(ballot: Ballot, view: View) -> Record:
    """Returns `turnout` and `turnout_by_group` of a ballot. While it is open, those who may vote are the people in the room
    and those who have left since it opened, whether they had voted or not. If those who had not voted were no longer
    counted, the number would tell whether a person who leaves had voted."""
    voted = _voted(ballot.record_id)
    if ballot.eligible is not None:
        return _told(voted, {key: int(people) for key, people in ballot.eligible.items()})
    room = {view.groups[number].key: people for number, people in view.group_sizes.items()}
    eligible = _by_effective_group(ballot, room)
    for key, people in voted.gone.items():
        eligible[key] = eligible.get(key, 0) + people
    # A ballot that opened in an empty room has no effective groups before it closes.
    return _told_underway(voted, eligible, ballot.privacy_minimum if ballot.effective else None)


def of_decision(decision: Decision) -> Record:
    """Returns `turnout` and `turnout_by_group` of a decision. Who may take part was fixed when it opened."""
    voted = _voted(decision.record_id)
    eligible = {key: int(people) for key, people in decision.eligible.items()}
    if decision.state != "open":
        return _told(voted, eligible)
    return _told_underway(voted, eligible, decision.privacy_minimum)


class _Voted(NamedTuple):
    """How many have voted per effective group; how many of those who may vote have left the room, per effective group; and
    how many votes of the whole room a helper cast."""

    people: dict[str, int]
    gone: dict[str, int]
    by_helper: int


def _told_underway(voted: _Voted, eligible: Mapping[str, int], privacy_minimum: int | None) -> Record:
    """Returns the turnout of an open vote, by group only with a `privacy_minimum`. How many votes a helper cast is left out,
    because with few seats it would tell who has voted."""
    rows = None if privacy_minimum is None else turnout_by_group(voted.people, eligible, privacy_minimum)
    return {
        "turnout": _whole(voted, eligible),
        "turnout_by_group": None
        if rows is None
        else [{"keys": list(row.keys), "voted": row.voted, "eligible": row.eligible} for row in rows],
    }


def _told(voted: _Voted, eligible: Mapping[str, int]) -> Record:
    """Returns the turnout of a closed vote. How many votes a helper cast is given for the whole room only, if there are
    any."""
    by_helper = {"by_helper": voted.by_helper} if voted.by_helper else {}
    return {"turnout": _whole(voted, eligible) | by_helper, "turnout_by_group": None}


def _whole(voted: _Voted, eligible: Mapping[str, int]) -> dict[str, int]:
    return {"voted": sum(voted.people.values()), "eligible": sum(eligible.values())}


def _by_effective_group(ballot: Ballot, room: Mapping[str, int]) -> dict[str, int]:
    """Returns the number of people in the room by the effective group in which they are, or would be, counted."""
    effective = {declared: str(key) for declared, key in ballot.effective.items()}
    late = late_host({declared: key for declared, key in effective.items() if not ballot.openness.opens(declared)}, room)
    found: dict[str, int] = {}
    for declared, people in room.items():
        key = effective.get(declared) or (None if ballot.openness.opens(declared) else late) or declared
        found[key] = found.get(key, 0) + people
    return found


_COUNTED = (
    select(
        Participation.group,
        func.sum(case((Participation.voted.is_(True), 1), else_=0)),
        func.sum(case((Participant.state == "active", 0), else_=1)),
        func.sum(case((and_(Participation.voted.is_(True), Participation.by_helper.is_(True)), 1), else_=0)),
    )
    .join(Participant, Participant.id == Participation.participant_id)
    .where(Participation.vote_id == bindparam("vote"))
    .group_by(Participation.group)
)


def _voted(vote_id: str) -> _Voted:
    rows = db.session.execute(_COUNTED, {"vote": vote_id}).all()
    return _Voted(
        people={group: int(count) for group, count, _, _ in rows if count},
        gone={group: int(gone) for group, _, gone, _ in rows if gone},
        by_helper=sum(int(helped) for _, _, _, helped in rows),
    )
