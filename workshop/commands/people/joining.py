"""Joining a workshop, coming back by re-entry code, giving a name, being ready."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from workshop import identity, secrecy
from workshop.clock import now
from workshop.commands import checks, labels
from workshop.commands.people.hall import Hall
from workshop.commands.votes import electorate, named_papers, openness, turnout
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.identity import PARTICIPANT, VISITOR
from workshop.models import Group, Participant, Token, Workshop, kept
from workshop.models.labels import shown as labels_shown
from workshop.rules import codes, limits
from workshop.rules.refusal import Refused
from workshop.store import writing_outside

#: SQLite takes 32,766 values in a statement, and older ones 999
_HASHES_ASKED_AT_ONCE = 500

_own_code = Workshop.code == bindparam("code")
_of_group = select(Group.workshop_id).where(Group.code == bindparam("code")).scalar_subquery()
_OF_CODE = select(Workshop).where(_own_code | (Workshop.id == _of_group)).order_by(_own_code.desc()).limit(1)
_TOKEN = select(Token.__table__.c.id).where(Token.__table__.c.hash == bindparam("hash"))


class Join(Args):
    """`seed` is made by the client, so that a repeated request creates one participant. The token and the re-entry code are
    derived from it; without it they are random."""

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
    """Returns the token and the personal re-entry code that belong to a join seed."""
    token = secrecy.derived_token(identity.secret(), "join", seed)
    code = codes.reentry_code(secrecy.digest(identity.secret(), "join code", seed))
    return token, code


@command("join", Join, (VISITOR,), while_draft=False, together=True)
def join(context: Context, args: Join) -> Result:
    """Join by the workshop's code or a group's own code."""
    check_doors(context)
    token, personal_code = join_secrets(args.seed)
    new = identity.token_row(token, PARTICIPANT, personal_code)
    if kept.row(_TOKEN, hash=new["hash"]) is not None:
        # A seed from before ids were hashed, or one that was used in another workshop.
        raise Refused("already", "id", joined=True)
    person = arrive(context, _chosen_group(context, args), args.name, personal_code)
    whose = {"workshop_id": context.workshop.id, "participant_id": person.id}
    context.write.put_off(kept.insert(Token), new["hash"], **new, **whose)
    return {"participant": person.record_id}


def check_doors(context: Context) -> None:
    """Raises `closed` if nobody new is let in, and `too_many` if the workshop is full."""
    if context.workshop.locked:
        raise Refused("closed", "workshop", locked=True)
    if Hall.of(context).everybody() >= limits.PARTICIPANTS:
        raise Refused("too_many", "participant", limit=limits.PARTICIPANTS)


def arrive(context: Context, group: Group, name: str | None, personal_code: str, **seat: Any) -> Participant:
    """Adds a participant to a group, with an own phone or on a `seat`."""
    moment, hall = context.now(), Hall.of(context)
    person = Participant(
        workshop_id=context.workshop.id,
        group_id=group.id,
        name=name or None,
        reentry_hash=identity.reentry_hash(context.workshop.id, personal_code),
        joined_at=moment,
        last_seen_at=moment,
        **seat,
    )
    before = labels_shown(context.workshop, hall.people)
    context.write.insert(person)
    hall.count(person, seat.get("role", PARTICIPANT), seat.get("seat"))
    labels.moved(context, before, labels_shown(context.workshop, hall.people))
    electorate.arrived(context, group.key, hall.ballots)
    group_changed(context, hall, group, came=True)
    return person


def _chosen_group(context: Context, args: Join) -> Group:
    groups, code = Hall.of(context).groups, codes.read_join_code(args.code)
    by_code = next((group for group in groups if group.code == code), None)
    if by_code is not None:
        return by_code
    open_groups = [group for group in groups if group.self_selectable]
    if args.group is None:
        if len(open_groups) == 1:
            return open_groups[0]
        raise Refused("group_required", "group", groups=[group.key for group in open_groups])
    group = next((group for group in groups if group.key == args.group), None)
    if group is None:
        raise Refused("not_found", "group")
    if not group.self_selectable:
        raise Refused("not_allowed", "group")
    return group


def group_changed(context: Context, hall: Hall, group: Group, *, came: bool) -> None:
    """Stamps a group whose members have changed, and the records that show out of how many people a number is. `hall` is as it
    has become."""
    context.touch(group)
    for asked in hall.groups:
        openness.drop_if_needless(context, asked, hall.size(asked.id))
    turnout.people_moved(context)
    # A round of consent shows out of how many people its answers are.
    context.touch(*hall.consents)
    now = hall.size(group.id)
    checks.people_changed(context, now - 1 if came else now + 1, now)


def person_behind(context: Context, reentry_code: str) -> Participant:
    """Returns the person whose re-entry code this is, whatever has become of them. Raises `unknown_code`."""
    wanted = identity.reentry_hash(context.workshop.id, reentry_code)
    person = db.session.scalar(
        select(Participant).where(Participant.workshop_id == context.workshop.id, Participant.reentry_hash == wanted)
    )
    if person is None:
        raise Refused("unknown_code", "reentry_code")
    return person


@command("reenter", Reenter, (VISITOR,), while_closed=True, while_draft=False)
def reenter(context: Context, args: Reenter) -> Result:
    """Returns a new token for the same person, on another device or weeks later. The earlier token ends; if the person had
    a seat, so do the helpers' tokens for it."""
    person = person_behind(context, args.reentry_code)
    if person.state != "active":
        raise Refused("ended")
    end_tokens(context, person)
    person.last_seen_at = context.now()
    if person.seat is not None:
        # From now on the person acts by an own phone: no helper acts for the seat any more.
        with labels.following(context):
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


