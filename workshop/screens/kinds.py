"""The table of record kinds: which rows, and the one function that presents each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshop.screens.view import View

Record = dict[str, Any]
Present = Callable[[Any, View], Record | None]


@dataclass(frozen=True)
class Kind:
    """One kind of record. `present` returns None where the audience may not see the row; `was_seen` says whether it
    may have been seen before, so that it is taken away (otherwise its id is not even mentioned)."""

    name: str
    model: Any
    present: Present
    was_seen: Callable[[Any, View], bool]
    facilitator_only: bool = False
    #: the column with the stamp of what phones see, where drafts leave it as it is
    room_stamp: str = "seq"

    def stamp(self, view: View) -> Any:
        """Returns the column that says when what this audience sees of a row has changed."""
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
    """Register the presenter of a model's rows."""

    def register(present: Present) -> Present:
        KINDS.append(Kind(model.kind, model, present, was_seen, facilitator_only, room_stamp))
        return present

    return register
