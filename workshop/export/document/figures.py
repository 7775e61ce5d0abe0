"""What every part of the document is made of: published counts, and pointers to other parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A published count: an exact number, "at most n" of the people who have come, or nothing (withheld)."""

    exact: int | None = None
    at_most: int | None = None

    @property
    def withheld(self) -> bool:
        """Whether nothing at all may be said about it."""
        return self.exact is None and self.at_most is None

    def write(self) -> int | dict[str, int] | None:
        """As it stands in the JSON file."""
        return self.exact if self.at_most is None else {"at_most": self.at_most}


WITHHELD = Figure()


@dataclass(frozen=True)
class Reference:
    """A pointer to another part of the document: its record id, its name here ("Mål 2") and its text."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class Share:
    """A fraction for a group, such as "2/3"; None is withheld."""

    group: str
    value: str | None
