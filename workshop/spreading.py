"""Which of the workshops that a process holds another one should hold, so that busy halls are carried by all. A leaf.

The load of a workshop is the number of its commands lately. Each process tells the others the sum of what it holds, once a
second. One that carries much more than another hands over one workshop, where that makes the two more equal.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any, NamedTuple

#: what is left of a load after a second: what happened half a minute ago counts little
_KEPT = 0.9
#: below so many commands a second a process has nothing to spare
_SMALL = 5.0 / (1 - _KEPT)
#: seconds between two workshops that are handed over: the loads must have shown what the last one did
_PAUSE = 15.0
#: a process that has told nothing for so long, seconds, is given nothing
_FRESH = 3.0


class _Other(NamedTuple):
    """What another process told: its load, the workshops somebody there is connected to, and when it was heard."""

    load: float
    rooms: frozenset[int]
    at: float


class Spread:
    """The loads of this process and of the others. Moments are those of the monotonic clock."""

    def __init__(self) -> None:
        self.loads: dict[int, float] = {}
        self._others: dict[str, _Other] = {}
        self._rests_until = 0.0

    def count(self, workshop_id: int) -> None:
        """Counts a command that is carried out here."""
        self.loads[workshop_id] = self.loads.get(workshop_id, 0.0) + 1

    def second(self, connected: Collection[int]) -> dict[str, Any]:
        """Lets a second pass. Returns what the other processes are told."""
        self.loads = {one: load * _KEPT for one, load in self.loads.items() if load > 0.1}
        return {"load": sum(self.loads.values()), "rooms": sorted(connected)}

    def heard(self, process: str, told: dict[str, Any]) -> None:
        """Notes what another process told."""
        moment = time.monotonic()
        self._others = {name: one for name, one in self._others.items() if moment - one.at < _FRESH}
        self._others[process] = _Other(float(told["load"]), frozenset(told["rooms"]), moment)

    def to_hand_over(self, held: Collection[int]) -> tuple[int, str] | None:
        """Returns a workshop and the process that should hold it, to which somebody there is connected; None where all is
        well. Twice its load must be less than what lies between the two: nothing goes to and fro."""
        moment, mine = time.monotonic(), sum(self.loads.values())
        if mine < _SMALL or moment < self._rests_until:
            return None
        fitting = [
            (self.loads[workshop_id], workshop_id, process)
            for process, other in self._others.items()
            if moment - other.at < _FRESH
            for workshop_id in other.rooms & set(held) & self.loads.keys()
            if 2 * self.loads[workshop_id] < 1.25 * (mine - other.load)
        ]
        if not fitting:
            return None
        _load, workshop_id, process = max(fitting)
        self._rests_until = moment + _PAUSE
        del self.loads[workshop_id]
        return workshop_id, process
