"""Lists in a text, row by row: which old row a new one goes on from, and laying a change on a list that has moved on.

`static/js/lib/rows.js` does the same for screens; `tests/vectors/rows_examples.json` holds both to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = Any
Pair = tuple[Row | None, Row | None]

NAMED_BY = ("name", "party")
"""What a row with fields is known by: a party by its name, what is given or may be decided by its party."""


def aligned(old: Sequence[Row] | None, new: Sequence[Row] | None) -> list[Pair]:
    """Returns the rows of two lists as pairs `(before, now)`, in the order of the new one; a row that was taken out stands
    where it stood, with None beside it, and a new one has None before it.

    Rows are the same if they say the same; else if they are known by the same name, in their order; else, for parties, if they
    stand in the same place: a party that was given another name.
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
    """Returns whether two rows say the same: a field with nothing in it is no field."""
    return bool(_said(one) == _said(other))


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, "")} if isinstance(row, dict) else row


def _place(row: Row, rows: Sequence[Row]) -> int | None:
    return next((place for place, other in enumerate(rows) if same(other, row)), None)


def name_of(row: Row) -> str | None:
    """Returns what a row with fields is known by; None for one without a name, and for a plain value."""
    if not isinstance(row, dict):
        return None
    return next((str(row[field]) for field in NAMED_BY if row.get(field)), None)


def rebased(old: Sequence[Row] | None, new: Sequence[Row] | None, present: Sequence[Row] | None) -> list[Row] | None:
    """Returns a change from `old` to `new`, laid on a list that has become `present` meanwhile; None where somebody else
    has changed or taken out a row that it changes. What it leaves alone stays as it is present, in its order; new rows come
    last."""
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
    """Parties that were given another name: the new name by the old one, unless somebody else has the old one now."""
    names = {name_of(row) for row in new or ()}
    pairs = ((name_of(before), name_of(now)) for before, now in aligned(old, new) if before and now)
    return {before: now for before, now in pairs if before and now and before != now and before not in names}
