"""Which of several processes carries out a workshop's commands: a row in the table `lease`, renewed each second.

A lease makes things fast and decides nothing: the row lock of the workshop stays, so two processes that both believe they
hold it are slow and no more. All times are compared by the database's own clock. No statement waits for a row: a lock that
is met ends it after `extensions.LOCK_TIMEOUT`, and this process then goes on without leases for a moment.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

from sqlalchemy import text

from workshop import faults, metrics
from workshop.extensions import db

#: how long a lease holds without being renewed, seconds: whoever takes over after a death waits no longer
LENGTH = 3.0
#: between two renewals, seconds
BEAT = 1.0
#: a workshop that nobody here is connected to, and that got no command for so long, is let go, seconds
IDLE = 30.0
#: how long no statement about leases is tried after one has failed, seconds
_REST = 1.0
_ASKING, _RENEWING = "asking who holds a workshop", "renewing leases"

_UNTIL = "clock_timestamp() + make_interval(secs => :length)"
_TAKE = text(
    f"INSERT INTO lease (workshop_id, holder, until) VALUES (:workshop, :me, {_UNTIL}) "
    "ON CONFLICT (workshop_id) DO UPDATE SET holder = excluded.holder, until = excluded.until "
    "WHERE lease.until < clock_timestamp() OR lease.holder = excluded.holder RETURNING workshop_id"
)
#: one row at least, so that the clock is always told
_READ = text(
    "SELECT extract(epoch FROM clock_timestamp()), lease.workshop_id, lease.holder, "
    "extract(epoch FROM lease.until - clock_timestamp()) FROM (SELECT 1) AS one "
    "LEFT JOIN lease ON lease.workshop_id = ANY(:workshops) AND lease.until > clock_timestamp()"
)
_RENEW = text(
    f"UPDATE lease SET until = {_UNTIL} WHERE workshop_id IN (SELECT workshop_id FROM lease "
    "WHERE holder = :me AND workshop_id = ANY(:workshops) FOR UPDATE SKIP LOCKED) RETURNING workshop_id"
)
_GIVE_BACK = text("DELETE FROM lease WHERE holder = :me AND workshop_id = ANY(:workshops)")
_HAND_OVER = text(
    f"UPDATE lease SET holder = :other, until = {_UNTIL} WHERE holder = :me AND workshop_id = :workshop RETURNING workshop_id"
)
_CLEAR = text("DELETE FROM lease WHERE until < clock_timestamp() - interval '1 hour'")


class Leases:
    """The leases of this process, and what it knows of the others'. Moments are those of the monotonic clock."""

    def __init__(self, process: str) -> None:
        self.process = process
        #: workshops that this process holds, and until when
        self.held: dict[int, float] = {}
        #: who else holds a workshop, and until when
        self.others: dict[int, tuple[str, float]] = {}
        #: when a workshop last got a command
        self.used: dict[int, float] = {}
        #: seconds of the database's clock beyond the monotonic one
        self._ahead: float | None = None
        self._rests_until = 0.0

    def holder(self, workshop_id: int) -> str | None:
        """Returns the process that holds the workshop: this one, which takes a lease that is free, or another. None where
        the database does not tell, or somebody was quicker: then whoever asks does without."""
        moment = time.monotonic()
        self.used[workshop_id] = moment
        if self.held.get(workshop_id, 0.0) > moment:
            return self.process
        name, until = self.others.get(workshop_id, ("", 0.0))
        if until > moment:
            return name
        if moment < self._rests_until:
            return None
        with faults.survived(_ASKING, trace=False) as attempt:
            self._ask(workshop_id, moment)
        self._note(attempt)
        if self.held.get(workshop_id, 0.0) > moment:
            return self.process
        name, until = self.others.get(workshop_id, ("", 0.0))
        return name if until > moment else None

    def _ask(self, workshop_id: int, moment: float) -> None:
        """Reads who holds it, which waits for nobody; and takes it if nobody does."""
        self._read([workshop_id])
        if workshop_id not in self.others and self._run(_TAKE, workshop=workshop_id, length=LENGTH):
            self.held[workshop_id] = moment + LENGTH
            self._count()

    def database_time(self) -> float | None:
        """Returns the time by the database's clock, seconds of Unix time; None while it is not known."""
        return None if self._ahead is None else time.monotonic() + self._ahead

    def beat(self, connected: Collection[int]) -> None:
        """Renews what is held, lets go what nobody needs, and reads who holds the other workshops that somebody here is
        connected to. To be called each `BEAT`."""
        moment = time.monotonic()
        quiet = {one for one, at in self.used.items() if one not in connected and moment - at > IDLE}
        for workshop_id in quiet:
            del self.used[workshop_id]
        with faults.survived(_RENEWING, trace=False) as attempt:
            self.give_back(quiet & self.held.keys())
            renewed = self._renew(moment)
            self._read(sorted((set(connected) | self.held.keys()) - renewed))
        self._note(attempt)

    def clear(self) -> None:
        """Deletes rows that have been of no effect for an hour."""
        with faults.survived("clearing old leases", trace=False):
            self._run(_CLEAR)

    def give_back(self, workshops: Collection[int]) -> None:
        """Lets others take these workshops at once."""
        if workshops:
            self._run(_GIVE_BACK, workshops=list(workshops))
            for workshop_id in list(workshops):
                self.held.pop(workshop_id, None)
            self._count()

    def give_back_all(self) -> None:
        """Lets others take every workshop of this process at once: it ends."""
        with faults.survived("giving leases back", trace=False):
            self.give_back(list(self.held))

    def hand_over(self, workshop_id: int, process: str) -> None:
        """Makes another process the holder; it learns so at its next beat."""
        with faults.survived("handing a lease over", trace=False):
            moment = time.monotonic()
            if self._run(_HAND_OVER, workshop=workshop_id, other=process, length=LENGTH):
                self.others[workshop_id] = (process, moment + LENGTH)
            self.held.pop(workshop_id, None)
            self._count()

    def _renew(self, moment: float) -> set[int]:
        """Returns the workshops that are held for another while. What another statement locks just now is left out."""
        if not self.held:
            return set()
        renewed = {row[0] for row in self._run(_RENEW, workshops=list(self.held), length=LENGTH)}
        self.held.update(dict.fromkeys(renewed, moment + LENGTH))
        return renewed

    def _read(self, workshops: list[int]) -> None:
        """Notes who holds these workshops, and the database's clock."""
        asked = time.monotonic()
        rows = self._run(_READ, workshops=workshops)
        self._ahead = float(rows[0][0]) - asked
        self.others = {one: found for one, found in self.others.items() if found[1] > asked and one not in workshops}
        for workshop_id in workshops:
            self.held.pop(workshop_id, None)
        for _clock, workshop_id, holder, left in rows:
            if holder == self.process:
                self.held[workshop_id] = asked + float(left)
            elif holder is not None:
                self.others[workshop_id] = (holder, asked + float(left))
        self._count()

    def _run(self, statement: Any, **values: Any) -> list[Any]:
        """Returns the rows of one statement in a transaction of its own."""
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            found = connection.execute(statement, {"me": self.process, **values})
            return list(found) if found.returns_rows else []

    def _note(self, attempt: faults.Attempt) -> None:
        if not attempt.ok:
            self._rests_until = time.monotonic() + _REST

    def _count(self) -> None:
        metrics.leases.set(len(self.held))
