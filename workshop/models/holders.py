"""Reads tokens together with what can end them: the person, the device a token was made from, and the link of that device."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select

from workshop.extensions import db
from workshop.models import kept
from workshop.models.people import Participant, Token

_token, _device, _link = (Token.__table__.alias(name) for name in ("token", "device", "link"))
_person = Participant.__table__
_FOUND = (
    select(
        *(_token.c.id, _token.c.role, _token.c.workshop_id, _token.c.participant_id, _token.c.organiser_id),
        _token.c.parent_id,
        *(_token.c.sealed_code, _person.c.state, _token.c.ended_at, _device.c.ended_at, _link.c.ended_at),
    )
    .outerjoin(_device, _device.c.id == _token.c.parent_id)
    .outerjoin(_link, _link.c.id == _device.c.parent_id)
    .outerjoin(_person, _person.c.id == _token.c.participant_id)
    .where(_token.c.hash == bindparam("hash"))
)

_holder = select(Token.id, Token.ended_at, Participant).join(Participant, Participant.id == Token.participant_id)
_PEOPLE = _holder.where(Token.id.in_(bindparam("tokens", expanding=True)))


def people_of(token_ids: Collection[int]) -> dict[int, Participant]:
    """Returns the person of each of these tokens that is valid: the token has not ended, the person was not removed."""
    rows = db.session.execute(_PEOPLE, {"tokens": list(token_ids)})
    return {token: person for token, ended, person in rows if ended is None and person.state == "active"}


def by_hash(hashed: str) -> Any:
    """Returns `(id, role, workshop_id, participant_id, organiser_id, parent_id, …)` of the token with this hash, by one
    statement. None for an unknown token, and where the token, its device, its link or its person has ended."""
    row = kept.row(_FOUND, hash=hashed)
    if row is None or any(moment is not None for moment in row[-3:]):
        return None
    return None if row.participant_id is not None and row.state != "active" else row
