"""Lets work continue after an exception, and logs a repeated exception once.

Work that runs periodically or as long as the server does (the ticker, the listener of Redis) must survive every exception,
also an unexpected one. A fault that comes back each second is logged once, and once more when the work succeeds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

#: seconds after a logged recovery during which a new failure of the same work is not logged
QUIET = 60.0
_log = logging.getLogger(__name__)


@dataclass
class _Failing:
    """Work that fails at present. `told`: the kinds of exception that have been logged."""

    told: set[str] = field(default_factory=set)


_failing: dict[str, _Failing] = {}
#: when the recovery of a piece of work was last logged, on the monotonic clock
_recovered: dict[str, float] = {}


@dataclass
class Attempt:
    """Whether the block of `survived` ended without an exception, and with which one it did not."""

    ok: bool = False
    error: Exception | None = None


@contextmanager
def survived(work: str, *, trace: bool = True) -> Iterator[Attempt]:
    """Runs a block and swallows its exception, which is logged once under the name `work`.

    `trace=False` logs the exception without its traceback: for faults outside the program, such as an unreachable Redis.
    """
    attempt = Attempt()
    try:
        yield attempt
    except Exception as error:  # noqa: BLE001 - also an unexpected exception must not end the work
        attempt.error = error
        failed(work, error, trace=trace)
    else:
        attempt.ok = True
        worked(work)


def failed(work: str, error: Exception, *, trace: bool = True) -> None:
    """Notes that the work failed; logs it the first time, and for each new kind of exception."""
    state = _failing.setdefault(work, _Failing())
    kind = type(error).__name__
    if kind in state.told or (not state.told and _lately(work)):
        return
    state.told.add(kind)
    if trace:
        _log.error("%s failed; it goes on, and this is not told again until it works", work, exc_info=error)
    else:
        _log.warning("%s failed (%s: %s); it is tried again, and this is not told again until it works", work, kind, error)


def worked(work: str) -> None:
    """Notes that the work succeeded; logs it if a failure was logged before."""
    state = _failing.pop(work, None)
    if state is not None and state.told:
        _recovered[work] = time.monotonic()
        _log.warning("%s works again", work)


def _lately(work: str) -> bool:
    """Returns whether the recovery of the work was logged within the last minute."""
    at = _recovered.get(work)
    return at is not None and time.monotonic() - at < QUIET
