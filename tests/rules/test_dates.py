"""Dates as people write them (docs/rules.md section 2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.dates import MONTH_NUMBER, find_date, last_day_of_quarter, parse_date, years_after

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
        "december 2027",
        "31. december",
        "31/12",
        "31/12-27",
        "31. februar 2027",
        "2027-02-29",
        "2027-13-01",
        "0000-01-01",
        "Q5 2027",
        "12/31/2027",
        "senest 31. december 2027",
        "31. december 2027 eller før",
        "12027-12-31",
    ],
)
def test_what_is_not_exactly_one_date_is_not_a_date(text):
    assert parse_date(text) is None


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
