"""Corrections of the language alone: proposed by one, confirmed by somebody else (docs/rules.md section 1).

A participant proposes one as an amendment (`amendments`). The text stays what it is, agreed or not, and a decision on it
stays bound to the version it was taken on.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..extensions import db
from ..models import Amendment, wordings
from ..rules import language
from ..rules.refusal import Refused
from . import amendments, versions
from .amendments import OneAmendment
from .arguments import Args, Ref, Words
from .context import Context
from .registry import CHAIRS, EVERYBODY, Result, command
from .texts import Version, subject_of


class CorrectLanguage(Args):
    on: Annotated[str, Ref("goal", "agreement")]
    version: Version
    field: Annotated[str, Field(max_length=40)]
    new: Annotated[str, Words("amendment.new")]
    reason: Annotated[str, Words("amendment.reason")] = ""


@command("correct_language", CorrectLanguage, CHAIRS)
def correct_language(context: Context, args: CorrectLanguage) -> Result:
    """Propose to correct the language of one field and nothing else, also of a text that is agreed. It takes effect when
    another facilitator, or the participant who proposed these words, confirms it."""
    subject = subject_of(context, args.on)
    versions.check_version(subject, args.version)
    amendments.check_correction(context, subject, args.field, args.new)
    amendment = Amendment(
        proposed_by=context.actor.pseudonym, sort=language.CAUSE, field=args.field, new=args.new, reason=args.reason
    )
    amendments.put_forward(context, subject, amendment)
    return {"amendment": amendment.record_id}


@command("confirm_correction", OneAmendment, EVERYBODY, rechecks=True)
def confirm_correction(context: Context, args: OneAmendment) -> Result:
    """Confirm that a correction changes nothing but the language: a new version of the text, whose state and decisions stay.
    Raises `not_allowed` for the one who proposed it, and for participants who did not propose the words it corrects."""
    amendment = amendments.open_amendment(context, args.amendment)
    if amendment.sort != language.CAUSE:
        raise Refused("malformed", "amendment", sort=amendment.sort)
    _check_may_confirm(context, amendment)
    subject = subject_of(context, amendment.on)
    amendments.refuse_stale(subject, amendment)
    amendments.check_correction(context, subject, amendment.field, amendment.new)
    # Settled first, so that it is not marked as stale by its own change.
    amendments.settle(context, amendment, "accepted")
    db.session.flush()
    versions.corrected(context, subject, amendment, amendment.new)
    amendment.in_version = subject.version
    return {"version": subject.version}


def _check_may_confirm(context: Context, amendment: Amendment) -> None:
    if amendments.is_own(context, amendment):
        raise Refused("not_allowed", "amendment", own=True)
    person = context.somebody
    if person is not None and wordings.proposer_of_words(amendment.on, amendment.field) != person.id:
        raise Refused("not_allowed", "amendment")
