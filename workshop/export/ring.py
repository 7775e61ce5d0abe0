"""The table seen from above, drawn as SVG: one equal seat per group; a group that did not carry is pulled away."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

INK, TABLE, REFUSED, PAPER = "#0f3033", "#d8e3db", "#9c2c20", "#fdfefd"
CENTRE, RADIUS, WIDTH, PULL = 168.0, 126.0, 44.0, 16.0


def ring(carried: Sequence[bool]) -> str:
    """An SVG of 336 × 336 with a seat for each group, clockwise from the top: filled where it carried, hollow and
    pulled out where it did not."""
    count = max(len(carried), 1)
    gap = 5.0 if count > 1 else 0.0
    seats = "".join(_seat(place, count, gap, held) for place, held in enumerate(carried))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 336 336">'
        f'<circle cx="{CENTRE:g}" cy="{CENTRE:g}" r="92" fill="{TABLE}"/>{seats}</svg>'
    )


def _seat(place: int, count: int, gap: float, held: bool) -> str:
    if count == 1:
        colour = INK if held else REFUSED
        width = WIDTH if held else 4
        return (
            f'<circle cx="{CENTRE:g}" cy="{CENTRE:g}" r="{RADIUS:g}" fill="none" stroke="{colour}" '
            f'stroke-width="{width:g}"/>'
        )
    start = 360 / count * (place - 0.5) + gap
    end = 360 / count * (place + 0.5) - gap
    if held:
        return _arc(start, end, RADIUS, WIDTH, INK)
    outline = _arc(start, end, RADIUS + PULL, WIDTH, REFUSED)
    inside = _arc(start + 1, end - 1, RADIUS + PULL, WIDTH - 7, PAPER)
    return outline + inside


def _arc(start: float, end: float, radius: float, width: float, colour: str) -> str:
    x1, y1 = _point(start, radius)
    x2, y2 = _point(end, radius)
    large = 1 if end - start > 180 else 0
    return (
        f'<path d="M{x1:.2f} {y1:.2f}A{radius:g} {radius:g} 0 {large} 1 {x2:.2f} {y2:.2f}" fill="none" '
        f'stroke="{colour}" stroke-width="{width:g}"/>'
    )


def _point(degrees: float, radius: float) -> tuple[float, float]:
    angle = degrees * pi / 180
    return CENTRE + radius * sin(angle), CENTRE - radius * cos(angle)
