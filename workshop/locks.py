"""Waits for a database lock without blocking the other green threads.

The drivers wait inside C, where no other green thread runs: one held lock would block every request of the process. So a
lock is requested without waiting, and between two attempts the green thread sleeps outside the transaction, while reads and
other workshops go on (docs/architecture.md, law 9). After too long a wait `Locked` is raised; the client tries again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from workshop.extensions import socketio
from workshop.rules.refusal import Refused

#: how long a request waits for a lock, seconds: less than a phone waits for an answer (static/js/live/line.js, 8 s)
PATIENCE = 5.0
#: pauses between two attempts, seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 0.004, 0.1
_RETRY_AFTER = 2
#: PostgreSQL: lock_not_available, deadlock_detected
_LOCKED_STATES = ("55P03", "40P01")
#: SQLite: SQLITE_BUSY, whatever its extended code
_SQLITE_BUSY = 5

_P = ParamSpec("_P")
_T = TypeVar("_T")
_state = threading.local()
#: one queue per lock: only the first in it tries the database
_lines: dict[int, threading.Lock] = {}


class Locked(Refused):
    """Raised when another transaction holds a lock that the write needs. Nothing has changed; the client sends the command
    again (`broken`, 503)."""

    def __init__(self) -> None:
        super().__init__("broken", locked=True, retry_after=_RETRY_AFTER)


def is_locked(error: BaseException) -> bool:
    """Returns whether a statement failed because another transaction holds a lock."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if getattr(cause, "sqlstate", None) in _LOCKED_STATES:
        return True
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF == _SQLITE_BUSY


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Limits how many seconds this green thread waits for locks inside the block: for work that can be done later."""
    before = _patience()
    _state.patience = seconds
    try:
        yield
    finally:
        _state.patience = before


def _patience() -> float:
    return float(getattr(_state, "patience", PATIENCE))


def take(line: int, attempt: Callable[[], _T]) -> _T:
    """Returns what `attempt` returns once it no longer raises `Locked`. Raises `Locked` after too long a wait.

    `attempt` takes the lock or leaves no transaction open. `line` names the lock: those that wait for the same one get it in
    the order in which they asked, and only one of them tries at a time.
    """
    latest = _latest()
    mine = _lines.setdefault(line, threading.Lock())
    if not mine.acquire(timeout=max(0.0, latest - time.monotonic())):
        raise Locked
    try:
        return _until(latest, attempt)
    finally:
        mine.release()


def again(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Returns the function so that it is run again when a statement inside met a held lock; it must be one whole write."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        outer, _state.latest = getattr(_state, "latest", None), _latest()
        try:
            return _until(_state.latest, lambda: function(*args, **kwargs))
        finally:
            _state.latest = outer

    return run


def _latest() -> float:
    """Returns the moment at which the wait ends: a wait inside another wait ends with the outer one."""
    outer: float | None = getattr(_state, "latest", None)
    return time.monotonic() + _patience() if outer is None else outer


def _until(latest: float, attempt: Callable[[], _T]) -> _T:
    pause = _FIRST_PAUSE
    while True:
        try:
            return attempt()
        except Locked:
            if time.monotonic() + pause > latest:
                raise
        socketio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
