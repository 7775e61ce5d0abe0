"""Decides when changes are sent to a room, so that sending costs at most a quarter of a core (docs/architecture.md, law 8)."""

from __future__ import annotations

#: the shortest pause, seconds
_SHORTEST = 0.02
#: a pause is this many times as long as the work before it, which leaves three quarters of a core for everything else
_SHARE = 3
#: the most seconds by which a late server lengthens a pause
_LONGEST_WAIT = 2.0
#: the least seconds between two messages that contain only how many have voted
_TURNOUT = 0.2
#: seconds after which the room is read again while such a message waits, because something else may have changed
_LOOK_AGAIN = 0.05


class Beat:
    """The pace of one room, computed from what sending to it has cost. Times are seconds of a monotonic clock, costs seconds
    of processor time."""

    def __init__(self) -> None:
        #: seconds by which the last wait ended late: a server that is behind answers requests first and sends less often
        self.late = 0.0
        self._turnout_due = 0.0

    def pause(self, cost: float) -> float:
        """Returns the seconds to wait after reading and sending have cost so much."""
        return max(_SHORTEST, _SHARE * cost) + min(_LONGEST_WAIT, _SHARE * self.late)

    def told(self, at: float, cost: float) -> None:
        """Notes that changes were sent to the room at the moment `at`. It delays the next message that contains only how many
        have voted."""
        self._turnout_due = at + max(_TURNOUT, _SHARE * cost)

    def turnout_waits(self, at: float) -> float:
        """Returns, where only the turnout has changed, after how many seconds to read the room again; 0 if the turnout may be
        sent now."""
        return min(max(self._turnout_due - at, 0.0), _LOOK_AGAIN)
