"""The dates of an outcome and of its follow-up, for "the next dates", the list of meetings, and the calendars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from workshop.clock import day_of, utc
from workshop.export import ics
from workshop.export.document import Agreement, Goal
from workshop.export.promises.told import Record, Told, anchor, moment_of

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Dated:
    """One day on which something is due or happens. `key` is its stable id; `changed` is the moment of the last change that
    could move it; `cancelled`: it will not happen; `item` is the id of its item, None for the whole result."""

    key: str
    day: date
    heading: str
    about: str
    changed: datetime
    item: str | None = None
    cancelled: bool = False


def dates(told: Told) -> list[Dated]:
    """Returns every date, by day: those of the texts, of answers, reports, meetings, look-backs and decisions on
    reopened agreements."""
    found = [*_of_texts(told), *_of_answers(told), *_of_reports(told), *_of_path(told), *_of_look_backs(told)]
    found += _of_reopened(told)
    return sorted(found, key=lambda one: (one.day, one.key))


def ahead(told: Told) -> list[Dated]:
    """Returns the dates from today on that will happen."""
    return [one for one in dates(told) if one.day >= told.today and not one.cancelled]


def is_cancelled(item: Record) -> bool:
    """Returns whether an item will not be continued: its agreement was ended, or its owners dropped it."""
    return cancelled_from(item) is not None


def cancelled_from(item: Record) -> date | None:
    """Returns the day from which on an item is no longer continued; None where it is."""
    if item["ended"] is not None:
        return date.fromisoformat(item["ended"]["from"])
    newest = next((one for one in reversed(item["reports"]) if not one["corrected_by"]), None)
    return date.fromisoformat(newest["date"]) if newest is not None and newest["status"] == "dropped" else None


def _is_off(item: Record | None, day: date) -> bool:
    ends = cancelled_from(item) if item is not None else None
    return ends is not None and day >= ends


def last_said(value: Any) -> datetime:
    """Returns the newest moment in a record; `BEGINNING` where it has none."""
    return max(_moments(value), default=BEGINNING)


def _moments(value: Any) -> Iterator[datetime]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key == "at" or key.endswith("_at")):
                yield moment_of(inner)
            else:
                yield from _moments(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _moments(inner)


def _changed(record_id: str | None, told: Told) -> datetime:
    """Returns the moment of the last change of an item or of the whole: of its text, its answers, its reports."""
    outcome, item = told.outcome, told.by_id.get(record_id or "")
    closed = [utc(one.closed_at) for one in outcome.decisions if one.closed_at is not None and one.subject.id == record_id]
    text = told.texts.get(record_id or "")
    revised = [utc(one.at) for one in text.revisions] if isinstance(text, (Goal, Agreement)) else []
    whole = [last_said(told.status["handover"]), last_said(told.status["path"])]
    return max([last_said(item), *closed, *revised, *whole])


def _of_texts(told: Told) -> Iterator[Dated]:
    by_anchor = {anchor(one): one for one in told.texts}
    for key, day, heading, about in ics.entries(told.outcome, told.words):
        if key == ics.ANSWER:
            continue
        item = by_anchor.get("-".join(key.split("-")[:2]))
        off = _is_off(told.by_id.get(item or ""), day)
        yield Dated(key, day, heading, about, _changed(item, told), item, off)


def _of_answers(told: Told) -> Iterator[Dated]:
    """Yields the day by which each body must answer; items with the same body and day have one date together."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for item in told.items:
        answer = item["answer"]
        if answer["due"] and not item["intention"]:
            groups.setdefault((answer["awaited_from"] or told.receiver, answer["due"]), []).append(item)
    first = ((told.status["handover"] or {}).get("due"), told.receiver)
    for (body, due), items in groups.items():
        whole = (due, body) == first
        key = ics.ANSWER if whole else f"{anchor(items[0]['id'])}-answer"
        changed = max(_changed(item["id"], told) for item in items)
        about = "\n".join(f"{told.label(item['id'])}: {told.title(item['id'])}" for item in items)
        settled = all(item["answer"]["state"] == "answered" for item in items)
        heading = told.say("date.answered" if settled else "date.answer", body=body, n=len(items))
        yield Dated(key, date.fromisoformat(due), heading, about, changed, None if whole else items[0]["id"])
    mandate = told.outcome.mandate
    if not groups and mandate.response_due is not None and told.status["handover"] is None:
        yield Dated(
            ics.ANSWER, mandate.response_due, told.say("date.answer.hoped", body=told.receiver), "", _changed(None, told)
        )


def _of_reports(told: Told) -> Iterator[Dated]:
    for day in told.status["dates"]:
        yield Dated(f"report-{day}", date.fromisoformat(day), told.say("date.reports"), "", _changed(None, told))
    for item in told.items:
        newest = item["reports"][-1] if item["reports"] else None
        if newest and newest["next_date"]:
            heading = told.say("date.report", party=newest["party"], label=told.label(item["id"]))
            key = f"{anchor(item['id'])}-next-report"
            about = told.title(item["id"])
            day = date.fromisoformat(newest["next_date"])
            yield Dated(key, day, heading, about, _changed(item["id"], told), item["id"], _is_off(item, day))


def next_report(item: Record, rhythm: Sequence[str], today: date) -> str | None:
    """Returns the next day on which an item's owner reports: by the dates that all have, or as its newest report says."""
    newest = item["reports"][-1]["next_date"] if item["reports"] else None
    return min((day for day in (*rhythm, newest) if day and day >= today.isoformat()), default=None)


def steps(told: Told) -> list[tuple[Record, str | None]]:
    """Returns the meetings by day, each with the id of the item it is about; None for all items."""
    found: list[tuple[Record, str | None]] = [(step, None) for step in told.status["path"]]
    found += [(step, item["id"]) for item in told.items for step in item["path"]]
    return sorted(found, key=lambda one: (one[0]["date"], one[0]["id"]))


def _of_path(told: Told) -> Iterator[Dated]:
    for step, item in steps(told):
        about = "\n".join(part for part in (told.label(item) if item else "", step["case_number"], step["outcome"]) if part)
        heading = f"{step['body']}: {step['title']}"
        yield Dated(anchor(step["id"]), date.fromisoformat(step["date"]), heading, about, last_said(step), item)


def _of_look_backs(told: Told) -> Iterator[Dated]:
    for one in told.status["look_backs"]:
        yield Dated(anchor(one["id"]), told.last_day(one), told.say("date.look_back"), one["question"], last_said(one))


def _of_reopened(told: Told) -> Iterator[Dated]:
    """Yields the last day of each decision on a reopened agreement; the day of its closing where that came before."""
    for item in told.items:
        for one in item["reopened"]:
            if not one["last_day"]:
                continue
            day = date.fromisoformat(one["last_day"])
            if one["ended_at"]:
                day = min(day, day_of(moment_of(one["ended_at"])))
            heading = told.say("date.reopened", label=told.label(item["id"]))
            yield Dated(anchor(one["decision"]), day, heading, told.title(item["id"]), last_said(one), item["id"])
