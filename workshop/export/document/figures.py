"""What every part of the document is made of: published counts, and pointers to other parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A published count: an exact number, "at most n", "all but at most n", a band such as "1/3-1/2", or nothing
    (withheld).

    With `all_but` stands the highest band where that is sure.
    """

    exact: int | None = None
    at_most: int | None = None
    band: str | None = None
    all_but: int | None = None

    @classmethod
    def read(cls, value: Any) -> Figure:
        """From a result's own form (docs/protocol.md): `12`, `{"at_most": 2}`, `{"all_but": 2}`, `{"band": "1/3-1/2"}` or
        `None`."""
        if isinstance(value, Mapping):
            return cls(at_most=value.get("at_most"), band=value.get("band"), all_but=value.get("all_but"))
        return cls(exact=int(value)) if value is not None else cls()

    @property
    def withheld(self) -> bool:
        """Whether nothing at all may be said about it."""
        return self.exact is None and self.at_most is None and self.band is None and self.all_but is None

    def write(self) -> int | dict[str, Any] | None:
        """Back to the form of the results."""
        if self.at_most is not None:
            return {"at_most": self.at_most}
        if self.band is not None or self.all_but is not None:
            return {name: value for name, value in (("band", self.band), ("all_but", self.all_but)) if value is not None}
        return self.exact


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
