"""Figures of a run: percentiles, and checks that print one line each and remember what failed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TextIO


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of all values do not exceed; 0 for no values."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    rank = -(-len(ordered) * share // 1)
    return ordered[max(0, min(len(ordered), int(rank)) - 1)]


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 and the largest of times in seconds, in milliseconds."""
    marks = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: 1000 * percentile(seconds, share) for name, share in marks.items()}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its columns padded so that it also reads well in a terminal."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


@dataclass
class Checks:
    """Prints `ok …` or `DIFFERS …` for each check as it is made."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    made: int = 0
    failed: list[str] = field(default_factory=list)

    def true(self, what: str, holds: object, why: object = "") -> bool:
        """`holds` must be true; `why` is shown when it is not."""
        self.made += 1
        if holds:
            print(f"ok       {what}", file=self.out, flush=True)
        else:
            self.failed.append(what)
            shown = f": {why}" if why != "" else ""
            print(f"DIFFERS  {what}{shown}"[:2000], file=self.out, flush=True)
        return bool(holds)

    def equal(self, what: str, got: object, expected: object) -> bool:
        """`got` must equal `expected`; for dicts, only the keys that differ are shown."""
        why: object = f"got {got!r}, expected {expected!r}"
        if isinstance(got, dict) and isinstance(expected, dict):
            keys = [key for key in {**expected, **got} if got.get(key) != expected.get(key)]
            shown = {key: (got.get(key), expected.get(key)) for key in keys[:3]}
            why = f"{len(keys)} differ (got, expected): {shown}"
        return self.true(what, got == expected, why)

    def none(self, what: str, faults: Sequence[object]) -> bool:
        """There must be no faults; the first few are shown."""
        return self.true(what, not faults, f"{len(faults)}, first: {list(faults[:3])}")
