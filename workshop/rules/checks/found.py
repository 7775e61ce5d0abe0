"""What a check found, and how field values are read by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from workshop.rules.dates import parse_date

Severity = Literal["B", "W", "H"]
Values = Mapping[str, object]
"""The fields of a goal or an agreement by their English names (`rules.fields`)."""


@dataclass(frozen=True)
class Check:
    """One finding. `severity`: B blocks opening a decision, W warns, H hints. `field`: where to look.

    `about` names the party or group it is about, where there may be several. The sentence is the catalogue's
    `check.CODE` (or `check.CODE.about`), the explanation `check.CODE.why`.
    """

    code: str
    severity: Severity
    field: str
    about: str = ""

    def as_record(self) -> dict[str, str]:
        """As in a record of the protocol: `{code, severity, field}`, and `about` where there is one."""
        record = {"code": self.code, "severity": self.severity, "field": self.field}
        if self.about:
            record["about"] = self.about
        return record


def blocking(checks: Iterable[Check]) -> list[Check]:
    """The findings that block."""
    return [check for check in checks if check.severity == "B"]


def blocks_opening(checks: Iterable[Check]) -> list[Check]:
    """The findings that keep a decision from opening.

    A10 blocks the *old* stances from counting, and a new decision is just what it asks for: so it does
    not keep one from opening.
    """
    return [check for check in blocking(checks) if check.code != "A10"]


def text_of(values: Values, name: str) -> str:
    """A field as trimmed text; a number is written out, nothing is the empty text."""
    value = values.get(name)
    return "" if value is None else str(value).strip()


def date_of(values: Values, name: str) -> date | None:
    """A field as a date: a `date`, or text that is one (stored dates are ISO)."""
    value = values.get(name)
    if isinstance(value, date):
        return value
    return parse_date(value) if isinstance(value, str) else None


def rows_of(values: Values, name: str) -> list[Mapping[str, object]]:
    """A field that is a list of objects; anything else in it is passed over."""
    value = values.get(name)
    if not isinstance(value, list | tuple):
        return []
    return [row for row in value if isinstance(row, Mapping)]
