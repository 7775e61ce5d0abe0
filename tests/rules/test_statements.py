"""Which statement comes next (docs/rules.md section 4)."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules import reference_statements as statements

SEEN = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 100), min_size=1, max_size=8)


def test_the_weight_halves_its_extra_every_five_times_seen():
    assert [statements.weight(seen) for seen in (0, 5, 10, 15)] == [9, 5, 3, 2]


@given(st.integers(0, 10_000))
def test_a_statement_seen_more_often_never_weighs_more_and_never_nothing(seen):
    assert 1 <= statements.weight(seen + 1) <= statements.weight(seen)


def test_with_nothing_left_there_is_no_next_statement():
    assert statements.next_statement({}, 0.5) is None


@given(SEEN, st.floats(0, 1, exclude_max=True))
def test_the_next_statement_is_one_of_those_left_whatever_their_order(seen, draw):
    chosen = statements.next_statement(seen, draw)
    assert chosen in seen
    assert statements.next_statement(dict(reversed(seen.items())), draw) == chosen


def test_the_draw_falls_on_each_in_proportion_to_its_weight():
    seen = {"old": 1000, "new": 0}
    steps = 1000
    hits = Counter(statements.next_statement(seen, step / steps) for step in range(steps))
    assert hits["new"] == pytest.approx(900, abs=1)


def test_a_draw_outside_its_range_is_a_mistake():
    with pytest.raises(ValueError, match="draw"):
        statements.next_statement({"a": 0}, 1.0)


@given(SEEN, st.integers())
def test_an_order_shows_every_statement_once(seen, seed):
    source = random.Random(seed)
    assert sorted(statements.order(seen, [source.random() for _ in seen])) == sorted(seen)


def test_a_new_statement_comes_first_about_nine_times_out_of_ten_against_an_old_one():
    source = random.Random(1)
    first = Counter(statements.order({"old": 1000, "new": 0}, [source.random(), source.random()])[0] for _ in range(4000))
    assert 0.87 < first["new"] / 4000 < 0.93


def test_an_order_needs_one_draw_each():
    with pytest.raises(ValueError, match="one draw"):
        statements.order({"a": 0, "b": 0}, [0.5])


VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "statement_examples.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", VECTORS["examples"], ids=range(len(VECTORS["examples"])))
def test_the_examples_that_the_phones_draw_is_held_to(example):
    assert statements.next_statement(example["seen"], example["draw"]) == example["next"]


def test_in_a_whole_hall_a_late_statement_is_seen_by_enough_before_the_time_is_over():
    """Two hundred phones answer four of forty-one statements each; one has come when half of them were done already."""
    source = random.Random(3)
    seen = {f"s{n:02}": 0 for n in range(40)}
    for phone in range(200):
        if phone == 100:
            seen["late"] = 0
        left = dict(seen)
        for _ in range(4):
            drawn = statements.next_statement(left, source.random())
            assert drawn is not None
            del left[drawn]
            seen[drawn] += 1
    even = 200 * 4 / 41
    assert seen["late"] >= even / 2
    assert min(seen.values()) >= even / 2 and max(seen.values()) <= even * 2
