"""Computes who has to do what on a day, for the mails and for the organiser's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from workshop.clock import day_of
from workshop.extensions import db
from workshop.identity import RECEIVER, STEWARD
from workshop.models import FollowUpLink, Token, Workshop
from workshop.models.items import Item, items
from workshop.rules import reminders as rule
from workshop.rules.answers import OVERDUE
from workshop.rules.promise_lines import Line
from workshop.rules.reminders import Task
from workshop.screens.follow_up import Record, present_item
from workshop.screens.follow_up_answers import passings
from workshop.screens.promises import Promises, promises

Link = tuple[FollowUpLink, Token]
DROPPED = "dropped"
"""The status of a report after which no more reports are asked for."""


def living_links(workshop: Workshop) -> list[Link]:
    """Returns the valid links of receivers and stewards, oldest first."""
    wanted = (
        select(FollowUpLink, Token)
        .join(Token, Token.id == FollowUpLink.token_id)
        .where(FollowUpLink.workshop_id == workshop.id, Token.ended_at.is_(None), FollowUpLink.state != "refused")
        .where(FollowUpLink.role.in_((RECEIVER, STEWARD)))
        .order_by(FollowUpLink.token_id)
    )
    return [(link, token) for link, token in db.session.execute(wanted)]


def tasks(workshop: Workshop, links: Sequence[Link], today: date) -> list[Task]:
    """Returns all tasks of a day, whether they were told or not. The tasks of a link have its number, the organiser's have
    none. There are none before the workshop is closed."""
    if workshop.state != "closed":
        return []
    said = promises(workshop)
    found = {one.id: (one, present_item(one, said, today)) for one in items(workshop)}
    answers = [task for one, shown in found.values() for task in _answers(one, shown, said, links, today)]
    reports = [
        task
        for link, _ in links
        if link.role == STEWARD and link.on in found and link.party in found[link.on][0].owners
        for task in _work(found[link.on], said, link, today)
    ]
    return [*answers, *reports]


def _answers(found: Item, shown: Record, said: Promises, links: Sequence[Link], today: date) -> Iterator[Task]:
    """Yields the tasks of receivers and of the organiser for an item. There are none for an intention, which is never late."""
    answer = shown["answer"]
    if found.intention or answer["due"] is None:
        return
    last_day = date.fromisoformat(answer["due"])
    passed = _passed_on(found, said)
    others = [link for link, _ in links if link.role == RECEIVER and link.on == found.id] if passed else []
    asked = others[-1:] if passed else [link for link, _ in links if link.role == RECEIVER and link.on is None]
    for link in asked:
        task = rule.answer_task(found.id, answer["state"], last_day, today, link.token_id)
        if task is not None:
            yield task
    if passed is not None and not others:
        yield Task("missing_body", found.id, passed[0], about=passed[1])
    elif answer["state"] in OVERDUE:
        yield Task("missing_answer", found.id, last_day, about=answer["awaited_from"] or "")


def _passed_on(found: Item, said: Promises) -> tuple[date, str] | None:
    """Returns when an item was passed on, and to which body; None where the first receiver keeps it."""
    passed = passings(found, said)
    return (day_of(passed[-1].published_at), passed[-1].body) if passed and passed[-1].published_at else None


def _work(item: tuple[Item, Record], said: Promises, link: FollowUpLink, today: date) -> Iterator[Task]:
    """Yields the tasks of a steward: to accept work that was passed on, to report, to deliver."""
    found, shown = item
    if link.state == "offered":
        yield Task("work_offered", found.id, day_of(link.created_at), link=link.token_id)
        return
    own = [report for report in said.reports.get(found.id, ()) if report.party == link.party]
    over = shown["ended"] is not None and date.fromisoformat(shown["ended"]["from"]) <= today
    if over or (own and own[-1].status == DROPPED):
        return
    asked = rule.Reporting(
        [row.day for row in said.dates], [report.date for report in own], own[-1].next_date if own else None
    )
    report = rule.report_task(found.id, asked, today, link.token_id)
    lines = [_line(line, found, said, link, today) for line in found.lines if line.party == link.party]
    yield from (task for task in (report, *lines) if task is not None)


def _line(line: Line, found: Item, said: Promises, link: FollowUpLink, today: date) -> Task | None:
    reported = any(row.line == line.number for row in said.line_reports.get(found.id, ()))
    return rule.line_task(found.id, line, reported, today, link.token_id)
