"""A cell, a kind, and how a figure, a yes and several lines become cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.export.document import Figure
from workshop.export.words import Words

Cell = str | int | None


@dataclass(frozen=True)
class Kind:
    """One kind of thing: `key` names it, `columns` are keys of `export.column_name.*`, rows hold texts and numbers."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def count(figure: Figure, words: Words) -> Cell:
    """A number where it may be shown as one, words where it may not."""
    return figure.exact if figure.exact is not None else words.figure(figure)


def yes(value: bool, words: Words) -> str:
    """The word for it."""
    return words("yes" if value else "no")


def lines(texts: Iterable[str]) -> str:
    """Those that say something, one a line."""
    return "\n".join(text for text in texts if text)
