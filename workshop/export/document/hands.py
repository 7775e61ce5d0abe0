"""Shows of hands, counted in the room by eye. They are listed separately and belong to no vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workshop.export.document.figures import Reference


@dataclass(frozen=True)
class Hands:
    """One answer, and the hands counted for it."""

    label: str
    count: int


@dataclass(frozen=True)
class ShowOfHands:
    """A question put to the room. `on` is the text it was about, if one was named, and `on_version` its version then
    (`on_edition`: the number that people read for it)."""

    id: str
    question: str
    rows: tuple[Hands, ...]
    on: Reference | None = None
    on_version: int | None = None
    recorded_at: datetime | None = None
    on_edition: int | None = None
