"""A process that has read every module of the server and waits: each server of the tests is a copy of it.

Reading the modules takes three quarters of a start. `run.py` itself reads them, in the environment of the engine, until it
reads its arguments: that is its first act once all modules are there. In each copy it goes on from there, with the
environment of that server. `python -m tests.load.fork_server` takes orders line by line on its input (JSON: `environment`
and `log`), and answers each with the number of the new process; it ends with its input. `forks.py` is the other end.

What must not be patched by an engine is taken from `posix` and `_signal`: both engines replace what `os` and `signal` offer.
"""

from __future__ import annotations

import _signal
import argparse
import gc
import json
import os
import posix
import runpy
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

RUN = Path(__file__).resolve().parents[2] / "run.py"
_parse = argparse.ArgumentParser.parse_args


def main() -> None:
    argparse.ArgumentParser.parse_args = _wait  # type: ignore[method-assign]
    sys.argv = [str(RUN)]
    runpy.run_path(str(RUN), run_name="__main__")


def _wait(parser: argparse.ArgumentParser, *_: Any) -> argparse.Namespace:
    """Forks a server for each order. Returns the arguments in the copies only."""
    gc.collect()
    gc.freeze()  # or each copy looks through all of it again, and gets pages of its own thereby
    _signal.signal(_signal.SIGCHLD, _bury)
    while line := sys.stdin.readline():
        order = json.loads(line)
        process = _fork()
        if not process:
            _become(**order)
            return _parse(parser)
        print(process, flush=True)
    sys.exit()


def _fork() -> int:
    """A copy waits by a handle of the kernel of its own."""
    if os.environ["ASYNC_ENGINE"] == "gevent":
        from gevent.os import fork_gevent

        return int(fork_gevent())
    from eventlet import hubs

    process = posix.fork()
    if not process:
        hubs.use_hub()
    return process


def _become(environment: dict[str, str], log: str) -> None:
    """Makes this copy what a process started by itself would be."""
    _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
    argparse.ArgumentParser.parse_args = _parse  # type: ignore[method-assign]
    for name in BEGAN.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
    for file, flags, places in (
        (os.devnull, os.O_RDONLY, (0,)),
        (log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, (1, 2)),
    ):
        opened = posix.open(file, flags)
        for place in places:
            posix.dup2(opened, place)
        posix.close(opened)
    if environment.get("LATE"):
        from tests.load import late

        late.begin(float(environment["LATE"]))


def _bury(*_: Any) -> None:
    """Takes note of servers that have ended: until then their numbers stay."""
    with suppress(ChildProcessError):
        while posix.waitpid(-1, posix.WNOHANG)[0]:
            pass


#: what `run.py` sets as it begins is not among it, and stays
BEGAN = dict(os.environ)

if __name__ == "__main__":
    main()
