"""Nudges invite, and name nobody who could be known (docs/rules.md section 10)."""

import re

import pytest

from workshop.catalogue import texts
from workshop.rules.nudges import KEYS, MAY_NAME, read

BLAMING = {
    "da": r"\b(kun|for lidt|for få|for meget|tavse?|stille|dominer\w*|ikke skrevet|mangler at)\b",
    "en": r"\b(only|too little|too few|too much|silent|quiet|dominat\w*|not written|failed)\b",
}


@pytest.mark.parametrize("key", KEYS)
def test_each_is_read_as_it_is_written(key):
    assert read(f"nudge:{key}") == (key, None)


def test_a_group_is_named_only_where_there_is_a_wording_for_it():
    assert read("nudge:sides:group:12") == ("sides", "group:12")
    assert read("nudge:build:group:12") is None


@pytest.mark.parametrize("text", ["", "nudge", "nudge:", "nudge:shame", "nudge:sides:", "Nudge:sides", "goal:1"])
def test_anything_else_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_nudge_says_who_has_done_little(lang):
    for key in KEYS:
        for name in [f"nudge.{key}", f"nudge.{key}.more", *([f"nudge.{key}.group"] if key in MAY_NAME else [])]:
            words = texts(lang)[name]
            assert isinstance(words, str) and not re.search(BLAMING[lang], words, re.IGNORECASE), name
            assert "{" not in words.replace("{group}", "") and not re.search(r"\d", words), name
            assert ("{group}" in words) == name.endswith(".group")
