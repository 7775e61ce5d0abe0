"""Who has voted so far: by group only where every group has cast twice the privacy minimum (docs/rules.md section 7)."""

import itertools

import pytest

from workshop.rules.disclosure import counts_from
from workshop.rules.turnout import Turnout, may_show_groups, turnout_by_group

K = 5


def shown(eligible, voted, k=K):
    return turnout_by_group(voted, eligible, k)


def test_where_every_group_has_cast_ten_each_is_shown_with_how_many_of_how_many():
    assert shown({"citizens": 24, "politicians": 12}, {"citizens": 17, "politicians": 10}) == [
        Turnout(("citizens",), 17, 24),
        Turnout(("politicians",), 10, 12),
    ]


def test_one_group_with_fewer_and_none_is_shown():
    eligible = {"citizens": 24, "politicians": 12, "region": 11}
    assert shown(eligible, {"citizens": 24, "politicians": 12, "region": 9}) == []
    assert len(shown(eligible, {"citizens": 24, "politicians": 12, "region": 10})) == 3
    assert shown(eligible, {"citizens": 24, "politicians": 12}) == [], "a group in which nobody has voted is one too"


def test_a_small_group_takes_the_figures_of_all_away():
    """Eight, six and one: the room's figure less the two would be the one's."""
    assert shown({"a": 8, "b": 6, "c": 1}, {"a": 8, "b": 6, "c": 1}) == []
    assert shown({"a": 40, "b": 30, "c": 1}, {"a": 40, "b": 30}) == []


def test_a_pool_is_told_by_all_its_names():
    found = shown({"citizens": 24, "folketing+researchers": 11}, {"citizens": 20, "folketing+researchers": 10})
    assert [one.keys for one in found] == [("citizens",), ("folketing", "researchers")]


@pytest.mark.parametrize("eligible", [{"a": 24}, {"a": 24, "b": 0}, {}])
def test_where_one_group_is_the_whole_room_nothing_is_shown_but_the_room(eligible):
    assert shown(eligible, dict(eligible)) == []


def test_a_higher_privacy_minimum_holds():
    voted = {"a": 19, "b": 20}
    assert counts_from(10) == 20
    assert shown({"a": 30, "b": 30}, voted, k=10) == []
    assert len(shown({"a": 30, "b": 30}, voted | {"a": 20}, k=10)) == 2


def test_no_groups_have_nothing_to_show():
    assert not may_show_groups({}, [], K)


def test_whatever_a_reader_adds_or_subtracts_is_of_ten_votes_at_least():
    """Every sum and difference of figures that are shown, the room's among them, is a sum over some of the rows."""
    for votes in itertools.product(range(8, 13), repeat=3):
        voted = dict(zip("abc", votes, strict=True))
        rows = shown(dict.fromkeys("abc", 12), voted)
        assert bool(rows) == all(number >= 10 for number in votes)
        assert sum(row.voted for row in rows) in (0, sum(votes)), "nobody is left outside the rows"
        assert all(row.voted >= 10 for row in rows)
