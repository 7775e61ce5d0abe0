"""How long the nightly tests may take: `MINUTES` of the environment, for the half-day; the others take what they need."""

from __future__ import annotations

import os

import pytest

#: the shortest run that shows anything, and the longest that is allowed, minutes
LEAST, MOST = 0.5, 240.0


@pytest.fixture(scope="session")
def minutes() -> float:
    """The length of the long runs, in minutes. Fails where `MINUTES` is no number within the bounds."""
    given = os.environ.get("MINUTES") or "30"
    try:
        found = float(given)
    except ValueError:
        found = 0.0
    assert LEAST <= found <= MOST, f"MINUTES={given}: a number from {LEAST:g} to {MOST:g}"
    return found
