"""Dates as people write them (docs/rules.md section 2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.dates import (
    MONTH_NUMBER,
    as_day,
    find_date,
    last_day_of_quarter,
    parse_date,
    without_dates,
    years_after,
)

LAST_OF_2027 = date(2027, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2027-12-31",
        "31. december 2027",
        "31 december 2027",
        "31. December 2027",
        "den 31. december 2027",
        "d. 31. december 2027",
        "31. dec. 2027",
        "31/12-2027",
        "31/12 - 2027",
        "31/12/2027",
        "31/12 2027",
        "31.12.2027",
        "31. 12. 2027",
        "31-12-2027",
        "31 December 2027",
        "31st December 2027",
        "31st of December 2027",
        "December 31, 2027",
        "December 31st 2027",
        "Q4 2027",
        "q4-2027",
        "4. kvartal 2027",
        "  31. december 2027. ",
    ],
)
def test_each_form_of_the_same_date_is_read(text):
    assert parse_date(text) == LAST_OF_2027


@pytest.mark.parametrize(
    "text",
    [
        "",
        "inden sommer",
        "2027",
        "31. december",
        "31/12",
        "31. februar 2027",
        "2027-02-29",
        "2027-13-01",
        "0000-01-01",
        "Q5 2027",
        "12/31/2027",
        "31. december 2027 eller før",
        "12027-12-31",
    ],
)
def test_what_is_not_exactly_one_date_is_not_a_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [(date(2027, 5, 1), date(2027, 5, 1)), ("1. maj 2027", date(2027, 5, 1)), ("snart", None), (2027, None), (None, None)],
)
def test_a_field_holds_a_day_or_words_for_one(value, day):
    assert as_day(value) == day


def test_a_quarter_is_its_last_day():
    assert [parse_date(f"Q{quarter} 2027") for quarter in (1, 2, 3, 4)] == [
        date(2027, 3, 31),
        date(2027, 6, 30),
        date(2027, 9, 30),
        date(2027, 12, 31),
    ]
    assert last_day_of_quarter(2028, 1) == date(2028, 3, 31)


def test_the_day_comes_before_the_month_as_in_denmark():
    assert parse_date("3/4-2027") == date(2027, 4, 3)


def test_a_leap_day_exists_only_in_a_leap_year():
    assert parse_date("29. februar 2028") == date(2028, 2, 29)
    assert parse_date("29. februar 2027") is None


def test_a_date_is_found_inside_a_sentence():
    assert find_date("ukendt, måles inden 1. maj 2027.") == date(2027, 5, 1)
    assert find_date("unknown, measured by 1 May 2027, then 1 June 2027") == date(2027, 5, 1)
    assert find_date("målt 31. februar 2027 eller 1/3-2027") == date(2027, 3, 1)
    assert find_date("41 % i 2026") is None


def test_four_years_after_a_leap_day_and_a_day_that_the_year_lacks():
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_is_read_back_from_every_form(day):
    danish = next(name for name, number in MONTH_NUMBER.items() if number == day.month)
    for text in (
        day.isoformat(),
        f"{day.day}. {danish} {day.year}",
        f"{day.day}/{day.month}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert parse_date(text) == day
        assert find_date(f"senest {text}, siger vi") == day


@given(st.text())
def test_no_text_at_all_breaks_the_reading(text):
    assert parse_date(text) is None or isinstance(parse_date(text), date)
    find_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # a day, with what may stand around it
        ("senest den 1. maj 2027", "2027-05-01"),
        ("senest 1. maj 2027", "2027-05-01"),
        ("inden 1. maj 2027", "2027-05-01"),
        ("pr. 1. maj 2027", "2027-05-01"),
        ("til 1. maj 2027", "2027-05-01"),
        ("by 1 May 2027", "2027-05-01"),
        ("no later than May 1, 2027", "2027-05-01"),
        ("at the latest on 1 May 2027", None),
        ("at the latest 1 May 2027", "2027-05-01"),
        ("on Saturday, 1 May 2027", "2027-05-01"),
        ("lørdag den 1. maj 2027", "2027-05-01"),
        ("1. maj 2027 kl. 14", "2027-05-01"),
        ("1. maj 2027, kl. 14.30", "2027-05-01"),
        ("31/12-27", "2027-12-31"),
        ("31.12.27", "2027-12-31"),
        ("31. december ’27", "2027-12-31"),
        ("31/12–2027", "2027-12-31"),
        ("32/12-2027", None),
        # a period is its last day
        ("uge 34 2027", "2027-08-29"),
        ("uge 34, 2027", "2027-08-29"),
        ("uge 33-34 2027", "2027-08-29"),
        ("week 1 2027", "2027-01-10"),
        ("2027-W34", "2027-08-29"),
        ("uge 53 2027", None),
        ("juni 2027", "2027-06-30"),
        ("juni i 2027", "2027-06-30"),
        ("februar 2028", "2028-02-29"),
        ("2027-06", "2027-06-30"),
        ("6/2027", "2027-06-30"),
        ("13/2027", None),
        ("0/2027", None),
        ("K3 2027", "2027-09-30"),
        ("2027 Q3", "2027-09-30"),
        ("2027-K3", "2027-09-30"),
        ("1. kvartal 2027", "2027-03-31"),
        ("2. kvt. 2027", "2027-06-30"),
        ("tredje kvartal af 2027", "2027-09-30"),
        ("fjerde kvartal 2027", "2027-12-31"),
        ("first quarter of 2027", "2027-03-31"),
        ("andet kvartal 2027", "2027-06-30"),
        ("3rd quarter of 2027", "2027-09-30"),
        ("4th quarter of 2027", "2027-12-31"),
        ("H1 2027", "2027-06-30"),
        ("2027 H2", "2027-12-31"),
        ("1. halvår 2027", "2027-06-30"),
        ("første halvår 2027", "2027-06-30"),
        ("andet halvår af 2027", "2027-12-31"),
        ("second half year of 2027", "2027-12-31"),
        ("3. halvår 2027", None),
        # the place in a period
        ("ultimo juni 2027", "2027-06-30"),
        ("ultimo 2027", "2027-12-31"),
        ("inden udgangen af 2027", "2027-12-31"),
        ("slutningen af juni 2027", "2027-06-30"),
        ("by the end of June 2027", "2027-06-30"),
        ("primo juni 2027", "2027-06-01"),
        ("primo 2027", "2027-01-01"),
        ("i starten af uge 34 2027", "2027-08-23"),
        ("beginning of Q3 2027", "2027-07-01"),
        ("primo H2 2027", "2027-07-01"),
        ("medio juni 2027", "2027-06-15"),
        ("medio februar 2027", "2027-02-15"),
        ("midten af december 2027", "2027-12-15"),
        ("mid-June 2027", "2027-06-15"),
        ("medio Q3 2027", "2027-08-15"),
        ("medio 2027", "2027-07-02"),
        # either end may be meant
        ("inden juni 2027", None),
        ("by June 2027", None),
        ("til uge 34 2027", None),
        ("inden ultimo juni 2027", "2027-06-30"),
    ],
)
def test_a_form_is_this_day_or_none(text: str, day: str | None):
    assert parse_date(text) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1. maj", "2027-05-01", "2027-05-01"),
        ("1. maj", "2027-05-02", "2028-05-01"),
        ("1/5", "2027-04-30", "2027-05-01"),
        ("May 1", "2027-04-30", None),
        ("1 May", "2027-04-30", "2027-05-01"),
        ("29. februar", "2025-01-01", "2028-02-29"),
        ("29. februar", "2096-03-01", "2104-02-29"),
        ("31. juni", "2027-01-01", None),
        ("uge 34", "2027-08-29", "2027-08-29"),
        ("uge 34", "2027-08-30", "2028-08-27"),
        ("senest uge 34", "2027-08-29", "2027-08-29"),
        ("inden uge 34", "2027-08-29", None),
        ("inden 1. maj", "2027-04-30", "2027-05-01"),
    ],
)
def test_without_a_year_it_is_the_next_such_day(text: str, today: str, day: str | None):
    assert parse_date(text, date.fromisoformat(today)) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("30 elever 1. maj 2027", "30 elever            "),
        ("30 elever i uge 34", "30 elever i       "),
        ("30 elever den 1/5", "30 elever den 1/5"),
        ("30 elever den 1. maj", "30 elever den       "),
        ("30 elever i 2027", "30 elever       "),
        ("30 elever 2026-2027", "30 elever          "),
        ("30 elever (2027)", "30 elever       "),
        ("2027: 30 elever", "    : 30 elever"),
        ("30 elever kl. 14.30", "30 elever          "),
        ("2027 elever", "2027 elever"),
        ("2026-2027 %", "2026-2027 %"),
    ],
)
def test_what_is_left_without_dates_counts_something_else(text: str, left: str):
    assert without_dates(text) == left


def test_the_longest_date_that_begins_first_is_found():
    assert find_date("ultimo juni 2027 eller 1. maj 2027") == date(2027, 6, 30)
    assert find_date("mellem 1. maj 2027 og juni 2027") == date(2027, 5, 1)


def test_what_is_longer_than_any_date_is_none_and_takes_no_time():
    assert parse_date("1" + " " * 500_000 + "x") is None
    assert parse_date(" 1. maj 2027" + " " * 500_000) is None
