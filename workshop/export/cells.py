"""Tables of the data formats (Excel, CSV): their type, and how counts, amounts, yes or no, and lines become cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.export.document import Figure
from workshop.export.words import Words
from workshop.rules.numbers import read_amount

Cell = str | int | float | None


@dataclass(frozen=True)
class Kind:
    """The table of one kind of thing: `key` names the kind, `columns` are keys of `export.column_name.*`, `rows` hold texts
    and numbers."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def count(figure: Figure, words: Words) -> Cell:
    """Returns a published count as a number, and words for one that is withheld or only bounded."""
    return figure.exact if figure.exact is not None else words.figure(figure)


def amount(text: str, percent: bool, language: str) -> Cell:
    """Returns the number in the text of a goal's figure, for use in calculations; None where the text has no number, a range
    or a change. `percent`: as a percentage."""
    found = read_amount(text, language)
    if found is None or found.change or found.low != found.high:
        return None
    value = found.in_percent().high if percent else found.high
    return int(value) if value.denominator == 1 else round(float(value), 10)


def yes(value: bool, words: Words) -> str:
    """Returns the word for yes or no."""
    return words("yes" if value else "no")


def lines(texts: Iterable[str]) -> str:
    """Returns the texts that are not empty, one a line."""
    return "\n".join(text for text in texts if text)
