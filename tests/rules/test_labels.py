"""Where the name of a group may stand on what its people write (docs/rules.md section 7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.labels import labelled, may_name

K = 5


def test_a_group_is_addressed_only_from_the_privacy_minimum_on():
    assert not may_name(4, K)
    assert may_name(5, K)


@pytest.mark.parametrize(
    ("sizes", "named"),
    [
        ({"a": 8, "b": 6}, {"a", "b"}),
        ({"a": 8, "b": 6, "c": 1}, set()),
        ({"a": 8, "b": 6, "c": 4}, set()),
        ({"a": 8, "b": 6, "c": 4, "d": 1}, {"a", "b"}),
        ({"a": 8, "b": 6, "c": 0}, {"a", "b"}),
        ({"a": 4, "b": 4}, set()),
        ({}, set()),
    ],
)
def test_groups_are_named_on_texts_while_those_without_a_label_are_together_at_least_k(sizes, named):
    assert labelled(sizes, K) == named


def test_a_group_whose_people_have_left_still_has_its_texts():
    sizes = {"a": 8, "b": 6, "c": 0}
    assert labelled(sizes, K, wrote=("c",)) == frozenset()
    assert labelled(sizes | {"d": 4, "e": 1}, K, wrote=("c",)) == {"a", "b"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)), st.integers(3, 8))
def test_whoever_reads_the_labels_is_left_with_k_people_or_more(sizes, k):
    """Also where nobody of a group has written yet: the labels depend on who is there alone."""
    named = labelled(sizes, k)
    assert all(sizes[key] >= k for key in named)
    rest = sum(people for key, people in sizes.items() if key not in named)
    assert not named or rest == 0 or rest >= k


def test_a_group_of_nobody_that_wrote_nothing_is_none_of_the_others():
    """Counted as one person it would keep all labels back."""
    assert labelled({"a": 8, "b": 0}, K) == {"a"}
    assert labelled({"a": 8}, K, wrote=()) == {"a"}
