"""The events of the follow-up, for the feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from workshop.clock import last_day_before
from workshop.export.promises.told import Record, Told, anchor, moment_of


@dataclass(frozen=True)
class Happening:
    """One event: a stable id, its moment, a heading, a text, and the anchor of its item on the page ("" for the whole)."""

    id: str
    at: datetime
    heading: str
    about: str
    place: str = ""


def happenings(told: Told) -> list[Happening]:
    """Returns all events, the newest first."""
    found = [*_of_the_whole(told), *_postponed(told), *(one for item in told.items for one in _of_item(item, told))]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def _made(told: Told, key: str, at: str, heading: str, *about: Any, place: str = "") -> Happening:
    """Returns an event. Its id is made from its key and its moment, because a key has only one event at a moment."""
    name = uuid5(NAMESPACE_URL, f"rundbord:{told.outcome.key}:{key}:{at}")
    said = "\n".join(str(part) for part in about if part)
    return Happening(f"urn:uuid:{name}", moment_of(at), heading, said, place)


def _of_the_whole(told: Told) -> Iterator[Happening]:
    handover = told.status["handover"]
    if handover:
        due = told.say("way.due", day=told.day(handover["due"]))
        yield _made(
            told, "handover", handover["at"], told.say("feed.handed_over", body=handover["to"] or told.receiver), due
        )
        if handover["confirmed_at"]:
            yield _made(told, "confirmed", handover["confirmed_at"], told.say("feed.confirmed", body=told.receiver))
    for step in told.status["path"]:
        yield _step(step, "", told)
    for one in told.status["look_backs"]:
        until = told.say("look_back.open", day=told.day(last_day_before(moment_of(one["until"]))))
        yield _made(told, f"{one['id']} opened", one["opened_at"], told.say("feed.look_back.opened"), one["question"], until)
        if one["closed_at"]:
            yield _made(told, f"{one['id']} closed", one["closed_at"], told.say("feed.look_back.closed"), one["question"])


def _postponed(told: Told) -> Iterator[Happening]:
    """Yields each postponement once, also one that concerns several items."""
    found: dict[tuple[str, str], list[Record]] = {}
    for item in told.items:
        for one in item["answer"]["postponed"]:
            found.setdefault((one["at"], one["to"]), []).append(item)
    for (at, to), items in found.items():
        reason = next(one["reason"] for one in items[0]["answer"]["postponed"] if (one["at"], one["to"]) == (at, to))
        labels = told.words.listed(told.label(item["id"]) for item in items)
        place = anchor(items[0]["id"]) if len(items) == 1 else ""
        heading = told.say("feed.postponed", label=labels, day=told.day(to))
        yield _made(told, f"{items[0]['id']} postponed", at, heading, reason, place=place)


def _of_item(item: Record, told: Told) -> Iterator[Happening]:
    on, label, place = item["id"], told.label(item["id"]), anchor(item["id"])
    answer = item["answer"]
    for one in (*answer["earlier"], *([answer] if answer["answer"] else [])):
        word = told.say(f"answers.{one['answer']}", day=told.day(one["date"]), body=one["body"] or "")
        heading = told.say("feed.answered", label=label, body=one["by_body"] or told.receiver, answer=word)
        yield _made(told, f"{on} answer {one['by_body']}", one["at"], heading, one["reason"], place=place)
    if answer["corrected"]:
        heading = told.say("feed.corrected", label=label)
        yield _made(told, f"{on} corrected", answer["corrected"]["at"], heading, answer["corrected"]["reason"], place=place)
    for line in item["lines"]:
        yield from _of_line(on, line, told)
    for one in item["reports"]:
        heading = told.say("feed.report", label=label, party=one["party"])
        said = [
            f"{told.say(f'report.{key}')}: {one[key]}" for key in ("what_worked", "what_went_wrong", "lesson") if one[key]
        ]
        yield _made(told, one["id"], one["at"], heading, *said, place=place)
    for step in item["path"]:
        yield _step(step, on, told)
    for one in item["reopened"]:
        yield from _reopened(one, item, told)
    if item["ended"]:
        heading = told.say("feed.ended", label=label, day=told.day(item["ended"]["from"]))
        yield _made(told, f"{on} ended", item["ended"]["at"], heading, item["ended"]["reason"], place=place)


def _reopened(one: Record, item: Record, told: Told) -> Iterator[Happening]:
    on, label, place = item["id"], told.label(item["id"]), anchor(item["id"])
    yield _made(told, f"{on} reopened", one["at"], told.say("feed.reopened", label=label), one["reason"], place=place)
    if one["opened_at"]:
        heading = told.say("feed.deciding", label=label, day=told.day(one["last_day"]))
        yield _made(told, f"{on} deciding", one["opened_at"], heading, place=place)
    if one["ended_at"]:
        yield _made(
            told, f"{on} reopening ended", one["ended_at"], told.say(f"feed.{one['state']}", label=label), place=place
        )


def _of_line(on: str, line: Record, told: Told) -> Iterator[Happening]:
    label, place = told.label(on), anchor(on)
    for report in line["reports"]:
        state = told.say(f"line.state.{report['state']}", day=told.day(report["date"]))
        heading = told.say("feed.line", label=label, party=line["party"], what=line["what"], state=state)
        yield _made(told, f"{on} line {line['line']}", report["at"], heading, report["words"], place=place)
        for verdict in report["verdicts"]:
            key = f"feed.line.{verdict['verdict']}"
            heading = told.say(key, label=label, by=verdict["party"], party=line["party"], what=line["what"])
            name = f"{on} line {line['line']} {verdict['party']}"
            yield _made(told, name, verdict["at"], heading, verdict["words"], place=place)


def _step(step: Record, on: str, told: Told) -> Happening:
    heading = told.say("feed.step", day=told.day(step["date"]), body=step["body"], title=step["title"])
    about = told.say("way.about", label=told.label(on)) if on else ""
    return _made(told, step["id"], step["at"], heading, about, step["outcome"], place=anchor(on) if on else "way")
