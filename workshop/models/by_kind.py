"""Finds the table and the row that a record id names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from workshop.extensions import db
from workshop.models.base import Stamped
from workshop.rules.record_ids import RecordId

Row = TypeVar("Row", bound=Stamped)


def by_kind(kind: str, models: Iterable[type[Row]]) -> type[Row] | None:
    """Returns the one of these tables whose records are of this kind; None where there is none."""
    return next((model for model in models if model.kind == kind), None)


def by_record_id(record_id: str, models: Iterable[type[Row]]) -> Row | None:
    """Returns the row with this record id; None where there is none, or the id is of a kind that is not among `models`."""
    kind, number = RecordId.parse(record_id)
    model = by_kind(kind, models)
    return db.session.get(model, number) if model is not None else None
