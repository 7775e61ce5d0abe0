"""Reopening an agreement after the seminar: a new version is written beside the one in force, which stays (docs/rules.md
section 11). What is decided on it is in `card_decisions`."""

from __future__ import annotations

from typing import Annotated, Any, cast

from pydantic import Field, create_model
from sqlalchemy import func, select

from workshop.commands.follow_up.endings import ended
from workshop.commands.follow_up.finding import check_closed, item_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.commands.texts import fields
from workshop.commands.texts.fields import AgreementFields
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import ORGANISERS, Result, command
from workshop.extensions import db
from workshop.models import Agreement, Reopening
from workshop.models.items import Item
from workshop.models.reopening import under_way
from workshop.rules import limits
from workshop.rules.history import same_value
from workshop.rules.refusal import Refused

#: what stays as it is: whom the agreement binds, what it is for, and who reads it
FIXED = ("kind", "goals", "parties", "openness")


class OneAgreement(Args):
    agreement: Annotated[str, Ref("agreement")]


class ReopenAgreement(OneAgreement):
    reason: Annotated[str, Words("follow_up.words")] = ""


_EDITED: dict[str, Any] = {
    "agreement": (Annotated[str, Ref("agreement")], ...),
    "revision": (Annotated[int, Field(ge=1, le=limits.RECORD_NUMBER)], ...),
}
EditReopened = cast(type[Args], create_model("EditReopened", __base__=AgreementFields, **_EDITED))


@command("reopen_agreement", ReopenAgreement, ORGANISERS, while_closed=True, while_draft=False)
def reopen_agreement(context: Context, args: ReopenAgreement) -> Result:
    """Begin a new version of an agreement, with the words of the one in force, which stays in force. Raises
    `reason_required`, `already` where one is under way, `closed` for an agreement that is ended, `not_open` for one that is
    no agreement or for its parties only."""
    check_closed(context)
    found = item_of(context, args.agreement, "agreement")
    if found.intention:
        raise Refused("not_open", "agreement", intention=True)
    if found.withheld:
        # A card sees what the public sees.
        raise Refused("not_open", "agreement", withheld=True)
    refuse_where_ended(found)
    if under_way(found.id) is not None:
        raise Refused("already", "agreement", reopened=True)
    if not args.reason:
        raise Refused("reason_required", "reason")
    kept = select(func.count()).select_from(Reopening).where(Reopening.on == found.id)
    if (db.session.scalar(kept) or 0) >= limits.REOPENINGS:
        raise Refused("too_many", "agreement", limit=limits.REOPENINGS)
    new = Reopening(
        workshop_id=context.workshop.id,
        on=found.id,
        from_version=found.version,
        reason=args.reason,
        content=dict(found.content),
        at=context.now(),
    )
    context.add(new)
    facts = {"id": new.id, "on": found.id, "from_version": found.version, "words": words_hash(reason=args.reason)}
    context.proof["reopened_agreement"] = told(context, "reopened_agreement", facts)
    return {"revision": new.revision}


def refuse_where_ended(found: Item) -> None:
    """Raises `Refused("closed", "agreement")` for an agreement that is ended, now or on a day ahead."""
    row = ended(found)
    if row is not None:
        raise Refused("closed", "agreement", ended=row.ends_on.isoformat())


@command("edit_reopened", EditReopened, ORGANISERS, while_closed=True, while_draft=False)
def edit_reopened(context: Context, args: Any) -> Result:
    """Change fields of the new version while it is a draft; the edit names the `revision` it was made on. Raises `conflict`
    with what is kept for another one, `closed` for a field that stays as it is and once the decision is open, `malformed`
    for contributions that are gone or have moved: what was reported on each stays with it."""
    row = draft_of(context, args.agreement)
    if args.revision != row.revision:
        raise Refused("conflict", "revision", revision=row.revision, content=dict(row.content))
    changes = fields.given("agreement", args)
    for name in FIXED:
        if name in changes and changes[name] != row.content.get(name):
            raise Refused("closed", name, fixed=True)
    if "purpose" in changes and not changes["purpose"]:
        raise Refused("empty", "purpose")
    content = {**row.content, **changes}
    fields.check_references(context, "agreement", content)
    _check_lines(context, row, content)
    row.content = with_values_in_force(text_of(context, row), content)
    row.revision += 1
    return {"revision": row.revision}


def _check_lines(context: Context, row: Reopening, content: dict[str, Any]) -> None:
    """A line is known by its place: who owes it stays, and new ones come last."""
    before = item_of(context, row.on).content.get("contributions") or []
    now = content.get("contributions") or []
    kept = [(old or {}).get("party") for old in before]
    if [(new or {}).get("party") for new in now[: len(kept)]] != kept:
        raise Refused("malformed", "contributions", kept=len(kept))


@command("withdraw_reopened", OneAgreement, ORGANISERS, while_closed=True, while_draft=False)
def withdraw_reopened(context: Context, args: OneAgreement) -> Result:
    """Take a new version back before it is decided on. That there was one stays in the record. Raises `closed` once the
    decision is open."""
    row = draft_of(context, args.agreement)
    row.state = "withdrawn"
    row.ended_at = context.now()
    context.proof["reopening_withdrawn"] = {"id": row.id, "on": row.on}
    return None


def draft_of(context: Context, agreement: str) -> Reopening:
    """Returns the new version of an agreement that is being written. Raises `Refused("not_found", "agreement")` where there is
    none, and `closed` once it is decided on."""
    row = reopened(context, agreement)
    if row.state != "draft":
        raise Refused("closed", "agreement", deciding=True)
    return row


def reopened(context: Context, agreement: str) -> Reopening:
    """Returns the new version of an agreement that is under way. Raises `Refused("not_found", "agreement")`."""
    item_of(context, agreement, "agreement")
    row = under_way(agreement)
    if row is None:
        raise Refused("not_found", "agreement")
    return row


def text_of(context: Context, row: Reopening) -> Agreement:
    """Returns the agreement a new version is of."""
    return context.find(Agreement, row.on, "agreement")


def with_values_in_force(text: Agreement, content: dict[str, Any]) -> dict[str, Any]:
    """Returns a new version's content with the stored value of the version in force in each field that says the same: a form
    sends an empty text for a field that has no value, and that is no change."""
    kept = text.content
    return {name: kept.get(name) if same_value(kept.get(name), value) else value for name, value in content.items()}


def changed_fields(text: Agreement, content: dict[str, Any]) -> list[str]:
    """Returns the names of the fields in which a new version differs from the one in force."""
    return [name for name in content if content.get(name) != text.content.get(name)]
