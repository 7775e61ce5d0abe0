"""Cached snapshots and catch-ups, so that a hall that joins or comes back at once does not read the room a thousand times.

An older snapshot and the `changes` since then make a new one (docs/architecture.md, law 4), so a cached snapshot is brought
up to date by them. A hall that has lost the line comes back with the same number of the clock: what has changed since then
is read once. Both hold only what their audience may see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from workshop.bounded_cache import BoundedCache
from workshop.models import Workshop
from workshop.models import kept as kept_statements
from workshop.screens.changes import changes

#: snapshots that one process caches, each of one room and audience
_MOST = 200
#: catch-ups that one process caches, each since one number of a room's clock, and the records of the largest
_MOST_CATCH_UPS = 32
_LARGEST = 500


@dataclass
class _Kept:
    epoch: str
    clock: int
    records: dict[str, Any] = field(default_factory=dict)


_NOW = select(Workshop.epoch, Workshop.clock).where(Workshop.id == bindparam("workshop"))
_kept: BoundedCache[tuple[int, str], _Kept] = BoundedCache(_MOST)
_catch_ups: BoundedCache[tuple[int, int, str], dict[str, Any]] = BoundedCache(_MOST_CATCH_UPS)


def clear() -> None:
    """Drops all that is cached: for a database whose content was exchanged under the same epoch, as tests do."""
    _kept.clear()
    _catch_ups.clear()


def catch_up(workshop_id: int, since: int, audience: str) -> dict[str, Any]:
    """Returns the same as `changes(workshop_id, since, audience)`. A cached one with the workshop's epoch and clock is
    returned without further statements. Raises `Refused("not_found")` for an unknown workshop."""
    key = workshop_id, since, audience
    found = _catch_ups.get(key)
    if found is None or kept_statements.row(_NOW, workshop=workshop_id) != (found["epoch"], found["to"]):
        found = changes(workshop_id, since, audience)
        if len(found["put"]) <= _LARGEST:
            _catch_ups.keep(key, found)
    return found


def snapshot(workshop_id: int, audience: str) -> dict[str, Any]:
    """Returns the same as `changes(workshop_id, 0, audience)`. The workshop's clock is read first, so that a snapshot always
    contains what was answered before it was requested; a cached one with that clock is returned without further statements."""
    kept = _kept.get((workshop_id, audience))
    if kept is None or kept_statements.row(_NOW, workshop=workshop_id) != (kept.epoch, kept.clock):
        kept = _brought_forward(workshop_id, audience, kept)
    return {"epoch": kept.epoch, "from": 0, "to": kept.clock, "put": list(kept.records.values()), "gone": []}


def _brought_forward(workshop_id: int, audience: str, kept: _Kept | None) -> _Kept:
    found = changes(workshop_id, kept.clock if kept else 0, audience)
    if kept is None or found["from"] == 0 or found["epoch"] != kept.epoch:
        if found["from"] != 0:
            found = changes(workshop_id, 0, audience)
        kept = _kept.keep((workshop_id, audience), _Kept(found["epoch"], 0))
    _take(kept, found)
    return kept


def follow(workshop_id: int, audience: str, told: dict[str, Any]) -> None:
    """Brings a cached snapshot up to date by what an audience is sent (`live_changes`). Changes with a turnout record are
    not used, because the vote's own record is missing from them; the next `snapshot` then reads the changes."""
    kept = _kept.get((workshop_id, audience))
    if kept is None or told["epoch"] != kept.epoch or not 0 < told["from"] <= kept.clock < told["to"]:
        return
    if all(record["kind"] != "turnout" for record in told["put"]):
        _take(kept, told)


def _take(kept: _Kept, found: dict[str, Any]) -> None:
    for record in found["put"]:
        kept.records[record["id"]] = record
    for record_id in found["gone"]:
        kept.records.pop(record_id, None)
    kept.clock = found["to"]
