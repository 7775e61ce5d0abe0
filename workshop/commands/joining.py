"""Coming into the room: join, come back by re-entry code, say one's name, be ready."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from sqlalchemy import func, select

from .. import identity, secrecy
from ..extensions import db
from ..identity import PARTICIPANT, VISITOR
from ..models import Amendment, Comment, Commitment, Consent, Group, Idea, Participant, Token, Workshop
from ..rules import codes, limits
from ..rules.refusal import Refused
from . import electorate, named_papers, openness
from .arguments import Args, Ref, Secret, Words
from .context import Context
from .registry import CHAIRS, PEOPLE, Result, command


class Join(Args):
    """`seed` is made by the client, so that a repeated request brings the same person in once. The token and the
    re-entry code are made from it; without it they are random."""

    code: str
    group: str | None = None
    name: Annotated[str | None, Words("participant.name")] = None
    seed: Annotated[str, Secret()]


class Reenter(Args):
    reentry_code: Annotated[str, Secret()]
    token: Annotated[str, Secret()]


class SetName(Args):
    name: Annotated[str | None, Words("participant.name")] = None


class SetReady(Args):
    ready: bool


class RemoveParticipant(Args):
    participant: Annotated[str, Ref("participant")]


def join_secrets(seed: str) -> tuple[str, str]:
    """The token and the personal re-entry code that belong to a join seed."""
    token = secrecy.derived_token(identity.secret(), "join", seed)
    code = codes.reentry_code(secrecy.digest(identity.secret(), "join code", seed))
    return token, code


@command("join", Join, (VISITOR,), rechecks=True, while_draft=False)
def join(context: Context, args: Join) -> Result:
    """A person comes in by the workshop's code or a group's own code."""
    check_doors(context)
    token, personal_code = join_secrets(args.seed)
    person = arrive(context, _chosen_group(context, args), args.name, personal_code)
    identity.issue(
        token, PARTICIPANT, workshop_id=person.workshop_id, participant_id=person.id, personal_code=personal_code
    )
    return {"participant": person.record_id}


def check_doors(context: Context) -> None:
    """Raise `closed` where nobody new is let in, and `too_many` where the room is full."""
    if context.workshop.locked:
        raise Refused("closed", "workshop", locked=True)
    if _people(context.workshop.id) >= limits.PARTICIPANTS:
        raise Refused("too_many", "participant", limit=limits.PARTICIPANTS)


def arrive(context: Context, group: Group, name: str | None, personal_code: str, **seat: Any) -> Participant:
    """One more person in a group, with an own phone or on a `seat`."""
    moment = context.now()
    person = Participant(
        workshop_id=context.workshop.id,
        group_id=group.id,
        name=name or None,
        reentry_hash=identity.reentry_hash(context.workshop.id, personal_code),
        joined_at=moment,
        last_seen_at=moment,
        **seat,
    )
    before = group_counts(group)
    context.add(person)
    group_changed(context, group, before)
    return person


def _chosen_group(context: Context, args: Join) -> Group:
    workshop = context.workshop
    by_code: Group | None = db.session.scalar(
        select(Group).where(Group.workshop_id == workshop.id, Group.code == codes.read_join_code(args.code))
    )
    if by_code is not None:
        return by_code
    open_groups = [group for group in workshop.groups if group.self_selectable]
    if args.group is None:
        if len(open_groups) == 1:
            return open_groups[0]
        raise Refused("group_required", "group", groups=[group.key for group in open_groups])
    group = context.group_of(args.group)
    if not group.self_selectable:
        raise Refused("not_allowed", "group")
    return group


def _people(workshop_id: int) -> int:
    count = db.session.scalar(
        select(func.count())
        .select_from(Participant)
        .where(Participant.workshop_id == workshop_id, Participant.state == "active")
    )
    return count or 0


def group_counts(group: Group) -> tuple[int, int]:
    """How many people a group has, and how many of them came without a phone."""
    people, seats = db.session.execute(
        select(func.count(), func.count(Participant.seat))
        .select_from(Participant)
        .where(Participant.group_id == group.id, Participant.state == "active")
    ).one()
    return int(people), int(seats)


def group_changed(context: Context, group: Group, before: tuple[int, int]) -> None:
    """A group has other people than `before`: its record, and its label on words where a count crossed the privacy
    minimum (docs/rules.md section 7)."""
    context.touch(group)
    openness.drop_needless(context)
    electorate.touch_open_ballots(context)
    # A round of consent says out of how many.
    context.touch(
        *db.session.scalars(
            select(Consent).where(Consent.workshop_id == context.workshop.id, Consent.state == "open")
        )
    )
    minimum = context.workshop.privacy_minimum
    if all((old < minimum) == (new < minimum) for old, new in zip(before, group_counts(group), strict=True)):
        return
    for model in (Idea, Comment, Amendment, Commitment):
        context.touch(*db.session.scalars(select(model).where(model.group_id == group.id)))


@command("reenter", Reenter, (VISITOR,), while_closed=True, while_draft=False)
def reenter(context: Context, args: Reenter) -> Result:
    """The same person on another device, or weeks later. The earlier token ends; so do those of helpers, where the person
    had a seat and now has a phone."""
    wanted = identity.reentry_hash(context.workshop.id, args.reentry_code)
    person = db.session.scalar(
        select(Participant).where(
            Participant.workshop_id == context.workshop.id, Participant.reentry_hash == wanted
        )
    )
    if person is None:
        raise Refused("unknown_code", "reentry_code")
    if person.state != "active":
        raise Refused("ended")
    end_tokens(context, person)
    person.last_seen_at = context.now()
    if person.seat is not None:
        # From here on the person speaks: no helper acts for the seat any more.
        person.role, person.present = PARTICIPANT, False
        context.touch(person)
        context.touch_mine(person)
    identity.issue(
        args.token,
        PARTICIPANT,
        workshop_id=context.workshop.id,
        participant_id=person.id,
        personal_code=codes.read_reentry_code(args.reentry_code),
    )
    return {"participant": person.record_id}


def end_tokens(context: Context, person: Participant) -> None:
    """Every device of a person is let in no longer."""
    for token in db.session.scalars(
        select(Token).where(Token.participant_id == person.id, Token.ended_at.is_(None))
    ):
        token.ended_at = context.now()


@command("set_name", SetName, (*PEOPLE, *CHAIRS))
def set_name(context: Context, args: SetName) -> Result:
    """Say, change or take back one's own name. An open vote that has been cast carries a new name until it closes; taking
    the name back does not take it off."""
    if context.actor.participant_id is None:
        token = db.session.get(Token, context.actor.token_id) if context.actor.token_id else None
        if token is None:
            raise Refused("not_allowed")
        token.name = args.name or None
        context.touch(context.workshop)
        return None
    context.person.name = args.name or None
    if context.person.name:
        named_papers.rename(context, context.person)
    context.touch(context.person)
    context.touch_mine(context.person)
    return None


@command("set_ready", SetReady, PEOPLE)
def set_ready(context: Context, args: SetReady) -> Result:
    """Say that one is ready to go on; it is taken back when the next step starts."""
    context.person.ready = args.ready
    context.touch(context.person)
    context.touch_mine(context.person)
    step = context.current_step()
    if step is not None:
        context.touch(step)
    return None


@command("remove_participant", RemoveParticipant, CHAIRS, while_closed=True)
def remove_participant(context: Context, args: RemoveParticipant) -> Result:
    """Take somebody out of the room: the tokens end, what was written stays."""
    person = context.find(Participant, args.participant)
    if person.state == "removed":
        raise Refused("already", "participant")
    leave_room(context, person)
    return None


def leave_room(context: Context, person: Participant) -> None:
    """A person is in the room no longer: not counted from now on, and let in nowhere."""
    group = db.session.get_one(Group, person.group_id)
    before = group_counts(group)
    person.state, person.present = "removed", False
    context.touch(person)
    context.touch_mine(person)
    end_tokens(context, person)
    group_changed(context, group, before)
    step = context.current_step()
    if step is not None and person.ready:
        context.touch(step)


def workshop_of_code(code: str) -> Workshop:
    """The workshop a join code belongs to, its own or a group's. Raises `Refused("unknown_code", "code")`."""
    read = codes.read_join_code(code) if isinstance(code, str) else None
    if read is None:
        raise Refused("unknown_code", "code")
    workshop: Workshop | None = db.session.scalar(select(Workshop).where(Workshop.code == read))
    if workshop is None:
        workshop = db.session.scalar(
            select(Workshop).join(Group, Group.workshop_id == Workshop.id).where(Group.code == read)
        )
    if workshop is None:
        raise Refused("unknown_code", "code")
    return workshop


def new_seed() -> str:
    """A join seed for a client that brought none."""
    return secrets.token_hex(16)

