"""Where the promises of the sample outcome stand, for tests of the page: as the screens say it, in every state."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.export.sample import sample
from workshop.export.document import Agreement, Goal, Outcome
from workshop.export.promises.told import Told

TODAY = date(2028, 3, 20)


def answer(state: str = "not_handed_over", **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("due", "answer", "reason", "date", "body", "by_body", "at", "corrected"))
    return {"state": state, **empty, "awaited_from": "Fjordby Byråd", "earlier": [], "postponed": [], **fields}


def item(text: Goal | Agreement, **fields: Any) -> dict[str, Any]:
    """An item nothing was said of yet."""
    goal = isinstance(text, Goal)
    number = {"state": "not_measured", "values": [], "progress": None, "value": None, "number": None}
    aim = {name: getattr(text, name, None) for name in ("baseline", "target", "unit", "deadline")}
    reached = number | aim | {"value_date": None, "source": None}
    return {
        "id": text.id,
        "kind": "goal" if goal else "agreement",
        "title": "",
        "version": text.version,
        "intention": text.standing == "intention",
        "answer": answer(),
        "lines": [],
        "done": dict.fromkeys(("delivered", "due", "confirmed", "documented", "undocumented", "contested"), 0),
        "reached": reached if goal else None,
        "kept": None,
        "reopened": [],
        "reports": [],
        "path": [],
        "next_date": None,
        "ended": None,
    } | fields


def measured(*values: tuple[str, str, str], state: str = "moving", progress: int | None = None) -> dict[str, Any]:
    """What the number of a goal says: values as text, as a number, and the day."""
    told = [{"value": text, "number": number, "value_date": day, "source": "Kilden"} for text, number, day in values]
    newest = told[-1]
    return {"state": state, "progress": progress, "values": told, **newest}


def status(outcome: Outcome, items: list[dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """The record of all items of an outcome, those given in place of the empty ones."""
    given = {one["id"]: one for one in items or []}
    texts = [one for one in outcome.texts if one.standing in ("agreed", "intention")]
    found = [given.get(text.id) or item(text) for text in texts]
    promised = [one for one in found if not one["intention"]]
    counts = {
        "answered": sum(one["answer"]["state"] == "answered" for one in promised),
        "of": len(promised),
        "overdue": sum(one["answer"]["state"] in ("no_answer", "long_without") for one in promised),
        "late_lines": sum(line["late_since"] is not None for one in promised for line in one["lines"]),
        "delivered": sum(one["done"]["delivered"] for one in promised),
        "due": sum(one["done"]["due"] for one in promised),
        "reached": sum(one["reached"]["state"] == "reached" for one in promised if one["reached"]),
        "goals": sum(one["reached"] is not None for one in promised),
    }
    empty: dict[str, Any] = {"handover": None, "path": [], "look_backs": [], "dates": []}
    return empty | {"counts": counts, "items": found} | fields


def told(outcome: Outcome | None = None, items: list[dict[str, Any]] | None = None, **fields: Any) -> Told:
    """What the page is made from, on 20 March 2028."""
    outcome = sample() if outcome is None else outcome
    return Told(outcome, status(outcome, items, **fields), TODAY, "da")
