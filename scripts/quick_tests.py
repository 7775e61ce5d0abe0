"""Runs the quick tests: those that need no browser, no server of their own and no load, and of them a sample (docs/testing.md).
The sample is drawn anew each day; SEED names a day's again.

usage: [SEED=N] python -m scripts.quick_tests [pytest arguments]
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

#: folders whose tests start servers, browsers or Node, or wait for the disk
APART = ("tests/browser", "tests/js", "tests/live", "tests/load", "tests/nightly", "tests/storage")
#: what is collected; `scripts/mutants` chooses from all of it
QUICK = ("tests", *(f"--ignore={folder}" for folder in APART), "-m", "not slow")
#: so many tests of one file are run, each with one of its cases, beside those marked `whole`
TESTS = 4
#: the one process that the program itself starts at its work
_OFFLOAD = ["-m", "workshop.offload"]


def drawn(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Returns at most `TESTS` tests of each file and one case of each, and all cases of tests marked `whole`. Every process
    that runs tests draws the same."""
    files: dict[str, dict[str, list[pytest.Item]]] = defaultdict(lambda: defaultdict(list))
    kept: set[pytest.Item] = {item for item in items if item.get_closest_marker("whole")}
    for item in items:
        if item in kept:
            continue
        test = item.nodeid.partition("[")[0]
        files[test.partition("::")[0]][test].append(item)
    for file, tests in files.items():
        draw = random.Random(os.environ["SEED"] + file)
        kept |= {draw.choice(cases) for cases in draw.sample(list(tests.values()), min(TESTS, len(tests)))}
    return [item for item in items if item in kept]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps what is drawn."""
    kept = drawn(items)
    here = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in here])
    items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Leaves out whatever turns out to need another program."""
    with alone():
        return (yield)


@contextmanager
def alone() -> Iterator[None]:
    """A test that starts a program or connects to a server is skipped at that moment: what a test needs is seen from what it
    does, and no list has to be kept."""
    with (
        patch.object(subprocess.Popen, "__init__", _refusing(subprocess.Popen.__init__, "starts a program")),
        patch.object(socket.socket, "connect", _refusing(socket.socket.connect, "connects to a server")),
    ):
        yield


def _refusing(real: Callable[..., Any], reason: str) -> Callable[..., Any]:
    def called(self: Any, *args: Any, **named: Any) -> Any:
        # In another thread the exception would not reach the test.
        mine = threading.current_thread() is threading.main_thread()
        if mine and _OFFLOAD not in ([*part[1:3]] for part in args if isinstance(part, list)):
            pytest.skip(f"{reason}: not a quick test")
        return real(self, *args, **named)

    return called


if __name__ == "__main__":
    os.environ.setdefault("SEED", str(date.today().toordinal()))
    print(f"{TESTS} tests of each file at most, one case of each, SEED={os.environ['SEED']}", flush=True)
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
