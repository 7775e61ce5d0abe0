"""The top of the public page: one sentence on the state of the follow-up, four counters, what is late, and the next dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from workshop.export.promises import dates, lines
from workshop.export.promises.told import Record, Told

MOST_DATES = 4
MOST_OF_A_DAY = 4
MOST_NAMED = 4
"""With more overdue items than this the top says only their number."""
MOST_MARKS = 24
"""With more things than this a counter has no row of marks, only the number."""


@dataclass(frozen=True)
class Counter:
    """A counter: its name, its figure as text, what it counts, and its row of marks."""

    key: str
    name: str
    figure: str
    about: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Late:
    """One thing that is late: what and since when, then why and where it is being dealt with."""

    what: str
    why: str


@dataclass(frozen=True)
class Today:
    """The top of the page: the day, the sentence, the counters, what is late, and the next dates."""

    day: str
    sentence: str
    counters: tuple[Counter, ...]
    late_heading: str
    late: tuple[Late, ...]
    next: tuple[tuple[str, tuple[str, ...]], ...]


def today(told: Told) -> Today:
    """Returns the top of the page for the day."""
    late, counts = tuple(_late(told)), told.status["counts"]
    return Today(
        day=told.say("today", day=told.day(told.today)),
        sentence=sentence(told),
        counters=tuple(_counters(told)),
        late_heading=told.say("late.heading", n=counts["overdue"] + counts["late_lines"]) if late else "",
        late=late,
        next=tuple(_coming(told)),
    )


def _coming(told: Told) -> list[tuple[str, tuple[str, ...]]]:
    """Returns the next days, each with what is due on it."""
    found: dict[date, list[str]] = {}
    for one in dates.ahead(told):
        found.setdefault(one.day, []).append(one.heading)
    return [(told.day(day), tuple(found[day][:MOST_OF_A_DAY])) for day in sorted(found)[:MOST_DATES]]


def sentence(told: Told) -> str:
    """Returns the sentence: how much was answered, delivered and reached; each only if there is something to report."""
    counts = told.status["counts"]
    if not counts["of"]:
        return told.say("sentence.nothing")
    parts = [_answers(counts, told)]
    if counts["due"]:
        parts.append(told.say("sentence.delivered", n=counts["due"], delivered=counts["delivered"]))
    if counts["goals"] and any(item["reached"] and item["reached"]["value"] is not None for item in told.items):
        parts.append(told.say("sentence.reached", n=counts["goals"], reached=counts["reached"]))
    said = told.clauses(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _answers(counts: Record, told: Told) -> str:
    if told.status["handover"] is None and not counts["answered"]:
        return told.say("sentence.not_handed_over")
    if counts["answered"]:
        return told.say("sentence.answered", n=counts["of"], answered=counts["answered"])
    if counts["overdue"]:
        return told.say("sentence.overdue", n=counts["overdue"], body=told.receiver)
    due = max(item["answer"]["due"] for item in told.items if item["answer"]["due"] and not item["intention"])
    return told.say("sentence.awaited", body=told.receiver, day=told.day(due))


def _counters(told: Told) -> list[Counter]:
    counts, promised = told.status["counts"], [item for item in told.items if not item["intention"]]
    order = ("full", "half", "out").index
    every_line = sorted((mark for item in promised for mark in lines.marks(item, told.today)), key=order)
    late = counts["overdue"] + counts["late_lines"]
    return [
        _counter("answered", counts["answered"], counts["of"], told),
        _of_lines(counts, every_line, told),
        _counter("reached", counts["reached"], counts["goals"], told),
        Counter("late", told.say("counter.late"), str(late), _about_late(counts, told), _few(["out"] * late)),
    ]


def _counter(key: str, part: int, whole: int, told: Told) -> Counter:
    """Returns a counter of `part` of `whole`; where nothing is to be counted it says so instead of "0 of 0"."""
    if not whole:
        return Counter(key, told.say(f"counter.{key}"), told.say("counter.none"), told.say(f"counter.{key}.none"), ())
    marks = ["full"] * part + ["out"] * (whole - part)
    figure = told.say("of", part=part, whole=whole)
    return Counter(key, told.say(f"counter.{key}"), figure, told.say(f"counter.{key}.of", n=whole), _few(marks))


def _of_lines(counts: Record, marks: list[str], told: Told) -> Counter:
    """Returns the counter of what was delivered; it says how many lines were delivered partly."""
    counter = _counter("delivered", counts["delivered"], counts["due"], told)
    return replace(counter, about=_delivered(told, marks), marks=_few(marks)) if counts["due"] else counter


def _about_late(counts: Record, told: Told) -> str:
    said = [told.say(f"counter.late.{key}", n=counts[key]) for key in ("overdue", "late_lines") if counts[key]]
    return told.words.listed(said) if said else told.say("counter.late.none")


def _few(marks: list[str]) -> tuple[str, ...]:
    return tuple(marks) if len(marks) <= MOST_MARKS else ()


def _delivered(told: Told, marks: list[str]) -> str:
    half = marks.count("half")
    said = told.say("counter.delivered.of", n=told.status["counts"]["due"])
    return f"{said} {told.say('counter.delivered.partly', n=half)}" if half else said


def _late(told: Told) -> list[Late]:
    """Returns what is late: first answers, with the reason of their last postponement and where the item is being dealt with,
    then contributions. Answers that are late since the same day for the same reason are one entry."""
    waiting: dict[tuple[str, str], list[str]] = {}
    for item in told.items:
        answer = item["answer"]
        if answer["state"] in ("no_answer", "long_without"):
            why = " ".join([*_put_off(answer, told), *_lies(item, told)])
            waiting.setdefault((answer["due"], why), []).append(told.label(item["id"]))
    found = [Late(_unanswered(labels, due, told), why) for (due, why), labels in waiting.items()]
    for item in told.items:
        for line in item["lines"]:
            if line["late_since"]:
                what = told.say("late.line", what=line["what"], day=told.day(line["late_since"]))
                found.append(Late(what, told.say("late.line.why", party=line["party"], label=told.label(item["id"]))))
    return found


def _unanswered(labels: list[str], due: str, told: Told) -> str:
    if len(labels) > MOST_NAMED:
        return told.say("late.answers", n=len(labels), day=told.day(due))
    return told.say("late.answer", label=told.words.listed(labels), day=told.day(due))


def _put_off(answer: Record, told: Told) -> list[str]:
    if not answer["postponed"]:
        return []
    reason = answer["postponed"][-1]["reason"].rstrip(".")
    return [told.say("late.postponed", n=len(answer["postponed"]), reason=reason)]


def _lies(item: Record, told: Told) -> list[str]:
    """Returns a sentence with the item's next meeting, or else its last one."""
    found = [step for step, on in dates.steps(told) if on in (None, item["id"])]
    coming = [step for step in found if date.fromisoformat(step["date"]) >= told.today]
    if coming:
        return [told.say("late.next", body=coming[0]["body"], day=told.day(coming[0]["date"]))]
    return [told.say("late.last", body=found[-1]["body"], day=told.day(found[-1]["date"]))] if found else []
