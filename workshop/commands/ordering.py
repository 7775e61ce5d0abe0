"""Putting a row of an ordered list before another, or last: steps, themes, goals and agreements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from ..extensions import db
from .context import Context


def ordered(context: Context, model: Any) -> list[Any]:
    """The workshop's rows of a table in their order."""
    rows = db.session.scalars(
        select(model).where(model.workshop_id == context.workshop.id).order_by(model.position, model.id)
    )
    return list(rows)


def put_before(context: Context, row: Any, before: Any | None) -> None:
    """Put the row before another of its table, or last; only rows that moved are stamped."""
    others = [other for other in ordered(context, type(row)) if other is not row]
    others.insert(others.index(before) if before in others else len(others), row)
    number(context, others)


def number(context: Context, rows: list[Any]) -> None:
    """Give the rows their places from 0."""
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            context.touch(row)
