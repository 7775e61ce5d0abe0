"""The examples of the time after the seminar, for the rules and for the checker: what each must give is written by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

_FILE = Path(__file__).parents[1] / "vectors" / "follow_up_examples.json"
_ALL: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))


def examples(kind: str) -> list[Any]:
    """Each example as a parameter, under its name."""
    return [pytest.param(one, id=one["name"]) for one in _ALL[kind]]


def day(text: str | None) -> date | None:
    """A day as the examples write it."""
    return date.fromisoformat(text) if text else None


def days(texts: list[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts]
