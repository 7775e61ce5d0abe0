"""Places in an order: between any two there is room for many moves, and it is said when there is none."""

from __future__ import annotations

import pytest

from workshop.rules.places import after, between, lies_between


def test_the_last_place_is_a_whole_number_behind_all():
    assert (after(None), after(0), after(3), after(2.75), after(-0.5)) == (0, 1, 4, 3, 0)


@pytest.mark.parametrize(
    ("below", "above", "place"),
    [(None, 0, -1), (None, 2.5, 2), (1, 2, 1.5), (1, 1.5, 1.25), (-3, 4, 0.5), (2, 2, None), (1, 1.0000000000000002, None)],
)
def test_a_place_before_another(below: float | None, above: float, place: float | None):
    assert between(below, above) == place


def test_fifty_rows_find_room_at_the_very_same_spot():
    places = [0.0, 1.0]
    while (place := between(places[-2], places[-1])) is not None:
        places.insert(-1, place)
    assert len(places) == 2 + 53
    assert places == sorted(set(places))


def test_a_place_that_has_no_bound_on_a_side():
    assert lies_between(5, None, None) and lies_between(5, 4.5, None) and lies_between(5, None, 5.5)
    assert not lies_between(5, 5, None) and not lies_between(5, None, 5) and not lies_between(5, 1, 2)
