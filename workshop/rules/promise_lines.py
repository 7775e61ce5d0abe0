"""Lines: what each party of an agreement delivers, and the first step of a goal (docs/rules.md section 11).

The party that owes a line reports whether it was delivered; evidence and the other parties tell whether that is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workshop.rules.dates import as_day

NOTHING = "none"
"""The state of a line on which nothing was reported."""
STANDS_OR_FALLS: frozenset[str] = frozenset({"delivered", "partly"})
"""The reported states that another party can confirm or contest in public."""


@dataclass(frozen=True)
class Line:
    """One contribution of an agreement, or the first step of a goal. `number` counts from 0 in the order of the text."""

    number: int
    party: str
    what: str
    how_much: str = ""
    by_when: date | None = None


@dataclass(frozen=True)
class Delivery:
    """The newest report on a line, with the newest verdict of each other party on it."""

    state: str
    on: date
    evidence: bool = False
    verdicts: Mapping[str, str] | None = None


def lines_of(kind: str, content: Mapping[str, Any]) -> list[Line]:
    """Returns the lines of a goal or an agreement with these fields, in order; a goal has one, its first step."""
    if kind == "goal":
        step = str(content.get("first_step") or "")
        if not step.strip():
            return []
        return [Line(0, str(content.get("owner") or ""), step, by_when=as_day(content.get("first_step_due")))]
    return [
        Line(
            number,
            str(given.get("party") or ""),
            str(given.get("what") or ""),
            str(given.get("how_much") or ""),
            as_day(given.get("by_when")),
        )
        for number, given in enumerate(content.get("contributions") or [])
    ]


def standing(delivery: Delivery | None) -> str | None:
    """Returns how a report is judged: `contested` where any other party contests it, else `confirmed` where one confirms it,
    else `documented` where it has evidence, else `undocumented`. None where nothing was delivered."""
    if delivery is None or delivery.state not in STANDS_OR_FALLS:
        return None
    said = set((delivery.verdicts or {}).values())
    for verdict in ("contested", "confirmed"):
        if verdict in said:
            return verdict
    return "documented" if delivery.evidence else "undocumented"


def late_since(line: Line, delivery: Delivery | None, today: date) -> date | None:
    """Returns the day a line was to be delivered by, if that has passed and nothing was reported; else None."""
    late = delivery is None and line.by_when is not None and line.by_when < today
    return line.by_when if late else None


def is_due(line: Line, delivery: Delivery | None, today: date) -> bool:
    """Returns whether a line counts among those that are due: its day has come or, without a day, something was reported."""
    return delivery is not None if line.by_when is None else line.by_when <= today


def done(lines: Sequence[tuple[Line, Delivery | None]], today: date) -> dict[str, int]:
    """Returns how many lines are `due`, how many of these are `delivered`, and how many of the delivered ones are
    `confirmed`, `documented`, `undocumented` and `contested`."""
    due = [(line, delivery) for line, delivery in lines if is_due(line, delivery, today)]
    delivered = [delivery for _, delivery in due if delivery is not None and delivery.state == "delivered"]
    return {"delivered": len(delivered), "due": len(due), **_apart(standing(delivery) for delivery in delivered)}


def _apart(standings: Iterable[str | None]) -> dict[str, int]:
    found = dict.fromkeys(("confirmed", "documented", "undocumented", "contested"), 0)
    for one in standings:
        if one is not None:
            found[one] += 1
    return found
