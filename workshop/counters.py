"""Counters of the rate limits, kept by a clock that nobody can set. A leaf.

A counter begins with its first hit and begins anew when its time is over. The wall clock would not do: when that is set
back by an hour, whoever reaches a limit is refused for an hour.
"""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

#: counters whose time is over are thrown away after so many new ones
_SWEEP = 1000


class Limit(NamedTuple):
    """So many hits in so many seconds."""

    amount: int
    seconds: float


class Counters:
    """Counts hits, for each limit and for whom they are counted. Times are those of `time.monotonic`."""

    def __init__(self) -> None:
        #: by limit and by whom it counts: how many hits, and when it begins anew
        self.kept: dict[tuple[object, ...], tuple[int, float]] = {}
        self._lock = threading.Lock()
        self._sweep_at = _SWEEP

    def hit(self, limit: Limit, *who: str) -> bool:
        """Counts one hit. Returns whether it was within the limit."""
        moment, key = time.monotonic(), (limit, who)
        with self._lock:
            count, until = self.kept.get(key, (0, 0.0))
            if until <= moment:
                count, until = 0, moment + limit.seconds
            self.kept[key] = (count + 1, until)
            if len(self.kept) > self._sweep_at:
                self.kept = {name: one for name, one in self.kept.items() if one[1] > moment}
                self._sweep_at = len(self.kept) + _SWEEP
        return count < limit.amount

    def has_room(self, limit: Limit, *who: str) -> bool:
        """Returns whether another hit would be within the limit; counts none."""
        count, until = self.kept.get((limit, who), (0, 0.0))
        return count < limit.amount or until <= time.monotonic()

    def seconds_left(self, limit: Limit, *who: str) -> float:
        """Returns after how many seconds the counter begins anew; 0 where there is none."""
        _count, until = self.kept.get((limit, who), (0, 0.0))
        return max(0.0, until - time.monotonic())

    def clear(self, limit: Limit, *who: str) -> None:
        """Forgets one counter."""
        self.kept.pop((limit, who), None)
