"""Counters of the rate limits, kept by a clock that nobody can set. A leaf.

The storage that comes with `limits` reads the wall clock: when that is set back by an hour, whoever reaches a limit is
refused for an hour.
"""

from __future__ import annotations

import threading
import time

from limits.storage import Storage

#: counters whose time is over are thrown away after so many new ones
_SWEEP = 1000


class MonotonicStorage(Storage):
    """Counters in memory; times are those of `time.monotonic`, also what `get_expiry` returns."""

    def __init__(self) -> None:
        super().__init__()
        self._counters: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()
        self._sweep_at = _SWEEP

    @property
    def base_exceptions(self) -> type[Exception]:
        """The exceptions of this storage, which has none of its own."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count; a counter begins anew `expiry` seconds after its first count. Returns the count."""
        moment = time.monotonic()
        with self._lock:
            count, until = self._counters.get(key, (0, 0.0))
            if until <= moment:
                count, until = 0, moment + expiry
            self._counters[key] = (count + amount, until)
            if len(self._counters) > self._sweep_at:
                self._counters = {name: one for name, one in self._counters.items() if one[1] > moment}
                self._sweep_at = len(self._counters) + _SWEEP
            return count + amount

    def get(self, key: str) -> int:
        """Returns the count of a counter whose time is not over, else 0."""
        count, until = self._counters.get(key, (0, 0.0))
        return count if until > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """Returns when the counter begins anew, on the monotonic clock."""
        return self._counters.get(key, (0, time.monotonic()))[1]

    def check(self) -> bool:
        """Returns True: memory is always there."""
        return True

    def reset(self) -> int:
        """Forget all counters; returns how many there were."""
        with self._lock:
            count = len(self._counters)
            self._counters = {}
            return count

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counters.pop(key, None)
