"""Corrections of the language alone: proposed by one, confirmed by somebody else (docs/rules.md section 1).

A participant proposes one as an amendment (`amendments`). The text stays what it is, agreed or not, and a decision on it
stays bound to the version it was taken on.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workshop.commands.checks import recheck
from workshop.commands.texts import amendments, versions
from workshop.commands.texts.amendments import OneAmendment
from workshop.commands.texts.texts import Version, text_of
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import EVERYBODY, FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Amendment, text_versions
from workshop.rules import language
from workshop.rules.refusal import Refused


class CorrectLanguage(Args):
    on: Annotated[str, Ref("goal", "agreement")]
    version: Version
    field: Annotated[str, Field(max_length=40)]
    new: Annotated[str, Words("amendment.new")]
    reason: Annotated[str, Words("amendment.reason")] = ""


@command("correct_language", CorrectLanguage, FACILITATORS)
def correct_language(context: Context, args: CorrectLanguage) -> Result:
    """Propose to correct the language of one field and nothing else, also of a text that is agreed. It takes effect when
    another facilitator, or the participant who proposed these words, confirms it."""
    text = text_of(context, args.on)
    versions.check_version(text, args.version)
    new = amendments.check_correction(context, text, args.field, args.new)
    amendment = Amendment(
        proposed_by=context.actor.pseudonym, variant=language.CAUSE, field=args.field, new=new, reason=args.reason
    )
    amendments.put_forward(context, text, amendment)
    return {"amendment": amendment.record_id}


@command("confirm_correction", OneAmendment, EVERYBODY, after=recheck)
def confirm_correction(context: Context, args: OneAmendment) -> Result:
    """Confirm that a correction changes nothing but the language: a new version of the text, whose state and decisions stay.
    Raises `not_allowed` for the one who proposed it, and for participants who did not propose the words it corrects."""
    amendment = amendments.open_amendment(context, args.amendment)
    if amendment.variant != language.CAUSE:
        raise Refused("malformed", "amendment", sort=amendment.variant)
    _check_may_confirm(context, amendment)
    text = text_of(context, amendment.on)
    amendments.refuse_stale(text, amendment)
    amendments.check_correction(context, text, amendment.field, amendment.new)
    # Settled first, so that it is not marked as stale by its own change.
    amendments.settle(context, amendment, "accepted")
    db.session.flush()
    versions.corrected(context, text, amendment, amendment.new)
    amendment.in_version = text.version
    return {"version": text.version}


def _check_may_confirm(context: Context, amendment: Amendment) -> None:
    if amendments.is_own(context, amendment):
        raise Refused("not_allowed", "amendment", own=True)
    person = context.somebody
    if person is not None and text_versions.proposer_of_words(amendment.on, amendment.field) != person.id:
        raise Refused("not_allowed", "amendment")
