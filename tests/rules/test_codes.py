"""Codes that people read aloud and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules import codes

BYTES = st.binary(min_size=16, max_size=32)


@given(BYTES)
def test_a_join_code_has_six_letters_without_look_alikes(random):
    code = codes.join_code(random)
    assert len(code) == 6
    assert not set(code) & set("0O1IL2Z5S8BUAE")
    assert codes.read_join_code(code) == code


@given(BYTES)
def test_a_re_entry_code_is_shown_in_two_fives_and_read_back(random):
    code = codes.reentry_code(random)
    shown = codes.show_reentry_code(code)
    assert (len(code), len(shown), shown[5]) == (10, 11, "-")
    assert codes.read_reentry_code(shown) == code
    assert codes.read_reentry_code(f"  {shown.lower()} ") == code


@given(BYTES)
def test_letters_that_look_alike_are_read_as_the_digit(random):
    code = codes.reentry_code(random)
    assert codes.read_reentry_code(code.replace("0", "O").replace("1", "l")) == code
    assert codes.read_reentry_code(code.replace("0", "o").replace("1", "I")) == code


@pytest.mark.parametrize("typed", ["", "ABC", "CDFGH0", "CDFGHJK", "CDFGHÆ", "CDF GH"])
def test_what_cannot_be_a_join_code_is_none(typed):
    assert codes.read_join_code(typed) is None


def test_a_join_code_may_be_typed_with_small_letters_and_spaces():
    assert codes.read_join_code(" cdf ghj ") == "CDFGHJ"
    assert codes.read_join_code("cdf-ghj") == "CDFGHJ"


@pytest.mark.parametrize("typed", ["", "U234567890", "123456789", "12345678901", "ÆØÅ4567890"])
def test_what_cannot_be_a_re_entry_code_is_none(typed):
    assert codes.read_reentry_code(typed) is None


def test_too_little_randomness_is_refused():
    for make in (codes.join_code, codes.reentry_code):
        with pytest.raises(ValueError, match="16"):
            make(b"123456789012345")


def test_every_letter_can_come_in_every_place():
    seen = [set() for _ in range(codes.JOIN_LENGTH)]
    for number in range(5000):
        spread = (number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128
        for place, letter in enumerate(codes.join_code(spread.to_bytes(16, "big"))):
            seen[place].add(letter)
    assert all(letters == set(codes.JOIN_ALPHABET) for letters in seen)
