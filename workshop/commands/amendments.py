"""Amendments from the floor: proposing a new wording of one field, accepting, rejecting, withdrawing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from ..extensions import db
from ..models import Amendment
from ..rules.refusal import Refused
from . import versions, wording
from .arguments import Args, Ref, Words
from .context import Context
from .registry import CHAIRS, PEOPLE, Result, command
from .texts import subject_of

#: open amendments of one person on one text: enough to be heard, too few to drown it
MOST_OPEN = 10


class ProposeAmendment(Args):
    on: Annotated[str, Ref("goal", "agreement")]
    field: Annotated[str, Field(max_length=40)]
    new: Annotated[str, Words("amendment.new")]
    reason: Annotated[str, Words("amendment.reason")] = ""


class OneAmendment(Args):
    amendment: Annotated[str, Ref("amendment")]


class RejectAmendment(Args):
    amendment: Annotated[str, Ref("amendment")]
    reason: Annotated[str, Words("reason")]


@command("propose_amendment", ProposeAmendment, PEOPLE, while_draft=False)
def propose_amendment(context: Context, args: ProposeAmendment) -> Result:
    """Propose a new wording of one field of a goal or agreement."""
    subject = subject_of(context, args.on)
    versions.check_open(subject)
    value = wording.read_field(subject.kind, args.field, args.new)
    old = subject.content.get(args.field)
    if value == old:
        raise Refused("already", "new")
    person = context.person
    number = db.session.scalar(
        select(func.count())
        .select_from(Amendment)
        .where(Amendment.on == args.on, Amendment.participant_id == person.id, Amendment.state == "open")
    )
    if (number or 0) >= MOST_OPEN:
        raise Refused("too_many", "on", limit=MOST_OPEN)
    amendment = Amendment(
        workshop_id=context.workshop.id,
        participant_id=person.id,
        group_id=person.group_id,
        on=args.on,
        field=args.field,
        on_version=subject.version,
        old=wording.show_field(old),
        new=args.new,
        reason=args.reason,
        created_at=context.now(),
    )
    context.add(amendment)
    context.touch_mine(person)
    touch_rivals(context, amendment)
    return {"amendment": amendment.record_id}


def touch_rivals(context: Context, amendment: Amendment) -> None:
    """Open amendments of the same field compete; each says so."""
    for rival in db.session.scalars(
        select(Amendment).where(
            Amendment.on == amendment.on, Amendment.field == amendment.field, Amendment.state == "open"
        )
    ):
        context.touch(rival)


def _open(context: Context, record_id: str) -> Amendment:
    amendment = context.find(Amendment, record_id)
    if amendment.state != "open":
        raise Refused("already", "amendment", state=amendment.state)
    return amendment


def _settle(context: Context, amendment: Amendment, state: str, answer: str = "") -> None:
    amendment.state = state
    amendment.answer = answer
    amendment.stale = False
    context.touch(amendment)
    context.touch_mine(amendment.participant_id)
    touch_rivals(context, amendment)


@command("accept_amendment", OneAmendment, CHAIRS, rechecks=True)
def accept_amendment(context: Context, args: OneAmendment) -> Result:
    """Take an amendment into the text: a new version. Rival amendments of the same field are marked as stale."""
    amendment = _open(context, args.amendment)
    subject = subject_of(context, amendment.on)
    versions.check_open(subject)
    if amendment.stale:
        raise Refused("conflict", "amendment", version=subject.version, content=dict(subject.content))
    value = wording.read_field(subject.kind, amendment.field, amendment.new)
    changes = {amendment.field: value}
    wording.check_references(context, subject.kind, {**subject.content, **changes})
    # Settled first, so that it is not marked as stale by its own change.
    _settle(context, amendment, "accepted")
    db.session.flush()
    versions.new_wording(context, subject, changes, "amendment", amendment.reason)
    return {"version": subject.version}


@command("reject_amendment", RejectAmendment, CHAIRS)
def reject_amendment(context: Context, args: RejectAmendment) -> Result:
    """Say no to an amendment, with a reason its author is told."""
    if not args.reason:
        raise Refused("reason_required", "reason")
    _settle(context, _open(context, args.amendment), "rejected", args.reason)
    return None


@command("withdraw_amendment", OneAmendment, PEOPLE)
def withdraw_amendment(context: Context, args: OneAmendment) -> Result:
    """Take one's own amendment back."""
    amendment = _open(context, args.amendment)
    if amendment.participant_id != context.person.id:
        raise Refused("not_yours", "amendment")
    _settle(context, amendment, "withdrawn")
    return None


@command("renew_amendment", OneAmendment, CHAIRS)
def renew_amendment(context: Context, args: OneAmendment) -> Result:
    """Lay a stale amendment anew on the present text: what it changes is shown against that."""
    amendment = _open(context, args.amendment)
    subject = subject_of(context, amendment.on)
    amendment.on_version = subject.version
    amendment.old = wording.show_field(subject.content.get(amendment.field))
    amendment.stale = False
    context.touch(amendment)
    context.touch_mine(amendment.participant_id)
    return None
