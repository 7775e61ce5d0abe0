"""The measures "done" (by the parties' lines) and "reached" (by the goal's number) of an item in words, docs/rules.md
section 11."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workshop.export.parts.goals import with_unit
from workshop.export.promises.answered import Said
from workshop.export.promises.told import Record, Told
from workshop.rules.dates import parse_date

ICONS = {
    "confirmed": "dbl", "documented": "paper", "undocumented": "check", "contested": "versus", "partly": "half",
    "not_delivered": "cross", "withdrawn": "dash", "late": "late", "ahead": "calendar",
}  # fmt: skip
REACHED_ICONS = {
    "not_measured": "unknown", "reached": "check", "not_reached": "cross", "moving": "up", "unmoved": "dash",
    "wrong_way": "turned", "measured": "eye",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One contribution: which party gives what by when, and its state. `sides` are the texts of both sides where a report is
    contested; `link` is the evidence, if it is a web address."""

    icon: str
    party: str
    what: str
    state: str
    note: str = ""
    words: str = ""
    link: str = ""
    sides: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Done:
    """What the parties have delivered: the count as a sentence, how the deliveries are supported, and the lines."""

    heading: str
    note: str
    short: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Reached:
    """The state of a goal by its number: an icon, a sentence, and a note with day, source and progress."""

    icon: str
    heading: str
    note: str
    short: str


def done(item: Record, told: Told) -> Done:
    """Returns the state of an item's lines."""
    counted, lines = item["done"], item["lines"]
    if not lines:
        return Done(told.say("done.no_lines"), "", told.say("done.none.short"), ())
    if not counted["due"]:
        heading, short = told.say("done.none_due"), told.say("done.none_due.short")
    else:
        heading = told.say("done.count", n=counted["due"], delivered=counted["delivered"])
        short = told.say("done.short", delivered=counted["delivered"], due=counted["due"])
    return Done(heading, _apart(item, told), short, tuple(line(one, told) for one in lines))


def marks(item: Record, today: date) -> tuple[str, ...]:
    """Returns a mark for each line that is due, in order: `full` (delivered), `half` (partly) or `out`."""
    kinds = {"delivered": "full", "partly": "half"}
    due = [one for one in item["lines"] if _is_due(one, today)]
    return tuple(sorted((kinds.get(one["state"], "out") for one in due), key=("full", "half", "out").index))


def _is_due(one: Record, today: date) -> bool:
    return bool(one["state"] != "none" if one["by_when"] is None else one["by_when"] <= today.isoformat())


def _apart(item: Record, told: Told) -> str:
    """Returns a sentence on how the deliveries are supported and what is late; an empty text where there is only one line."""
    if len(item["lines"]) < 2:
        return ""
    counted, states = item["done"], [one["state"] for one in item["lines"]]
    parts = [
        *((key, counted[key]) for key in ("confirmed", "documented", "undocumented", "contested")),
        ("partly", states.count("partly")),
        ("late", sum(one["late_since"] is not None for one in item["lines"])),
    ]
    said = [told.say(f"done.apart.{key}", n=number) for key, number in parts if number]
    return f"{told.clauses(said)}." if said else ""


def line(one: Record, told: Told) -> Line:
    """Returns one contribution with its state on the day."""
    by_when = told.say("line.by", day=told.day(one["by_when"])) if one["by_when"] else ""
    what = ", ".join(part for part in (one["what"], one["how_much"], by_when) if part)
    if one["state"] == "none":
        return Line(*_unreported(one, told, what))
    newest = one["reports"][-1]
    kind = one["standing"] if one["state"] == "delivered" else one["state"]
    state = told.say(
        f"line.state.{'contested' if one['standing'] == 'contested' else one['state']}", day=told.day(newest["date"])
    )
    address = newest["evidence"] if newest["evidence"].startswith(("https://", "http://")) else ""
    return Line(
        ICONS["contested" if one["standing"] == "contested" else kind],
        one["party"],
        what,
        state,
        _standing(one, newest, told, address),
        newest["words"] if one["standing"] != "contested" else "",
        address,
        _sides(one, newest, told) if one["standing"] == "contested" else (),
    )


