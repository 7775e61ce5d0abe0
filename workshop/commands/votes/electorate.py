"""Who may vote, in which declared and which effective group (docs/rules.md sections 6 and 7).

Everybody who joins may vote in a ballot, also after it has opened. Its effective groups stay; a declared group that was
absent then is counted in the pool, or else in the smallest group, so that late voters cannot be identified. It is placed
when its first member joins: placing it at the first vote would show who has voted. A group that votes openly is counted by
itself, and nobody who votes secretly is counted with it. Only if nobody had joined at opening are the groups made at
closing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, and_, func, or_, select

from workshop.clock import now
from workshop.commands.votes import again, openness, secret_papers
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Agreement, Ballot, Goal, Group, Participant, Participation, Workshop, headcount
from workshop.rules import groups, limits
from workshop.rules.checks import GroupCount, check_groups
from workshop.rules.groups import Grouping
from workshop.rules.openness import few_in_secret
from workshop.rules.roles import HELPER

#: a decision is taken by the people seen this recently when it opens (docs/rules.md section 6)
SEEN_WITHIN = timedelta(minutes=30)


class PreviewVote(Args):
    """`for` is the kind of vote: everybody who has joined votes in a ballot, those present in a decision. `options` of the
    ballot, or the text the decision is `on`, tell whether the same was asked before."""

    vote: Literal["ballot", "decision"] = Field(alias="for")
    options: Annotated[list[Annotated[str, Ref("idea", "goal")]] | None, Field(max_length=limits.BALLOT_OPTIONS)] = None
    on: Annotated[str | None, Ref("goal", "agreement")] = None


def joined(workshop_id: int) -> dict[str, int]:
    """Returns the people in the room per declared group key, zeros included: the electorate of a ballot."""
    return headcount.by_key(workshop_id)


def present(workshop_id: int, moment: datetime) -> dict[str, int]:
    """Returns the people present per declared group key, zeros included: the electorate of a decision."""
    return headcount.by_key(workshop_id, _is_present(moment))


def people(workshop_id: int, present_at: datetime | None) -> list[tuple[int, str]]:
    """Returns each person in the room, `(participant number, declared group key)`; those present at a moment, where one is
    given."""
    wanted = (
        select(Participant.id, Group.key)
        .join(Group, Group.id == Participant.group_id)
        .where(Participant.workshop_id == workshop_id, Participant.state == "active")
    )
    rows = db.session.execute(wanted if present_at is None else wanted.where(_is_present(present_at)))
    return [(person, key) for person, key in rows]


def _is_present(moment: datetime) -> ColumnElement[bool]:
    """Returns the condition for people seen in the last half hour and seats marked present. For a seat only the mark
    counts: that a helper has written for it does not show that the person is there."""
    own_phone = Participant.role != HELPER
    seen = Participant.last_seen_at >= moment - SEEN_WITHIN
    return or_(and_(own_phone, seen), and_(Participant.role == HELPER, Participant.present.is_(True)))


def as_mapping(grouping: Grouping) -> dict[str, str]:
    """Returns a grouping as a vote stores it: the effective key of each declared group that is present."""
    return {key: group.key for group in grouping.groups for key in group.keys}


def pools(effective: dict[str, Any]) -> list[list[str]]:
    """Returns the effective groups of a stored mapping, each as its sorted declared keys."""
    return [list(groups.split_key(key)) for key in sorted(set(effective.values()))]


def summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Returns the numbers added up by key."""
    total: dict[str, int] = {}
    for key, count in counts:
        total[key] = total.get(key, 0) + count
    return total


@command("preview_vote", PreviewVote, FACILITATORS)
def preview_vote(context: Context, args: PreviewVote) -> Result:
    """How the groups would be counted if a vote opened now, so that the facilitator knows beforehand.

    `{effective: [{keys, size, open}], absent: [key], openness, agreed: [key], too_few, few_in_secret, checks}`; `open` is
    `declared`, `agreed` or null, `openness` what the running step says, `agreed` the groups that vote openly because all
    their members agreed; `too_few`: even all together are under the privacy minimum, and no counts will be published;
    `few_in_secret`: those who vote secretly beside open groups are. `checks` are W01 and W02 of the groups (docs/rules.md
    section 2), `about` the key of each: they warn, and block nothing. `again`: `{vote, came, left}` of the last vote on the
    same options or words, or null: how many can vote now who could not then, and how many could then and cannot now; two
    results may tell what those few voted. Nothing changes.
    """
    workshop, moment = context.workshop, now()
    if args.vote == "ballot":
        sizes, how_open = joined(workshop.id), openness.next_vote(context, joined(workshop.id))
    else:
        sizes = present(workshop.id, moment)
        how_open = openness.next_vote(context, sizes, dict(people(workshop.id, moment)))
    earlier = _earlier(context, args, moment)
    together = again.pooled(earlier.vote) if earlier else []
    grouping = groups.effective_groups(sizes, workshop.privacy_minimum, how_open.among(sizes), together)
    return {
        "effective": [
            {"keys": list(group.keys), "size": group.size, "open": how_open.why(group.key)} for group in grouping.groups
        ],
        "absent": list(grouping.absent),
        "openness": how_open.declared,
        "agreed": list(how_open.agreed),
        "too_few": sum(sizes.values()) < workshop.privacy_minimum,
        "few_in_secret": few_in_secret(grouping.sizes(), how_open, workshop.privacy_minimum),
        "checks": group_checks(workshop, moment),
        "again": earlier.as_record() if earlier else None,
    }


