"""How well the suggestions of similar ideas find what people call alike: average precision on labelled pairs."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from ..rules.similarity import THRESHOLD, Index, average_precision
from .similar import stemmer

_TRUE = frozenset({"1", "true", "yes", "ja", "same"})
_ID = ("id", "comment-id")
_TEXT = ("text", "comment-body")


def read_texts(path: Path) -> dict[str, str]:
    """Texts by id from a CSV with the columns `id` and `text` (or `comment-id` and `comment-body`)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_column(row, _ID): _column(row, _TEXT) for row in rows}


def read_pairs(path: Path) -> list[tuple[str, str, bool]]:
    """Labelled pairs from a CSV with the columns `id_a`, `id_b`, `label` (1 = alike)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (row["id_a"], row["id_b"], row["label"].strip().casefold() in _TRUE) for row in csv.DictReader(file)
        ]


def _column(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if name in row:
            return row[name]
    raise ValueError(f"the file has no column {names[0]!r}")


def figures(texts: dict[str, str], pairs: list[tuple[str, str, bool]], lang: str) -> dict[str, float]:
    """`average_precision` of the ranking, and `precision` and `recall` at the threshold of suggestion."""
    index = Index(texts, stemmer(lang), lang)
    scored = [(index.likeness(first, second), alike) for first, second, alike in pairs]
    shown = [alike for score, alike in scored if score >= THRESHOLD]
    true = sum(alike for _score, alike in scored)
    return {
        "pairs": len(scored),
        "alike": true,
        "suggested": len(shown),
        "average_precision": average_precision(scored),
        "precision": sum(shown) / len(shown) if shown else 0.0,
        "recall": sum(shown) / true if true else 0.0,
    }
