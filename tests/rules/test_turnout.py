"""Who has voted so far: by group only where nobody can be pointed at (docs/rules.md section 7)."""

import itertools

import pytest

from workshop.rules.turnout import TURNOUT_FROM, Turnout, turnout_by_group

K = 5


def shown(eligible, voted=None, k=K):
    return turnout_by_group(voted or dict.fromkeys(eligible, 0), eligible, k)


def test_groups_of_ten_and_more_are_shown_with_how_many_of_how_many():
    assert shown({"citizens": 24, "politicians": 12}, {"citizens": 17, "politicians": 8}) == [
        Turnout(("citizens",), 17, 24),
        Turnout(("politicians",), 8, 12),
    ]


def test_smaller_groups_are_counted_together():
    found = shown({"citizens": 24, "leaders": 6, "region": 6}, {"citizens": 17, "leaders": 2, "region": 5})
    assert found == [Turnout(("citizens",), 17, 24), Turnout(("leaders", "region"), 7, 12)]


def test_a_pool_of_the_vote_goes_into_it_with_all_its_names():
    found = shown({"citizens": 24, "folketing+researchers": 6, "region": 6})
    assert [one.keys for one in found] == [("citizens",), ("folketing", "region", "researchers")]


def test_one_small_group_takes_in_the_smallest_other_so_that_nobody_can_subtract():
    found = shown({"citizens": 24, "politicians": 12, "region": 6})
    assert [(one.keys, one.eligible) for one in found] == [(("citizens",), 24), (("politicians", "region"), 18)]


@pytest.mark.parametrize("eligible", [{"a": 5}, {"a": 5, "b": 4}, {"a": 24}, {"a": 24, "b": 5}, {}])
def test_where_one_pool_is_the_whole_room_nothing_is_shown_but_the_room(eligible):
    assert shown(eligible) == []


def test_a_higher_privacy_minimum_holds():
    assert shown({"a": 12, "b": 14}, k=20) == []
    assert [one.eligible for one in shown({"a": 24, "b": 12, "c": 12}, k=20)] == [24, 24]


def test_groups_with_nobody_in_them_are_not_named():
    assert [one.keys for one in shown({"a": 12, "b": 14, "c": 0})] == [("a",), ("b",)]


def test_whatever_a_reader_adds_or_subtracts_is_about_ten_people_at_least():
    """Every sum and difference of figures that are shown, the room's among them, is a sum over some of the rows: each
    row, and what the rows leave of the room, has ten people."""
    for sizes in itertools.combinations_with_replacement(range(14), 4):
        eligible = dict(zip("abcd", sizes, strict=True))
        rows = shown(eligible)
        assert sum(row.eligible for row in rows) in (0, sum(sizes)), "nobody is left outside the rows"
        assert all(row.eligible >= TURNOUT_FROM for row in rows)
        named = [key for row in rows for key in row.keys]
        assert len(named) == len(set(named))