def _earlier(context: Context, args: PreviewVote, moment: datetime) -> again.Earlier | None:
    """Returns the last vote on what would be asked now, if there was one."""
    if args.vote == "ballot":
        ballot = again.ballot_on(context.workshop.id, args.options or [])
        return again.since_ballot(ballot) if ballot is not None else None
    if args.on is None:
        return None
    model: type[Goal] | type[Agreement] = Goal if args.on.startswith("goal:") else Agreement
    decision = again.decision_on(context.find(model, args.on, "on"))
    here = [person for person, _group in people(context.workshop.id, moment)]
    return again.since_decision(decision, here) if decision is not None else None


def group_checks(workshop: Workshop, moment: datetime) -> list[dict[str, str]]:
    """Returns W01 and W02 at this moment, with the key of the group in `about`: who of those who joined was seen lately."""
    here, there = joined(workshop.id), present(workshop.id, moment)
    required = {group.key for group in workshop.groups if group.required}
    counts = [GroupCount(key, people, there[key], key in required) for key, people in here.items()]
    return [check.as_record() for check in check_groups(counts, workshop.privacy_minimum)]


def voter(context: Context, ballot: Ballot, person: Participant) -> secret_papers.Part:
    """Returns a person's part in a ballot, with the effective group it is counted in: as it is on the list, or a new one
    that is not listed yet."""
    before = secret_papers.part(ballot.record_id, person.id)
    if before is not None:
        return before
    group = _place(context, ballot, headcount.key_of(person.group_id))
    return secret_papers.Part(ballot.record_id, person.id, group)


def _place(context: Context, ballot: Ballot, key: str) -> str:
    """Returns the effective group of a declared one; an absent one is counted in the pool or the smallest group."""
    if not ballot.effective:
        return key
    known = ballot.effective.get(key)
    if known is not None:
        return str(known)
    old = None if ballot.openness.opens(key) else groups.late_host(_in_secret(ballot), joined(ballot.workshop_id))
    new = groups.joined_key([*groups.split_key(old), key]) if old else key
    context.write.written += 1
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
    secret_papers.rename_group(context, ballot.record_id, old, new)
    return new


def _in_secret(ballot: Ballot) -> dict[str, str]:
    """Returns the effective groups that vote secretly, by each of their declared ones."""
    return {key: str(effective) for key, effective in ballot.effective.items() if not ballot.openness.opens(key)}


def open_ballots(context: Context) -> list[Ballot]:
    """Returns the ballots of the workshop in which people can vote now."""
    return list(db.session.scalars(select(Ballot).where(Ballot.workshop_id == context.workshop.id, Ballot.state == "open")))


def arrived(context: Context, key: str, ballots: Iterable[Ballot]) -> None:
    """Places the group of somebody who joined: one that was absent from an open ballot is counted in it from now on."""
    for ballot in ballots:
        if ballot.effective and key not in ballot.effective:
            _place(context, ballot, key)
            context.touch(ballot)


def left(context: Context, person: Participant) -> None:
    """Keeps somebody who leaves in the electorate of open ballots, whether they have voted or not. If only those who had
    voted were kept, the number of eligible people would show whether this one had."""
    for ballot in open_ballots(context):
        if secret_papers.part(ballot.record_id, person.id) is None:
            secret_papers.keep_part(context, voter(context, ballot, person))


def settle(context: Context, ballot: Ballot) -> None:
    """Places, at closing, every declared group that has people, and stores the eligible per effective group."""
    people = summed(_eligible_by_declared(ballot))
    if not ballot.effective:
        sizes = {**dict.fromkeys(ballot.absent, 0), **people}
        grouping = groups.effective_groups(sizes, ballot.privacy_minimum, ballot.openness.among(sizes))
        ballot.effective = as_mapping(grouping)
        ballot.absent = list(grouping.absent)
        for key, effective in ballot.effective.items():
            secret_papers.rename_group(context, ballot.record_id, key, effective)
    for key in sorted(people):
        _place(context, ballot, key)
    ballot.eligible = summed((str(ballot.effective[key]), size) for key, size in people.items())


def _eligible_by_declared(ballot: Ballot) -> list[tuple[str, int]]:
    """Returns people in the room, and those who left while the ballot was open, whether they had voted or not."""
    rows = db.session.execute(
        select(Group.key, func.count())
        .join(Participant, Participant.group_id == Group.id)
        .outerjoin(
            Participation,
            and_(
                Participation.participant_id == Participant.id,
                Participation.vote_id == ballot.record_id,
            ),
        )
        .where(
            Participant.workshop_id == ballot.workshop_id,
            or_(Participant.state == "active", Participation.participant_id.is_not(None)),
        )
        .group_by(Group.key)
    )
    return [(key, int(count)) for key, count in rows]
