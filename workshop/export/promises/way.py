"""The timeline of the result on the public page: what happened to it, day by day, and what is planned; and the look-backs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workshop.clock import day_of
from workshop.export.promises.dates import steps
from workshop.export.promises.told import Record, Told, moment_of

HASH_SHOWN = 12


@dataclass(frozen=True)
class Station:
    """One entry of the timeline: a heading with the day, a text, a link, and whether it is in the future."""

    heading: str
    about: str
    link: str = ""
    future: bool = False


@dataclass(frozen=True)
class Looked:
    """One look-back: from when to when, its result, and its question."""

    heading: str
    about: str
    question: str


def way(told: Told) -> list[Station]:
    """Returns the entries by day."""
    found = [*_ends(told), *((step["date"], _step(step, item, told)) for step, item in steps(told))]
    for day in told.status["dates"]:
        if day >= told.today.isoformat():
            found.append((day, Station(told.say("way.reports", day=told.day(day)), "", future=True)))
    return [station for _, station in sorted(found, key=lambda one: one[0])]


def _ends(told: Told) -> list[tuple[str, Station]]:
    """Returns the first entries: the day of the workshop, and the handover with its confirmation."""
    held, handover = told.outcome.held_on, told.status["handover"]
    found = [(held.isoformat(), Station(told.say("way.held", day=told.day(held)), told.outcome.title))]
    if handover is None:
        return found
    at = day_of(moment_of(handover["at"]))
    confirmed = told.say("way.confirmed", day=told.day_at(handover["confirmed_at"])) if handover["confirmed_at"] else ""
    sealed = told.say("way.hash", hash=str(handover["hash"])[:HASH_SHOWN])
    due = told.say("way.due", day=told.day(handover["due"]))
    heading = told.say("way.handed_over", day=told.day(at), body=handover["to"] or told.receiver)
    # Both may be on the same day; then the handover comes second.
    return [*found, (at.isoformat(), Station(heading, " ".join(part for part in (confirmed, due, sealed) if part)))]


def _step(step: Record, item: str | None, told: Told) -> Station:
    parts = [
        told.say("way.about", label=told.label(item)) if item else "",
        step["title"],
        told.say("path.case", number=step["case_number"]) if step["case_number"] else "",
        step["outcome"] or "",
    ]
    about = ". ".join(part.rstrip(".") for part in parts if part)
    heading = told.say("way.step", day=told.day(step["date"]), body=step["body"])
    return Station(heading, f"{about}.", step["link"] or "", date.fromisoformat(step["date"]) > told.today)


def look_backs(told: Told) -> list[Looked]:
    """Returns the look-backs, the oldest first."""
    found = []
    for one in told.status["look_backs"]:
        last = told.day(told.last_day(one))
        heading = told.say("look_back.heading", first=told.day_at(one["opened_at"]), last=last)
        judged = [item["kept"] for item in told.items if (item["kept"] or {}).get("look_back") == one["id"]]
        about = told.say("look_back.open", day=last) if one["state"] == "open" else ""
        if judged:
            about = told.say("look_back.closed", n=judged[0]["cards"], judged=max(kept["judged"] for kept in judged))
        found.append(Looked(heading, about or told.say("look_back.earlier"), one["question"]))
    return found
