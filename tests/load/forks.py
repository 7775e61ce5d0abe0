"""Servers as copies of a process that has read their modules (`fork_server.py`), one for each engine.

It is off unless `allowed` is set, as tests/conftest.py does: a measured server is started as people start it, and prepares its
static files itself.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psutil

from tests.as_installed import AS_INSTALLED

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("eventlet", "gevent")
#: beginnings of the names of settings that are read before the first line of `run.py`
_READ_BEFORE = ("LD_", "FAKETIME", "PYTHON")
#: those of them with which a server differs from the tests in what it writes and when, and in nothing else
_WRITTEN = ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
_waiting: dict[str, subprocess.Popen[str]] = {}
allowed = False


def suit(environment: Mapping[str, str]) -> bool:
    """Whether a copy is what a server of this environment would be."""
    return allowed and _engine(environment) in ENGINES and _read_before(environment) == _read_before(os.environ)


def _engine(environment: Mapping[str, str]) -> str:
    return environment.get("ASYNC_ENGINE", "eventlet")


def _read_before(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_READ_BEFORE) and name not in _WRITTEN}


def start(environment: Mapping[str, str], log: Path) -> psutil.Process:
    """A server of this environment, which writes to the log. Raises `psutil.NoSuchProcess` where it has ended already."""
    engine = _engine(environment)
    if engine not in _waiting:
        _waiting[engine] = subprocess.Popen(
            [*AS_INSTALLED, "-m", "tests.load.fork_server"],
            cwd=ROOT,
            env={**environment, "ASYNC_ENGINE": engine},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    waiting = _waiting[engine]
    assert waiting.stdin is not None and waiting.stdout is not None
    print(json.dumps({"environment": dict(environment), "log": str(log)}), file=waiting.stdin, flush=True)
    return psutil.Process(int(waiting.stdout.readline()))


def end() -> None:
    """Ends the processes that wait. Servers that still run are left alone."""
    for waiting in _waiting.values():
        waiting.communicate()
    _waiting.clear()
