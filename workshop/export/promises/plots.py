"""Draws a measured goal as SVG: value against time, with baseline, target, deadline, and a step where a target was moved.

The functions take exact values and days and return SVG. The drawing uses one colour, so that it can be read without colour and
on paper, and contains its description in words; a table beside it has its values. Units are those of a viewBox of `WIDTH` ×
`HEIGHT`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from workshop.export.promises.placing import Box, Label, Line, placed

WIDTH, HEIGHT = 360, 236
LEFT, RIGHT, END = 12.0, 348.0, 334.0
"""The left and right edges of the drawing, and the x of the last day."""
TOP, BOTTOM = 26.0, 196.0
ROOM = Fraction(1, 4)
"""The space above the highest and under the lowest value, as a part of their difference."""
MOST_NUMBERED = 6
"""With more values than this only the baseline and the newest are written at their dots; the table has all."""


@dataclass(frozen=True)
class Value:
    """One value on one day, as an exact fraction and as text."""

    on: date
    value: Fraction
    text: str


@dataclass(frozen=True)
class Target:
    """A target that applies from a day on; `on` is None for the first one. `text` is its label."""

    on: date | None
    value: Fraction
    text: str


@dataclass(frozen=True)
class Curve:
    """What is drawn. `values` are in the order of their days; `upward`: a value at or above the target has reached it. `title`
    and `told` describe the drawing in words; `begins` and `ends` are the texts under its left and right end."""

    values: Sequence[Value]
    targets: Sequence[Target]
    upward: bool
    baseline: Value | None = None
    deadline: date | None = None
    title: str = ""
    told: str = ""
    baseline_text: str = ""
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True)
class Scale:
    """Converts days and values to coordinates of the drawing."""

    first: date
    last: date
    low: Fraction
    high: Fraction

    def x(self, on: date) -> float:
        """Returns the x of a day; a day outside the scale is at its edge."""
        days = (self.last - self.first).days
        if days == 0:
            return (LEFT + END) / 2
        part = min(max((on - self.first).days, 0), days) / days
        return round(LEFT + part * (END - LEFT), 1)

    def y(self, value: Fraction) -> float:
        """Returns the y of a value."""
        part = float((self.high - value) / (self.high - self.low))
        return round(TOP + part * (BOTTOM - TOP), 1)


def span(curve: Curve) -> tuple[date, date]:
    """Returns the first and the last day of a drawing."""
    days = [one.on for one in curve.values] + [one.on for one in curve.targets if one.on is not None]
    days += [curve.baseline.on] if curve.baseline else []
    days += [curve.deadline] if curve.deadline else []
    return min(days), max(days)


def with_ends(curve: Curve, begins: str, ends: str) -> Curve:
    """Returns the curve with the texts under its two ends."""
    return replace(curve, begins=begins, ends=ends)


def scale(curve: Curve) -> Scale:
    """Returns a scale that includes everything of a curve, whose `values` must not be empty."""
    seen = (
        [one.value for one in curve.values]
        + [one.value for one in curve.targets]
        + ([curve.baseline.value] if curve.baseline else [])
    )
    low, high = min(seen), max(seen)
    between = high - low or abs(high) or Fraction(1)
    return Scale(*span(curve), low - between * ROOM, high + between * ROOM)


def draw(curve: Curve, key: str) -> Markup:
    """Returns the drawing of a measured goal. `key` makes its ids unique on the page. Raises `ValueError` without values."""
    if not curve.values:
        raise ValueError("nothing was measured")
    at = scale(curve)
    target, points = _target(curve, at), _points(curve, at)
    parts = [
        Markup('<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>').format(key, curve.title, curve.told),
        *_ground(curve, at, target, key),
        Markup('<path class="v" d="{}"/>').format(_path(points)) if len(points) > 1 else Markup(""),
        *_dots(curve, points),
        *_written(curve, at, target, points),
    ]
    opening = Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t" aria-describedby="{}-d">')
    return opening.format(WIDTH, HEIGHT, key, key) + Markup("").join(parts) + Markup("</svg>")


def _target(curve: Curve, at: Scale) -> list[tuple[float, float]]:
    """Returns the corners of the target's line, with a step where the target was moved."""
    corners: list[tuple[float, float]] = []
    for one in curve.targets:
        x = at.x(one.on) if one.on is not None else LEFT
        corners += [(x, corners[-1][1])] if corners else []
        corners.append((x if corners else LEFT, at.y(one.value)))
    return [*corners, (RIGHT, corners[-1][1])] if corners else []


