"""Of which tests `make test-quick` runs which cases, and what it leaves out."""

from __future__ import annotations

import socket
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import quick_tests
from workshop import offload

TABLE = [f"tests/test_table.py::test_table[{number}]" for number in range(40)]
FEW = [f"tests/test_few.py::test_{number}" for number in range(quick_tests.TESTS)]
WHOLE = [f"tests/test_few.py::test_whole[{number}]" for number in range(20)]
MANY = [f"tests/test_many.py::test_{number}" for number in range(30)]


class Item(SimpleNamespace):
    __hash__ = object.__hash__

    def get_closest_marker(self, name: str) -> bool:
        return self.nodeid in WHOLE and name == "whole"


def drawn(monkeypatch: pytest.MonkeyPatch, seed: str) -> list[str]:
    monkeypatch.setenv("SEED", seed)
    items: list[Any] = [Item(nodeid=name) for name in (*TABLE, *FEW, *WHOLE, *MANY)]
    whole, left = list(items), []
    config: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: left.extend(items)))
    quick_tests.pytest_collection_modifyitems(config, items)
    assert items == [item for item in whole if item in items], "in the order of the files"
    assert len(items) + len(left) == len(whole)
    return [item.nodeid for item in items]


def test_one_case_of_a_table_and_some_tests_of_every_file_which_change_with_the_seed(monkeypatch: pytest.MonkeyPatch):
    case, *others = found = drawn(monkeypatch, "1")
    assert case in TABLE and others[: len(FEW)] == FEW
    assert [name for name in others if name in WHOLE] == WHOLE
    assert set(others[len(FEW) + len(WHOLE) :]) < set(MANY) and len(others) == 2 * quick_tests.TESTS + len(WHOLE)
    assert drawn(monkeypatch, "1") == found
    for names in (TABLE, MANY):
        assert len({tuple(one for one in drawn(monkeypatch, str(seed)) if one in names) for seed in range(10)}) > 5


def test_a_test_that_starts_a_program_or_connects_to_a_server_is_left_out():
    with quick_tests.alone():
        with pytest.raises(pytest.skip.Exception, match="starts a program"):
            subprocess.run([sys.executable, "-c", ""], check=True)
        with pytest.raises(pytest.skip.Exception, match="connects to a server"):
            socket.create_connection(("127.0.0.1", 1))


def test_the_work_the_program_itself_does_in_a_process_is_done():
    with quick_tests.alone():
        assert offload.run("workshop.rules.refusal:Refused", "ended").code == "ended"
