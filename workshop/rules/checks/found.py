"""The finding of a check, and the functions by which all checks read field values."""

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
    """One finding. `severity`: B blocks opening a decision, W warns, H hints. `field`: the field it is about.

    `about` names the party or group it is about, where there may be several. The catalogue has its question as
    `check.CODE` (or `check.CODE.about`) and the explanation as `check.CODE.why`.
    """

    code: str
    severity: Severity
    field: str
    about: str = ""

    def as_record(self) -> dict[str, str]:
        """Returns the finding as in a record of the protocol: `{code, severity, field}`, and `about` where there is one."""
        record = {"code": self.code, "severity": self.severity, "field": self.field}
        if self.about:
            record["about"] = self.about
        return record


def blocking(checks: Iterable[Check]) -> list[Check]:
    """Returns the findings that block."""
    return [check for check in checks if check.severity == "B"]


def blocks_opening(checks: Iterable[Check]) -> list[Check]:
    """Returns the findings that prevent a decision from opening.

    A10 is not among them: it says that the old stances no longer count, and asks for a new decision.
    """
    return [check for check in blocking(checks) if check.code != "A10"]


def text_of(values: Values, name: str) -> str:
    """Returns a field as trimmed text: a number in digits, a missing field as ""."""
    value = values.get(name)
    return "" if value is None else str(value).strip()


def date_of(values: Values, name: str) -> date | None:
    """Returns a field as a date, from a `date` or a text that `parse_date` reads; None for anything else."""
    value = values.get(name)
    if isinstance(value, date):
        return value
    return parse_date(value) if isinstance(value, str) else None


def rows_of(values: Values, name: str) -> list[Mapping[str, object]]:
    """Returns the rows of a field that is a list of objects; whatever is no object is left out."""
    value = values.get(name)
    if not isinstance(value, list | tuple):
        return []
    return [row for row in value if isinstance(row, Mapping)]
