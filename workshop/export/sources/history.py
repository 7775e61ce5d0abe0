"""Reads the history of each goal and agreement."""

from __future__ import annotations

from typing import Any

from workshop.export import document as d
from workshop.export.sources.reading import Reading
from workshop.models import Agreement, Goal, text_versions
from workshop.rules.fields import FIELDS, Field
from workshop.rules.fingerprints import without_contacts
from workshop.rules.history import Stretch, Version, stretches


def revisions(row: Goal | Agreement, reading: Reading) -> tuple[d.Revision, ...]:
    """Returns the changes of a text after its first version, the oldest first. Consecutive saved versions that belong together
    are one change (`rules.history.stretches`). A public document leaves out contacts."""
    versions = [
        Version(
            one.version,
            one.at,
            one.by_role,
            one.cause,
            without_contacts(one.content) if reading.public else one.content,
            one.reason,
            one.confirmed_by,
        )
        for one in text_versions.versions_of(row.record_id, row.version)
    ]
    decided_on = text_versions.decided_on(row.record_id)
    return tuple(_revision(one, row.kind, reading) for one in stretches(row.kind, versions, decided_on))


def _revision(one: Stretch, noun: str, reading: Reading) -> d.Revision:
    table = {field.name: field for field in FIELDS[noun]}
    changes = [
        d.Change(change.field, *(_value(table[change.field], value, reading) for value in (change.old, change.new)))
        for change in one.changes
    ]
    return d.Revision(
        first=one.first,
        last=one.last,
        at=one.at,
        by_role=one.by_role,
        cause=one.cause,
        reason=one.reason,
        confirmed_by=one.confirmed_by,
        changes=tuple(change for change in changes if change.old != change.new),
        edition=one.edition,
    )


def _value(field: Field, value: Any, reading: Reading) -> Any:
    if field.kind == "group":
        return reading.group_name(value) if value else None
    if field.kind != "list":
        return value
    if not field.items:
        return reading.references(value or ())
    groups = [item.name for item in field.items if item.kind == "group"]
    return tuple({**row, **{name: reading.group_name(row[name]) for name in groups if row.get(name)}} for row in value or ())
