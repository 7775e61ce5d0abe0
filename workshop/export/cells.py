"""A cell, a kind, and how a figure, a yes and several lines become cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.export.document import Figure
from workshop.export.words import Words
from workshop.rules.numbers import read_amount

Cell = str | int | float | None


@dataclass(frozen=True)
class Kind:
    """One kind of thing: `key` names it, `columns` are keys of `export.column_name.*`, rows hold texts and numbers."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def count(figure: Figure, words: Words) -> Cell:
    """Returns a number where it may be shown as one, words where it may not."""
    return figure.exact if figure.exact is not None else words.figure(figure)


def amount(text: str, percent: bool, language: str) -> Cell:
    """Returns the one number a goal's figure says, to calculate with; nothing where it says none, a range or a change."""
    found = read_amount(text, language)
    if found is None or found.change or found.low != found.high:
        return None
    value = found.in_percent().high if percent else found.high
    return int(value) if value.denominator == 1 else round(float(value), 10)


def yes(value: bool, words: Words) -> str:
    """Returns the word for it."""
    return words("yes" if value else "no")


def lines(texts: Iterable[str]) -> str:
    """Returns those that say something, one a line."""
    return "\n".join(text for text in texts if text)
