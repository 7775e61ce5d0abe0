"""When the old generation is collected: in a calm second, and only where it is worthwhile."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from workshop.live import collector as collecting
from workshop.live.collector import Collector


class Seconds:
    """A process whose seconds are told to it: how much of each was used, and how many middle collections have been."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.used, self.middle, self.done = 1000.0, 50.0, collecting.ENOUGH, 0
        self.collects_by_itself = False
        fake = SimpleNamespace(
            collect=self.collect,
            freeze=lambda: None,
            enable=self.enable,
            set_threshold=lambda *_: None,
            callbacks=[],
            get_count=lambda: (0, 0, self.middle),
        )
        clock = SimpleNamespace(process_time=lambda: self.used, monotonic=lambda: self.now, perf_counter=lambda: self.now)
        monkeypatch.setattr(collecting, "gc", fake)
        monkeypatch.setattr(collecting, "time", clock)
        self.collector = Collector()
        self.collector.start()
        self.done = 0

    def collect(self) -> None:
        self.done += 1

    def enable(self) -> None:
        self.collects_by_itself = True

    def pass_by(self, seconds: int, share: float) -> int:
        """So many ticks, each with this share of the processor; how often was collected."""
        before = self.done
        for _ in range(seconds):
            self.now += 1
            self.used += share
            self.collector.tick()
        return self.done - before


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    return Seconds(monkeypatch)


def test_once_the_start_is_over_python_collects_by_itself(seconds: Seconds) -> None:
    assert seconds.collects_by_itself


def test_it_waits_for_a_calm_second_and_then_rests(seconds: Seconds) -> None:
    assert seconds.pass_by(200, 0.5) == 0
    assert seconds.pass_by(1, 0.01) == 1
    assert seconds.pass_by(29, 0.01) == 0
    assert seconds.pass_by(1, 0.01) == 1


def test_it_leaves_alone_what_has_hardly_grown(seconds: Seconds) -> None:
    seconds.middle = collecting.ENOUGH - 1
    assert seconds.pass_by(100, 0.0) == 0


@pytest.fixture
def own_gc() -> Iterator[None]:
    callbacks, thresholds = list(gc.callbacks), gc.get_threshold()
    yield
    gc.callbacks[:] = callbacks
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_a_long_pause_is_logged_by_the_tick_and_not_where_it_happens(
    own_gc: None, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """Logging may wait for a lock, and a collection may come between a lock of the database and the commit."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(collecting, "_LONG", 0.0)
    collector = Collector()
    collector.start()
    gc.collect(1)
    assert caplog.records == []
    collector.tick()
    assert "generation 1 stopped the server" in caplog.text
