"""People without a phone: a helper's device creates a seat for each of them, and writes and votes as that person.

A seat is a participant like any other and is counted once everywhere. Its number and its personal code are printed on a
card. The code gives access to the seat: another helper's device can take it on, and the person can take it over with an own
phone (`reenter`); the device that had it before loses it.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from sqlalchemy import func, select

from workshop import identity, secrecy
from workshop.commands import labels
from workshop.commands.people import joining
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.identity import HELPER
from workshop.models import Participant, Token, headcount
from workshop.rules import codes, limits
from workshop.rules.refusal import Refused

HELPER_ONLY = (HELPER,)


class CreateSeat(Args):
    """`present` says that the person is here now, and not only that a card is prepared."""

    group: str
    name: Annotated[str | None, Words("participant.name")] = None
    present: bool = True


class TakeOnSeat(Args):
    reentry_code: Annotated[str, Secret()]


class MarkSeat(Args):
    seat: Annotated[str, Ref("participant")]
    present: bool


@command("create_seat", CreateSeat, HELPER_ONLY, while_draft=False)
def create_seat(context: Context, args: CreateSeat) -> Result:
    """Create a seat for somebody without a phone, in any group. It gets the next number and a personal code of its own,
    which the device that created it can print; this device acts for it from now on."""
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
    """Act for somebody who shows the card: a seat created on another device, or a person whose phone has failed, who gets a
    seat now. The device that had it before, a helper's or the phone, loses it. It counts as present."""
    _check_device(context)
    person = joining.person_behind(context, args.reentry_code)
    if person.state != "active":
        raise Refused("ended", "reentry_code", left=True)
    joining.end_tokens(context, person)
    with labels.following(context):
        if person.seat is None:
            person.seat = _next_number(context)
        person.role, person.present = HELPER, True
    context.touch(person)
    code = codes.read_reentry_code(args.reentry_code)
    assert code is not None
    _hold(context, person, code)
    return {"seat": person.record_id, "number": person.seat}


@command("mark_seat", MarkSeat, (HELPER, *FACILITATORS))
def mark_seat(context: Context, args: MarkSeat) -> Result:
    """Say whether the person of a seat is present: only those present take part in a decision that opens. A helper marks
    the seats of the own device, a facilitator any. Refused with `conflict` for a person with an own phone."""
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
    """Raises `not_allowed` for a helper who acts for a seat: only the device itself can have seats."""
    if context.actor.seat_key is None:
        raise Refused("not_allowed")


def _next_number(context: Context) -> int:
    """Returns the number after the largest ever given, so that no printed card names another person. Raises `too_many`."""
    if headcount.joined(context.workshop.id, Participant.seat.is_not(None)) >= limits.SEATS:
        raise Refused("too_many", "seat", limit=limits.SEATS)
    largest = select(func.max(Participant.seat)).where(Participant.workshop_id == context.workshop.id)
    return (db.session.scalar(largest) or 0) + 1


def _hold(context: Context, person: Participant, code: str) -> None:
    """Lets the acting device write and vote for the seat, with the personal code sealed under its token. A device that had
    the seat before gets the same token again."""
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
    """Returns whether the acting helper has the seat: the device that created it or took it on, or one that acts for it
    now."""
    if context.actor.participant_id is not None:
        return context.actor.participant_id == person.id
    held = select(Token.id).where(
        Token.parent_id == context.actor.token_id, Token.participant_id == person.id, Token.ended_at.is_(None)
    )
    return db.session.scalar(held) is not None
