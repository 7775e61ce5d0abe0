import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.groups import effective_groups, joined_key, split_key

SIZES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 14), max_size=7)


def test_groups_at_the_privacy_minimum_stand_alone():
    assert effective_groups({"citizens": 5, "politicians": 12}).sizes() == {"citizens": 5, "politicians": 12}


def test_small_groups_form_one_pool():
    grouping = effective_groups({"citizens": 20, "leaders": 2, "researchers": 4})
    assert grouping.sizes() == {"citizens": 20, "leaders+researchers": 6}


def test_a_pool_that_is_still_too_small_takes_in_the_smallest_other_group():
    grouping = effective_groups({"citizens": 9, "politicians": 12, "leaders": 1})
    assert grouping.sizes() == {"citizens+leaders": 10, "politicians": 12}


def test_of_equally_small_groups_the_first_by_key_is_taken_in():
    assert effective_groups({"b": 6, "a": 6, "c": 1}).sizes() == {"a+c": 7, "b": 6}


def test_a_pool_takes_in_several_groups_when_the_minimum_asks_for_it():
    assert effective_groups({"a": 2, "b": 3, "c": 1}, 10).sizes() == {"a+b+c": 6}


def test_everybody_is_one_pool_when_all_together_are_too_few():
    assert effective_groups({"a": 2, "b": 1}).sizes() == {"a+b": 3}


def test_empty_groups_are_absent():
    grouping = effective_groups({"b": 0, "a": 0, "c": 7})
    assert grouping.absent == ("a", "b")
    assert grouping.sizes() == {"c": 7}


def test_a_small_group_that_votes_openly_keeps_its_own_threshold():
    grouping = effective_groups({"citizens": 3, "politicians": 12}, open_groups=["citizens"])
    assert grouping.sizes() == {"citizens": 3, "politicians": 12}
    assert [group.key for group in grouping.groups if group.open] == ["citizens"]


def test_a_pool_never_takes_in_a_group_that_votes_openly():
    grouping = effective_groups({"a": 2, "b": 5, "c": 9}, open_groups=["b"])
    assert grouping.sizes() == {"a+c": 11, "b": 5}


def test_the_privacy_minimum_is_never_below_three():
    with pytest.raises(ValueError, match="never below 3"):
        effective_groups({"a": 4}, 2)


def test_keys_are_joined_sorted_and_split_again():
    assert split_key(joined_key(["leaders", "citizens"])) == ("citizens", "leaders")


@given(SIZES, st.integers(3, 8), st.sets(st.sampled_from("abc")))
def test_everybody_is_counted_once_and_nobody_in_a_group_under_the_minimum(sizes, k, open_groups):
    grouping = effective_groups(sizes, k, open_groups)
    declared = [key for group in grouping.groups for key in group.keys]
    assert sorted([*declared, *grouping.absent]) == sorted(sizes)
    assert sum(grouping.sizes().values()) == sum(sizes.values())
    secret = [group for group in grouping.groups if not group.open]
    assert all(group.size >= k for group in secret) or len(secret) == 1


@given(SIZES, st.integers(3, 8), st.randoms())
def test_the_grouping_does_not_depend_on_the_order_of_groups(sizes, k, random):
    shuffled = list(sizes.items())
    random.shuffle(shuffled)
    assert effective_groups(dict(shuffled), k) == effective_groups(sizes, k)


def test_groups_that_an_earlier_vote_counted_together_stay_so_while_all_are_here():
    sizes = {"a": 12, "b": 7, "c": 6}
    assert [group.keys for group in effective_groups(sizes, 5, together=[("b", "c")]).groups] == [("a",), ("b", "c")]
    assert len(effective_groups({**sizes, "c": 0}, 5, together=[("b", "c")]).groups) == 2
    openly = effective_groups(sizes, 5, ("c",), together=[("b", "c")])
    assert [(group.keys, group.open) for group in openly.groups] == [(("a",), False), (("b",), False), (("c",), True)]


def test_an_earlier_pool_that_is_too_small_by_now_takes_in_another():
    found = effective_groups({"a": 12, "b": 2, "c": 2, "d": 6}, 5, together=[("b", "c")])
    assert [(group.keys, group.size) for group in found.groups] == [(("a",), 12), (("b", "c", "d"), 10)]
