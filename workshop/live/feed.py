"""The feed: after each commit, read what has changed and send it (docs/architecture.md, laws 4, 6 and 8).

One pump per workshop and process. The first change goes out at once; a burst is gathered, longer as the room grows. With
Redis, a commit in one process wakes the pumps of the others.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from redis import ConnectionError as RedisConnectionError
from redis import Redis
from sqlalchemy import select

from .. import screens
from ..clock import now, stamp
from ..extensions import db, socketio
from ..identity import HELPER
from ..models import Participant, Token, Workshop
from .beat import Beat
from .connections import Connection, Connections, room_name

_CHANNEL = "rundbord:committed"
_PEOPLE_AT_ONCE = 25
_log = logging.getLogger(__name__)


def _batches(items: list[Any], size: int) -> list[list[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


@dataclass
class Pump:
    """The feed of one workshop in this process. `sent` is the clock each audience has been brought to."""

    sent: dict[str, int] = field(default_factory=dict)
    mine_sent: int = 0
    #: the newest clock it has read, or the ticker has woken it for
    looked: int = 0
    running: bool = False
    dirty: bool = False
    beat: Beat = field(default_factory=Beat)


class Feed:
    """Sends what has been committed to this process's connections."""

    def __init__(self, app: Flask, connections: Connections, redis: Redis | None) -> None:
        self.app = app
        self.connections = connections
        self.redis = redis
        self.pumps: dict[int, Pump] = {}

    def start(self) -> None:
        """Listen for the commits of other processes, where there are any."""
        if self.redis is not None:
            socketio.start_background_task(self._listen)

    def on_committed(self, _sender: Any, workshop_id: int, seq: int) -> None:
        """Receiver of `store.committed`: after the commit, outside the lock."""
        self.wake(workshop_id)
        if self.redis is not None:
            try:
                self.redis.publish(_CHANNEL, json.dumps({"workshop": workshop_id, "seq": seq}))
            except RedisConnectionError:
                _log.warning("redis does not answer: other processes learn of this change with their next one")

    def wake(self, workshop_id: int) -> None:
        """See that the workshop's pump looks once more."""
        if workshop_id not in self.connections.by_workshop:
            self.pumps.pop(workshop_id, None)
            return
        pump = self.pumps.setdefault(workshop_id, Pump())
        pump.dirty = True
        if not pump.running:
            pump.running = True
            socketio.start_background_task(self._run, workshop_id, pump)

    def enter(self, workshop_id: int, audience: str) -> None:
        """Called before a connection's first read: from here on the audience is owed every change."""
        pump = self.pumps.setdefault(workshop_id, Pump())
        if audience not in pump.sent:
            clock = db.session.scalar(select(Workshop.clock).where(Workshop.id == workshop_id)) or 0
            pump.sent[audience] = clock
            pump.mine_sent = pump.mine_sent or clock

    def look(self) -> None:
        """Wake the pumps whose workshop has moved on unheard: written by the command line, or a message was lost."""
        rows = db.session.execute(
            select(Workshop.id, Workshop.clock).where(Workshop.id.in_(self.connections.by_workshop))
        )
        for workshop_id, clock in rows:
            pump = self.pumps.get(workshop_id)
            if pump is not None and clock > pump.looked:
                pump.looked = clock
                self.wake(workshop_id)

    def _run(self, workshop_id: int, pump: Pump) -> None:
        try:
            while pump.dirty:
                pump.dirty = False
                with self.app.app_context():
                    sent = self._push(workshop_id, pump)
                if not sent:
                    continue
                size = len(self.connections.by_workshop.get(workshop_id, ()))
                before = time.monotonic()
                pause = pump.beat.pause(size, before)
                socketio.sleep(pause)
                pump.beat.late = max(0.0, time.monotonic() - before - pause)
        finally:
            pump.running = False

    def _push(self, workshop_id: int, pump: Pump) -> bool:
        """Read, close the session, then send: sending may yield, reading must not be held open meanwhile. Answers whether
        there was anything to send: where there was not, the next change need not wait for a burst to be gathered."""
        deltas = []
        present = {connection.actor.audience for connection in self.connections.of(workshop_id)}
        for audience in sorted(present & pump.sent.keys()):
            found = screens.changes(workshop_id, pump.sent[audience], audience)
            pump.looked = max(pump.looked, found["to"])
            if found["put"] or found["gone"]:
                deltas.append((audience, found))
        changed = self._changed_people(workshop_id, pump)
        ended = self._ended(workshop_id)
        db.session.remove()
        for audience, found in deltas:
            pump.sent[audience] = found["to"]
            socketio.emit("delta", {**found, "now": stamp(now())}, to=room_name(audience, workshop_id))
        for batch in _batches(changed, _PEOPLE_AT_ONCE):
            self._send_own(batch)
        for connection, reason in ended:
            self.close(connection, reason)
        return bool(deltas or changed or ended)

    def _changed_people(self, workshop_id: int, pump: Pump) -> list[tuple[Connection, int]]:
        """The connections of those whose own things changed and who have not got them with an answer."""
        rows = db.session.execute(
            select(Participant.id, Participant.mine_seq).where(
                Participant.workshop_id == workshop_id, Participant.mine_seq > pump.mine_sent
            )
        )
        changed = dict(rows.all())
        if not changed:
            return []
        pump.mine_sent = max(changed.values())
        devices = self._helpers_of(workshop_id, changed)
        found = []
        for connection in self.connections.of(workshop_id):
            person = connection.actor.participant_id
            seq = devices.get(connection.actor.token_id or 0) if person is None else changed.get(person)
            if seq is not None and connection.mine_seq < seq:
                found.append((connection, seq))
        return found

    def _helpers_of(self, workshop_id: int, changed: dict[int, int]) -> dict[int, int]:
        """The connected devices of helpers one of whose seats is among the changed, by token, and its newest number."""
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
            if seat in changed:
                newest[device] = max(newest.get(device, 0), changed[seat])
        return newest

    def _send_own(self, batch: list[tuple[Connection, int]]) -> None:
        """Read and send the `mine` of a few people, so that a vote that opens for a full hall holds nobody up."""
        payloads = []
        for connection, seq in batch:
            connection.mine_seq = max(connection.mine_seq, seq)
            payloads.append((connection, {"seq": seq, "mine": screens.mine(connection.actor)}))
        db.session.remove()
        for connection, payload in payloads:
            socketio.emit("mine", payload, to=connection.sid)
        socketio.sleep(0)

    def _ended(self, workshop_id: int) -> list[tuple[Connection, str]]:
        """The connections whose token has ended, and why: `removed` from the room, or `ended`."""
        ended = dict(
            db.session.execute(
                select(Token.id, Participant.state)
                .outerjoin(Participant, Participant.id == Token.participant_id)
                .where(Token.workshop_id == workshop_id, Token.ended_at.is_not(None))
            ).all()
        )
        return [
            (connection, "removed" if ended[connection.actor.token_id] == "removed" else "ended")
            for connection in self.connections.of(workshop_id)
            if connection.actor.token_id in ended
        ]

    def close(self, connection: Connection, reason: str) -> None:
        """Tell a connection that it is over, and end it."""
        socketio.emit("closed", {"reason": reason}, to=connection.sid)
        socketio.sleep(0)
        socketio.server.disconnect(connection.sid)

    def _listen(self) -> None:
        while True:
            try:
                assert self.redis is not None
                channel = self.redis.pubsub(ignore_subscribe_messages=True)
                channel.subscribe(_CHANNEL)
                for message in channel.listen():
                    self.wake(int(json.loads(message["data"])["workshop"]))
            except RedisConnectionError:
                _log.warning("redis does not answer; trying again in a second")
                socketio.sleep(1)
