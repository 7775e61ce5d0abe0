"""How many ideas a person may have in a step (docs/rules.md section 10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.catalogue import refusal
from workshop.rules.ideas import check_room_for_one_more
from workshop.rules.refusal import Refused


def test_the_last_place_is_a_place_and_after_it_there_is_none():
    check_room_for_one_more(2, 3)
    with pytest.raises(Refused) as caught:
        check_room_for_one_more(3, 3)
    assert (caught.value.code, caught.value.field, caught.value.facts["limit"]) == ("too_many", "ideas", 3)


def test_where_no_number_is_set_there_is_always_room():
    check_room_for_one_more(10_000, None)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_refusal_says_that_nothing_is_lost_and_what_to_do(lang):
    with pytest.raises(Refused) as caught:
        check_room_for_one_more(3, 3)
    words = refusal(caught.value.as_error(), lang)
    assert "3" in words and words == refusal({"code": "too_many", "ideas_per_person": 3}, lang)


@given(st.integers(1, 20), st.lists(st.sampled_from(["post", "withdraw"]), max_size=60))
def test_whoever_posts_and_takes_back_never_has_more_than_the_limit(most, acts):
    has = 0
    for act in acts:
        if act == "withdraw":
            has = max(0, has - 1)
            continue
        try:
            check_room_for_one_more(has, most)
        except Refused:
            assert has == most
        else:
            has += 1
        assert has <= most
