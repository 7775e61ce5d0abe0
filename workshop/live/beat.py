"""How fast a room is told of changes: singly at once, in a burst gathered (docs/architecture.md, law 8)."""

from __future__ import annotations

_GATHER = 0.1
_GATHER_PER_CONNECTION = 0.0003
_LONGEST_WAIT = 2.0


class Beat:
    """One send per beat on average, and one more at once: what the server writes by itself (who is here over the day,
    a mood) must not make a person's idea wait for a burst that is none. Times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._due = 0.0
        #: how late the last wait ended: the server is behind with answering people, and telling everybody gives way
        self.late = 0.0

    def pause(self, connections: int, at: float) -> float:
        """Seconds to wait after a send at the moment `at` to a room of so many connections; 0 while it is ahead of the beat."""
        beat = _GATHER + _GATHER_PER_CONNECTION * connections + min(_LONGEST_WAIT, 3 * self.late)
        ahead = max(self._due - at, 0.0)
        self._due = at + ahead + beat
        return ahead
