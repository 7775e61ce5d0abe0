"""The history of one text. It is read on request and not sent with the text."""

from __future__ import annotations

from typing import Any

from workshop.clock import stamp
from workshop.models import Agreement, Goal, text_versions
from workshop.models.texts import text_by
from workshop.rules.history import Change, Stretch, Version, changes, editions, stretches
from workshop.rules.record_ids import is_record_id
from workshop.rules.refusal import Refused
from workshop.screens.view import ROOM

_TEXTS = (Goal.kind, Agreement.kind)


def history(workshop_id: int, on: str, since: int | None = None, audience: str = ROOM) -> dict[str, Any]:
    """Returns `{on, version, base_version, edition, base_edition, drafted: {at, by_role}, stretches: [{first, last, edition,
    at, by_role, cause, reason, confirmed_by, changes: [{field, old, new}]}]}`, the newest stretch first. What was written in
    one go is one stretch (`rules.history`).

    The audience `room` gets the versions up to the one that was shown to it.

    With `since` also `changes`: the fields that differ from that version. Values are as in the record.

    Raises `not_found` for a text of another workshop, `malformed` naming `since` for a version that the text does not have.
    """
    text = _text(workshop_id, on)
    version = text.version if audience == ROOM else text.newest_version
    rows = text_versions.versions_of(on, version)
    versions = [
        Version(row.version, row.at, row.by_role, row.cause, row.content, row.reason, row.confirmed_by) for row in rows
    ]
    decided_on = text_versions.decided_on(on)
    numbered = editions(versions, decided_on)
    base = text_versions.base_of(on, version)
    found: dict[str, Any] = {
        "on": on,
        "version": version,
        "base_version": base,
        "edition": numbered.get(version, version),
        "base_edition": numbered.get(base, base),
        "drafted": {"at": stamp(versions[0].at), "by_role": versions[0].by_role} if versions else None,
        "stretches": [_stretch(one) for one in reversed(stretches(text.kind, versions, decided_on))],
    }
    if since is not None:
        before = next((one for one in versions if one.number == since), None)
        if before is None:
            raise Refused("malformed", "since")
        found["changes"] = [_change(one) for one in changes(text.kind, before.content, versions[-1].content)]
    return found


def _text(workshop_id: int, on: str) -> Goal | Agreement:
    known = is_record_id(on, _TEXTS)
    row = text_by(on) if known else None
    if row is None or row.workshop_id != workshop_id:
        raise Refused("not_found" if known else "malformed", "on")
    return row


def _stretch(one: Stretch) -> dict[str, Any]:
    return {
        "first": one.first,
        "last": one.last,
        "edition": one.edition,
        "at": stamp(one.at),
        "by_role": one.by_role,
        "cause": one.cause,
        "reason": one.reason,
        "confirmed_by": one.confirmed_by,
        "changes": [_change(change) for change in one.changes],
    }


def _change(one: Change) -> dict[str, Any]:
    return {"field": one.field, "old": one.old, "new": one.new}
