"""When changes are sent to a room: a single change at once, many changes gathered (docs/architecture.md, law 8)."""

from __future__ import annotations

_GATHER = 0.1
_GATHER_PER_CONNECTION = 0.0003
_LONGEST_WAIT = 2.0


class Beat:
    """Limits the sends to one room to one per interval on average, with one more at once: a single change by the server
    (attendance) must not delay the next user's change. Times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._due = 0.0
        #: by how much the last wait ended late: a server that is behind answers requests first and sends less often
        self.late = 0.0

    def pause(self, connections: int, at: float) -> float:
        """Returns the seconds to wait after a send at the moment `at` to so many connections; 0 if none was due yet."""
        beat = _GATHER + _GATHER_PER_CONNECTION * connections + min(_LONGEST_WAIT, 3 * self.late)
        ahead = max(self._due - at, 0.0)
        self._due = at + ahead + beat
        return ahead
