"""Lists in a text, row by row: matching the rows of two versions, and applying a change to a list that has changed since.

`static/js/lib/rows.js` does the same for screens; `tests/vectors/rows_examples.json` tests both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = Any
Pair = tuple[Row | None, Row | None]

NAMED_BY = ("name", "party")
"""The fields that identify a row: a party has a name, a contribution or a mandate has a party."""


def aligned(old: Sequence[Row] | None, new: Sequence[Row] | None) -> list[Pair]:
    """Returns the rows of two lists as pairs `(before, now)`, in the order of the new list. A removed row keeps its position
    and is paired with None; a new row has None before it.

    Rows belong together that say the same; else those of the same name, in their order; else, for parties, those in the
    same position, which are parties with a new name.
    """
    before, now = list(old or ()), list(new or ())
    of: dict[int, int] = {}
    for same in (_equal, _same_name, _same_party):
        for place, row in enumerate(now):
            if place not in of:
                taken = set(of.values())
                found = (i for i, other in enumerate(before) if i not in taken and same(other, row, i, place))
                if (match := next(found, None)) is not None:
                    of[place] = match
    pairs: list[Pair] = [(before[of[place]] if place in of else None, row) for place, row in enumerate(now)]
    places = [of.get(place) for place in range(len(now))]
    for i, row in enumerate(before):
        if i not in places:
            at = places.index(i - 1) + 1 if i - 1 in places else 0
            pairs.insert(at, (row, None))
            places.insert(at, i)
    return pairs


def _equal(other: Row, row: Row, i: int, place: int) -> bool:
    return same(other, row)


def _same_name(other: Row, row: Row, i: int, place: int) -> bool:
    return name_of(row) is not None and name_of(other) == name_of(row)


def _same_party(other: Row, row: Row, i: int, place: int) -> bool:
    return i == place and isinstance(row, dict) and isinstance(other, dict) and "name" in row and "name" in other


def same(one: Row, other: Row) -> bool:
    """Returns whether two rows say the same; empty fields are not compared."""
    return bool(_said(one) == _said(other))


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, "")} if isinstance(row, dict) else row


def _place(row: Row, rows: Sequence[Row]) -> int | None:
    return next((place for place, other in enumerate(rows) if same(other, row)), None)


def name_of(row: Row) -> str | None:
    """Returns the name that identifies a row; None for a row without one, and for a plain value."""
    if not isinstance(row, dict):
        return None
    return next((str(row[field]) for field in NAMED_BY if row.get(field)), None)


def rebased(old: Sequence[Row] | None, new: Sequence[Row] | None, present: Sequence[Row] | None) -> list[Row] | None:
    """Returns `present` with the change from `old` to `new` applied; None where a row that it changes was changed or removed
    by somebody else since `old`. Rows it does not change stay as they are in `present`; new rows come last."""
    rows = list(present or ())
    added: list[Row] = []
    for before, now in aligned(old, new):
        if before is None:
            if _place(now, rows) is None:
                added.append(now)
        elif now is None or not same(before, now):
            if (place := _place(before, rows)) is None:
                return None
            rows[place : place + 1] = [] if now is None else [now]
    return [*rows, *added]


def renamed(old: Sequence[Row] | None, new: Sequence[Row] | None) -> dict[str, str]:
    """Returns the new names of renamed parties by their old names, unless another party has the old name now."""
    names = {name_of(row) for row in new or ()}
    pairs = ((name_of(before), name_of(now)) for before, now in aligned(old, new) if before and now)
    return {before: now for before, now in pairs if before and now and before != now and before not in names}
