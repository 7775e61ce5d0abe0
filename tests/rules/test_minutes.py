"""Numbers and dates in every form a meeting's minutes have them: each with its exact value, or that there is none."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from workshop.rules.checks.goals import GoalContext, check_goal
from workshop.rules.dates import parse_date
from workshop.rules.numbers import has_number, read_amount

TABLE = json.loads((Path(__file__).parents[1] / "vectors" / "minutes_examples.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(TABLE["today"])
NUMBERS, DATES = TABLE["numbers"], TABLE["dates"]
WITH_VALUE = [row for row in NUMBERS if row["value"] is not None]
WITHOUT = [row for row in NUMBERS if row["value"] is None]


def codes(lang="da", **values):
    """The checks of a goal of these fields that speak of its target, its deadline or its title."""
    context = GoalContext(today=TODAY, lang=lang)
    return {check.code for check in check_goal(values, context)} & {"G02", "G04", "G05", "G06", "G08", "G09", "G10"}


def parse_number(text, lang="da"):
    """The number in a text, of a range the higher end."""
    amount = read_amount(text, lang)
    return None if amount is None else amount.high


def text(row):
    return row["text"]


def test_the_table_is_long_enough():
    assert len({row["text"] for row in (*NUMBERS, *DATES)}) >= 230


@pytest.mark.parametrize("row", WITH_VALUE, ids=text)
def test_a_number_is_read_to_its_exact_value(row):
    lang = row.get("lang", "da")
    assert parse_number(row["text"], lang) == Fraction(row["value"])
    amount = read_amount(row["text"], lang)
    assert amount.low == Fraction(row.get("from", row["value"]))
    assert (amount.share, amount.change) == (row.get("share", False), row.get("change", False))
    assert has_number(row["text"], lang)


@pytest.mark.parametrize("row", WITHOUT, ids=text)
def test_what_is_no_number_has_no_value(row):
    assert parse_number(row["text"], row.get("lang", "da")) is None


@pytest.mark.parametrize("row", NUMBERS, ids=text)
def test_the_check_asks_how_much_only_where_nothing_says_it(row):
    asked = "G02" in codes(row.get("lang", "da"), target=row["text"], deadline="2027-12-31")
    assert asked == (row["value"] is None and not row.get("word", False))


@pytest.mark.parametrize("row", WITH_VALUE, ids=text)
@pytest.mark.parametrize("unit", ["%", "antal", ""])
def test_no_number_warns_falsely_that_nothing_moves_or_that_the_unit_is_wrong(row, unit):
    """Up from below every value, and down from above it. A number over 100 with "%" is rightly asked about."""
    lang = row.get("lang", "da")
    for direction, baseline in (("up", "-10"), ("down", "9999999999999")):
        found = codes(lang, target=row["text"], unit=unit, baseline=baseline, direction=direction, deadline="2027-12-31")
        amount = read_amount(row["text"], lang)
        wrong_unit = (
            unit == "%" and not amount.change and not 0 <= amount.in_percent().low <= amount.in_percent().high <= 100
        )
        assert found == ({"G10"} if wrong_unit else set()), found


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "unit"),
    [
        ("41 %", "to tredjedele", "up", "%"),
        ("4 ud af 10", "60 %", "up", "%"),
        ("41 %", "10 % flere", "up", "%"),
        ("41 %", "+10 %", "up", "%"),
        ("41 %", "-10 %", "down", "%"),
        ("41 %", "150 % flere", "up", "%"),
        ("7", "5-10", "up", "antal"),
        ("7", "5-10", "down", "antal"),
        ("120", "to tredjedele", "up", "unge"),
        ("800", "50 træer mere", "up", "træer"),
        ("400", "øges med 50", "up", "træer"),
        ("10", "tre gange så mange", "up", "unge"),
        ("400 i 2026", "600 træer i 2027", "up", "træer"),
    ],
)
def test_what_cannot_be_compared_is_not_called_a_goal_that_moves_nothing(baseline, target, direction, unit):
    assert codes(baseline=baseline, target=target, direction=direction, unit=unit, deadline="2027-12-31") == set()


@pytest.mark.parametrize(
    ("baseline", "target", "direction"),
    [("60", "halvtreds", "up"), ("halvtreds", "50", "up"), ("40", "45-50", "down"), ("600 i 2026", "500 i 2027", "up")],
)
def test_a_goal_that_moves_nothing_is_still_found(baseline, target, direction):
    assert codes(baseline=baseline, target=target, direction=direction, deadline="2027-12-31") == {"G09"}


def test_a_title_with_a_number_word_says_what_one_can_see():
    assert "G08" not in codes(title="Flere unge: to ud af tre i fritidsjob", target="5", deadline="2027-12-31")
    assert "G08" in codes(title="Flere unge i fritidsjob", target="5", deadline="2027-12-31")
    assert "G08" in codes("en", title="Better access to sport", target="5", deadline="2027-12-31")


@pytest.mark.parametrize("row", DATES, ids=text)
def test_a_date_is_read_to_its_day(row):
    day = date.fromisoformat(row["date"]) if row["date"] else None
    soon = date.fromisoformat(row["from_today"]) if "from_today" in row else day
    assert parse_date(row["text"]) == day
    assert parse_date(row["text"], TODAY) == soon


@pytest.mark.parametrize("row", DATES, ids=text)
def test_the_check_of_the_deadline_follows_the_date(row):
    assert ("G04" in codes(target="5", deadline=row["text"])) == (row["date"] is None)


def test_a_day_without_a_year_is_the_next_one():
    assert parse_date("1. marts", TODAY) == date(2027, 3, 1)
    assert parse_date("28/11", TODAY) == TODAY
    assert parse_date("29. februar", TODAY) == date(2028, 2, 29)