def leave_device(token_id: int) -> None:
    """Ends the token of a device that is handed on; the person stays in the workshop and can come back by personal code. No
    record changes, so the clock does not move."""
    with writing_outside():
        db.session.get_one(Token, token_id).ended_at = now()


def end_tokens(context: Context, person: Participant) -> None:
    """Ends every token of a person."""
    for token in db.session.scalars(select(Token).where(Token.participant_id == person.id, Token.ended_at.is_(None))):
        token.ended_at = context.now()


@command("set_name", SetName, (*PEOPLE, *FACILITATORS))
def set_name(context: Context, args: SetName) -> Result:
    """Give, change or take back one's own name. A vote by name that is still open gets a new name; taking the name back
    does not remove it from the vote."""
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


@command("set_ready", SetReady, PEOPLE, together=True)
def set_ready(context: Context, args: SetReady) -> Result:
    """Say that one is ready to go on; it is taken back when the next step starts."""
    context.write.change(context.person, ready=args.ready)
    context.touch(context.person)
    context.touch_mine(context.person)
    step = context.current_step()
    if step is not None:
        context.touch(step)
    return None


@command("remove_participant", RemoveParticipant, FACILITATORS, while_closed=True)
def remove_participant(context: Context, args: RemoveParticipant) -> Result:
    """Remove somebody from the room: the tokens end, what was written stays."""
    person = context.find(Participant, args.participant)
    if person.state == "removed":
        raise Refused("already", "participant")
    leave_room(context, person)
    return None


def leave_room(context: Context, person: Participant) -> None:
    """Marks a person as no longer in the room: not counted from now on, and all tokens end."""
    group = db.session.get_one(Group, person.group_id)
    electorate.left(context, person)
    with labels.following(context):
        person.state, person.present = "removed", False
    context.touch(person)
    context.touch_mine(person)
    end_tokens(context, person)
    group_changed(context, Hall.read(context), group, came=False)
    step = context.current_step()
    if step is not None and person.ready:
        context.touch(step)


def workshop_of_code(code: str) -> Workshop:
    """Returns the workshop a join code belongs to, its own or a group's. Raises `Refused("unknown_code", "code")`."""
    read = codes.read_join_code(code) if isinstance(code, str) else None
    if read is None:
        raise Refused("unknown_code", "code")
    workshop: Workshop | None = db.session.scalar(_OF_CODE, {"code": read})
    if workshop is None:
        raise Refused("unknown_code", "code")
    return workshop


def workshops_of_person(personal_code: str) -> list[Workshop]:
    """Returns the workshops in which somebody has this personal code: one, or none. The stored hash is made with the number
    of the workshop, so the code is hashed for each."""
    numbers = list(db.session.scalars(select(Workshop.id)))
    found: set[int] = set()
    for start in range(0, len(numbers), _HASHES_ASKED_AT_ONCE):
        some = numbers[start : start + _HASHES_ASKED_AT_ONCE]
        wanted = [identity.reentry_hash(number, personal_code) for number in some]
        found |= set(db.session.scalars(select(Participant.workshop_id).where(Participant.reentry_hash.in_(wanted))))
    return [db.session.get_one(Workshop, number) for number in sorted(found)]


def new_seed() -> str:
    """Returns a join seed for a client that sent none."""
    return secrets.token_hex(16)
