"""How many people a workshop has.

Everybody is counted who has joined and has not been removed: people with a phone of their own and seats that a helper acts
for, whether they are connected or not. Callers can add conditions.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from workshop.extensions import db
from workshop.models import kept
from workshop.models.people import Participant
from workshop.models.rooms import Group

_KEY = select(Group.__table__.c.key).where(Group.__table__.c.id == bindparam("group"))


def key_of(group_id: int) -> str:
    """Returns the key of a declared group."""
    return str(kept.row(_KEY, group=group_id).key)


def joined(workshop_id: int, *conditions: ColumnElement[bool]) -> int:
    """Returns the number of people of the workshop who meet the conditions."""
    people = _active(workshop_id, conditions)
    return db.session.scalar(select(func.count()).select_from(Participant).where(*people)) or 0


def by_group(workshop_id: int, *conditions: ColumnElement[bool]) -> dict[int, int]:
    """Returns the number of people per group number; groups without any are left out."""
    people = _active(workshop_id, conditions)
    rows = db.session.execute(select(Participant.group_id, func.count()).where(*people).group_by(Participant.group_id))
    return dict(rows.all())


def by_key(workshop_id: int, *conditions: ColumnElement[bool]) -> dict[str, int]:
    """Returns the number of people per key of a declared group, 0 for groups without any."""
    people = _active(workshop_id, conditions)
    rows = db.session.execute(
        select(Group.key, func.count(Participant.id))
        .outerjoin(Participant, and_(Participant.group_id == Group.id, *people))
        .where(Group.workshop_id == workshop_id)
        .group_by(Group.key)
    )
    return dict(rows.all())


def _active(workshop_id: int, conditions: tuple[ColumnElement[bool], ...]) -> tuple[ColumnElement[bool], ...]:
    return (Participant.workshop_id == workshop_id, Participant.state == "active", *conditions)
