"""Reads what has changed after each commit and sends it (docs/architecture.md, laws 4, 6 and 8).

There is one pump per workshop and process. The first change is sent at once; changes that follow quickly are gathered, for
longer the more it costs to tell the room. With Redis, a commit in one process wakes the pumps of the others.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from workshop import screens
from workshop.clock import now, stamp
from workshop.extensions import db, socketio
from workshop.identity import HELPER
from workshop.live import endings
from workshop.live.bus import Bus
from workshop.live.connections import Connection, Connections, room_name
from workshop.live.pacing import Beat
from workshop.models import Participant, Token, Workshop

#: for so many people at most `mine` is read at a time, so that requests meanwhile do not wait long
_PEOPLE_AT_ONCE = 250
_log = logging.getLogger(__name__)


def _is_turnout(found: dict[str, Any]) -> bool:
    """Returns whether nothing has changed but how many have voted."""
    return not found["gone"] and all(record["kind"] == "turnout" for record in found["put"])


def _batches(items: list[Any], size: int) -> list[list[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _shows_promises(workshop_id: int, audience: str) -> bool:
    """Returns whether an audience shows where the promises stand: it is told of every command, also of one that changes no
    record, and then asks `GET /api/standing` again."""
    return audience != screens.ROOM and db.session.get_one(Workshop, workshop_id).state == "closed"


@dataclass
class Pump:
    """The state of one workshop's feed in this process. `sent` is the clock up to which each audience has the changes."""

    sent: dict[str, int] = field(default_factory=dict)
    mine_sent: int = 0
    #: the newest clock that was read and sent
    looked: int = 0
    running: bool = False
    dirty: bool = False
    #: seconds after which to look again for what has been held back; 0 if nothing has
    held: float = 0.0
    beat: Beat = field(default_factory=Beat)


