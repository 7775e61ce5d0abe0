"""Changing to another group: by the person until the first vote, by a facilitator between two votes.

What the person has written goes along: ideas, comments, amendments and commitments are texts of the new group from then on.
Where a facilitator moves somebody, what the room has seen stays with the old group, but for commitments by name: who moves
one person and sees which texts change would know who wrote them (docs/secrecy.md).

Votes stay as they were cast: each is stored with the group it was counted in, and while a vote is open nobody changes
group, because two counts, before and after, would differ by that one person's vote. What somebody answered for the old
group, whether it votes openly, is no answer for the new one.
"""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import select

from workshop.commands import checks, labels
from workshop.commands.people.hall import Hall
from workshop.commands.people.joining import group_changed
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Amendment, Comment, Commitment, Group, Idea, Participant
from workshop.models.votes import VOTES
from workshop.rules import codes
from workshop.rules.refusal import Refused

_WRITTEN: tuple[Any, ...] = (Idea, Comment, Amendment, Commitment)


class ChangeGroup(Args):
    """`participant` is for facilitators, who say whom they move. `code` is the group's own code, for a group that one cannot
    choose without it."""

    group: str
    participant: Annotated[str | None, Ref("participant")] = None
    code: str | None = None


@command("change_group", ChangeGroup, (*PEOPLE, *FACILITATORS), after=checks.recheck, while_draft=False)
def change_group(context: Context, args: ChangeGroup) -> Result:
    """Change to another group, with everything one has written. Oneself until the first vote opens (`closed` with
    `first_vote`); a facilitator moves anybody between two votes, without the texts that the room has seen. While a vote is
    open nobody can (`conflict`, `open`)."""
    person = _whom(context, args)
    group = context.group_of(args.group)
    if person.group_id == group.id:
        raise Refused("already", "group")
    _check_votes(context)
    if context.somebody is not None and not group.self_selectable and codes.read_join_code(args.code or "") != group.code:
        raise Refused("not_allowed", "group")
    _move(context, person, group)
    return None


def _whom(context: Context, args: ChangeGroup) -> Participant:
    """Returns the person who changes group. Raises `malformed` for a facilitator who names nobody, `not_yours` for a person
    who names somebody else."""
    if context.somebody is not None:
        if args.participant not in (None, context.person.record_id):
            raise Refused("not_yours", "participant")
        return context.person
    if args.participant is None:
        raise Refused("malformed", "participant")
    person = context.find(Participant, args.participant)
    if person.state != "active":
        raise Refused("not_found", "participant")
    return person


def _check_votes(context: Context) -> None:
    """Raises `conflict` while a vote is open, and `closed` for somebody who changes by themselves after the first vote."""
    for model in VOTES:
        here = select(model).where(model.workshop_id == context.workshop.id)
        vote = db.session.scalar(here.where(model.state == "open").limit(1))
        if vote is not None:
            raise Refused("conflict", "group", open=vote.record_id)
    if context.somebody is not None and voting_began(context.workshop.id):
        raise Refused("closed", "group", first_vote=True)


def voting_began(workshop_id: int) -> bool:
    """Returns whether any vote of the workshop has opened."""
    return any(
        db.session.scalar(select(model.id).where(model.workshop_id == workshop_id).limit(1)) is not None for model in VOTES
    )


def _move(context: Context, person: Participant, group: Group) -> None:
    before = db.session.get_one(Group, person.group_id)
    with labels.following(context):
        person.group_id = group.id
        person.moved_at = context.now()
        person.agrees_openly = None
        for model in _WRITTEN:
            for row in db.session.scalars(select(model).where(model.participant_id == person.id)):
                if context.somebody is None and _would_name_author(row):
                    continue
                row.group_id = group.id
                context.touch(row)
    context.touch(person)
    context.touch_mine(person)
    hall = Hall.read(context)
    group_changed(context, hall, before, came=False)
    group_changed(context, hall, group, came=True)


def _would_name_author(row: Idea | Comment | Amendment | Commitment) -> bool:
    """Returns whether the room has seen this text without its author. To change its group tells whoever knows who moved."""
    if isinstance(row, Idea | Comment):
        return row.shown_seq is not None
    return isinstance(row, Amendment) or row.name is None
