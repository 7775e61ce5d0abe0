"""Text as people paste it, as it is kept (docs/rules.md section 1)."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.rules.cleaning import MOST_MARKS, clean, shows

EXAMPLES = json.loads((Path(__file__).parents[1] / "vectors" / "cleaning_examples.json").read_text(encoding="utf-8"))

STRANGE = (
    "a b\n\r\t\x0b\x0c\x00\x07\x1b\x80\x85\x93\xa0\xad\u0301\u0308\u0335\u034f\u061c\u0600\u094d\u115f\u1160\u1100\u1161\u180e"
    "\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u202c\u2066\u2069\u20e3\u2800\u2801\u3164\ud800\uf0b7\ufe0f\ufeff\ufffc\uffff"
    "👩🏽🏴🇩\U000e0067\U000e007f\U000e0100\U0001d159אֽع"
)
UNUSUAL = st.characters(categories=["Mn", "Me", "Cf", "Cc", "Zs", "Cs", "Co", "Cn"])
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=st.sampled_from(STRANGE)),
    st.text(alphabet=st.one_of(st.sampled_from(STRANGE), UNUSUAL)),
)
#: what turns the reading order round, and what has no width
GONE = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\xad\u200b\ufeff\u2028\u2029")
DRAWN = st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0\u2800\U0001d159\ufffc")


@pytest.mark.parametrize("given", EXAMPLES, ids=[row["about"] for row in EXAMPLES])
def test_a_text_is_kept_as_the_table_says(given):
    assert clean(given["text"], one_line=given.get("one_line", False)) == given["clean"]


@pytest.mark.parametrize("code", [0x20, 0x2028, 0x2029, 0x07, 0x200D, 0xD800, 0x0301, 0x0903, 0x20DD, 0x2800])
def test_a_reader_sees_nothing_of_spaces_controls_and_marks(code):
    assert not shows(chr(code) * 2) and shows(f"{chr(code)}a")


@given(TEXTS, st.booleans())
@example("a\u200d\ufe0f", False)
@example("e\u200d \u0301\u200d", False)
@example("z" + "\u0335" * 8 + "\ufe0f\u200d\u0335", False)
def test_cleaning_twice_changes_nothing(text, one_line):
    once = clean(text, one_line=one_line)
    assert clean(once, one_line=one_line) == once


@given(TEXTS, st.booleans())
def test_what_is_kept_shows_something_or_is_nothing(text, one_line):
    kept = clean(text, one_line=one_line)
    assert (kept == "") == (not shows(kept))


@given(TEXTS, st.booleans())
def test_what_is_kept_has_no_controls_reorders_nothing_and_can_be_stored(text, one_line):
    kept = clean(text, one_line=one_line)
    kept.encode("utf-8")
    assert not [c for c in kept if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not set(kept) & GONE
    assert kept == unicodedata.normalize("NFC", kept.strip())
    assert "\n\n\n" not in kept and " \n" not in kept
    assert "\n" not in kept or not one_line


@given(TEXTS)
def test_no_letter_carries_a_tower_of_marks(text):
    height = 0
    for letter in clean(text):
        is_mark = (
            unicodedata.category(letter) in ("Mn", "Me") and not "\ufe00" <= letter <= "\ufe0f" and letter < "\U000e0100"
        )
        height = height + 1 if is_mark else 0
        assert height <= MOST_MARKS


@given(st.text(alphabet=DRAWN))
def test_letters_digits_and_signs_stay_as_they_are(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_a_long_text_of_joiners_and_marks_is_cleaned_in_one_go():
    assert clean("e" + "\u200d\ufe0f\u0335" * 100_000) == "e" + "\u200d\u0335" * 8 + "\u200d"


@pytest.mark.parametrize("one_line", [False, True])
def test_half_a_million_spaces_are_cleaned_in_one_go(one_line):
    text = "x" + " " * 500_000 + "x"
    assert clean(text, one_line=one_line) == text
    assert clean("x" + " " * 500_000 + "\n \ny", one_line=one_line) == ("x y" if one_line else "x\n\ny")