def _unreported(one: Record, told: Told, what: str) -> tuple[str, str, str, str, str]:
    if one["late_since"]:
        state = told.say("line.late", day=told.day(one["late_since"]))
        return ICONS["late"], one["party"], what, state, told.say("line.late.note")
    if one["by_when"] is None:
        return ICONS["ahead"], one["party"], what, told.say("line.no_day"), ""
    days = (date.fromisoformat(one["by_when"]) - told.today).days
    state = told.say("line.today") if days == 0 else told.say("line.ahead", n=days)
    return ICONS["ahead"], one["party"], what, state, "" if days == 0 else told.say("line.ahead.note")


def _standing(one: Record, newest: Record, told: Told, address: str) -> str:
    """Returns how a report is supported: who confirmed it, or what documents it."""
    if one["standing"] == "confirmed":
        parties = {verdict["party"] for verdict in newest["verdicts"] if verdict["verdict"] == "confirmed"}
        return told.say("line.confirmed", parties=told.words.listed(sorted(parties)))
    if one["standing"] == "documented":
        return told.say("line.documented") if address else told.say("line.documented_by", evidence=newest["evidence"])
    return told.say(f"line.{one['standing']}") if one["standing"] else ""


def _sides(one: Record, newest: Record, told: Told) -> tuple[Said, ...]:
    """Returns the text of the report, and the newest text of each party that contests it."""
    last: dict[str, Record] = {verdict["party"]: verdict for verdict in newest["verdicts"]}
    against = [verdict for verdict in last.values() if verdict["verdict"] == "contested"]
    first = Said(told.say("line.side", party=one["party"], day=told.day(newest["date"])), newest["words"])
    return (
        first,
        *(Said(told.say("line.side", party=it["party"], day=told.day_at(it["at"])), it["words"]) for it in against),
    )


def reached(item: Record, told: Told) -> Reached | None:
    """Returns the state of a goal by its number; None for an item that is no goal."""
    found = item["reached"]
    if found is None:
        return None
    if found["value"] is None:
        word = told.say("reached.not_measured")
        return Reached(REACHED_ICONS["not_measured"], word, told.say("reached.not_measured.note"), word)
    value = with_unit(found["value"], found["unit"] or "")
    target = aim(item, told) or told.say("aim.none")
    heading = told.say(f"reached.{found['state']}", value=value, aim=target)
    return Reached(REACHED_ICONS[found["state"]], heading, _measured(item, told), heading)


def aim(item: Record, told: Told) -> str:
    """Returns the target of a goal: "mindst 60 %", "højst 3 dage"; an empty text without a target."""
    found, text = item["reached"], told.texts[item["id"]]
    if not found["target"]:
        return ""
    target = with_unit(str(found["target"]), found["unit"] or "")
    direction: Any = getattr(text, "direction", "")
    return told.say(f"aim.{direction}", target=target) if direction in ("at_least", "at_most", "up", "down") else target


def _measured(item: Record, told: Told) -> str:
    """Returns when the newest value was measured, its source, and the progress or the baseline."""
    found: Mapping[str, Any] = item["reached"]
    parts = [", ".join(part for part in (told.day(found["value_date"]), found["source"]) if part) + "."]
    if found["progress"] is not None and found["state"] == "moving":
        baseline = with_unit(str(found["baseline"]), found["unit"] or "")
        parts.append(told.say("reached.progress", n=found["progress"], baseline=baseline))
    elif found["baseline"]:
        parts.append(told.say("reached.baseline", baseline=with_unit(str(found["baseline"]), found["unit"] or "")))
    if found["deadline"]:
        parts.append(deadline(str(found["deadline"]), told))
    return " ".join(parts)


def deadline(text: str, told: Told) -> str:
    """Returns a sentence with the deadline of a goal."""
    day = parse_date(text)
    key = "reached.deadline.past" if day is not None and day < told.today else "reached.deadline"
    return told.say(key, day=told.day(text))
