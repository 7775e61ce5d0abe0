"""Moves a row of an ordered list before another, or to the end: ideas, themes, steps, goals and agreements.

Only the moved row is stamped, however long the list: it gets a position between two others (`rules.places`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from workshop.door.context import Context
from workshop.extensions import db
from workshop.rules import places


def ordered(context: Context, model: Any) -> list[Any]:
    """Returns the workshop's rows of a table in their order."""
    rows = db.session.scalars(
        select(model).where(model.workshop_id == context.workshop.id).order_by(model.position, model.id)
    )
    return list(rows)


def put_before(context: Context, row: Any, before: Any | None) -> None:
    """Moves the row before another of its table, or to the end; stamps it unless it is there already."""
    if before is row:
        return
    position = place(context, type(row), before, row)
    if position != row.position:
        row.position = position
        context.touch(row)


def place(context: Context, model: Any, before: Any | None, moving: Any | None = None) -> float:
    """Returns the position of a row before another, or at the end: of a new one, or of one that is `moving`, which keeps
    its position if it is there already. If there is no number left between two rows, all are numbered again first."""
    below = _below(context, model, before, moving)
    above = None if before is None else before.position
    if moving is not None and places.lies_between(moving.position, below, above):
        return float(moving.position)
    found = places.after(below) if above is None else places.between(below, above)
    if found is not None:
        return found
    _number(context, [row for row in ordered(context, model) if row is not moving])
    db.session.flush()
    return place(context, model, before, moving)


def _below(context: Context, model: Any, before: Any | None, moving: Any | None) -> Any:
    """Returns the position of the last row before another, or of the last of all, without the one that moves; None if there
    is none."""
    others = select(func.max(model.position)).where(model.workshop_id == context.workshop.id)
    if before is not None:
        others = others.where(model.position <= before.position, model.id != before.id)
    return db.session.scalar(others if moving is None else others.where(model.id != moving.id))


def _number(context: Context, rows: list[Any]) -> None:
    """Numbers the rows from 0. An idea that nobody has been shown is not stamped."""
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            if getattr(row, "shown_seq", position) is not None:
                context.touch(row)
