"""When changes are sent to a room: as often as telling costs at most a quarter of a core (docs/architecture.md, law 8)."""

from __future__ import annotations

_SHORTEST = 0.02
#: pauses this many times as long as what was done before them leave three quarters of a core for everything else
_SHARE = 3
_LONGEST_WAIT = 2.0
#: the least seconds between two messages that tell of nothing but how many have voted
_TURNOUT = 0.2
#: while such a message waits, the room is looked at again after so many seconds: something else may have changed
_LOOK_AGAIN = 0.05


class Beat:
    """The pace of one room, from what telling it has cost. Times are seconds of a monotonic clock, costs those of the
    processor."""

    def __init__(self) -> None:
        #: by how much the last wait ended late: a server that is behind answers requests first and sends less often
        self.late = 0.0
        self._turnout_due = 0.0

    def pause(self, cost: float) -> float:
        """Returns the seconds to wait after reading and sending have cost so much."""
        return max(_SHORTEST, _SHARE * cost) + min(_LONGEST_WAIT, _SHARE * self.late)

    def told(self, at: float, cost: float) -> None:
        """Notes that the room was told at a moment: how many have voted, if that alone changes, is told again later."""
        self._turnout_due = at + max(_TURNOUT, _SHARE * cost)

    def turnout_waits(self, at: float) -> float:
        """Returns after how many seconds to look again where nothing but turnout has changed; 0 if it may be told now."""
        return min(max(self._turnout_due - at, 0.0), _LOOK_AGAIN)
