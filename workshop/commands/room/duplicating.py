"""Duplicates a workshop: its settings, groups and programme; with new codes and links, without people and texts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.clock import today
from workshop.commands.room.creating import create_workshop
from workshop.commands.room.settings import Settings
from workshop.extensions import db
from workshop.models import Group, Workshop
from workshop.rules.refusal import Refused

#: settings that belong to the one meeting and are not copied
_NOT_COPIED = frozenset({"title", "locked", "day"})


def duplicate_workshop(organiser_id: int, workshop_id: int, title: str) -> dict[str, Any]:
    """Creates a draft like one of the organiser's own workshops. Returns what `create_workshop` returns, and `cleared`: the
    fields whose date has passed and was left out.

    Raises `Refused("not_found", "workshop")` for another organiser's, and names the field of a bad title.
    """
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is None or workshop.organiser_id != organiser_id:
        raise Refused("not_found", "workshop")
    content: dict[str, Any] = {name: getattr(workshop, name) for name in Settings.model_fields if name not in _NOT_COPIED}
    due = workshop.response_due
    cleared = ["response_due"] if due is not None and due <= today() else []
    content["response_due"] = due.isoformat() if due is not None and not cleared else None
    content["decision_rules"] = dict(workshop.decision_rules)
    content |= {"title": title, "state": "draft", "template": workshop.template, "groups": _groups(workshop_id)}
    return create_workshop(organiser_id, content, like=workshop) | {"cleared": cleared}


def _groups(workshop_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Group).where(Group.workshop_id == workshop_id).order_by(Group.position, Group.id))
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
