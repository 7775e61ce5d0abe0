"""Presence: who is here, gathered and told at most once a second (docs/protocol.md)."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from redis import ConnectionError as RedisConnectionError
from redis import Redis
from sqlalchemy import and_, select

from ..clock import now, stamp
from ..commands.voters import group_checks
from ..extensions import db, socketio
from ..identity import HELPER
from ..models import Group, Participant, Workshop
from ..screens.voice import voice
from .connections import Connections, room_name

#: somebody whose connection broke this recently and who is not back is "stuck"
_STUCK_SECONDS = 120
_FRESH_SECONDS = 5
_VOICE_SECONDS = 5
_QUIET_SECONDS = 15


@dataclass
class _Voice:
    """Who is heard, as it stood at a number of the workshop's clock."""

    clock: int
    at: float
    found: dict[str, Any]


@dataclass
class Presence:
    """Counts the people with an open socket in every process, and tells both audiences."""

    connections: Connections
    redis: Redis | None = None
    process: str = field(default_factory=lambda: uuid.uuid4().hex)
    #: workshop -> person -> when the last socket broke
    lost: dict[int, dict[int, float]] = field(default_factory=dict)
    told: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    voices: dict[int, _Voice] = field(default_factory=dict)

    def note_lost(self, workshop_id: int, participant_id: int) -> None:
        """A person's last socket has gone."""
        self.lost.setdefault(workshop_id, {})[participant_id] = time.monotonic()

    def someone_new(self, workshop_id: int, audience: str) -> None:
        """A new connection has been told nothing yet: the next telling reaches everybody, changed or not."""
        self.told.pop((workshop_id, audience), None)

    def tell(self, workshop_id: int) -> None:
        """Send presence to both audiences where it has changed."""
        here, writing = self._gather(workshop_id)
        found = {
            audience: self.counts(workshop_id, here, writing, audience) for audience in ("room", "facilitator")
        }
        db.session.remove()
        for audience, counts in found.items():
            if self.told.get((workshop_id, audience)) == counts:
                continue
            self.told[workshop_id, audience] = counts
            socketio.emit("presence", {**counts, "now": stamp(now())}, to=room_name(audience, workshop_id))

    def counts(self, workshop_id: int, here: set[int], writing: int, audience: str) -> dict[str, Any]:
        """`{here, joined, by_group, writing}`; facilitators also get `stuck` and `voice`. Seats marked present are here too.
        For the room, groups under the privacy minimum are left out of `by_group`."""
        minimum = db.session.scalar(select(Workshop.privacy_minimum).where(Workshop.id == workshop_id)) or 0
        joined = 0
        by_group: dict[str, int] = {}
        sizes: dict[str, int] = {}
        rows = db.session.execute(
            select(Participant.id, Group.key, and_(Participant.role == HELPER, Participant.present))
            .join(Group, Group.id == Participant.group_id)
            .where(Participant.workshop_id == workshop_id, Participant.state == "active")
        )
        present: set[int] = set()
        for person, key, on_seat in rows:
            joined += 1
            sizes[key] = sizes.get(key, 0) + 1
            if person in here or on_seat:
                present.add(person)
                by_group[key] = by_group.get(key, 0) + 1
        if audience == "room":
            by_group = {key: count for key, count in by_group.items() if sizes[key] >= minimum}
        counts: dict[str, Any] = {
            "here": len(present),
            "joined": joined,
            "by_group": by_group,
            "writing": writing,
        }
        if audience == "facilitator":
            counts["stuck"] = self._stuck(workshop_id, here)
            counts["voice"] = self._voice(workshop_id)
        return counts

    def _voice(self, workshop_id: int) -> dict[str, Any]:
        """Who is heard, and W01 and W02 of the groups: reckoned anew when something has happened, at most every few seconds,
        and now and then although nothing has, for reading and falling away move no clock."""
        clock = db.session.scalar(select(Workshop.clock).where(Workshop.id == workshop_id)) or 0
        kept = self.voices.get(workshop_id)
        moment = time.monotonic()
        age = moment - kept.at if kept else _QUIET_SECONDS
        if kept is None or age >= _QUIET_SECONDS or (kept.clock != clock and age >= _VOICE_SECONDS):
            found = voice(workshop_id) | {"checks": group_checks(db.session.get_one(Workshop, workshop_id), now())}
            kept = self.voices[workshop_id] = _Voice(clock, moment, found)
        return kept.found

    def _stuck(self, workshop_id: int, here: set[int]) -> int:
        lost = self.lost.get(workshop_id, {})
        limit = time.monotonic() - _STUCK_SECONDS
        for person in [p for p, since in lost.items() if since < limit or p in here]:
            del lost[person]
        return len(lost)

    def _gather(self, workshop_id: int) -> tuple[set[int], int]:
        """The people here and how many are writing, over all processes."""
        here = self.connections.participants(workshop_id)
        writing = {
            connection.actor.participant_id for connection in self.connections.of(workshop_id) if connection.writing
        }
        if self.redis is None:
            return here, len(writing)
        key = f"rundbord:presence:{workshop_id}"
        mine = {"at": time.time(), "here": sorted(here), "writing": len(writing)}
        total = 0
        everybody: set[int] = set()
        try:
            self.redis.hset(key, self.process, json.dumps(mine))
            self.redis.expire(key, 60)
            for text in self.redis.hgetall(key).values():
                part = json.loads(text)
                if part["at"] >= time.time() - _FRESH_SECONDS:
                    everybody.update(part["here"])
                    total += part["writing"]
        except RedisConnectionError:
            return here, len(writing)
        return everybody, total
