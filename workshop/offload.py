"""Runs slow pure functions in a process of their own, so that a long computation does not delay other requests.

The function belongs to this package; its arguments and its result are plain values. Nothing here depends on the async
engine: both engines make waiting for a process cooperative.
"""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
#: seconds after which work is ended; the largest result and the longest document take less on a slow machine
_LONGEST = 120
#: processes at once; one processor is left for serving phones
AT_ONCE = max(1, min(4, (os.cpu_count() or 2) - 1))
#: how long work waits until fewer than `AT_ONCE` processes run, seconds
_PATIENCE = 60

_turn = threading.BoundedSemaphore(AT_ONCE)


class AsideError(RuntimeError):
    """Raised when the work ended without a result; the message holds what it printed."""


class AsideBusy(AsideError):
    """Raised when too much other work was waiting: nothing was done, and the caller may try again."""


@dataclass
class _Run:
    """Work in progress, and its result. Callers that ask for the same work meanwhile wait for its end."""

    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    #: what a waiting caller gets if the work ends without setting a result
    error: Exception | None = field(default_factory=lambda: AsideError("the work was broken off"))


_under_way: dict[Hashable, _Run] = {}


def run(function: str, *arguments: Any, key: Hashable = None) -> Any:
    """Returns the result of `function` ("workshop.rules.results:ballot_result") for the arguments, computed in another
    process.

    Call it outside any transaction: other requests are served meanwhile. At most `AT_ONCE` processes run; work with a `key`
    that is already in progress is not done twice, and its result is shared. Raises `AsideError` when the work fails, and
    `AsideBusy` after a minute of waiting.
    """
    if key is None:
        return _in_turn(function, arguments)
    place = (function, key)
    known = _under_way.get(place)
    if known is None:
        return _first_of(place, function, arguments)
    if not known.done.wait(_PATIENCE + _LONGEST):
        raise AsideBusy("the work that was under way did not end")
    if known.error is not None:
        raise known.error
    return known.answer


def run_beside(function: str, *arguments: Any) -> Any:
    """Returns the result like `run`, for work that waits for the network instead of computing. It does not count towards
    `AT_ONCE`, so a slow remote server delays no computation. The caller must run only one such piece of work at a time."""
    return _in_process(function, arguments)


def run_here(function: str, *arguments: Any) -> Any:
    """Returns the result like `run`, computed in this process. The module of the function is loaded here and not before."""
    module, _, name = function.partition(":")
    if not module.startswith("workshop."):
        raise ValueError(f"not ours: {module}")
    return getattr(importlib.import_module(module), name)(*arguments)


def _first_of(place: Hashable, function: str, arguments: tuple[Any, ...]) -> Any:
    mine = _under_way[place] = _Run()
    try:
        mine.answer = _in_turn(function, arguments)
    except Exception as error:
        mine.error = error
        raise
    else:
        mine.error = None
        return mine.answer
    finally:
        del _under_way[place]
        mine.done.set()


def _in_turn(function: str, arguments: tuple[Any, ...]) -> Any:
    if not _turn.acquire(timeout=_PATIENCE):
        raise AsideBusy("too much other work is waiting")
    try:
        return _in_process(function, arguments)
    finally:
        _turn.release()


def _in_process(function: str, arguments: tuple[Any, ...]) -> Any:
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "workshop.offload"],
            input=pickle.dumps((function, arguments)),
            capture_output=True,
            cwd=_ROOT,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise AsideError(f"{function} took longer than {_LONGEST} s") from error
    if finished.returncode != 0:
        raise AsideError(finished.stderr.decode(errors="replace")[-2000:])
    return pickle.loads(finished.stdout)


def main() -> None:
    """Reads the work, does it and writes the result: the main function of the other process."""
    function, arguments = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(run_here(function, *arguments)))


if __name__ == "__main__":
    main()
