"""The words that ideas are not compared by: which they are, and that nothing else is among them."""

from __future__ import annotations

import pytest

from workshop.rules.stop_words import DROPPED


@pytest.mark.parametrize(
    ("language", "dropped", "compared"),
    [
        ("da", "ad og været i arbejde kommunen øger", "skole bus the council x"),
        ("en", "a about yours i better council working", "og school bus kommunen x"),
    ],
)
def test_words_of_no_subject_and_the_words_of_every_policy_are_dropped(language: str, dropped: str, compared: str):
    assert set(dropped.split()) <= DROPPED[language]
    assert not set(compared.split()) & DROPPED[language]


def test_there_is_a_list_for_each_language_and_single_letters_are_words_of_it():
    assert {language: {word for word in words if len(word) == 1} for language, words in DROPPED.items()} == {
        "da": {"i"},
        "en": {"a", "i"},
    }
