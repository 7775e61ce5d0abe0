"""Tries faults in a copy of the tree. One process imports the libraries, and forks for every fault.

`python -m scripts.mutants.trying` in the copy reads one order per line as JSON, and answers each with one line.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.quick_tests import QUICK

#: the seconds of the processor a fault has on top of five times those of its tests
GRACE = 20.0
#: how many times as long it may take, for the processor is shared
WAITING = 5
_PLUGINS = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:rerunfailures")
_OURS = ("workshop", "tests", "scripts", "__main__", "conftest")


def main() -> None:
    _import_libraries()
    _compile()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(_try(json.loads(line))), flush=True)


def _import_libraries() -> None:
    """Imports what the application and the tests import from elsewhere; our own code is imported in the fork alone."""
    asking = "import sys, workshop.app, tests.conftest, tests.rich_room; print(*sys.modules)"
    listed = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True).stdout
    for name in [*listed.split(), "pytest", "hypothesis"]:
        if name.partition(".")[0] not in _OURS:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _compile() -> None:
    """Collects every test once, so that a fork finds the code and the tests compiled, but for the file with the fault."""
    collecting = ["-m", "pytest", "-q", "--collect-only", *_PLUGINS, *QUICK]
    subprocess.run([sys.executable, *collecting], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _try(order: dict[str, Any]) -> dict[str, Any]:
    """The fault is put in, its tests are run round by round until one fails, and the file is put back."""
    file = Path(order["path"])
    before = file.read_bytes()
    file.write_bytes(bytes.fromhex(order["source"]))
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()
    outcome = "survived"
    try:
        for tests, seconds in order["rounds"]:
            if outcome == "survived":
                outcome = _run(tests, GRACE + 5 * seconds)
        return {"outcome": outcome}
    finally:
        file.write_bytes(before)


def _run(tests: list[str], seconds: float) -> str:
    """Returns "survived", "killed" or "timeout"."""
    child = os.fork()
    if child == 0:
        _in_the_fork(tests, seconds)
    until = time.monotonic() + WAITING * seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            _end_group(child)
            code = os.waitstatus_to_exitcode(status)
            return "timeout" if code == -signal.SIGXCPU else "survived" if code in (0, 5) else "killed"
        time.sleep(0.02)
    _end_group(child)
    os.waitpid(child, 0)
    return "timeout"


def _end_group(child: int) -> None:
    """Ends what the fork has started; it is the leader of a group of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _in_the_fork(tests: list[str], seconds: float) -> None:
    """Runs the tests and never returns."""
    code = 3
    try:
        os.setpgrp()
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), resource.RLIM_INFINITY))
        sys.dont_write_bytecode = True
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        import pytest

        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        code = int(pytest.main(["-x", "-q", *_PLUGINS, *files], plugins=[_Chosen(tests)]))
    finally:
        os._exit(code)


class _Chosen:
    """Keeps the chosen tests of the collected files, in their order. A test that a fault takes away is missed by nobody."""

    def __init__(self, tests: list[str]) -> None:
        self._order = {test: number for number, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self._order), key=lambda i: self._order[i.nodeid])


if __name__ == "__main__":
    main()
