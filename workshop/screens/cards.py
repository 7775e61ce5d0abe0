"""What a follow-up card sees as its own: its group, until when it is valid, and its verdicts and stances in open votes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop import secrecy
from workshop.clock import today
from workshop.extensions import db
from workshop.identity import Actor, secret
from workshop.models import BallotPaper, Decision, Group, LookBack, VerdictPaper, Workshop, card_box
from workshop.models.reviews import follow_up_ends
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused

Record = dict[str, Any]


def own_card(actor: Actor) -> Record:
    """Returns the `mine` of a card: `{role, group, ends, verdicts: {look_back: {item: {verdict, words}}}, stances: {decision:
    {stance, reason?}}}`. Verdicts and stances are found by the card's code while the look-back or decision is open;
    afterwards nobody can find them. Raises `Refused("ended")` for a card that is unknown or no longer valid."""
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    code = actor.personal_code
    card = card_box.find(secret(), code, workshop.id) if code else None
    last = follow_up_ends(workshop)
    if card is None or code is None or today() > last:
        raise Refused("ended")
    rows = db.session.scalars(
        select(LookBack).where(LookBack.workshop_id == workshop.id, LookBack.state == "open").order_by(LookBack.id)
    ).all()
    return {
        "role": actor.role,
        "group": db.session.get_one(Group, card.group_id).key,
        "ends": last.isoformat(),
        "verdicts": {str(RecordId(row.kind, row.id)): _verdicts(row, code) for row in rows},
        "stances": _stances(workshop.id, code),
    }


def _stances(workshop_id: int, code: str) -> Record:
    asked = select(Decision).where(
        Decision.workshop_id == workshop_id, Decision.electorate == "cards", Decision.state == "open"
    )
    found = {}
    for decision in db.session.scalars(asked):
        key = secrecy.ballot_key(secret(), decision.record_id, code)
        paper = db.session.get(BallotPaper, (decision.record_id, key))
        if paper is not None:
            found[decision.record_id] = dict(paper.content)
    return found


def _verdicts(row: LookBack, code: str) -> Record:
    keys = {secrecy.verdict_key(secret(), row.id, on, code): on for on in row.on}
    papers = db.session.scalars(select(VerdictPaper).where(VerdictPaper.look_back_id == row.id, VerdictPaper.key.in_(keys)))
    return {keys[paper.key]: {"verdict": paper.verdict, "words": paper.words} for paper in papers}
