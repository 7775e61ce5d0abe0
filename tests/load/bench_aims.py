"""The aims for 1,000 phones, and whether a run met them. Nothing asserts a time: the table says met or missed."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: phones for which the aims are set
AIMED_AT = 1000
#: the row, the place in its cell, the largest value that meets the aim, and its words
AIMS = (
    ("all joined (s)", 0, 4.0, "4"),
    ("10 ideas/s, on every phone, p50 / p95 / p99 (ms)", 2, 25.0, "p99 25"),
    ("40 ideas/s, on every phone, p50 / p95 / p99 (ms)", 2, 60.0, "p99 60"),
    ("200 votes/s, answered, p50 / p95 / p99 (ms)", 2, 50.0, "p99 50"),
    ("400 votes/s, answered, p50 / p95 / p99 (ms)", 2, 90.0, "p99 90"),
    ("200 votes/s, turnout on all phones after the last answer (ms)", 0, 300.0, "300"),
    ("400 votes/s, turnout on all phones after the last answer (ms)", 0, 300.0, "300"),
    ("reveal of the private ideas, on all phones (ms)", 0, 1000.0, "1000"),
    ("all back after a cut (s)", 0, 2.0, "2"),
    ("40 ideas/s, processor per delivery (µs)", 0, 10.0, "10"),
    ("200 votes/s, processor per vote (ms)", 0, 0.6, "0.6"),
    ("400 votes/s, processor per vote (ms)", 0, 0.6, "0.6"),
    ("memory (MB)", 0, 200.0, "200"),
)


def verdict(name: str, figures: Mapping[str, str]) -> str:
    """Returns the aim of a row and `met` or `missed` by the figures of 1,000 phones; empty for a row without an aim."""
    for row, place, most, words in AIMS:
        if row == name and name in figures:
            value = float(re.findall(r"[\d.]+", figures[name])[place])
            return f"≤ {words}: {'met' if value <= most else 'missed'}"
    return ""
