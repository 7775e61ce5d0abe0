"""Amendments from the floor: proposing a new wording of one field, accepting, rejecting, withdrawing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from workshop.commands.checks import recheck
from workshop.commands.texts import fields, rewording, versions
from workshop.commands.texts.texts import text_of
from workshop.commands.texts.versions import Text
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import EVERYBODY, FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Amendment, text_versions
from workshop.rules import language, limits
from workshop.rules.refusal import Refused


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
    the language alone, also of a text that is agreed. Raises `closed` for a text that takes none now."""
    text = text_of(context, args.on)
    if not text.takes_amendments:
        raise Refused("closed", "on", amendments="closed")
    if args.sort == language.CAUSE:
        new = check_correction(context, text, args.field, args.new)
    else:
        versions.check_open(text)
        rewording.check_not_agreed_on(text, text.kind)
        new = fields.show_field(_checked_change(context, text, args.field, args.new))
    person = context.person
    amendment = Amendment(
        participant_id=person.id, group_id=person.group_id, variant=args.sort, field=args.field, new=new, reason=args.reason
    )
    put_forward(context, text, amendment)
    return {"amendment": amendment.record_id}


def put_forward(context: Context, text: Text, amendment: Amendment) -> None:
    """Lay a new amendment before the room, on the text as it stands. Raises `too_many` for one too many of one person."""
    own = (
        Amendment.proposed_by == amendment.proposed_by
        if amendment.proposed_by
        else Amendment.participant_id == amendment.participant_id
    )
    number = db.session.scalar(
        select(func.count()).select_from(Amendment).where(own, Amendment.on == text.record_id, Amendment.state == "open")
    )
    if (number or 0) >= limits.OPEN_AMENDMENTS:
        raise Refused("too_many", "on", limit=limits.OPEN_AMENDMENTS)
    amendment.workshop_id = context.workshop.id
    amendment.on = text.record_id
    amendment.on_version = text.version
    amendment.old = fields.show_field(text.content.get(amendment.field))
    amendment.created_at = context.now()
    context.add(amendment)
    tell(context, amendment)
    touch_rivals(context, amendment)


def _checked_change(context: Context, text: Text, field: str, new: str) -> Any:
    """Returns the value that is proposed. Raises `malformed`, `too_long` or `already` naming `new`, and what an idea, goal,
    group or party that is not there is refused with."""
    value = fields.read_field(text.kind, field, new)
    present = text.content.get(field)
    if value == present:
        raise Refused("already", "new")
    if field == fields.NEEDED[text.kind] and not value:
        raise Refused("empty", "new")
    longest = len(fields.show_field(present)) + limits.AMENDMENT_GROWTH
    if isinstance(value, list) and len(new) > longest:
        raise Refused("too_long", "new", limit=longest, length=len(new))
    changed_content(context, text, field, value)
    return value


def changed_content(context: Context, text: Text, field: str, value: Any) -> dict[str, Any]:
    """Returns what an amendment changes, with what follows from it; raises, naming `new`, where something it names is not
    there. A party that still gives or decides something cannot be taken out (`conflict` with `party`)."""
    changes = fields.with_renames(text.content, {field: value})
    try:
        fields.check_references(context, text.kind, {**text.content, **changes})
    except Refused as refusal:
        left = (refusal.field or "").partition(".")[0]
        if field == "parties" and left in ("contributions", "mandates"):
            raise Refused("conflict", "new", party=left) from refusal
        raise Refused(refusal.code, "new", **refusal.facts) from refusal
    return changes


def check_correction(context: Context, text: Text, field: str, new: str) -> str:
    """Returns the words as the field holds them. Raises what `language.check_correction` does; `closed` for a text that was
    left behind, `conflict` while the room is asked about these very words."""
    versions.check_correctable(context, text)
    if language.may_correct(text.kind, field):
        new = fields.show_field(fields.read_field(text.kind, field, new))
    language.check_correction(text.kind, field, fields.show_field(text.content.get(field)), new)
    return new


def tell(context: Context, amendment: Amendment) -> None:
    """Those whose own things an amendment changes: its author, and for a correction whoever may confirm it."""
    context.touch_mine(amendment.participant_id)
    if amendment.variant == language.CAUSE:
        context.touch_mine(text_versions.proposer_of_words(amendment.on, amendment.field))


def touch_rivals(context: Context, amendment: Amendment) -> None:
    """Open amendments of the same field compete; each says so."""
    for rival in db.session.scalars(
        select(Amendment).where(Amendment.on == amendment.on, Amendment.field == amendment.field, Amendment.state == "open")
    ):
        context.touch(rival)


def open_amendment(context: Context, record_id: str) -> Amendment:
    """Returns an amendment that is not settled yet. Raises `already` with its state."""
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


def refuse_stale(text: Text, amendment: Amendment) -> None:
    """Raises `conflict` with the present text for an amendment of words that have changed since."""
    if amendment.stale:
        raise Refused("conflict", "amendment", version=text.version, content=dict(text.content))


@command("accept_amendment", OneAmendment, FACILITATORS, after=recheck)
def accept_amendment(context: Context, args: OneAmendment) -> Result:
    """Take an amendment into the text: a new version. Rival amendments of the same field are marked as stale, or laid on
    the new list where they change other rows of it. A correction of the language is confirmed instead."""
    amendment = open_amendment(context, args.amendment)
    if amendment.variant == language.CAUSE:
        raise Refused("malformed", "amendment", sort=amendment.variant)
    text = text_of(context, amendment.on)
    versions.check_open(text)
    refuse_stale(text, amendment)
    value = fields.read_field(text.kind, amendment.field, amendment.new)
    changes = changed_content(context, text, amendment.field, value)
    # Settled first, so that it is not marked as stale by its own change.
    settle(context, amendment, "accepted")
    db.session.flush()
    versions.new_wording(context, text, changes, "amendment", amendment.reason)
    amendment.in_version = text.version
    return {"version": text.version}


@command("reject_amendment", RejectAmendment, FACILITATORS)
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
    """Returns whether the actor has proposed it."""
    if amendment.proposed_by is not None:
        return amendment.proposed_by == context.actor.pseudonym
    return context.somebody is not None and amendment.participant_id == context.somebody.id


@command("renew_amendment", OneAmendment, FACILITATORS)
def renew_amendment(context: Context, args: OneAmendment) -> Result:
    """Lay a stale amendment anew on the present text: what it changes is shown against that. Refused for a correction that
    would change more than the language of it."""
    amendment = open_amendment(context, args.amendment)
    text = text_of(context, amendment.on)
    if amendment.variant == language.CAUSE:
        check_correction(context, text, amendment.field, amendment.new)
    amendment.stale = False
    if not versions.lay_anew(amendment, text):
        amendment.on_version = text.version
        amendment.old = fields.show_field(text.content.get(amendment.field))
    context.touch(amendment)
    tell(context, amendment)
    return None
