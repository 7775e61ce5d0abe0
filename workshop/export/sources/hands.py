"""Reads the shows of hands."""

from __future__ import annotations

from sqlalchemy import select

from workshop.export import document as d
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import ShowOfHands, text_versions


def shows_of_hands(reading: Reading) -> tuple[d.ShowOfHands, ...]:
    """Returns the shows of hands in the order they were recorded, without those on texts that a public document must not
    show."""
    rows = db.session.scalars(
        select(ShowOfHands).where(ShowOfHands.workshop_id == reading.workshop.id).order_by(ShowOfHands.id)
    )
    return tuple(
        d.ShowOfHands(
            id=row.record_id,
            question=row.question,
            rows=tuple(d.Hands(str(one["label"]), int(one["count"])) for one in row.rows),
            on=reading.reference(row.on) if row.on and row.on in reading.labels else None,
            on_version=row.on_version,
            on_edition=text_versions.edition_of(row.on, row.on_version) if row.on and row.on_version else None,
            recorded_at=row.created_at,
        )
        for row in rows
        if row.on not in reading.withheld
    )
