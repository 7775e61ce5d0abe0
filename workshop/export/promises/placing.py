"""Places the texts of a plot beside what they name, where they cover no line and no other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIZES = {"big": 20.0, "": 17.6, "s": 17.6, "tt": 17.6}
"""The size of each kind of text, in units of the drawing."""
BROAD = 0.56
"""The average width of a letter, as a part of its size."""
STEP = 12.0
"""The distance from a dot to a text beside it."""


@dataclass(frozen=True)
class Box:
    """A part of the drawing: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Returns whether two boxes overlap."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Returns whether the other box lies completely inside this one."""
        return (
            self.left <= other.left and other.right <= self.right and self.top <= other.top and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Line:
    """A straight line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float

    def crosses(self, box: Box) -> bool:
        """Returns whether a part of the line lies inside a box (Liang–Barsky clipping)."""
        begin, end = 0.0, 1.0
        for start, way, low, high in (
            (self.x1, self.x2 - self.x1, box.left, box.right),
            (self.y1, self.y2 - self.y1, box.top, box.bottom),
        ):
            if way == 0:
                if not low < start < high:
                    return False
                continue
            one, two = sorted(((low - start) / way, (high - start) / way))
            begin, end = max(begin, one), min(end, two)
        return begin < end


@dataclass(frozen=True)
class Label:
    """A text for the point (x, y): for a dot, or (`along`) for a horizontal line that begins there. One that is not `needed` is
    left out where there is no room for it."""

    text: str
    kind: str
    x: float
    y: float
    along: bool = False
    needed: bool = False

    @property
    def size(self) -> float:
        """Returns the height of its letters, in units of the drawing."""
        return SIZES[self.kind]

    @property
    def width(self) -> float:
        """Returns its approximate width, in units of the drawing."""
        return len(self.text) * self.size * BROAD


def placed(
    labels: Sequence[Label], lines: Sequence[Line], dots: Sequence[Box], frame: Box
) -> Iterator[tuple[Label, float, float]]:
    """Yields each label with the x and y of the beginning of its baseline. A needed one is placed where it covers least;
    another is left out where it would cover anything."""
    taken: list[Box] = []
    for label in labels:
        if not label.text:
            continue
        tried = [(_cost(box, lines, [*dots, *taken], frame), order, box) for order, box in enumerate(_places(label, frame))]
        cost, _, best = min(tried, key=lambda one: one[:2])
        if cost and not label.needed:
            continue
        taken.append(best)
        yield label, round(best.left, 1), round(best.bottom - label.size * 0.22, 1)


def _cost(box: Box, lines: Sequence[Line], boxes: Sequence[Box], frame: Box) -> int:
    """Returns how much a text would cover at a place. A text or a dot counts more than a line, and a place outside the frame
    most."""
    covered = sum(line.crosses(box) for line in lines) + 3 * sum(box.meets(other) for other in boxes)
    return covered + (0 if frame.holds(box) else 20)


def _places(label: Label, frame: Box) -> Iterator[Box]:
    """Yields the possible places of a text, the best first, moved into the frame at the left and right."""
    high, wide = label.size * 1.1, label.width
    starts = _along(label, frame) if label.along else (label.x + STEP, label.x - wide / 2, label.x - wide - STEP)
    below, above = label.y + 6, label.y - high - 6
    level = label.y - high / 2
    rows = (above, below) if label.along else (level, above, below, above - high, below + high)
    for top in rows:
        for start in starts:
            if not label.along and top == level and start == label.x - wide / 2:
                continue
            left = min(max(start, frame.left + 2), frame.right - wide - 2)
            yield Box(left, top, left + wide, top + high)


def _along(label: Label, frame: Box) -> tuple[float, ...]:
    """Returns seven starting points along a horizontal line, from its beginning on."""
    room = max(frame.right - label.width - label.x, 0)
    return tuple(label.x + 4 + room * part / 6 for part in range(7))
