"""Work that fails again and again is survived, and told of once."""

from __future__ import annotations

import logging

import pytest

from workshop import faults


@pytest.fixture(autouse=True)
def _nothing_failed_before(monkeypatch):
    monkeypatch.setattr(faults, "_failing", {})
    monkeypatch.setattr(faults, "_recovered", {})


def attempt(error: BaseException | None) -> bool:
    with faults.survived("the work") as tried:
        if error is not None:
            raise error
    return tried.ok


def test_a_fault_that_comes_back_each_second_is_told_once_and_its_end_once(caplog):
    caplog.set_level(logging.INFO)
    assert [attempt(ValueError("odd")) for _ in range(5)] == [False] * 5
    assert [attempt(None) for _ in range(3)] == [True] * 3
    told = [(record.levelname, record.getMessage().partition(";")[0]) for record in caplog.records]
    assert told == [("ERROR", "the work failed"), ("WARNING", "the work works again")]
    assert caplog.records[0].exc_info is not None


def test_another_kind_of_fault_is_told_too(caplog):
    for error in (ValueError("odd"), KeyError("k"), ValueError("odd"), KeyError("k")):
        attempt(error)
    assert [type(record.exc_info[1]).__name__ for record in caplog.records] == ["ValueError", "KeyError"]


def test_work_that_fails_and_succeeds_in_turn_is_not_told_each_time(caplog, monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(faults.time, "monotonic", lambda: moment[0])
    for _ in range(10):
        attempt(ValueError("odd"))
        attempt(None)
        moment[0] += 2
    assert len(caplog.records) == 2
    moment[0] += faults.QUIET
    attempt(ValueError("odd"))
    assert len(caplog.records) == 3


def test_what_ends_the_program_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        attempt(KeyboardInterrupt())