def _points(curve: Curve, at: Scale) -> list[tuple[float, float]]:
    """Returns the places of the baseline, if it is known, and of the values."""
    first = [curve.baseline] if curve.baseline else []
    return [(at.x(one.on), at.y(one.value)) for one in (*first, *curve.values)]


def _path(points: Iterable[tuple[float, float]], closed: bool = False) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")


def _ground(curve: Curve, at: Scale, target: list[tuple[float, float]], key: str) -> list[Markup]:
    """Returns what is drawn under the values: the hatched area in which the goal is reached, axis, baseline, target and
    deadline."""
    parts = []
    if target:
        edge = TOP if curve.upward else BOTTOM
        reached = _path([*target, (RIGHT, edge), (LEFT, edge)], closed=True)
        hatch = '<defs><pattern id="{0}-h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        hatch += '<path class="ht" d="M0 0v7"/></pattern></defs><path fill="url(#{0}-h)" d="{1}"/>'
        parts.append(Markup(hatch).format(key, reached))
    parts.append(Markup('<path class="ax" d="M{:g} {:g}H{:g}"/>').format(LEFT, BOTTOM, RIGHT))
    if curve.baseline:
        parts.append(Markup('<path class="bs" d="M{:g} {:g}H{:g}"/>').format(LEFT, at.y(curve.baseline.value), RIGHT))
    if target:
        parts.append(Markup('<path class="tg" d="{}"/>').format(_path(target)))
    if curve.deadline:
        parts.append(Markup('<path class="end" d="M{:g} {:g}V{:g}"/>').format(at.x(curve.deadline), TOP, BOTTOM + 6))
    return parts


def _dots(curve: Curve, points: Sequence[tuple[float, float]]) -> list[Markup]:
    """Returns an open circle for the baseline, a dot for each value, and a larger one for the newest."""
    parts = []
    for place, (x, y) in enumerate(points):
        newest = place == len(points) - 1
        kind, radius = ("newest", 7) if newest else ("first", 5) if place == 0 and curve.baseline else ("dot", 5)
        parts.append(Markup('<circle class="{}" cx="{:g}" cy="{:g}" r="{}"/>').format(kind, x, y, radius))
    return parts


def _written(
    curve: Curve, at: Scale, target: list[tuple[float, float]], points: Sequence[tuple[float, float]]
) -> list[Markup]:
    """Returns the texts of the drawing, placed so that they cover no line and no other text, and the two under its ends."""
    lines = [Line(*one, *two) for one, two in itertools.pairwise(points)]
    lines += [Line(*one, *two) for one, two in itertools.pairwise(target)]
    if curve.baseline:
        lines.append(Line(LEFT, at.y(curve.baseline.value), RIGHT, at.y(curve.baseline.value)))
    if curve.deadline:
        lines.append(Line(at.x(curve.deadline), TOP, at.x(curve.deadline), BOTTOM))
    dots = [Box(x - 7, y - 7, x + 7, y + 7) for x, y in points]
    frame = Box(LEFT, 4, RIGHT, BOTTOM)
    parts = [
        Markup('<text class="{}" x="{:g}" y="{:g}">{}</text>').format(label.kind, x, y, label.text)
        for label, x, y in placed(_labels(curve, at, target, points), lines, dots, frame)
    ]
    under = '<text class="s" x="{:g}" y="224"{}>{}</text>'
    parts.append(Markup(under).format(LEFT, "", curve.begins))
    parts.append(Markup(under).format(RIGHT, Markup(' text-anchor="end"'), curve.ends))
    return parts


def _labels(
    curve: Curve, at: Scale, target: list[tuple[float, float]], points: Sequence[tuple[float, float]]
) -> list[Label]:
    """Returns the texts of the drawing, the most important first: the newest value, the targets from the newest on, the
    baseline, the values between."""
    found = [Label(curve.values[-1].text, "big", *points[-1], needed=True)]
    for place, one in enumerate(reversed(curve.targets)):
        on = at.x(one.on) if one.on is not None else LEFT
        found.append(Label(str(one.text), "s" if place else "tt", on, at.y(one.value), along=True, needed=True))
    if curve.baseline:
        found.append(Label(curve.baseline_text, "", *points[0], needed=True))
    between = list(zip(curve.values, points[1 if curve.baseline else 0 :], strict=True))[:-1]
    if len(between) < MOST_NUMBERED:
        found += [Label(one.text, "", *point) for one, point in between]
    return found
