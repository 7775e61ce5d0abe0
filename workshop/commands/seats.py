"""People without a phone: a helper's device makes a seat for each of them, and writes and votes as that person.

A seat is a participant like any other, counted once everywhere. Its number and its personal code stand on a printed card.
Who holds the code holds the seat: another helper's device can take it on, and the person can take it over with an own
phone (`reenter`); whoever had it before has it no longer.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from sqlalchemy import func, select

from .. import identity, secrecy
from ..extensions import db
from ..identity import HELPER
from ..models import Group, Participant, Token
from ..rules import codes, limits
from ..rules.refusal import Refused
from . import joining
from .arguments import Args, Ref, Secret, Words
from .context import Context
from .registry import CHAIRS, Result, command

HELPER_ONLY = (HELPER,)


class CreateSeat(Args):
    """`present` says that the person sits there now, and not only that a card is prepared."""

    group: str
    name: Annotated[str | None, Words("participant.name")] = None
    present: bool = True


class TakeOnSeat(Args):
    reentry_code: Annotated[str, Secret()]


class MarkSeat(Args):
    seat: Annotated[str, Ref("participant")]
    present: bool


@command("create_seat", CreateSeat, HELPER_ONLY, rechecks=True, while_draft=False)
def create_seat(context: Context, args: CreateSeat) -> Result:
    """A seat for somebody without a phone, in any group. It gets the next number and a personal code of its own, which
    the device that made it can print; this device acts for it from now on."""
    _check_device(context)
    joining.check_doors(context)
    number = _next_number(context)
    code = codes.reentry_code(secrets.token_bytes(codes.ENOUGH_BYTES))
    person = joining.arrive(
        context, context.group_of(args.group), args.name, code, role=HELPER, seat=number, present=args.present
    )
    _hold(context, person, code)
    return {"seat": person.record_id, "number": number}


@command("take_on_seat", TakeOnSeat, HELPER_ONLY, while_draft=False)
def take_on_seat(context: Context, args: TakeOnSeat) -> Result:
    """Act for somebody who shows the card: a seat made on another device, or a person whose phone has died, who gets a
    seat now. Who had it before, another helper or the phone, has it no longer. It counts as present."""
    _check_device(context)
    wanted = identity.reentry_hash(context.workshop.id, args.reentry_code)
    person = db.session.scalar(
        select(Participant).where(Participant.workshop_id == context.workshop.id, Participant.reentry_hash == wanted)
    )
    if person is None:
        raise Refused("unknown_code", "reentry_code")
    if person.state != "active":
        raise Refused("ended", "reentry_code", left=True)
    joining.end_tokens(context, person)
    group = db.session.get_one(Group, person.group_id)
    before = joining.group_counts(group)
    if person.seat is None:
        person.seat = _next_number(context)
    person.role, person.present = HELPER, True
    context.touch(person)
    if joining.group_counts(group) != before:
        joining.group_changed(context, group, before)
    code = codes.read_reentry_code(args.reentry_code)
    assert code is not None
    _hold(context, person, code)
    return {"seat": person.record_id, "number": person.seat}


@command("mark_seat", MarkSeat, (HELPER, *CHAIRS))
def mark_seat(context: Context, args: MarkSeat) -> Result:
    """Say whether the person of a seat is here: only those present take part in a decision that opens. A helper marks the
    seats of the own device, a facilitator any. Refused with `conflict` for who has an own phone."""
    person = context.find(Participant, args.seat, "seat")
    if person.seat is None or person.state != "active":
        raise Refused("not_found", "seat")
    if person.role != HELPER:
        raise Refused("conflict", "seat", own_phone=True)
    if context.by_helper and not _holds(context, person):
        raise Refused("not_yours", "seat")
    person.present = args.present
    context.touch(person)
    context.touch_mine(person)
    return None


def _check_device(context: Context) -> None:
    """Raise `not_allowed` for a helper who acts for a seat: only the device itself can have seats."""
    if context.actor.seat_key is None:
        raise Refused("not_allowed")


def _next_number(context: Context) -> int:
    """The number after the largest there ever was: a card that was printed never names somebody else. Raises `too_many`."""
    here = Participant.workshop_id == context.workshop.id, Participant.seat.is_not(None)
    taken = db.session.scalar(select(func.count()).where(*here, Participant.state == "active")) or 0
    if taken >= limits.SEATS:
        raise Refused("too_many", "seat", limit=limits.SEATS)
    return (db.session.scalar(select(func.max(Participant.seat)).where(*here)) or 0) + 1


def _hold(context: Context, person: Participant, code: str) -> None:
    """Let the device that acts write and vote for the seat, with the personal code sealed under the token. A device that
    had the seat before has the same token again."""
    token = identity.seat_token(context.actor, person.id)
    before = db.session.scalar(select(Token).where(Token.hash == identity.token_hash(token)))
    if before is None:
        identity.issue(
            token,
            HELPER,
            workshop_id=context.workshop.id,
            participant_id=person.id,
            parent_id=context.actor.token_id,
            personal_code=code,
        )
    else:
        before.ended_at = None
        before.sealed_code = secrecy.seal(identity.secret(), token, code)
    context.touch_mine(person)


def _holds(context: Context, person: Participant) -> bool:
    """Whether the acting helper has the seat: the device that made it or took it on, or one that acts for it now."""
    if context.actor.participant_id is not None:
        return context.actor.participant_id == person.id
    held = select(Token.id).where(
        Token.parent_id == context.actor.token_id, Token.participant_id == person.id, Token.ended_at.is_(None)
    )
    return db.session.scalar(held) is not None
