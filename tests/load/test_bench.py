"""The bench itself runs, in small: every phase, every check, every figure."""

import pytest

from tests.apart import run
from tests.load import bench


@pytest.mark.slow
def test_a_bench_of_a_few_phones_loses_nothing_and_fills_its_table(monkeypatch, capsys):
    monkeypatch.setattr(bench, "POSTS", 4)
    monkeypatch.setattr(bench, "BURST_SECONDS", 1.0)
    figures, failed = run(bench.measure(12, "light"))
    assert failed == []
    assert figures["lost"] == "0"
    assert {"all joined", "all back", "server memory", "server processor"} <= set(figures)
    assert sum("p50 / p95 / p99" in name for name in figures) == 4
    assert capsys.readouterr().out.count("ok  ") == 5
