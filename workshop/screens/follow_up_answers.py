"""The receiver's answer to an item as screens show it, and the days by which it is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from workshop.clock import day_of, stamp
from workshop.models import ReceiverAnswer
from workshop.models.items import Item
from workshop.rules import answers as rule
from workshop.screens.promises import Promises

Record = dict[str, Any]


def present_answer(found: Item, said: Promises, today: date) -> Record:
    """Returns the `answer` of an item: its state on a day, the newest answer of who is to answer it, all other published
    ones, and the postponements and cleared false alarms."""
    published = said.answers.get(found.id, [])
    passed = _passed_to(found, said)
    clock = _clock(found, said, passed)
    if passed is None:
        by_who_answers = _of_first_receiver(found, said)
    else:
        by_who_answers = [row for row in published if row.link_id == passed.token_id]
    newest_answer = by_who_answers[-1].answer if by_who_answers else None
    shown = by_who_answers[-1] if by_who_answers else _why_passed(found, said, passed)
    moved = [row for row in _postponements(found, said, passed) if clock is not None]
    corrected = said.corrections.get(found.id, [])
    return {
        "state": rule.answer_state(clock, newest_answer, today),
        "due": clock.last_day.isoformat() if clock else None,
        "answer": shown.answer if shown else None,
        "reason": shown.reason if shown else None,
        "date": shown.date.isoformat() if shown and shown.date else None,
        "body": (shown.body or None) if shown else None,
        "by_body": shown.by_body if shown else None,
        "at": stamp(shown.published_at) if shown else None,
        "awaited_from": passed.body if passed else said.workshop.receiving_body,
        "earlier": [_earlier(row) for row in published if row is not shown],
        "postponed": [{"to": row.to.isoformat(), "reason": row.reason, "at": stamp(row.at)} for row in moved],
        "corrected": {"reason": corrected[-1].reason, "at": stamp(corrected[-1].at)} if corrected else None,
    }


def _earlier(row: ReceiverAnswer) -> Record:
    day = row.date.isoformat() if row.date else None
    return {
        "answer": row.answer,
        "reason": row.reason,
        "date": day,
        "body": row.body or None,
        "by_body": row.by_body,
        "at": stamp(row.published_at),
    }


def _of_first_receiver(found: Item, said: Promises) -> list[ReceiverAnswer]:
    """Returns the answers of who received the whole result: none by a link that was made for another body."""
    others = {link.token_id for link in said.passed_to.get(found.id, ())}
    return [row for row in said.answers.get(found.id, ()) if row.link_id not in others]


def passings(found: Item, said: Promises) -> list[ReceiverAnswer]:
    """Returns the answers by which an item was passed on, oldest first. The first one is of who received the whole result: a
    body that has a link cannot pass the item to itself."""
    first = next((row for row in _of_first_receiver(found, said) if row.answer == rule.PASSED_TO_ANOTHER), None)
    if first is None:
        return []
    published = said.answers[found.id]
    return [row for row in published[published.index(first) :] if row.answer == rule.PASSED_TO_ANOTHER]


def _passed_to(found: Item, said: Promises) -> Any:
    """Returns the link of the body an item was passed to; None where it was not passed on, or the body has no link yet."""
    links = said.passed_to.get(found.id)
    return links[-1] if links and passings(found, said) else None


def _why_passed(found: Item, said: Promises, passed: Any) -> ReceiverAnswer | None:
    """Returns the answer that passed an item to the body that has not answered yet; None where it was not passed on. What an
    earlier body publishes after that is not shown in its place."""
    if passed is None:
        return None
    told = passings(found, said)
    return next((row for row in reversed(told) if row.published_at <= passed.created_at), told[0])


def _postponements(found: Item, said: Promises, passed: Any) -> list[Any]:
    """Returns the postponements by the body that is to answer now, the oldest first."""
    handed = said.handover
    began = passed.created_at if passed is not None else handed.at if handed is not None else None
    rows = [*said.postponements.get(found.id, ())]
    if passed is None:
        rows = sorted([row for row in (*rows, *said.postponements.get(None, ())) if not row.by_body], key=lambda row: row.id)
    else:
        rows = [row for row in rows if row.by_body == passed.body]
    return [row for row in rows if began is not None and row.at >= began]


def _clock(found: Item, said: Promises, passed: Any) -> rule.Clock | None:
    handed = said.handover
    if handed is None:
        return None
    began, due = day_of(handed.at), handed.due
    if passed is not None:
        passed_on = day_of(passed.created_at)
        began, due = passed_on, rule.due_for_another(began, due, passed_on)
    return rule.Clock(
        began,
        due,
        [row.to for row in _postponements(found, said, passed)],
        [day_of(row.at) for row in said.corrections.get(found.id, ())],
        overdue_possible=not found.intention,
    )
