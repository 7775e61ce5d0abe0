"""The table of record kinds: the model of each, and the function that presents its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshop.screens.view import View

Record = dict[str, Any]
Present = Callable[[Any, View], Record | None]


@dataclass(frozen=True)
class Kind:
    """One kind of record. `present` returns None where the audience may not see the row. Then `was_seen` tells whether it
    may have seen the row before: only in that case is its id sent, in `gone`."""

    name: str
    model: Any
    present: Present
    was_seen: Callable[[Any, View], bool]
    facilitator_only: bool = False
    #: the column with the stamp for phones, for kinds with drafts, which do not change it
    room_stamp: str = "seq"

    def stamp(self, view: View) -> Any:
        """Returns the column with the clock's number of the last change that this audience sees."""
        return self.model.seq if view.reads_drafts else getattr(self.model, self.room_stamp)


KINDS: list[Kind] = []


def _always(_row: Any, _view: View) -> bool:
    return True


def kind(
    model: Any,
    *,
    was_seen: Callable[[Any, View], bool] = _always,
    facilitator_only: bool = False,
    room_stamp: str = "seq",
) -> Callable[[Present], Present]:
    """Returns a decorator that registers a function as the presenter of a model's rows (`Kind`)."""

    def register(present: Present) -> Present:
        KINDS.append(Kind(model.kind, model, present, was_seen, facilitator_only, room_stamp))
        return present

    return register
