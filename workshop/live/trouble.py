"""Whether the database can be written, told to every screen while it cannot (docs/protocol.md, `trouble`).

The ticker tries a write from time to time (`health`), each second once something has failed. A lock is told of at the second
try: another program may hold it for a moment.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from workshop.extensions import socketio
from workshop.live.connections import Connections, room_name
from workshop.screens import AUDIENCES

#: seconds between two tries while all is well
_SECONDS_BETWEEN_TRIES = 5
_log = logging.getLogger(__name__)


@dataclass
class Trouble:
    """`reason` is why the database cannot be written (`database_faults.REASONS`), None while it can."""

    connections: Connections
    reason: str | None = None
    #: a write has failed: the next second tries again
    suspected: bool = False
    #: workshop and audience -> the reason that was told there
    told: dict[tuple[int, str], str] = field(default_factory=dict)
    #: where somebody has connected who was told nothing yet
    _newcomers: set[tuple[int, str]] = field(default_factory=set)

    def is_due(self, ticks: int) -> bool:
        """Returns whether a write is to be tried in this second. Where nobody is connected nobody needs to be told."""
        watched = bool(self.connections.by_sid) and ticks % _SECONDS_BETWEEN_TRIES == 0
        return watched or self.suspected or self.reason is not None

    def note(self, found: str | None) -> None:
        """Notes the result of a try: None, or the reason why the write failed."""
        if found == "locked" and self.reason is None and not self.suspected:
            self.suspected = True
            return
        self.suspected = False
        if found == self.reason:
            return
        self.reason = found
        if found is None:
            _log.warning("the database can be written again")
        else:
            _log.error("the database cannot be written (%s): reads go on, and every screen is told", found)

    def tell(self) -> None:
        """Sends `trouble` to each audience that was told something else, or nothing."""
        for workshop_id in list(self.connections.by_workshop):
            for audience in AUDIENCES:
                key = (workshop_id, audience)
                if self.told.get(key) == self.reason and (self.reason is None or key not in self._newcomers):
                    continue
                if self.reason is None:
                    del self.told[key]
                else:
                    self.told[key] = self.reason
                socketio.emit("trouble", {"reason": self.reason}, to=room_name(audience, workshop_id))
        self._newcomers.clear()

    def someone_new(self, workshop_id: int, audience: str) -> None:
        """Makes it be told once more: a new connection has heard nothing yet."""
        self._newcomers.add((workshop_id, audience))

    def forget(self, workshop_id: int) -> None:
        """Drops what is stored of a workshop nobody is connected to."""
        for audience in AUDIENCES:
            self.told.pop((workshop_id, audience), None)
