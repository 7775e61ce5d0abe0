"""Amendments from the floor: proposing a new wording of one field, accepting, rejecting, withdrawing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from ..extensions import db
from ..models import Amendment, wordings
from ..rules import language, limits
from ..rules.refusal import Refused
from . import versions, wording
from .arguments import Args, Ref, Words
from .context import Context
from .registry import CHAIRS, EVERYBODY, PEOPLE, Result, command
from .texts import subject_of
from .versions import Subject


class ProposeAmendment(Args):
    """`sort`: `change`, or `language` for a correction of the language that must be confirmed."""

    on: Annotated[str, Ref("goal", "agreement")]
    field: Annotated[str, Field(max_length=40)]
    new: Annotated[str, Words("amendment.new")]
    reason: Annotated[str, Words("amendment.reason")] = ""
    sort: Literal["change", "language"] = "change"


class OneAmendment(Args):
    amendment: Annotated[str, Ref("amendment")]


class RejectAmendment(Args):
    amendment: Annotated[str, Ref("amendment")]
    reason: Annotated[str, Words("reason")]


@command("propose_amendment", ProposeAmendment, PEOPLE, while_draft=False)
def propose_amendment(context: Context, args: ProposeAmendment) -> Result:
    """Propose a new wording of one field of a goal or agreement, lists as JSON. With `sort: "language"` a correction of
    the language alone, also of a text that is agreed."""
    subject = subject_of(context, args.on)
    if args.sort == language.CAUSE:
        check_correction(context, subject, args.field, args.new)
        new = args.new
    else:
        versions.check_open(subject)
        new = wording.show_field(_checked_change(context, subject, args.field, args.new))
    person = context.person
    amendment = Amendment(
        participant_id=person.id, group_id=person.group_id, sort=args.sort, field=args.field, new=new, reason=args.reason
    )
    put_forward(context, subject, amendment)
    return {"amendment": amendment.record_id}


def put_forward(context: Context, subject: Subject, amendment: Amendment) -> None:
    """Lay a new amendment before the room, on the text as it stands. Raises `too_many` for one too many of one person."""
    own = (
        Amendment.proposed_by == amendment.proposed_by
        if amendment.proposed_by
        else Amendment.participant_id == amendment.participant_id
    )
    number = db.session.scalar(
        select(func.count())
        .select_from(Amendment)
        .where(own, Amendment.on == subject.record_id, Amendment.state == "open")
    )
    if (number or 0) >= limits.OPEN_AMENDMENTS:
        raise Refused("too_many", "on", limit=limits.OPEN_AMENDMENTS)
    amendment.workshop_id = context.workshop.id
    amendment.on = subject.record_id
    amendment.on_version = subject.version
    amendment.old = wording.show_field(subject.content.get(amendment.field))
    amendment.created_at = context.now()
    context.add(amendment)
    tell(context, amendment)
    touch_rivals(context, amendment)


def _checked_change(context: Context, subject: Subject, field: str, new: str) -> Any:
    """The value that is proposed. Raises `malformed`, `too_long` or `already` naming `new`, and what an idea, goal, group or
    party that is not there is refused with."""
    value = wording.read_field(subject.kind, field, new)
    present = subject.content.get(field)
    if value == present:
        raise Refused("already", "new")
    longest = len(wording.show_field(present)) + limits.AMENDMENT_GROWTH
    if isinstance(value, list) and len(new) > longest:
        raise Refused("too_long", "new", limit=longest, length=len(new))
    changed_content(context, subject, field, value)
    return value


def changed_content(context: Context, subject: Subject, field: str, value: Any) -> dict[str, Any]:
    """What an amendment changes, with what follows from it; raises, naming `new`, where something it names is not there. A
    party that still gives or decides something cannot be taken out (`conflict` with `party`)."""
    changes = wording.with_renames(subject.content, {field: value})
    try:
        wording.check_references(context, subject.kind, {**subject.content, **changes})
    except Refused as refusal:
        left = (refusal.field or "").partition(".")[0]
        if field == "parties" and left in ("contributions", "mandates"):
            raise Refused("conflict", "new", party=left) from refusal
        raise Refused(refusal.code, "new", **refusal.facts) from refusal
    return changes


def check_correction(context: Context, subject: Subject, field: str, new: str) -> None:
    """Raises what `language.check_correction` does; `closed` for a text that was left behind, `conflict` while the room is
    asked about these very words."""
    versions.check_correctable(context, subject)
    if language.may_correct(subject.kind, field):
        wording.read_field(subject.kind, field, new)
    language.check_correction(subject.kind, field, wording.show_field(subject.content.get(field)), new)


def tell(context: Context, amendment: Amendment) -> None:
    """Those whose own things an amendment changes: its author, and for a correction whoever may confirm it."""
    context.touch_mine(amendment.participant_id)
    if amendment.sort == language.CAUSE:
        context.touch_mine(wordings.proposer_of_words(amendment.on, amendment.field))


def touch_rivals(context: Context, amendment: Amendment) -> None:
    """Open amendments of the same field compete; each says so."""
    for rival in db.session.scalars(
        select(Amendment).where(
            Amendment.on == amendment.on, Amendment.field == amendment.field, Amendment.state == "open"
        )
    ):
        context.touch(rival)


def open_amendment(context: Context, record_id: str) -> Amendment:
    """An amendment that is not settled yet. Raises `already` with its state."""
    amendment = context.find(Amendment, record_id)
    if amendment.state != "open":
        raise Refused("already", "amendment", state=amendment.state)
    return amendment


def settle(context: Context, amendment: Amendment, state: str, answer: str = "") -> None:
    """End an amendment; its author is told."""
    amendment.state = state
    amendment.answer = answer
    amendment.stale = False
    context.touch(amendment)
    tell(context, amendment)
    touch_rivals(context, amendment)


def refuse_stale(subject: Subject, amendment: Amendment) -> None:
    """Raise `conflict` with the present text for an amendment of words that have changed since."""
    if amendment.stale:
        raise Refused("conflict", "amendment", version=subject.version, content=dict(subject.content))


@command("accept_amendment", OneAmendment, CHAIRS, rechecks=True)
def accept_amendment(context: Context, args: OneAmendment) -> Result:
    """Take an amendment into the text: a new version. Rival amendments of the same field are marked as stale, or laid on
    the new list where they change other rows of it. A correction of the language is confirmed instead."""
    amendment = open_amendment(context, args.amendment)
    if amendment.sort == language.CAUSE:
        raise Refused("malformed", "amendment", sort=amendment.sort)
    subject = subject_of(context, amendment.on)
    versions.check_open(subject)
    refuse_stale(subject, amendment)
    value = wording.read_field(subject.kind, amendment.field, amendment.new)
    changes = changed_content(context, subject, amendment.field, value)
    # Settled first, so that it is not marked as stale by its own change.
    settle(context, amendment, "accepted")
    db.session.flush()
    versions.new_wording(context, subject, changes, "amendment", amendment.reason)
    amendment.in_version = subject.version
    return {"version": subject.version}


@command("reject_amendment", RejectAmendment, CHAIRS)
def reject_amendment(context: Context, args: RejectAmendment) -> Result:
    """Say no to an amendment or a correction, with a reason its author is told."""
    if not args.reason:
        raise Refused("reason_required", "reason")
    settle(context, open_amendment(context, args.amendment), "rejected", args.reason)
    return None


@command("withdraw_amendment", OneAmendment, EVERYBODY)
def withdraw_amendment(context: Context, args: OneAmendment) -> Result:
    """Take one's own amendment or correction back."""
    amendment = open_amendment(context, args.amendment)
    if not is_own(context, amendment):
        raise Refused("not_yours", "amendment")
    settle(context, amendment, "withdrawn")
    return None


def is_own(context: Context, amendment: Amendment) -> bool:
    """Whether the actor has proposed it."""
    if amendment.proposed_by is not None:
        return amendment.proposed_by == context.actor.pseudonym
    return context.somebody is not None and amendment.participant_id == context.somebody.id


@command("renew_amendment", OneAmendment, CHAIRS)
def renew_amendment(context: Context, args: OneAmendment) -> Result:
    """Lay a stale amendment anew on the present text: what it changes is shown against that. Refused for a correction that
    would change more than the language of it."""
    amendment = open_amendment(context, args.amendment)
    subject = subject_of(context, amendment.on)
    if amendment.sort == language.CAUSE:
        check_correction(context, subject, amendment.field, amendment.new)
    amendment.stale = False
    if not versions.lay_anew(amendment, subject):
        amendment.on_version = subject.version
        amendment.old = wording.show_field(subject.content.get(amendment.field))
    context.touch(amendment)
    tell(context, amendment)
    return None
