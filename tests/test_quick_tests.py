"""Of which tests `make test-quick` runs which cases."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from scripts import quick_tests


def drawn(monkeypatch: pytest.MonkeyPatch, seed: str) -> list[str]:
    monkeypatch.setenv("SEED", seed)
    items: list[Any] = [SimpleNamespace(nodeid=f"tests/test_it.py::test_table[{number}]") for number in range(40)]
    items += [SimpleNamespace(nodeid=f"tests/test_it.py::test_{name}") for name in ("one", "other")]
    whole, left = list(items), []
    config: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: left.extend(items)))
    quick_tests.pytest_collection_modifyitems(config, items)
    assert items == [item for item in whole if item in items], "in the order of the files"
    assert len(items) + len(left) == len(whole)
    return [item.nodeid.partition("::")[2] for item in items]


def test_every_test_is_run_and_a_few_cases_of_a_table_which_change_with_the_seed(monkeypatch: pytest.MonkeyPatch):
    *cases, one, other = drawn(monkeypatch, "1")
    assert (one, other) == ("test_one", "test_other")
    assert len(cases) == quick_tests.CASES == 2
    assert drawn(monkeypatch, "1") == [*cases, one, other]
    assert len({tuple(drawn(monkeypatch, str(seed))) for seed in range(10)}) > 5
