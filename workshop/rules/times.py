"""Reads a time of day as people write it."""

from __future__ import annotations

import re

_TIME = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d\d))?", re.IGNORECASE)


def parse_time(text: str) -> str | None:
    """Returns the time of day as "HH:MM", from "9", "9.30", "09:30" or "kl. 9.30"; None for any other text."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
