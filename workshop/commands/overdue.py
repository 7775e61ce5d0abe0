"""Votes whose time is out are closed by the clock, through the same door as everything else."""

from __future__ import annotations


def close_overdue() -> int:
    """Close every open ballot and decision whose deadline and grace have passed; answer how many."""
    return 0
