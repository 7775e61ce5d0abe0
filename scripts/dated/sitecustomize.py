"""Read by every Python that `make test-dates` starts: lets a program wait while libfaketime moves its clock.

libfaketime 0.9.10 moves the end of a wait that is given as a time of the monotonic clock, which it was told to leave alone:
`time.sleep` of Python 3.11 and later waits so, and fails with "Invalid argument". `select` is given a length of time.
"""

from __future__ import annotations

import sys
import time
from select import select
from types import ModuleType


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select([], [], [], seconds)


time.sleep = _sleep
# eventlet waits by a copy of the module that nothing has patched. It makes it unless it finds it here.
_original = ModuleType("time")
vars(_original).update(vars(time))
sys.modules["__original_module_time"] = _original
