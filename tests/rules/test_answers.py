"""The state of an answer on a day (docs/rules.md section 8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.follow_up_vectors import day, days, examples
from workshop.rules.answers import NO_ANSWER_YET, OVERDUE, Clock, answer_state, due_for_another

ANSWERS = ("follows", "follows_partly", "under_way", "later", "not_ours", "does_not_follow", "needs_clarification")
STATES = ("not_handed_over", "awaited", "postponed", "no_answer", "long_without", "answered")


def clock_of(example: dict[str, Any] | None) -> Clock | None:
    if example is None:
        return None
    return Clock(
        date.fromisoformat(example["handed_over"]),
        date.fromisoformat(example["due"]),
        days(example["postponed_to"]),
        days(example["corrected_on"]),
        overdue_possible=not example["never_late"],
    )


@pytest.mark.parametrize("example", examples("answers"))
def test_the_state_of_an_answer(example: dict[str, Any]):
    found = answer_state(clock_of(example["clock"]), example["newest"], date.fromisoformat(example["on"]))
    assert found == example["expected"]


@pytest.mark.parametrize("example", examples("another_body"))
def test_another_body_has_as_many_days_as_the_first(example: dict[str, Any]):
    given_days = [day(example[name]) for name in ("handed_over", "due", "passed_on")]
    assert due_for_another(*given_days) == day(example["expected"])


DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    handed = draw(DAYS)
    due = handed + timedelta(days=draw(st.integers(0, 400)))
    return Clock(handed, due, draw(st.lists(DAYS, max_size=3)), draw(st.lists(DAYS, max_size=2)), draw(st.booleans()))


@given(clocks(), DAYS)
def test_time_alone_only_makes_an_answer_later(clock: Clock, today: date):
    order = [*(state for state in STATES if state not in OVERDUE), "no_answer", "long_without"]
    before, after = (answer_state(clock, None, one) for one in (today, today + timedelta(days=1)))
    assert order.index(before) <= order.index(after)


@given(clocks(), DAYS, st.sampled_from([one for one in ANSWERS if one != NO_ANSWER_YET]))
def test_an_answer_is_an_answer_on_any_day(clock: Clock, today: date, answer: str):
    assert answer_state(clock, answer, today) == answer_state(None, answer, today) == "answered"


@given(clocks(), DAYS)
def test_an_intention_is_never_late(clock: Clock, today: date):
    never = Clock(clock.handed_over, clock.due, clock.postponed_to, clock.corrected_on, overdue_possible=False)
    assert answer_state(never, None, today) not in OVERDUE
