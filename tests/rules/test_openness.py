"""Who votes openly: said for a step, or agreed to by every member of a small group (docs/rules.md section 7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.groups import effective_groups
from workshop.rules.openness import (
    DECLARED,
    Openness,
    all_agreed,
    declared_settings,
    few_in_secret,
    without_group,
)
from workshop.rules.refusal import Refused

KNOWN = ["citizens", "leaders", "politicians"]
K = 5


def test_a_vote_is_secret_unless_something_else_was_said():
    assert [Openness.of_step({}).why(key) for key in KNOWN] == [None, None, None]


def test_open_is_everybody_and_some_open_the_groups_named():
    assert all(Openness("open").opens(key) for key in [*KNOWN, "unge"])
    said = Openness.of_step({"openness": "some_open", "open_groups": ["politicians"]})
    assert [said.why(key) for key in KNOWN] == [None, None, "declared"]
    assert said.among(KNOWN) == ["politicians"]


def test_a_group_that_agreed_is_open_for_another_reason_than_one_that_was_named():
    openness = Openness("some_open", ("politicians",), ("leaders",))
    assert [openness.why(key) for key in KNOWN] == [None, "agreed", "declared"]
    assert Openness.from_record(openness.as_record()) == openness


def test_a_pool_never_votes_openly():
    assert not Openness("open").opens("citizens+leaders")
    assert not Openness("some_open", ("citizens+leaders",)).opens("citizens+leaders")


def test_groups_named_beside_secret_or_open_mean_nothing():
    assert not Openness("secret", ("politicians",)).opens("politicians")


def test_what_is_said_of_a_step_replaces_what_was_said_and_nothing_else():
    said = declared_settings(
        {"method": "dots"}, {"openness": "some_open", "open_groups": ["politicians", "citizens"]}, KNOWN
    )
    assert said == {"openness": "some_open", "open_groups": ["citizens", "politicians"]}
    assert declared_settings(said, {"method": "dots"}, KNOWN) == said
    assert declared_settings(said, {"open_groups": ["leaders", "leaders"]}, KNOWN)["open_groups"] == ["leaders"]
    assert declared_settings(said, {"openness": "some_open"}, KNOWN) == said
    assert declared_settings(said, {"openness": "secret"}, KNOWN) == {"openness": "secret"}
    assert declared_settings({}, {}, KNOWN) == {}


@pytest.mark.parametrize(
    ("given_", "code", "field"),
    [
        ({"openness": "politicians_open"}, "malformed", "settings.openness"),
        ({"openness": 1}, "malformed", "settings.openness"),
        ({"openness": "some_open"}, "empty", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": {}}, "malformed", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": [1]}, "malformed", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": ["mayors"]}, "not_found", "settings.open_groups"),
        ({"openness": "secret", "open_groups": ["leaders"]}, "malformed", "settings.open_groups"),
    ],
)
def test_what_cannot_be_said(given_, code, field):
    with pytest.raises(Refused) as caught:
        declared_settings({}, given_, KNOWN)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_the_last_group_that_goes_leaves_a_secret_step():
    said = {"method": "dots", "openness": "some_open", "open_groups": ["leaders", "politicians"]}
    one_left = without_group(said, "leaders")
    assert one_left == {"method": "dots", "openness": "some_open", "open_groups": ["politicians"]}
    assert without_group(one_left, "politicians") == {"method": "dots", "openness": "secret"}


def test_a_small_group_votes_openly_when_every_member_has_agreed():
    assert all_agreed({"a": 3, "b": 3, "c": 9}, {"a": 3, "b": 2}, K) == ("a",)


def test_a_group_nobody_is_in_or_that_is_large_enough_gains_nothing_by_agreeing():
    assert all_agreed({"a": 0, "b": 5}, {"a": 0, "b": 5}, K) == ()
    assert all_agreed({"b": 5}, {"b": 5}, 6) == ("b",)


SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 14), max_size=6)


@given(SIZES, st.integers(3, 7), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 14)))
def test_one_member_who_has_not_agreed_is_enough(sizes, k, agreed):
    for key in all_agreed(sizes, agreed, k):
        assert agreed[key] == sizes[key] and 0 < sizes[key] < k
        assert key not in all_agreed({**sizes, key: sizes[key] + 1}, agreed, k)


KEYS = st.sets(st.sampled_from("abcdef"))


@given(SIZES, st.integers(3, 7), st.sampled_from(DECLARED), KEYS, KEYS)
def test_an_open_group_stands_alone_and_hides_nobody(sizes, k, declared, groups, agreed):
    openness = Openness(declared, tuple(sorted(groups)), tuple(sorted(agreed)))
    grouping = effective_groups(sizes, k, openness.among(sizes))
    assert [group.key for group in grouping.groups if group.open] == sorted(
        key for key in openness.among(sizes) if sizes[key]
    )
    for group in grouping.groups:
        assert group.open == openness.opens(group.key)
        assert len(group.keys) == 1 or not any(openness.opens(key) for key in group.keys)
    secret = [group.size for group in grouping.groups if not group.open]
    assert not secret or min(secret) >= min(k, sum(secret))
    assert few_in_secret(grouping.sizes(), openness, k) == (
        0 < sum(secret) < k and sum(secret) < sum(grouping.sizes().values())
    )
