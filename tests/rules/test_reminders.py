"""Who is reminded of what on which day, and which report belongs to which day (docs/rules.md section 11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workshop.rules.promise_lines import Line
from workshop.rules.reminders import KINDS, Reporting, Task, answer_task, line_task, report_task, untold
from workshop.rules.rhythm import proposed_days, reported_on

TODAY = date(2027, 3, 11)
ON = "goal:1"


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("state", "ahead", "kind"),
    [
        ("awaited", 15, None),
        ("awaited", 14, "answer_soon"),
        ("awaited", 1, "answer_soon"),
        ("awaited", 0, "answer_today"),
        ("awaited", -1, None),
        ("postponed", 14, "answer_soon"),
        ("postponed", 0, "answer_today"),
        ("no_answer", -1, "answer_overdue"),
        ("long_without", -91, "answer_long"),
        ("answered", 5, None),
        ("not_handed_over", 5, None),
    ],
)
def test_an_answer_is_asked_for_two_weeks_before_on_the_day_and_when_it_is_missing(state: str, ahead: int, kind: str | None):
    expected = Task(kind, ON, day(ahead), link=7) if kind else None
    assert answer_task(ON, state, day(ahead), TODAY, 7) == expected


@pytest.mark.parametrize(
    ("rhythm", "reported", "own_next", "due"),
    [
        ([], [], None, None),
        ([1], [], None, None),
        ([0], [], None, 0),
        ([-90, -5], [], None, -5),
        # What was reported at most fourteen days before a day is the report of that day.
        ([0], [-14], None, None),
        ([0], [-15], None, 0),
        ([0], [-40, -14, -30], None, None),
        # The day that the last report named itself has no such fourteen days.
        ([], [-3], 0, 0),
        ([], [-3], 1, None),
        ([-20], [-40], -2, -2),
    ],
)
def test_of_the_reports_that_are_due_the_last_one_is_asked_for(
    rhythm: list[int], reported: list[int], own_next: int | None, due: int | None
):
    asked = Reporting([*map(day, rhythm)], [*map(day, reported)], None if own_next is None else day(own_next))
    expected = None if due is None else Task("report", ON, day(due), link=7)
    assert report_task(ON, asked, TODAY, 7) == expected


@pytest.mark.parametrize(
    ("ahead", "reported", "kind"),
    [
        (15, False, None),
        (14, False, "line_soon"),
        (0, False, "line_soon"),
        (-1, False, "line_late"),
        (-1, True, None),
        (None, False, None),
    ],
)
def test_a_line_is_asked_for_two_weeks_before_its_day_and_after_it_until_something_is_reported(
    ahead: int | None, reported: bool, kind: str | None
):
    when = None if ahead is None else day(ahead)
    line = Line(number=2, party="Foreningen", what="En madklub", by_when=when)
    expected = Task(kind, ON, day(ahead or 0), 2, 7, "En madklub") if kind else None
    assert line_task(ON, line, reported, TODAY, 7) == expected


def test_a_task_is_told_once_for_each_of_its_days_the_most_pressing_first():
    tasks = [Task(kind, ON, day(0)) for kind in reversed(KINDS)]
    assert [task.kind for task in untold(tasks, ())] == list(KINDS)
    assert KINDS == (
        "answer_long", "answer_overdue", "answer_today", "line_late", "report", "answer_soon", "line_soon",
        "work_offered", "missing_body", "missing_answer",
    )  # fmt: skip
    late = [
        Task("line_late", on, day(ahead), line)
        for on, ahead, line in ((ON, 0, 1), (ON, 0, 0), ("goal:0", 0, 3), (ON, -1, 4))
    ]
    assert [task.line for task in untold(late, ())] == [4, 3, 0, 1]
    keys = [task.key for task in late]
    assert keys[0] == "line_late goal:1#1 2027-03-11" and Task("report", ON, day(1)).key == "report goal:1 2027-03-12"
    assert untold(late, keys[1:]) == late[:1]


def test_four_days_are_proposed_at_closing():
    assert proposed_days(date(2027, 1, 31)) == [date(2027, 4, 30), date(2027, 10, 31), date(2028, 4, 30), date(2028, 10, 31)]


@pytest.mark.parametrize(
    ("reports", "found"),
    [
        ([], [None, None]),
        ([-95], [-95, None]),
        # Of several that belong to a day the first one is told.
        ([-80, -95, -60], [-95, None]),
        # Equally near to two days: the earlier one.
        ([-50], [-50, None]),
        ([-49], [None, -49]),
        # Today's report is nearer to a day that is not there yet.
        ([30], [None, None]),
    ],
)
def test_a_report_belongs_to_the_nearest_day(reports: list[int], found: list[int | None]):
    days = [day(-100), day(0), day(50)]
    expected = [None if one is None else day(one) for one in found]
    assert reported_on(days, [*map(day, reports)], TODAY) == expected
