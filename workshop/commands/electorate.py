"""The people a ballot counts, by effective group: fixed groups, open doors (docs/rules.md section 7).

A ballot takes whoever comes, also after it has opened. Its effective groups stay; a declared group that was
absent then is counted in the pool, or else in the smallest group, so that late voters can never be told
apart. One that votes openly stands by itself, and nobody who votes secretly is counted with it. Only where nobody at
all had joined at opening are the groups made at closing.
"""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from ..extensions import db
from ..models import Ballot, Group, Participant, Participation
from ..rules import groups
from . import papers, voters
from .context import Context


def voter(ballot: Ballot, person: Participant) -> Participation:
    """What is written down of a person's part in a ballot, with the effective group it is counted in: as when they
    voted first, or new (and not added yet)."""
    before = papers.participation(ballot.record_id, person.id)
    if before is not None:
        return before
    group = _place(ballot, db.session.get_one(Group, person.group_id).key)
    return papers.new_participation(ballot.record_id, person, group)


def _place(ballot: Ballot, key: str) -> str:
    """The effective group of a declared one; an absent one is taken into the pool or the smallest group."""
    if not ballot.effective:
        return key
    known = ballot.effective.get(key)
    if known is not None:
        return str(known)
    old = None if ballot.held.opens(key) else groups.late_host(_in_secret(ballot), voters.joined(ballot.workshop_id))
    new = groups.joined_key([*groups.split_key(old), key]) if old else key
    ballot.effective = {
        declared: new if effective == old else effective for declared, effective in ballot.effective.items()
    } | {key: new}
    ballot.absent = [absent for absent in ballot.absent if absent != key]
    if old is None:
        return new
    weights = ballot.settings.get("weights")
    if isinstance(weights, dict):
        renamed = {new if effective == old else effective: weight for effective, weight in weights.items()}
        ballot.settings = {**ballot.settings, "weights": renamed}
    papers.rename_group(ballot.record_id, old, new)
    return new


def _in_secret(ballot: Ballot) -> dict[str, str]:
    """The effective groups that vote secretly, of each of their declared ones."""
    return {key: str(effective) for key, effective in ballot.effective.items() if not ballot.held.opens(key)}


def open_ballots(context: Context) -> list[Ballot]:
    """The ballots of the workshop in which people can vote now."""
    return list(
        db.session.scalars(
            select(Ballot).where(Ballot.workshop_id == context.workshop.id, Ballot.state == "open")
        )
    )


def touch_open_ballots(context: Context) -> None:
    """Somebody has come or gone: open ballots are seen with another number of eligible people."""
    context.touch(*open_ballots(context))


def settle(ballot: Ballot) -> None:
    """At closing: place every declared group that has people; write down the eligible per effective group."""
    people = voters.summed(_eligible_by_declared(ballot))
    if not ballot.effective:
        sizes = {**dict.fromkeys(ballot.absent, 0), **people}
        grouping = groups.effective_groups(sizes, ballot.privacy_minimum, ballot.held.among(sizes))
        ballot.effective = voters.as_mapping(grouping)
        ballot.absent = list(grouping.absent)
        for key, effective in ballot.effective.items():
            papers.rename_group(ballot.record_id, key, effective)
    for key in sorted(people):
        _place(ballot, key)
    ballot.eligible = voters.summed((str(ballot.effective[key]), size) for key, size in people.items())


def eligible_now(ballot: Ballot) -> dict[str, int]:
    """People per effective group while the ballot is open. Who belongs to a group that was absent at opening and in which
    nobody has voted yet is in none."""
    return voters.summed(
        (str(ballot.effective[key]), size) for key, size in _eligible_by_declared(ballot) if key in ballot.effective
    )


def _eligible_by_declared(ballot: Ballot) -> list[tuple[str, int]]:
    """People in the room, and those taken out of it after they had voted: their paper lies in the box."""
    rows = db.session.execute(
        select(Group.key, func.count())
        .join(Participant, Participant.group_id == Group.id)
        .outerjoin(
            Participation,
            and_(
                Participation.participant_id == Participant.id,
                Participation.subject == ballot.record_id,
            ),
        )
        .where(
            Participant.workshop_id == ballot.workshop_id,
            or_(Participant.state == "active", Participation.voted.is_(True)),
        )
        .group_by(Group.key)
    )
    return [(key, int(count)) for key, count in rows]
