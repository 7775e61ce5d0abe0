"""How many people a workshop has.

Everybody is counted who has joined and has not been removed: people with a phone of their own and seats that a helper acts
for, whether they are connected or not. Callers can add conditions.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from workshop.extensions import db
from workshop.models import kept
from workshop.models.people import Participant
from workshop.models.rooms import Group

_KEY = select(Group.__table__.c.key).where(Group.__table__.c.id == bindparam("group"))


def key_of(group_id: int) -> str:
    """Returns the key of a declared group."""
    return str(kept.row(_KEY, group=group_id).key)


_ACTIVE = Participant.workshop_id == bindparam("workshop"), Participant.state == "active"
_JOINED = select(func.count()).select_from(Participant).where(*_ACTIVE)
_BY_GROUP = select(Participant.group_id, func.count()).where(*_ACTIVE).group_by(Participant.group_id)


def joined(workshop_id: int, *conditions: ColumnElement[bool]) -> int:
    """Returns the number of people of the workshop who meet the conditions."""
    return db.session.scalar(_JOINED.where(*conditions), {"workshop": workshop_id}) or 0


def by_group(workshop_id: int, *conditions: ColumnElement[bool]) -> dict[int, int]:
    """Returns the number of people per group number; groups without any are left out."""
    rows = db.session.execute(_BY_GROUP.where(*conditions), {"workshop": workshop_id})
    return dict(rows.all())


def by_key(workshop_id: int, *conditions: ColumnElement[bool]) -> dict[str, int]:
    """Returns the number of people per key of a declared group, 0 for groups without any."""
    wanted = _by_key(conditions) if conditions else _BY_KEY
    return dict(db.session.execute(wanted, {"workshop": workshop_id}).all())


def _by_key(conditions: tuple[ColumnElement[bool], ...]) -> Any:
    return (
        select(Group.key, func.count(Participant.id))
        .outerjoin(Participant, and_(Participant.group_id == Group.id, *_ACTIVE, *conditions))
        .where(Group.workshop_id == bindparam("workshop"))
        .group_by(Group.key)
    )


_BY_KEY = _by_key(())
