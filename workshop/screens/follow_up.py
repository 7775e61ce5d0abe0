"""The state of the promises on a day: for `GET /api/follow_up`, the public page, `status.json`, board and console.

Every state is computed from rows by `rules.answers`, `rules.promise_lines` and `rules.measures`; none is stored. The shapes
are in docs/protocol.md, "After the seminar".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from workshop.clock import stamp
from workshop.models import FollowUpReport, LineReport, LineVerdict, LookBack, Workshop
from workshop.models.items import Item, items
from workshop.models.reviews import review_day
from workshop.rules import answers as rule
from workshop.rules.measures import Measured, aim_of, decimal_text, newest, reached
from workshop.rules.promise_lines import NOTHING, Delivery, Line, done, late_since, standing
from workshop.rules.record_ids import RecordId
from workshop.screens import panel
from workshop.screens.follow_up_answers import present_answer
from workshop.screens.promises import Promises, promises
from workshop.screens.reopened import reopened

Record = dict[str, Any]


def follow_up(workshop: Workshop, today: date, may_see: Callable[[Item], bool]) -> Record:
    """Returns `{handover, counts, items, path, statement, look_backs, dates}` for the day `today`, with the items for which
    `may_see` returns True."""
    said = promises(workshop)
    shown = [found for found in items(workshop) if may_see(found)]
    presented = [present_item(found, said, today) for found in shown]
    return {
        "handover": _handover(said),
        "counts": counts(presented),
        "items": presented,
        "path": [_path_step(step) for step in said.path.get(None, ())],
        "statement": panel.statement(said.statements.get(None, ())),
        "look_backs": [_look_back(row) for row in said.look_backs],
        "dates": [row.day.isoformat() for row in said.dates],
    }


def _look_back(row: LookBack) -> Record:
    """Returns one look-back. The number of cards is shown once it is closed; how many judged is shown with each item."""
    closed = row.state == "closed"
    return {
        "id": str(RecordId(row.kind, row.id)),
        "on": list(row.on),
        "question": row.question,
        "state": row.state,
        "opened_at": stamp(row.opened_at),
        "until": stamp(row.until),
        "closed_at": stamp(row.closed_at),
        "cards": sum(row.cards.values()) if closed else None,
        "papers_hash": row.papers_hash,
    }


def counts(presented: Sequence[Record]) -> Record:
    """Returns the figures of the page's first sentence: `{answered, of, overdue, late_lines, delivered, due, reached,
    goals}`. Answered, delivered and reached are counted separately and never added."""
    promised = [item for item in presented if not item["intention"]]
    goals = [item for item in promised if item["reached"] is not None]
    return {
        "answered": sum(item["answer"]["state"] == "answered" for item in promised),
        "of": len(promised),
        "overdue": sum(item["answer"]["state"] in rule.OVERDUE for item in promised),
        "late_lines": sum(line["late_since"] is not None for item in promised for line in item["lines"]),
        "delivered": sum(item["done"]["delivered"] for item in promised),
        "due": sum(item["done"]["due"] for item in promised),
        "reached": sum(item["reached"]["state"] == "reached" for item in goals),
        "goals": len(goals),
    }


def present_item(found: Item, said: Promises, today: date) -> Record:
    """Returns one `item` of docs/protocol.md."""
    reports = said.reports.get(found.id, [])
    deliveries = [(line, _delivery(line, found, said)) for line in found.lines]
    ended = said.ended.get(found.id)
    return {
        "id": found.id,
        "kind": found.kind,
        "title": found.title,
        "version": found.version,
        "intention": found.intention,
        "answer": present_answer(found, said, today),
        "lines": [_line(line, delivery, found, said, today) for line, delivery in deliveries],
        "done": done(deliveries, today),
        "reached": _reached(found, reports, said.workshop.language, today),
        "kept": _kept(found, said),
        "reopened": reopened(found, said),
        "reports": [_report(report, reports) for report in reports],
        "questions": panel.questions(said.questions.get(found.id, ()), said.question_answers),
        "statement": panel.statement(said.statements.get(found.id, ())),
        "path": [_path_step(step) for step in said.path.get(found.id, ())],
        "next_date": _next_date(found, said, today),
        "ended": {
            "from": ended[0].ends_on.isoformat(),
            "said_on": ended[0].said_on.isoformat(),
            "by": ended[0].by,
            "reason": ended[0].reason,
            "at": stamp(ended[0].at),
        }
        if ended
        else None,
    }


def _handover(said: Promises) -> Record | None:
    row = said.handover
    if row is None:
        return None
    return {
        "at": stamp(row.at),
        "to": said.workshop.receiving_body,
        "due": row.due.isoformat(),
        "hash": row.hash,
        "confirmed_at": stamp(row.confirmed_at),
    }


def _delivery(line: Line, found: Item, said: Promises) -> Delivery | None:
    reports = [row for row in said.line_reports.get(found.id, ()) if row.line == line.number]
    if not reports:
        return None
    newest_report = reports[-1]
    said_of_it = {row.party: row.verdict for row in said.verdicts.get(newest_report.id, ())}
    return Delivery(newest_report.state, newest_report.date, bool(newest_report.evidence), said_of_it)


def _line(line: Line, delivery: Delivery | None, found: Item, said: Promises, today: date) -> Record:
    late = late_since(line, delivery, today)
    reports = [row for row in said.line_reports.get(found.id, ()) if row.line == line.number]
    return {
        "line": line.number,
        "party": line.party,
        "what": line.what,
        "how_much": line.how_much,
        "by_when": line.by_when.isoformat() if line.by_when else None,
        "state": delivery.state if delivery else NOTHING,
        "standing": standing(delivery),
        "late_since": late.isoformat() if late else None,
        "reports": [_line_report(row, said.verdicts.get(row.id, [])) for row in reports],
    }


def _line_report(row: LineReport, verdicts: Sequence[LineVerdict]) -> Record:
    return {
        "state": row.state,
        "words": row.words,
        "evidence": row.evidence,
        "date": row.date.isoformat(),
        "at": stamp(row.at),
        "verdicts": [
            {"party": verdict.party, "verdict": verdict.verdict, "words": verdict.words, "at": stamp(verdict.at)}
            for verdict in verdicts
        ],
    }


def measured(reports: Sequence[FollowUpReport]) -> list[tuple[FollowUpReport, Measured]]:
    """Returns the reports with a measured value that no later report corrects, each with its value."""
    corrected = {row.corrects_id for row in reports}
    return [
        (row, Measured(Fraction(row.exact), row.value_date))
        for row in reports
        if row.exact is not None and row.value_date is not None and row.id not in corrected
    ]


def _reached(found: Item, reports: Sequence[FollowUpReport], lang: str, today: date) -> Record | None:
    if found.kind != "goal":
        return None
    aim, values = aim_of(found.content, lang), measured(reports)
    value = newest(one for _, one in values)
    row = next((row for row, one in values if one is value), None)
    state = reached(aim, value, today)
    return {
        "state": state.state,
        "value": row.value if row else None,
        "number": decimal_text(value.value) if value else None,
        "value_date": value.on.isoformat() if value else None,
        "source": row.source if row else None,
        "baseline": found.content.get("baseline"),
        "target": found.content.get("target"),
        "unit": found.content.get("unit"),
        "deadline": found.content.get("deadline"),
        "progress": state.progress,
        "values": [
            {"value": row.value, "number": decimal_text(one.value), "value_date": one.on.isoformat(), "source": row.source}
            for row, one in values
        ],
    }


def _kept(found: Item, said: Promises) -> Record | None:
    """Returns the verdict of the newest closed look-back on the item. Two look-backs are two votes and are not added."""
    closed = [row for row in said.look_backs if row.state == "closed" and found.id in (row.result or {})]
    if not closed:
        return None
    row = closed[-1]
    return {"look_back": str(RecordId(row.kind, row.id)), **dict((row.result or {})[found.id])}


def _report(row: FollowUpReport, reports: Sequence[FollowUpReport]) -> Record:
    corrected_by = next((str(RecordId(other.kind, other.id)) for other in reports if other.corrects_id == row.id), None)
    return {
        "id": str(RecordId(row.kind, row.id)),
        "party": row.party,
        "date": row.date.isoformat(),
        "value": row.value,
        "number": decimal_text(Fraction(row.exact)) if row.exact else None,
        "value_date": row.value_date.isoformat() if row.value_date else None,
        "source": row.source,
        "status": row.status,
        "what_worked": row.what_worked,
        "what_went_wrong": row.what_went_wrong,
        "lesson": row.lesson,
        "next_date": row.next_date.isoformat() if row.next_date else None,
        "corrects": str(RecordId(row.kind, row.corrects_id)) if row.corrects_id else None,
        "corrected_by": corrected_by,
        "at": stamp(row.at),
    }


def _path_step(step: Any) -> Record:
    return {
        "id": str(RecordId(step.kind, step.id)),
        "on": step.on,
        "body": step.body,
        "date": step.date.isoformat(),
        "title": step.title,
        "link": step.link or None,
        "case_number": step.case_number or None,
        "outcome": step.outcome or None,
        "at": stamp(step.at),
        "edited_at": stamp(step.edited_at),
    }


def _next_date(found: Item, said: Promises, today: date) -> str | None:
    """Returns the next day on which something is asked about the item: a report, by the rhythm or by the owner's last report,
    or the review; None where there is none."""
    reports = said.reports.get(found.id, [])
    days = [row.day for row in said.dates]
    if reports and reports[-1].next_date:
        days.append(reports[-1].next_date)
    ahead = [day for day in (*days, review_day(found)) if day is not None and day >= today]
    return min(ahead).isoformat() if ahead else None
