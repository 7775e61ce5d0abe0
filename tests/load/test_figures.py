"""Percentiles, tables and checks say what they should, and a failed check is never silent."""

import io

import pytest

from tests.load.figures import Checks, milliseconds, percentile, table


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share, expected):
    assert percentile(range(100, 0, -1), share) == expected


def test_percentiles_of_one_value_and_of_none():
    assert milliseconds([0.25]) == {"p50": 250, "p95": 250, "p99": 250, "max": 250}
    assert percentile([], 0.5) == 0


def test_a_table_is_markdown_in_even_columns():
    assert table(["a", "long"], [["12", "3"]]) == "| a  | long |\n| -- | ---- |\n| 12 | 3    |"


def test_checks_print_one_line_each_and_remember_what_differs():
    checks = Checks(io.StringIO())
    assert checks.true("one", True)
    assert not checks.equal("two", {"a": 1, "b": 2}, {"a": 1, "b": 3})
    assert not checks.none("three", ["x"])
    assert checks.none("four", [])
    lines = checks.out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["ok", "DIFFERS", "DIFFERS", "ok"]
    assert "'b': (2, 3)" in lines[1]
    assert checks.failed == ["two", "three"]
    assert checks.made == 4
