"""Who may vote, in which declared and which effective group (docs/rules.md sections 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, and_, func, or_, select

from ..clock import now
from ..extensions import db
from ..models import Group, Participant, Workshop
from ..rules import groups
from ..rules.checks import GroupCount, check_groups
from ..rules.groups import Grouping
from ..rules.openness import few_in_secret
from ..rules.roles import HELPER
from . import openness
from .arguments import Args
from .context import Context
from .registry import CHAIRS, Result, command

#: a decision is taken by the people seen this recently when it opens (docs/rules.md section 6)
SEEN_WITHIN = timedelta(minutes=30)


class PreviewVote(Args):
    """`for` is the kind of vote: everybody who has joined votes in a ballot, those present in a decision."""

    vote: Literal["ballot", "decision"] = Field(alias="for")


def joined(workshop_id: int) -> dict[str, int]:
    """People in the room per declared group key, zeros included: the electorate of a ballot."""
    return _counted(workshop_id, None)


def present(workshop_id: int, moment: datetime) -> dict[str, int]:
    """Those present per declared group key, zeros included: they take a decision."""
    return _counted(workshop_id, _is_present(moment))


def present_people(workshop_id: int, moment: datetime) -> list[tuple[int, str]]:
    """Each of those present: `(participant number, declared group key)`."""
    rows = db.session.execute(
        select(Participant.id, Group.key)
        .join(Group, Group.id == Participant.group_id)
        .where(Participant.workshop_id == workshop_id, Participant.state == "active", _is_present(moment))
    )
    return [(person, key) for person, key in rows]


def _is_present(moment: datetime) -> ColumnElement[bool]:
    """People seen in the last half hour, and seats marked present. Of a seat a helper acts for only the mark counts: that
    the helper has written for it says nothing about who sits there."""
    own_phone = Participant.role != HELPER
    seen = Participant.last_seen_at >= moment - SEEN_WITHIN
    return or_(and_(own_phone, seen), and_(Participant.role == HELPER, Participant.present.is_(True)))


def _counted(workshop_id: int, who: ColumnElement[bool] | None) -> dict[str, int]:
    people = (
        select(Participant.group_id, func.count().label("people"))
        .where(Participant.workshop_id == workshop_id, Participant.state == "active")
        .group_by(Participant.group_id)
    )
    if who is not None:
        people = people.where(who)
    counted = people.subquery()
    rows = db.session.execute(
        select(Group.key, func.coalesce(counted.c.people, 0))
        .outerjoin(counted, counted.c.group_id == Group.id)
        .where(Group.workshop_id == workshop_id)
    )
    return {key: int(count) for key, count in rows}


def as_mapping(grouping: Grouping) -> dict[str, str]:
    """A grouping as a vote keeps it: the effective key of each declared group that is present."""
    return {key: group.key for group in grouping.groups for key in group.keys}


def pools(effective: dict[str, Any]) -> list[list[str]]:
    """The effective groups of a stored mapping, each as its sorted declared keys."""
    return [list(groups.split_key(key)) for key in sorted(set(effective.values()))]


def summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Numbers added up by their key."""
    total: dict[str, int] = {}
    for key, count in counts:
        total[key] = total.get(key, 0) + count
    return total


@command("preview_vote", PreviewVote, CHAIRS)
def preview_vote(context: Context, args: PreviewVote) -> Result:
    """How the groups would be counted if a vote opened now, so that the facilitator knows beforehand.

    `{effective: [{keys, size, open}], absent: [key], openness, agreed: [key], too_few, few_in_secret, checks}`; `open` is
    `declared`, `agreed` or null, `openness` what the running step says, `agreed` the groups that vote openly because all
    their members agreed; `too_few`: even all together are under the privacy minimum, and no counts will be published;
    `few_in_secret`: those who vote secretly beside open groups are. `checks` are W01 and W02 of the groups (docs/rules.md
    section 2), `about` the key of each: they warn, and block nothing. Nothing changes.
    """
    workshop, moment = context.workshop, now()
    if args.vote == "ballot":
        sizes, held = joined(workshop.id), openness.next_vote(context, joined(workshop.id))
    else:
        sizes = present(workshop.id, moment)
        held = openness.next_vote(context, sizes, dict(present_people(workshop.id, moment)))
    grouping = groups.effective_groups(sizes, workshop.privacy_minimum, held.among(sizes))
    return {
        "effective": [
            {"keys": list(group.keys), "size": group.size, "open": held.why(group.key)} for group in grouping.groups
        ],
        "absent": list(grouping.absent),
        "openness": held.declared,
        "agreed": list(held.agreed),
        "too_few": sum(sizes.values()) < workshop.privacy_minimum,
        "few_in_secret": few_in_secret(grouping.sizes(), held, workshop.privacy_minimum),
        "checks": group_checks(workshop, moment),
    }


def group_checks(workshop: Workshop, moment: datetime) -> list[dict[str, str]]:
    """W01 and W02 as they stand now, the key of the group in `about`: of those who have checked in, who was seen lately."""
    here, there = joined(workshop.id), present(workshop.id, moment)
    required = {group.key for group in workshop.groups if group.required}
    counts = [GroupCount(key, people, there[key], key in required) for key, people in here.items()]
    return [check.as_record() for check in check_groups(counts, workshop.privacy_minimum)]
