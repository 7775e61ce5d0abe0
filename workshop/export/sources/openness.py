"""Reads who voted openly in a published vote, why, and the papers by name; secret papers are not read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.export import document as d
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import NamedPaper, Vote


def openness(row: Vote, reading: Reading) -> dict[str, Any]:
    """Returns the fields that a decision and a ballot share: `openness`, `open_groups`, `secret_groups`, `by_name`."""
    how_open, counted = row.openness, set(row.effective.values())
    keys = reading.in_order(row.open_groups)
    secret = sorted((key for key in counted if not how_open.opens(key)), key=reading.place)
    return {
        "openness": how_open.declared,
        "open_groups": tuple(d.OpenGroup(key, reading.group_name(key), str(how_open.why(key))) for key in keys),
        "secret_groups": tuple(reading.effective_name(key) for key in secret),
        "by_name": _by_name(row, reading),
    }


def _by_name(row: Vote, reading: Reading) -> tuple[d.NamedVote, ...]:
    """Returns the votes by name, by group in the workshop's order, then by name; unnamed ones last."""
    papers = db.session.scalars(select(NamedPaper).where(NamedPaper.vote_id == row.record_id, NamedPaper.key.is_not(None)))
    placed = sorted(
        papers,
        key=lambda paper: (reading.place(paper.group), paper.name is None, (paper.name or "").casefold(), paper.key),
    )
    return tuple(_named(paper, reading) for paper in placed)


def _named(paper: NamedPaper, reading: Reading) -> d.NamedVote:
    content = dict(paper.content)
    stance = content.pop("stance", None)
    return d.NamedVote(
        name=paper.name,
        key=paper.group,
        group=reading.group_name(paper.group),
        stance=stance,
        reason=paper.reason,
        choices=tuple(d.Choice(reading.reference(option), value) for option, value in content.items()),
    )
