"""Numbers as people write them (docs/rules.md section 2)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.numbers import has_number, is_percent, parse_number, parse_target, says_percent


@pytest.mark.parametrize(
    "text",
    ["60 %", "6 ud af 10", "halvere fraværet", "halveres", "fordoble", "tredoblet", "ingen unge", "Alle børn"]
    + ["halve it", "doubled", "triple", "none", "no child", "all schools", "every school"],
)
def test_a_digit_or_a_word_of_number_is_a_number(text):
    assert has_number(text)


@pytest.mark.parametrize("text", ["", "flere", "mange unge", "halvdag", "allerede", "ballade", "many", "notice"])
def test_a_word_that_only_looks_like_a_number_is_none(text):
    assert not has_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60 %", 60),
        ("mindst 60 %", 60),
        ("1.200", 1200),
        ("1.200.000", 1_200_000),
        ("12 000", 12_000),
        ("3,5", Fraction(7, 2)),
        ("3.5", Fraction(7, 2)),
        ("1.200,50", Fraction(2401, 2)),
        ("1,200.50", Fraction(2401, 2)),
        ("2,4 mio. kr.", 2_400_000),
        ("-5", -5),
        ("−5", -5),
        ("6 ud af 10", Fraction(3, 5)),
        ("2/3 af de unge", Fraction(2, 3)),
        ("fra 40 til 60 %", 60),
        ("højst 3.", 3),
    ],
)
def test_a_value_is_read_exactly(text, value):
    assert parse_number(text) == value


def test_a_comma_groups_thousands_in_english_and_is_the_decimal_sign_in_danish():
    assert parse_number("1,200", "en") == 1200
    assert parse_number("1,200", "da") == Fraction(6, 5)
    assert parse_number("1.200", "en") == Fraction(6, 5)


def test_no_figure_and_a_part_of_nothing_are_no_value():
    assert parse_number("flere") is None
    assert parse_number("3/0") is None


def test_words_of_number_follow_the_baseline():
    assert parse_target("halvere", Fraction(10)) == 5
    assert parse_target("fordobles", Fraction(10)) == 20
    assert parse_target("tredoble", Fraction(10)) == 30
    assert parse_target("halvere", None) is None
    assert parse_target("ingen", Fraction(10)) == 0
    assert parse_target("alle", percent=True) == 100
    assert parse_target("alle") is None


def test_per_cent_is_recognised_and_percentage_points_are_not():
    assert all(is_percent(unit) for unit in ("%", "procent", "pct.", "Pct", "% af de unge", "per cent", "percent"))
    assert not any(is_percent(unit) for unit in ("", "procentpoint", "antal", "kr."))
    assert says_percent("mindst 60 %")
    assert says_percent("60 pct.")
    assert not says_percent("60 dage")


@given(st.integers(min_value=0, max_value=10**12))
def test_a_whole_number_is_read_back_with_and_without_groups(number):
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}".replace(",", ".")) == number
    assert parse_number(f"{number:,}", "en") == number
    assert parse_number(f"{number:,}".replace(",", " ")) == number


@given(st.text())
def test_no_text_at_all_breaks_the_reading(text):
    for lang in ("da", "en"):
        value = parse_target(text, Fraction(1), lang=lang)
        assert value is None or has_number(text)
