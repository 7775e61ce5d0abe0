"""Lines: what is delivered, how it stands, when it is late, and how many of those that are due (docs/rules.md section 8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.follow_up_vectors import day, examples
from workshop.rules.promise_lines import (
    NOTHING,
    Delivery,
    Line,
    done,
    late_since,
    lines_of,
    standing,
)

LINE_STATES = ("delivered", "partly", "not_delivered", "withdrawn")
LINE_VERDICTS = ("confirmed", "contested")


def delivery_of(example: dict[str, Any] | None) -> Delivery | None:
    if example is None:
        return None
    return Delivery(example["state"], date.fromisoformat(example["date"]), example["evidence"], example["verdicts"])


def line_by(by_when: str | None) -> Line:
    return Line(0, "Foreningen", "En madklub", by_when=day(by_when))


@pytest.mark.parametrize("example", examples("lines"))
def test_how_a_line_stands_on_a_day(example: dict[str, Any]):
    line, delivery = line_by(example["by_when"]), delivery_of(example["report"])
    late = late_since(line, delivery, date.fromisoformat(example["on"]))
    found = {"state": delivery.state if delivery else NOTHING, "standing": standing(delivery)}
    assert found | {"late_since": late and late.isoformat()} == example["expected"]


@pytest.mark.parametrize("example", examples("done"))
def test_how_many_of_the_lines_that_are_due_are_delivered(example: dict[str, Any]):
    lines = [(line_by(one["by_when"]), delivery_of(one["report"])) for one in example["lines"]]
    assert done(lines, date.fromisoformat(example["on"])) == example["expected"]


def test_an_agreement_has_a_line_for_each_contribution_and_a_goal_its_first_step():
    gives = [
        {"party": "A", "what": "Et køkken", "by_when": "1. maj 2027"},
        {"party": "B", "what": "Hænder", "how_much": "to"},
    ]
    lines = lines_of("agreement", {"contributions": gives})
    assert lines == [Line(0, "A", "Et køkken", "", date(2027, 5, 1)), Line(1, "B", "Hænder", "to", None)]
    goal = {"first_step": "Find stederne", "first_step_due": "2027-03-01", "owner": "Parken"}
    assert lines_of("goal", goal) == [Line(0, "Parken", "Find stederne", by_when=date(2027, 3, 1))]
    assert lines_of("goal", goal | {"first_step": "  "}) == [] == lines_of("agreement", {"contributions": None})


DAYS = st.dates(date(2027, 1, 1), date(2028, 1, 1))
DELIVERIES = st.none() | st.builds(
    Delivery,
    st.sampled_from(LINE_STATES),
    DAYS,
    st.booleans(),
    st.dictionaries(st.sampled_from("ABC"), st.sampled_from(LINE_VERDICTS), max_size=3),
)
LINES = st.lists(st.tuples(st.builds(Line, st.just(0), st.just("A"), st.just("x"), by_when=st.none() | DAYS), DELIVERIES))


@given(LINES, DAYS)
def test_what_is_delivered_is_part_of_what_is_due_and_said_apart(lines: list, today: date):
    found = done(lines, today)
    apart = sum(found[name] for name in ("confirmed", "documented", "undocumented", "contested"))
    assert apart == found["delivered"] <= found["due"] <= len(lines)


@given(LINES, DAYS)
def test_the_order_of_lines_and_the_passing_of_time_take_nothing_away(lines: list, today: date):
    assert done(lines[::-1], today) == done(lines, today)
    later = done(lines, today + timedelta(days=30))
    assert all(later[name] >= count for name, count in done(lines, today).items())