class Feed:
    """Sends what has been committed to this process's connections."""

    def __init__(self, app: Flask, connections: Connections, bus: Bus | None) -> None:
        self.app = app
        self.connections = connections
        self.bus = bus
        self.pumps: dict[int, Pump] = {}

    def start(self) -> None:
        """Starts to listen for the commits of other processes, if there is a bus."""
        if self.bus is not None:
            self.bus.start(self.wake)

    def on_committed(self, _sender: Any, workshop_id: int, seq: int) -> None:
        """Receives `store.committed`, after the commit and outside the lock."""
        self.wake(workshop_id)
        if self.bus is not None:
            self.bus.publish(workshop_id, seq)

    def wake(self, workshop_id: int) -> None:
        """Makes the workshop's pump read again, and starts it if it is not running."""
        if workshop_id not in self.connections.by_workshop:
            self.pumps.pop(workshop_id, None)
            return
        pump = self.pumps.setdefault(workshop_id, Pump())
        pump.dirty = True
        if not pump.running:
            pump.running = True
            socketio.start_background_task(self._run, workshop_id, pump)

    def forget(self, workshop_id: int) -> None:
        """Drops the pump of a workshop that nobody is connected to."""
        self.pumps.pop(workshop_id, None)

    def enter(self, workshop_id: int, audience: str) -> None:
        """Registers an audience before a connection's first read: from here on it is sent every change."""
        pump = self.pumps.setdefault(workshop_id, Pump())
        if audience not in pump.sent:
            clock = db.session.scalar(select(Workshop.clock).where(Workshop.id == workshop_id)) or 0
            pump.sent[audience] = clock
            pump.mine_sent = pump.mine_sent or clock

    def check_clocks(self) -> None:
        """Wakes the pumps whose workshop has a newer clock than was sent: it was changed by the command line, or a message
        was lost. Closes connections whose end moved no clock: of a signed-out account or a deleted workshop."""
        rows = db.session.execute(select(Workshop.id, Workshop.clock).where(Workshop.id.in_(self.connections.by_workshop)))
        clocks = dict(rows.all())
        over = endings.signed_out(self.connections.by_sid.values())
        for workshop_id in list(self.connections.by_workshop):
            pump = self.pumps.get(workshop_id)
            if workshop_id not in clocks:
                over += [(connection, "ended") for connection in self.connections.of(workshop_id)]
            elif pump is not None and clocks[workshop_id] > pump.looked:
                self.wake(workshop_id)
        for connection, reason in over:
            endings.close(connection, reason)

    def _run(self, workshop_id: int, pump: Pump) -> None:
        try:
            # Those who wait for an answer come before those who are told of a change.
            socketio.sleep(0)
            while pump.dirty:
                pump.dirty = False
                began = time.process_time()
                with self.app.app_context():
                    told = self._push(workshop_id, pump)
                cost, before = time.process_time() - began, time.monotonic()
                if not (told or pump.held):
                    continue
                if not pump.held:
                    pump.beat.told(before, cost)
                pump.dirty = pump.dirty or pump.held > 0
                pause = max(pump.held, pump.beat.pause(cost))
                socketio.sleep(pause)
                pump.beat.late = max(0.0, time.monotonic() - before - pause)
        except SQLAlchemyError:
            _log.exception("the database did not answer the feed; it looks again in a second")
        finally:
            pump.running = False

    def _push(self, workshop_id: int, pump: Pump) -> bool:
        """Reads, closes the session, then sends: sending may yield, and no read transaction may stay open meanwhile.
        Returns whether anything was sent; if not, the next change is sent without a pause.

        Where only the turnout of votes has changed, it may be held back for a moment; the rest waits for nothing.
        The clocks are stored after the sending: after a database error in between, the ticker wakes the pump again."""
        deltas = []
        looked, pump.held = pump.looked, 0.0
        wait = pump.beat.turnout_waits(time.monotonic())
        present = {connection.actor.audience for connection in self.connections.of(workshop_id)}
        for audience in sorted(present & pump.sent.keys()):
            found = screens.live_changes(workshop_id, pump.sent[audience], audience)
            moved = found["to"] > pump.sent[audience]
            if wait and found["put"] and _is_turnout(found):
                pump.held = wait
            elif found["put"] or found["gone"] or (moved and _shows_promises(workshop_id, audience)):
                deltas.append((audience, found))
            looked = max(looked, found["to"])
        changed, newest = self._changed_people(workshop_id, pump.mine_sent)
        # Read last, so that it includes every ended token that the changes above belong to.
        ended = endings.ended(workshop_id, self.connections.of(workshop_id))
        db.session.remove()
        # Closed first and without yielding, so that an ended connection is not sent what follows.
        for connection, reason in ended:
            endings.close(connection, reason)
        for audience, found in deltas:
            socketio.emit("delta", {**found, "now": stamp(now())}, to=room_name(audience, workshop_id))
            pump.sent[audience] = found["to"]
            screens.follow(workshop_id, audience, found)
        for batch in _batches(changed, _PEOPLE_AT_ONCE):
            self._send_own(batch)
        pump.looked, pump.mine_sent = pump.looked if pump.held else looked, newest
        return bool(deltas or changed or ended)

    def _changed_people(self, workshop_id: int, since: int) -> tuple[list[tuple[Connection, int]], int]:
        """Returns the connections that are to be sent `mine`, each with its number; and the newest number of all."""
        rows = db.session.execute(
            select(Participant.id, Participant.mine_seq).where(
                Participant.workshop_id == workshop_id, Participant.mine_seq > since
            )
        )
        changed = dict(rows.all())
        devices = self._helpers_of(workshop_id, changed) if changed else {}
        found = []
        for connection in self.connections.of(workshop_id):
            person = connection.actor.participant_id
            seq = devices.get(connection.actor.token_id or 0) if person is None else changed.get(person)
            connection.mine_due = max(connection.mine_due, -1 if seq is None else seq)
            if connection.waits_for_own:
                found.append((connection, connection.mine_due))
        return found, max(changed.values(), default=since)

    def _helpers_of(self, workshop_id: int, changed: dict[int, int]) -> dict[int, int]:
        """Returns the newest number of the changed seats of each connected helper's device, by token."""
        devices = {
            connection.actor.token_id
            for connection in self.connections.of(workshop_id)
            if connection.actor.role == HELPER and connection.actor.participant_id is None
        }
        if not devices:
            return {}
        rows = db.session.execute(select(Token.parent_id, Token.participant_id).where(Token.parent_id.in_(devices)))
        newest: dict[int, int] = {}
        for device, seat in rows:
            if device is not None and seat in changed:
                newest[device] = max(newest.get(device, 0), changed[seat])
        return newest

    def _send_own(self, batch: list[tuple[Connection, int]]) -> None:
        """Reads the `mine` of many people by few statements, and sends them one by one."""
        here = [(connection, seq) for connection, seq in batch if connection.sid in self.connections.by_sid]
        own = screens.mine_of([connection.actor for connection, _ in here])
        db.session.remove()
        for (connection, seq), things in zip(here, own, strict=True):
            # Others may have run while it was read: an answer has told it since, or one is under way.
            if not connection.waits_for_own:
                continue
            connection.mine_seq = max(connection.mine_seq, seq)
            socketio.emit("mine", {"seq": seq, "mine": things}, to=connection.sid)
        socketio.sleep(0)
