"""Read by every Python that `make test-dates` starts: lets a program wait while libfaketime moves its clock.

libfaketime 0.9.10 moves the end of a wait that is given as a time of the monotonic clock, which it was told to leave alone:
`time.sleep` of Python 3.11 and later waits so, and fails with "Invalid argument". `select` is given a length of time.
"""

from __future__ import annotations

import select
import time


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = _sleep
