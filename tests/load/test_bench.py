"""The bench itself runs, in small: every phase, every check, every figure."""

import pytest

from tests.apart import run
from tests.load import bench
from tests.load.bench_aims import AIMS
from tests.load.bench_room import SHORT, not_fitting


@pytest.mark.slow
def test_a_bench_of_a_few_phones_loses_nothing_and_fills_its_table():
    figures, failed, content = run(bench.measure(12, load=SHORT))
    assert failed == []
    assert figures["lost, doubled or different"] == "0"
    assert {row for row, *_ in AIMS} <= set(figures)
    assert content > 100


def test_totals_that_the_votes_do_not_give_are_found():
    assert not_fitting({"idea:1": 2, "idea:2": None}, {"idea:1": 1, "idea:2": 1}) == [("idea:1", 2, 1)]
