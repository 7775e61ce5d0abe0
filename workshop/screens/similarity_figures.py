"""Measures how well suggestions of similar ideas agree with people: average precision, precision and recall on pairs that
people labelled."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from workshop.extensions import db
from workshop.models import Idea
from workshop.rules.similarity import THRESHOLD, Index, average_precision
from workshop.screens.similar import stemmer

_TRUE = frozenset({"1", "true", "yes", "ja", "same"})
_IDEA = re.compile(r"(?:idea:)?([0-9]{1,12})")
_ID = ("id", "comment-id")
_TEXT = ("text", "comment-body")


def read_texts(path: Path) -> dict[str, str]:
    """Returns the texts by id in a CSV file with the columns `id` and `text` (or `comment-id` and `comment-body`). Raises
    `ValueError` for a missing column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_column(row, _ID): _column(row, _TEXT) for row in rows}


def read_pairs(path: Path) -> list[tuple[str, str, bool]]:
    """Returns the labelled pairs in a CSV file with the columns `id_a`, `id_b`, `label` (1 = alike). Raises `ValueError` for
    a missing column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (_column(row, ("id_a",)), _column(row, ("id_b",)), _column(row, ("label",)).strip().casefold() in _TRUE)
        for row in rows
    ]


def ideas_named_in(pairs: list[tuple[str, str, bool]]) -> dict[str, str]:
    """Returns the texts of ideas on this server, by the ids that the pairs use: `idea:12`, or 12."""
    names = {name for first, second, _alike in pairs for name in (first, second)}
    numbers = {name: int(found[1]) for name in names if (found := _IDEA.fullmatch(name.strip()))}
    rows = db.session.execute(select(Idea.id, Idea.text).where(Idea.id.in_(numbers.values())))
    texts = dict(rows.all())
    return {name: texts[number] for name, number in numbers.items() if number in texts}


def _column(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if row.get(name) is not None:
            return row[name]
    raise ValueError(f"the file has no column {names[0]!r}")


def figures(texts: dict[str, str], pairs: list[tuple[str, str, bool]], lang: str) -> dict[str, float]:
    """Returns the `average_precision` of the ranking, `precision` and `recall` at the threshold of suggestions, and the
    numbers of `pairs`, of pairs labelled `alike`, and of pairs that are `suggested`. Raises `ValueError` for an id without a
    text."""
    unknown = sorted({name for first, second, _alike in pairs for name in (first, second)} - texts.keys())
    if unknown:
        raise ValueError(f"there is no text for {', '.join(unknown[:5])}")
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
