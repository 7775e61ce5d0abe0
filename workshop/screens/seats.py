"""What a helper's device sees as its own: its seats, and who of them is present and has voted. Not what was voted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from workshop.extensions import db
from workshop.identity import HELPER, Actor
from workshop.models import Group, Participant, Participation, Token
from workshop.models.votes import VOTES


def seats(actor: Actor) -> dict[str, Any]:
    """Returns `{seats: [{id, number, name, group, hands, present, voted}], made, seq}` of a helper's device, by number.

    `hands` says who acts for the seat now: `mine` (this device), `own_phone` (the person), `other` (another helper's device)
    or `gone` (nobody: the person left the room). Of a seat that is not `mine`, only number and group are shown. `voted` says
    for each open vote that the person may take part in whether they have; `made` is how many seats the workshop has.
    """
    rows = db.session.execute(
        select(Participant, Group.key, Token.ended_at)
        .join(Token, Token.participant_id == Participant.id)
        .join(Group, Group.id == Participant.group_id)
        .where(Token.parent_id == actor.token_id)
        .order_by(Participant.seat)
    ).all()
    mine = [person.id for person, _, ended in rows if _hands(person, ended) == "mine"]
    voted = _voted(actor.workshop_id, mine)
    return {
        "seats": [_seat(person, key, _hands(person, ended), voted) for person, key, ended in rows],
        "made": made(actor.workshop_id),
        "seq": max((person.mine_seq for person, _, _ in rows), default=0),
    }


def made(workshop_id: int | None) -> int:
    """Returns how many seats a workshop has."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Participant)
        .where(
            Participant.workshop_id == workshop_id,
            Participant.state == "active",
            Participant.seat.is_not(None),
        )
    )
    return count or 0


def _hands(person: Participant, ended: Any) -> str:
    if person.state != "active":
        return "gone"
    if person.role != HELPER:
        return "own_phone"
    return "mine" if ended is None else "other"


def _seat(person: Participant, group: str, hands: str, voted: dict[int, dict[str, bool]]) -> dict[str, Any]:
    own = hands == "mine"
    return {
        "id": person.record_id,
        "number": person.seat,
        "group": group,
        "hands": hands,
        "name": person.name if own else None,
        "present": person.present if own else None,
        "voted": voted.get(person.id, {}) if own else {},
    }


def _voted(workshop_id: int | None, people: Iterable[int]) -> dict[int, dict[str, bool]]:
    """Returns, by person, the open votes they may take part in, and whether they have voted."""
    open_votes = [
        model.record_id_of(number)
        for model in VOTES
        for number in db.session.scalars(select(model.id).where(model.workshop_id == workshop_id, model.state == "open"))
    ]
    rows = db.session.execute(
        select(Participation.participant_id, Participation.vote_id, Participation.voted).where(
            Participation.participant_id.in_(people), Participation.vote_id.in_(open_votes)
        )
    )
    found: dict[int, dict[str, bool]] = {}
    for person, vote_id, has_voted in rows:
        found.setdefault(person, {})[vote_id] = has_voted
    return found
