"""The bench itself runs, in small: every phase, every check, every figure."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.apart import run
from tests.load import bench
from tests.load.bench_aims import AIMS
from tests.load.bench_room import SHORT, BenchRoom, difference, not_fitting


@pytest.mark.slow
def test_a_bench_of_a_few_phones_loses_nothing_and_fills_its_table():
    figures, failed, content = run(bench.measure(12, load=SHORT))
    assert failed == []
    assert figures["lost, doubled or different"] == "0"
    assert {row for row, *_ in AIMS} <= set(figures)
    assert content > 100


def test_totals_that_the_votes_do_not_give_are_found():
    assert not_fitting({"idea:1": 2, "idea:2": None}, {"idea:1": 1, "idea:2": 1}) == [("idea:1", 2, 1)]


def test_an_idea_that_a_phone_is_told_twice_is_found():
    room: Any = BenchRoom(SimpleNamespace(), SimpleNamespace(), {}, 2)
    room.posted["Idea 1"] = 0.0
    told = {"put": [{"kind": "idea", "text": "Idea 1"}, {"kind": "idea", "text": "of before"}]}
    for phone in (0, 1):
        room._note(phone, told)
    assert len(room.heard) == 2 and room.doubled == []
    room._note(1, told)
    assert room.doubled == [(1, "Idea 1")]


def test_what_a_phone_lacks_or_has_otherwise_is_said():
    fresh = SimpleNamespace(records={"idea:1": 1, "idea:2": 2}, mine={"ideas": []})
    phone = SimpleNamespace(id="participant:1", records={"idea:1": 1, "idea:2": 3}, mine={"ideas": []})
    assert difference(phone, fresh) == "participant:1: [('idea:2', 3, 2)]"
    assert "mine {}" in difference(SimpleNamespace(id="participant:1", records=fresh.records, mine={}), fresh)
