"""Similar ideas (docs/rules.md section 9)."""

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.similarity import THRESHOLD, Index, average_precision, kept_words

DANISH = snowballstemmer.stemmer("danish").stemWord
ENGLISH = snowballstemmer.stemmer("english").stemWord

IDEAS = {
    "idea:1": "Gratis bus om aftenen for unge",
    "idea:2": "Busser skal køre gratis om aftenen",
    "idea:3": "Lektiecafé på biblioteket",
    "idea:4": "Bedre lektiehjælp på bibliotekerne",
    "idea:5": "Skolerne åbner deres haller efter kl. 16",
    "idea:6": "",
    "idea:7": "Flere borgere skal være med i politik",
}


@pytest.fixture(scope="module")
def index():
    return Index(IDEAS, DANISH)


def test_ideas_that_say_the_same_in_other_forms_are_suggested_and_no_others(index):
    assert [(pair.first, pair.second) for pair in index.pairs()] == [("idea:1", "idea:2"), ("idea:3", "idea:4")]


def test_an_opposite_demand_looks_alike_so_a_person_must_decide():
    opposite = Index({"a": "Luk skolen i Nørby", "b": "Luk ikke skolen i Nørby", "c": "Plant træer"}, DANISH)
    assert opposite.likeness("a", "b") == pytest.approx(1)


def test_generic_policy_words_make_nothing_alike():
    generic = Index({"a": "Bedre rammer for borgere", "b": "Bedre løsninger for borgere"}, DANISH)
    assert generic.pairs() == []


def test_a_text_being_written_finds_the_ideas_it_is_like(index):
    assert [key for key, _ in index.like("Hvad med lektiehjælp på biblioteket?")] == ["idea:4", "idea:3"]
    assert len(index.like("Hvad med lektiehjælp på biblioteket?", limit=1)) == 1


@pytest.mark.parametrize("text", ["", "   ", "og eller men", "!!!", "politik", "zxqj"])
def test_a_text_that_says_nothing_is_like_nothing(index, text):
    assert index.like(text) == []


def test_likeness_is_one_with_itself_and_nought_with_an_empty_idea(index):
    assert index.likeness("idea:1", "idea:1") == pytest.approx(1)
    assert index.likeness("idea:6", "idea:6") == 0
    assert index.likeness("idea:1", "idea:6") == 0


def test_words_that_end_alike_are_a_little_alike():
    ends = Index({"a": "xkbus", "b": "qwbus", "c": "qwbil"}, str)
    assert ends.likeness("a", "b") > 0 == ends.likeness("a", "c")


def test_words_are_lower_case_letters_and_digits_without_stop_words():
    assert kept_words("Åbne SKOLER efter kl. 16, og_bedre lys!") == ["åbne", "skoler", "kl", "16", "lys"]
    assert kept_words("Open the schools in the evening", "en") == ["open", "schools", "evening"]
    assert kept_words("men", "da") == []
    assert kept_words("men", "en") == ["men"]


def test_english_ideas_are_compared_by_english_stems():
    texts = {"a": "Opening schools in the evening", "b": "Schools open evenings", "c": "Plant trees"}
    english = Index(texts, ENGLISH, "en")
    assert [(pair.first, pair.second) for pair in english.pairs()] == [("a", "b")]


SOME_WORDS = ["bus", "gratis", "skole", "skolen", "bibliotek", "lys", "16", "og", "å"]
TEXTS = st.dictionaries(
    st.text(min_size=1, max_size=3),
    st.lists(st.sampled_from(SOME_WORDS), max_size=6).map(" ".join),
    max_size=6,
)


@given(TEXTS)
def test_likeness_is_between_nought_and_one_and_the_same_both_ways(texts):
    index = Index(texts, DANISH)
    for first in texts:
        for second in texts:
            likeness = index.likeness(first, second)
            assert 0 <= likeness <= 1 + 1e-9
            assert likeness == pytest.approx(index.likeness(second, first))


@given(TEXTS)
def test_the_pairs_are_exactly_those_at_or_over_the_threshold(texts):
    index = Index(texts, DANISH)
    suggested = {(pair.first, pair.second) for pair in index.pairs()}
    for first in texts:
        for second in texts:
            likeness = index.likeness(first, second)
            if first < second and abs(likeness - THRESHOLD) > 1e-9:
                assert ((first, second) in suggested) == (likeness > THRESHOLD)


def test_average_precision_of_a_perfect_a_late_and_a_mixed_ranking():
    assert average_precision([(0.9, True), (0.8, True), (0.1, False)]) == 1
    assert average_precision([(0.9, False), (0.1, True)]) == 0.5
    assert average_precision([(0.9, True), (0.8, False), (0.7, True)]) == pytest.approx((1 + 2 / 3) / 2)


def test_average_precision_counts_equal_scores_as_one_step():
    assert average_precision([(0.5, True), (0.5, False)]) == average_precision([(0.5, False), (0.5, True)]) == 0.5
    assert average_precision([]) == 0
    assert average_precision([(0.5, False)]) == 0
