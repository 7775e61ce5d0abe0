"""Draws a round table from above with one equal seat for each group. The seat of a group that did not carry the decision is
hollow and moved away from the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

_MIDDLE, _RADIUS, _PULL = 200.0, 140.0, 26.0
#: degrees by which the hole in a hollow seat is shorter at each end
_RIM = 1.1


@dataclass(frozen=True)
class Seat:
    """One seat as SVG paths around (200, 200): its arc, and the hole in it for a group that did not carry the decision."""

    carried: bool
    arc: str
    hole: str


def seats(carried: Sequence[bool]) -> list[Seat]:
    """Returns a seat for each group, clockwise from the top."""
    step = 360 / max(len(carried), 1)
    gap = min(9.0, step * 0.16) if len(carried) > 1 else 17.0
    found = []
    for place, held in enumerate(carried):
        start, end = step * (place - 0.5) + gap / 2, step * (place + 0.5) - gap / 2
        radius = _RADIUS if held else _RADIUS + _PULL
        found.append(Seat(held, _arc(start, end, radius), _arc(start + _RIM, end - _RIM, radius)))
    return found


def _arc(start: float, end: float, radius: float) -> str:
    x1, y1 = _point(start, radius)
    x2, y2 = _point(end, radius)
    large = 1 if end - start > 180 else 0
    return f"M{x1:.2f} {y1:.2f}A{radius:g} {radius:g} 0 {large} 1 {x2:.2f} {y2:.2f}"


def _point(degrees: float, radius: float) -> tuple[float, float]:
    angle = degrees * pi / 180
    return _MIDDLE + radius * sin(angle), _MIDDLE - radius * cos(angle)
