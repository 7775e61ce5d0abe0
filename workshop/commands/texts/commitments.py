"""Commitments by name, apart from the secret vote: who stands behind a text, in their own words."""

from __future__ import annotations

from typing import Annotated, Literal

from sqlalchemy import select

from workshop.commands.texts.texts import text_of
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Commitment


class MakeCommitment(Args):
    """`named` says whether the person's own name is printed; without it, or without a name, it stands as a member of
    the group. `keep` asks that it stays when names are erased."""

    on: Annotated[str, Ref("goal", "agreement")]
    standing: Literal["behind", "not_behind", "abstains"]
    words: Annotated[str, Words("commitment.words")] = ""
    named: bool = True
    keep: bool = False


class WithdrawCommitment(Args):
    on: Annotated[str, Ref("goal", "agreement")]


@command("make_commitment", MakeCommitment, PEOPLE, while_draft=False)
def make_commitment(context: Context, args: MakeCommitment) -> Result:
    """Say where one stands on a goal or agreement; saying it again replaces it."""
    text = text_of(context, args.on)
    person = context.person
    commitment = _own(context, text.record_id)
    if commitment is None:
        commitment = Commitment(
            workshop_id=context.workshop.id,
            participant_id=person.id,
            on=text.record_id,
            standing=args.standing,
            created_at=context.now(),
        )
        db.session.add(commitment)
    commitment.standing = args.standing
    commitment.words = args.words
    commitment.name = person.name if args.named else None
    commitment.group_id = person.group_id
    commitment.keep = args.keep
    context.add(commitment)
    context.touch_mine(person)
    return {"commitment": commitment.record_id}


@command("withdraw_commitment", WithdrawCommitment, PEOPLE)
def withdraw_commitment(context: Context, args: WithdrawCommitment) -> Result:
    """Take one's own commitment back."""
    commitment = _own(context, text_of(context, args.on).record_id)
    if commitment is not None:
        context.write.remove(commitment)
        context.touch_mine(context.person)
    return None


def _own(context: Context, on: str) -> Commitment | None:
    return db.session.scalar(select(Commitment).where(Commitment.participant_id == context.person.id, Commitment.on == on))
