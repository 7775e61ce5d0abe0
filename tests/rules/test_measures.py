"""Whether a goal is reached: by its numbers and nothing else (docs/rules.md section 8)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.follow_up_vectors import day, examples
from workshop.rules.measures import (
    LONG_PAST,
    Aim,
    Measured,
    aim_of,
    decimal_text,
    newest,
    reached,
    read_value,
)
from workshop.rules.refusal import Refused

REACHED_STATES = ("not_measured", "reached", "not_reached", "moving", "unmoved", "wrong_way", "measured")


def measured_in(example: dict[str, Any]) -> list[Measured]:
    return [
        Measured(read_value(one["value"], example["goal"], example["language"]), date.fromisoformat(one["on"]))
        for one in example["values"]
    ]


@pytest.mark.parametrize("example", examples("measures"))
def test_whether_a_goal_is_reached_on_a_day(example: dict[str, Any]):
    aim, value = aim_of(example["goal"], example["language"]), newest(measured_in(example))
    found = reached(aim, value, date.fromisoformat(example["on"]))
    number = value and decimal_text(value.value)
    assert {"state": found.state, "progress": found.progress, "number": number} == example["expected"]


@pytest.mark.parametrize("example", examples("measures"))
def test_what_a_goal_aims_at_is_read_from_its_words(example: dict[str, Any]):
    aim = aim_of(example["goal"], example["language"])
    expected = {name: text and Fraction(text) for name, text in example["aim"].items()}
    assert {"baseline": aim.baseline, "target": aim.target} == expected


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("412", "træer", Fraction(412)),
        ("412 træer", "træer", Fraction(412)),
        ("412 Træer.", "træer", Fraction(412)),
        ("412 træer", "træer i byen", Fraction(412)),
        ("1.234,5", "kr.", Fraction(2469, 2)),
        ("60 pct.", "%", Fraction(60)),
        ("2/3", "%", Fraction(200, 3)),
    ],
)
def test_a_value_is_read_with_the_unit_of_the_goal(text: str, unit: str, value: Fraction):
    assert read_value(text, {"unit": unit}) == value


@pytest.mark.parametrize("text", ["412 buske", "mange", "", "40-60", "omkring 400 træer", "412 træer og 3 buske"])
def test_a_value_that_says_something_else_is_asked_about(text: str):
    with pytest.raises(Refused) as caught:
        read_value(text, {"unit": "træer"})
    assert (caught.value.code, caught.value.field, caught.value.facts["unit"]) == ("malformed", "value", "træer")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("412", "412"),
        ("1/2", "0.5"),
        ("1/3", "0.333333"),
        ("-2/3", "-0.666666"),
        ("100", "100"),
        ("0", "0"),
        ("1200", "1200"),
    ],
)
def test_a_value_travels_as_a_decimal_text(value: str, text: str):
    assert decimal_text(Fraction(value)) == text


DAYS = st.dates(date(2027, 1, 1), date(2029, 1, 1))
FIGURES = st.fractions(-1000, 1000, max_denominator=12)
AIMS = st.builds(
    Aim, st.sampled_from(["at_least", "at_most", "up", "down"]), st.none() | FIGURES, st.none() | FIGURES, st.none() | DAYS
)


@given(AIMS, st.lists(st.tuples(FIGURES, DAYS), max_size=6, unique_by=lambda one: one[1]), DAYS, st.randoms())
def test_reached_does_not_depend_on_the_order_of_reports(aim: Aim, values: list, today: date, chance: Any):
    measured = [Measured(*one) for one in values]
    shuffled = measured[:]
    chance.shuffle(shuffled)
    assert reached(aim, newest(shuffled), today) == reached(aim, newest(measured), today)


@given(AIMS, FIGURES, DAYS, st.integers(0, 900))
def test_once_measured_time_alone_changes_nothing_but_not_reached(aim: Aim, value: Fraction, on: date, later: int):
    measured = Measured(value, on)
    before, after = (reached(aim, measured, one) for one in (on, on + timedelta(days=later)))
    assert after.progress == before.progress or after.state == "not_reached" != before.state
    if after.state != before.state:
        over = aim.deadline is not None and on + timedelta(days=later) - aim.deadline > LONG_PAST
        assert after.state == "not_reached" and over


@given(AIMS, FIGURES, DAYS)
def test_reached_is_what_the_direction_says_of_value_and_target(aim: Aim, value: Fraction, on: date):
    found = reached(aim, Measured(value, on), on)
    assert found.state in REACHED_STATES and found.state != "not_measured"
    if aim.target is not None:
        good = value >= aim.target if aim.direction in ("at_least", "up") else value <= aim.target
        assert (found.state == "reached") == good
    assert aim.target is not None or found.state in ("measured", "moving", "unmoved", "wrong_way")


@given(AIMS, FIGURES, DAYS)
def test_more_of_the_way_is_never_fewer_per_cent(aim: Aim, step: Fraction, on: date):
    if aim.baseline is None or aim.target is None or aim.baseline == aim.target:
        return
    one, other = (aim.baseline + (aim.target - aim.baseline) * part for part in sorted((step, step / 2)))
    assert (reached(aim, Measured(one, on), on).progress or 0) <= (reached(aim, Measured(other, on), on).progress or 0)


def test_the_deadline_may_be_written_as_people_write_it():
    assert aim_of({"deadline": "31. december 2027"}).deadline == day("2027-12-31")
    assert aim_of({"deadline": "en dag"}).deadline is None
