"""Numbers as people write them (docs/rules.md section 2)."""

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.numbers import Amount, has_amount, has_number, is_percent, read_amount, says_percent, target_amount


def parse_number(text, lang="da"):
    """The number in a text, of a range the higher end."""
    amount = read_amount(text, lang)
    return None if amount is None else amount.high


def parse_target(text, baseline=None, **more):
    """The value that a target text asks for, of a range the higher end."""
    amount = target_amount(text, baseline, **more)
    return None if amount is None else amount.high


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
        assert value is None or has_number(text, lang)


@pytest.mark.parametrize(
    ("text", "low", "high", "share", "change"),
    [
        ("40-60 %", 40, 60, False, False),
        ("40 % til 60 %", 40, 60, False, False),
        ("60 til 40", 40, 60, False, False),
        ("2-4 mio. kr.", 2_000_000, 4_000_000, False, False),
        ("mellem 40 og 60", 40, 60, False, False),
        ("40 og 60", 40, 40, False, False),
        ("40 and 60", 40, 40, False, False),
        ("between 40 and 60", 40, 60, False, False),
        ("fra 40 til 60", 60, 60, False, False),
        ("2/3", Fraction(2, 3), Fraction(2, 3), True, False),
        ("6 ud af de 10", Fraction(3, 5), Fraction(3, 5), True, False),
        ("6 of 10", Fraction(3, 5), Fraction(3, 5), True, False),
        ("1/2 million", 500_000, 500_000, False, False),
        ("2 1/2", Fraction(5, 2), Fraction(5, 2), False, False),
        ("2 og 1/2 mio", 2_500_000, 2_500_000, False, False),
        ("2½", Fraction(5, 2), Fraction(5, 2), False, False),
        ("¾", Fraction(3, 4), Fraction(3, 4), True, False),
        ("⅓ af dem", Fraction(1, 3), Fraction(1, 3), True, False),
        ("12'000", 12_000, 12_000, False, False),
        ("3 tusinde", 3000, 3000, False, False),
        ("3 t.kr", 3000, 3000, False, False),
        ("3 mia.", 3 * 10**9, 3 * 10**9, False, False),
        ("3 dusin", 36, 36, False, False),
        ("3 hundrede", 300, 300, False, False),
        ("3 snes", 60, 60, False, False),
        ("10 % flere", 10, 10, False, True),
        ("10 færre", 10, 10, False, True),
        ("10 flere træer", 10, 10, False, True),
        ("10 eller flere", 10, 10, False, False),
        ("10 mere end nu", 10, 10, False, False),
        ("med 10 %", 10, 10, False, True),
        ("med mindst 10 %", 10, 10, False, True),
        ("by at least 10", 10, 10, False, True),
        ("+10", 10, 10, False, True),
        ("-10 %", -10, -10, False, True),
        ("÷10", -10, -10, False, False),
        ("-10", -10, -10, False, False),
        ("5 procentpoint", 5, 5, False, True),
    ],
)
def test_an_amount_has_two_ends_and_says_what_it_is(text: str, low: Fraction, high: Fraction, share: bool, change: bool):
    assert read_amount(text) == Amount(Fraction(low), Fraction(high), share, change)


@pytest.mark.parametrize("sign", "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑")
def test_each_sign_of_a_part_is_that_part(sign: str):
    part = Fraction(unicodedata.numeric(sign)).limit_denominator(9)
    assert read_amount(sign) == Amount(part, part, share=True) and read_amount(f"2{sign}") == Amount(2 + part, 2 + part)


@pytest.mark.parametrize(
    "text",
    ["", "flere", "i 2027", "den 1. maj 2027", "12-årige", "12 til 15-årige", "7. klasse", "7.-9. klasse", "§ 4", "mål 4"]
    + ["covid-19", "side 3", "3/0", "tre gange så mange"],
)
def test_what_is_not_how_much_is_no_amount(text: str):
    assert read_amount(text) is None


def test_a_named_number_counts_where_it_is_a_part_or_per_cent():
    assert [parse_number(text) for text in ("mål 60 %", "mål 120 procent", "mål 6 pct.")] == [60, 120, 6]
    assert parse_number("mål 60") is None
    assert parse_number("side 3 ud af 4") == Fraction(3, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [("60 %", True), ("alle", True), ("tre gange så mange", True), ("i 2027", False), ("12-årige", False), ("flere", False)],
)
def test_whether_a_text_says_how_much(text: str, said: bool):
    assert has_amount(text) is said


@pytest.mark.parametrize(
    ("text", "percent", "value"),
    [
        ("2/3", True, Fraction(200, 3)),
        ("2/3", False, Fraction(2, 3)),
        ("3 gange så mange", False, 30),
        ("three times as many", False, 30),
        ("firdoble", False, 40),
        ("halvt så mange", False, 5),
        ("dobbelt så mange", False, 20),
        ("nobody", False, 0),
        ("every child", True, 100),
        ("flere", True, None),
    ],
)
def test_a_target_is_a_number_in_the_unit_of_its_baseline(text: str, percent: bool, value: Fraction | None):
    assert parse_target(text, Fraction(10), percent=percent, lang="en" if "times" in text else "da") == value


def test_a_target_keeps_both_ends_and_whether_it_is_a_change():
    assert target_amount("1/4 flere", percent=True) == Amount(Fraction(25), Fraction(25), False, True)
    assert parse_number("from 40 to 60", "en") == 60
    assert target_amount("40-60") == Amount(Fraction(40), Fraction(60))


@pytest.mark.parametrize(
    ("word", "times"),
    [
        *((word, 1000) for word in ("tusind", "tusinde", "tus", "thousand", "tkr", "t.kr")),
        *((word, 10**6) for word in ("mio", "million", "millioner", "millions")),
        *((word, 10**9) for word in ("mia", "milliard", "milliarder", "billion", "billions")),
        *((word, 100) for word in ("hundrede", "hundred")),
        *((word, 12) for word in ("dusin", "dozen")),
        ("snes", 20),
        ("kroner", 1),
    ],
)
def test_a_word_behind_a_figure_multiplies_it(word: str, times: int):
    assert parse_number(f"2 {word}", "en" if word.endswith("s") or word == "billion" else "da") == 2 * times
