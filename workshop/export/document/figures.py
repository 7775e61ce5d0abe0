"""Values that every part of the document uses: published counts, and references to other parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A published count: an exact number, "at most n" (of people who have come), or nothing where it is withheld."""

    exact: int | None = None
    at_most: int | None = None

    @property
    def withheld(self) -> bool:
        """Returns whether the count is withheld, without even a bound."""
        return self.exact is None and self.at_most is None

    def write(self) -> int | dict[str, int] | None:
        """Returns the count in the form of the JSON file: a number, `{"at_most": n}`, or None."""
        return self.exact if self.at_most is None else {"at_most": self.at_most}


WITHHELD = Figure()


@dataclass(frozen=True)
class Reference:
    """A reference to another part of the document: its record id, its name in the document ("Mål 2") and its text."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class Share:
    """A fraction for a group, such as "2/3"; None where it is withheld."""

    group: str
    value: str | None
