"""Who is due to be reminded of what on a day (docs/rules.md section 11).

No reminder is planned ahead: what is due is computed from the rows on the day. A task is due when its day is reached and it
has not been told for that day. So no task is lost on days when the server was off, a task is due again when its day moves,
and it is no longer due once the answer or the report is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workshop.rules.answers import OVERDUE
from workshop.rules.promise_lines import Line

AHEAD = timedelta(days=14)
"""How long before its day people are reminded of an answer or a delivery. A report made at most so long before a day of the
rhythm counts as the report for that day."""

KINDS: tuple[str, ...] = (
    "answer_long",
    "answer_overdue",
    "answer_today",
    "line_late",
    "report",
    "answer_soon",
    "line_soon",
    "work_offered",
    "missing_body",
    "missing_answer",
)
"""What a task may be, the most pressing first. The last two are the organiser's."""


@dataclass(frozen=True)
class Task:
    """One thing to do: its kind, the item it is about, and the day that makes it due. `line` is the number of a line;
    `link` is the number of the link whose holder is to do it, None for the organiser."""

    kind: str
    on: str
    day: date
    line: int | None = None
    link: int | None = None
    #: words for the mail: what is to be delivered, or the body whose answer is awaited
    about: str = ""

    @property
    def key(self) -> str:
        """Returns the key stored once the task was told. The same task with another day has another key and is told again."""
        line = "" if self.line is None else f"#{self.line}"
        return f"{self.kind} {self.on}{line} {self.day.isoformat()}"


def answer_task(on: str, state: str, last_day: date, today: date, link: int | None) -> Task | None:
    """Returns what a receiver is reminded of for an item in a state of `rules.answers.answer_state`: an answer that is due
    in at most 14 days, due today, or missing; else None. After a cleared false alarm there is none until the day moves."""
    if state in OVERDUE:
        return Task("answer_long" if state == "long_without" else "answer_overdue", on, last_day, link=link)
    if state not in ("awaited", "postponed") or not today <= last_day <= today + AHEAD:
        return None
    return Task("answer_today" if last_day == today else "answer_soon", on, last_day, link=link)


@dataclass(frozen=True)
class Reporting:
    """When one party reports on an item: the days of the rhythm, the days on which it reported, and the day that its last
    report names for the next one."""

    rhythm: Sequence[date] = ()
    reported: Sequence[date] = ()
    own_next: date | None = None


def report_task(on: str, asked: Reporting, today: date, link: int | None) -> Task | None:
    """Returns the report that is due from a party, or None. Of several days that have passed only the last one counts."""
    newest = max(asked.reported, default=None)
    days = [day for day in asked.rhythm if newest is None or newest < day - AHEAD]
    # `own_next` comes from the newest report, so no later report can have answered it and the 14 days do not apply.
    days += [asked.own_next] if asked.own_next is not None else []
    reached = [day for day in days if day <= today]
    return Task("report", on, max(reached), link=link) if reached else None


def line_task(on: str, line: Line, reported: bool, today: date, link: int | None) -> Task | None:
    """Returns what a party is reminded of for its line: to be delivered within 14 days, or late; None once it reported
    anything on the line, and for a line without a day."""
    if reported or line.by_when is None or line.by_when > today + AHEAD:
        return None
    kind = "line_late" if line.by_when < today else "line_soon"
    return Task(kind, on, line.by_when, line.number, link, line.what)


def untold(tasks: Iterable[Task], told: Collection[str]) -> list[Task]:
    """Returns the tasks that were not told yet, the most pressing first; of the same kind the one that is due first."""
    left = [task for task in tasks if task.key not in told]
    return sorted(left, key=lambda task: (KINDS.index(task.kind), task.day, task.on, task.line or 0))
