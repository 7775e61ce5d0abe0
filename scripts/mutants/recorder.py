"""A pytest plugin that writes down which test runs which line, how long each takes and which pass.

`python -m pytest -p scripts.mutants.recorder`; the folder RECORD_TO gets one coverage file per process and `tests.json`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

_FOLDER = Path(os.environ["RECORD_TO"])
_coverage = Coverage(data_file=str(_FOLDER / "coverage"), data_suffix=True, source=["workshop"], config_file=False)
_coverage.set_option("run:relative_files", True)
_coverage.start()
#: seconds of the processor, since the clock says more of what else the machine does
_seconds: dict[str, float] = {}
_failed: set[str] = set()
_spent = 0.0


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _spent
    _coverage.switch_context(item.nodeid)
    _spent = _processor()
    try:
        return (yield)
    finally:
        _coverage.switch_context("")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    global _spent
    report = yield
    before, _spent = _spent, _processor()
    report.duration = _spent - before
    return report


def _processor() -> float:
    """Seconds of the processor that this process and those it has waited for have used."""
    return sum(os.times()[:4])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0) + report.duration
    if report.outcome != "passed":
        _failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    _coverage.stop()
    _coverage.save()
    if not hasattr(session.config, "workerinput"):
        passed = {test: seconds for test, seconds in _seconds.items() if test not in _failed}
        (_FOLDER / "tests.json").write_text(json.dumps({"passed": passed, "failed": sorted(_failed)}), encoding="utf-8")
