"""Shows of hands: counted in the room by eye. They stand by themselves and belong to no vote."""

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
    """A question put to the room. `on` is what it was about, in the version it had then, where that was named."""

    id: str
    question: str
    rows: tuple[Hands, ...]
    on: Reference | None = None
    on_version: int | None = None
    recorded_at: datetime | None = None
    on_edition: int | None = None
