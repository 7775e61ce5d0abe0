"""Runs the quick tests: those that need no browser, no server of their own and no load, and of each test with a table a few
of its cases (docs/testing.md). Which cases, is drawn anew each day; SEED names a day's again.

usage: [SEED=N] python -m scripts.quick_tests [pytest arguments]
"""

from __future__ import annotations

import os
import random
import sys
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

#: folders whose tests start servers, browsers or Node, or wait for the disk
APART = ("tests/browser", "tests/js", "tests/live", "tests/load", "tests/nightly", "tests/storage")
QUICK = ("tests", *(f"--ignore={folder}" for folder in APART), "-m", "not slow")
#: so many cases of one test are run
CASES = 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps `CASES` cases of each test. Every process that runs tests draws the same."""
    by_test: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        by_test[item.nodeid.partition("[")[0]].append(item)
    kept = {
        id(item)
        for test, cases in by_test.items()
        for item in random.Random(os.environ["SEED"] + test).sample(cases, min(CASES, len(cases)))
    }
    left = [item for item in items if id(item) not in kept]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if id(item) in kept]


if __name__ == "__main__":
    os.environ.setdefault("SEED", str(date.today().toordinal()))
    print(f"{CASES} cases of each test at most, SEED={os.environ['SEED']}", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "-p",
        "scripts.quick_tests",
        *QUICK,
        *sys.argv[1:],
    ]
    os.execv(sys.executable, command)
