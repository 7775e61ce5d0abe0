"""Record ids, `"kind:number"`: reading, printing and checking them (docs/protocol.md)."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple, Self

from workshop.rules import limits

#: more digits than any number of a record has
_MOST_DIGITS = 12


class RecordId(NamedTuple):
    """A record id in its two parts; `str()` prints it. Sorted by kind and then by number."""

    kind: str
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Returns the parts of a record id. A number over `limits.RECORD_NUMBER` becomes 0, which no record has, because
        PostgreSQL answers a search for such a number with an error. Raises `ValueError` for a text of another form."""
        kind, _, digits = text.partition(":")
        number = int(digits)
        return cls(kind, number if number <= limits.RECORD_NUMBER else 0)

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


def is_record_id(text: str, kinds: Container[str]) -> bool:
    """Returns whether the text has the form of a record id of one of the kinds; whether the record exists is not checked."""
    kind, _, number = text.partition(":")
    return kind in kinds and number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS


def is_record_number(text: str) -> bool:
    """Returns whether the text is a number that a record can have."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) <= limits.RECORD_NUMBER


def number_of(record_id: str) -> int:
    """Returns the number in a record id, as `RecordId.parse` reads it."""
    return RecordId.parse(record_id).number
