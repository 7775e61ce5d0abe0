"""What changed between two texts, word by word."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.difference import Part, changed, difference

SOME_WORDS = ["unge", "har", "et", "åbent", "sted,", "og", "en", "voksen", ".", "to", "tre", "aftener"]
WORDS = st.lists(st.sampled_from(SOME_WORDS), max_size=14).map(" ".join)


def shown(old, new):
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[part.kind].format(part.text) for part in difference(old, new))


@given(st.text() | WORDS, st.text() | WORDS)
def test_both_texts_can_be_read_back_to_the_letter(old, new):
    parts = difference(old, new)
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new


@given(st.text() | WORDS, st.text() | WORDS)
def test_parts_are_whole_runs_with_removed_before_added(old, new):
    kinds = [part.kind for part in difference(old, new)]
    pairs = list(pairwise(kinds))
    assert all(first != second for first, second in pairs)
    assert ("added", "removed") not in pairs
    assert all(part.text for part in difference(old, new))


@given(st.text())
def test_equal_texts_have_no_change(text):
    assert not changed(difference(text, text))
    assert difference(text, text) == ([Part("same", text)] if text else [])


def test_one_word_exchanged_is_one_word_marked():
    assert shown("to aftener om ugen", "tre aftener om ugen") == "[-to-][+tre+] aftener om ugen"


def test_a_number_with_its_separators_is_one_word():
    assert shown("2,4 mio. kr.", "3,4 mio. kr.") == "[-2,4-][+3,4+] mio. kr."
    assert shown("senest 31/12-2027", "senest 30/12-2027") == "senest [-31/12-2027-][+30/12-2027+]"


def test_a_mark_taken_away_is_seen():
    assert shown("åbent sted, altid", "åbent sted altid") == "åbent sted[-,-] altid"


def test_a_rewritten_phrase_reads_as_one_change_and_not_as_confetti():
    assert shown("de unge skal selv styre stedet", "voksne i foreningen må selv drive huset") == (
        "[-de unge skal selv styre stedet-][+voksne i foreningen må selv drive huset+]"
    )


def test_a_long_part_that_is_kept_stays_whole_between_two_changes():
    assert shown("Alle unge har et åbent sted nu", "Mange unge har et åbent sted snart") == (
        "[-Alle-][+Mange+] unge har et åbent sted [-nu-][+snart+]"
    )


def test_capitals_are_a_change():
    assert shown("skolen", "Skolen") == "[-skolen-][+Skolen+]"


def test_a_part_is_a_plain_record():
    assert Part("added", "ny").as_record() == {"kind": "added", "text": "ny"}
