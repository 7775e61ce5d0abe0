"""The same workshop once more: its settings, groups and programme; new codes and links, nobody in it, nothing written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..models import Group, Workshop
from ..rules.refusal import Refused
from .creating import create_workshop
from .settings import Settings

#: what belongs to the one meeting and not to its plan
_NOT_COPIED = frozenset({"title", "locked"})


def duplicate_workshop(organiser_id: int, workshop_id: int, title: str) -> dict[str, Any]:
    """Make a draft like one of the organiser's own workshops. Answers what `create_workshop` answers.

    Raises `Refused("not_found", "workshop")` for another organiser's, and names the field of a bad title.
    """
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is None or workshop.organiser_id != organiser_id:
        raise Refused("not_found", "workshop")
    content: dict[str, Any] = {name: getattr(workshop, name) for name in Settings.model_fields if name not in _NOT_COPIED}
    content["response_due"] = workshop.response_due.isoformat() if workshop.response_due else None
    content["decision_rules"] = dict(workshop.decision_rules)
    content |= {"title": title, "state": "draft", "template": workshop.template, "groups": _groups(workshop_id)}
    return create_workshop(organiser_id, content, like=workshop)


def _groups(workshop_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Group).where(Group.workshop_id == workshop_id).order_by(Group.position, Group.id)
    )
    return [
        {
            "key": group.key,
            "name": {"da": group.name_da, "en": group.name_en},
            "level": group.level,
            "required": group.required,
            "self_selectable": group.self_selectable,
        }
        for group in rows
    ]
