"""Busy workshops are spread over the processes, and none goes to and fro."""

from __future__ import annotations

import pytest

from workshop import spreading
from workshop.spreading import Spread


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(spreading.time, "monotonic", lambda: now[0])
    return now


def busy(loads: dict[int, float]) -> Spread:
    made = Spread()
    made.loads = dict(loads)
    return made


def test_of_two_busy_workshops_one_goes_to_the_process_that_has_none(moment: list[float]):
    here = busy({1: 600.0, 2: 600.0})
    here.heard("idle", {"load": 0.0, "rooms": [1, 2]})
    found = here.to_hand_over([1, 2])
    assert found is not None and found[0] in (1, 2) and found[1] == "idle"
    assert here.to_hand_over([1, 2]) is None, "the next one waits until the loads have shown it"


def test_one_workshop_alone_stays_and_so_does_what_would_come_back(moment: list[float]):
    one = busy({1: 600.0})
    one.heard("idle", {"load": 0.0, "rooms": [1]})
    assert one.to_hand_over([1]) is None
    even = busy({1: 400.0, 2: 300.0})
    even.heard("other", {"load": 500.0, "rooms": [1, 2]})
    assert even.to_hand_over([1, 2]) is None
    given = busy({1: 600.0})
    given.heard("first", {"load": 600.0, "rooms": [1, 2]})
    assert given.to_hand_over([1]) is None


@pytest.mark.parametrize("rooms", [[], [9]])
def test_nothing_goes_where_nobody_is_connected_to_it(moment: list[float], rooms: list[int]):
    here = busy({1: 600.0, 2: 600.0})
    here.heard("idle", {"load": 0.0, "rooms": rooms})
    assert here.to_hand_over([1, 2]) is None


def test_nothing_goes_to_a_process_that_has_fallen_silent_nor_from_one_with_little_to_do(moment: list[float]):
    here = busy({1: 600.0, 2: 600.0})
    here.heard("dead", {"load": 0.0, "rooms": [1, 2]})
    moment[0] += 4
    assert here.to_hand_over([1, 2]) is None
    calm = busy({1: 5.0, 2: 5.0})
    calm.heard("idle", {"load": 0.0, "rooms": [1, 2]})
    assert calm.to_hand_over([1, 2]) is None


def test_loads_fade_and_are_told(moment: list[float]):
    here = Spread()
    for _ in range(100):
        here.count(7)
    assert here.second([7, 8]) == {"load": pytest.approx(90.0), "rooms": [7, 8]}
    for _ in range(80):
        told = here.second([])
    assert told == {"load": 0, "rooms": []} and here.loads == {}


def test_four_busy_workshops_end_two_and_two(moment: list[float]):
    processes = {"a": busy({1: 300.0, 2: 280.0, 3: 260.0, 4: 240.0}), "b": busy({})}
    for _ in range(20):
        for name, here in processes.items():
            other = processes["b" if name == "a" else "a"]
            here.heard("b" if name == "a" else "a", {"load": sum(other.loads.values()), "rooms": [1, 2, 3, 4]})
            kept = dict(here.loads)
            found = here.to_hand_over(list(here.loads))
            if found is not None:
                other.loads[found[0]] = kept[found[0]]
        moment[0] += 16
    assert sorted(len(here.loads) for here in processes.values()) == [2, 2]
