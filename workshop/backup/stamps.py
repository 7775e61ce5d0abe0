"""When a copy was made, read in its name: the time of a file changes when somebody copies the folder."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

_FORM = "%Y%m%dT%H%M%SZ"
_STAMP = re.compile(r"\d{8}T\d{6}Z")


def stamped(kind: str, moment: datetime) -> str:
    """Returns the file name of a copy of a kind that is made at a moment (UTC): `rundbord-20261130T183000Z.sqlite`."""
    return f"{kind}-{moment:{_FORM}}.sqlite"


def made_at(copy: Path) -> float:
    """Returns when a copy was made, in seconds since 1970: as its name says, or else the time of the file."""
    found = _STAMP.search(copy.name)
    try:
        return datetime.strptime(found[0], _FORM).replace(tzinfo=UTC).timestamp() if found else copy.stat().st_mtime
    except ValueError:
        return copy.stat().st_mtime
