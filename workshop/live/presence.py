"""Presence: who is connected, sent at most once a second (docs/protocol.md)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, select

from workshop.clock import now, stamp
from workshop.commands.votes.electorate import group_checks
from workshop.extensions import db, socketio
from workshop.identity import HELPER
from workshop.live.bus import Bus
from workshop.live.connections import Connections, room_name
from workshop.live.trouble import Trouble
from workshop.models import Group, Participant, Workshop
from workshop.screens import AUDIENCES, BOARD, FACILITATOR, ROOM
from workshop.screens.voice import ideas_so_far, voice

#: seconds for which somebody whose connection broke and who is not back counts as `stuck`
_STUCK_SECONDS = 120
#: the least seconds between two computations of the shares of voice, after a change and without one
_VOICE_SECONDS = 5
_QUIET_SECONDS = 15


@dataclass
class _Voice:
    """The shares of voice, with the workshop's clock and the monotonic time at which they were computed."""

    clock: int
    at: float
    found: dict[str, Any]


@dataclass
class Presence:
    """Counts the people with an open socket in all processes, and sends the counts to all audiences."""

    connections: Connections
    bus: Bus | None = None
    #: workshop -> participant -> when their last socket closed, on the monotonic clock
    lost: dict[int, dict[int, float]] = field(default_factory=dict)
    #: what was last sent, by workshop and audience
    told: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    voices: dict[int, _Voice] = field(default_factory=dict)
    #: workshop -> people whose last socket broke in another process
    lost_elsewhere: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trouble = Trouble(self.connections)

    def note_lost(self, workshop_id: int, participant_id: int) -> None:
        """Notes that a participant's last socket has closed."""
        self.lost.setdefault(workshop_id, {})[participant_id] = time.monotonic()

    def someone_new(self, workshop_id: int, audience: str) -> None:
        """Makes the next counts be sent even if unchanged: a new connection has received none yet."""
        self.told.pop((workshop_id, audience), None)
        self.trouble.someone_new(workshop_id, audience)

    def forget(self, workshop_id: int) -> None:
        """Drops what is stored of a workshop that nobody is connected to, except who was lost recently."""
        self.voices.pop(workshop_id, None)
        self.lost_elsewhere.pop(workshop_id, None)
        self.trouble.forget(workshop_id)
        for audience in AUDIENCES:
            self.told.pop((workshop_id, audience), None)

    def forget_lost(self) -> None:
        """Drops the people who were lost too long ago to be `stuck`, also of workshops without connections."""
        limit = time.monotonic() - _STUCK_SECONDS
        for workshop_id, people in list(self.lost.items()):
            kept = {person: since for person, since in people.items() if since >= limit}
            if kept:
                self.lost[workshop_id] = kept
            else:
                del self.lost[workshop_id]

    def tell(self, workshop_id: int) -> None:
        """Sends presence to each audience for which it has changed."""
        here, writing = self._gather(workshop_id)
        found = {audience: self.counts(workshop_id, here, writing, audience) for audience in (ROOM, FACILITATOR)}
        found[BOARD] = found[ROOM]
        db.session.remove()
        for audience, counts in found.items():
            if self.told.get((workshop_id, audience)) == counts:
                continue
            self.told[workshop_id, audience] = counts
            socketio.emit("presence", {**counts, "now": stamp(now())}, to=room_name(audience, workshop_id))

    def counts(self, workshop_id: int, here: set[int], writing: int, audience: str) -> dict[str, Any]:
        """Returns `{here, joined, by_group, writing}`, for facilitators also `stuck` and `voice`. `here` are the participants
        connected in any process; seats marked present count too. For other audiences than facilitators, groups under the
        privacy minimum are left out of `by_group` (docs/rules.md section 7)."""
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
        if audience != FACILITATOR:
            by_group = {key: count for key, count in by_group.items() if sizes[key] >= minimum}
        counts: dict[str, Any] = {
            "here": len(present),
            "joined": joined,
            "by_group": by_group,
            "writing": writing,
        }
        if audience == FACILITATOR:
            counts["stuck"] = self._stuck(workshop_id, here)
            counts["voice"] = self._voice(workshop_id)
        return counts

    def _voice(self, workshop_id: int) -> dict[str, Any]:
        """Returns the shares of voice with the checks W01 and W02 of the groups (docs/rules.md section 2). They are computed
        again `_VOICE_SECONDS` after a change at the earliest, and after `_QUIET_SECONDS` without one, because reading and
        leaving do not move the clock."""
        clock = db.session.scalar(select(Workshop.clock).where(Workshop.id == workshop_id)) or 0
        kept = self.voices.get(workshop_id)
        moment = time.monotonic()
        age = moment - kept.at if kept else _QUIET_SECONDS
        if kept is None or age >= _QUIET_SECONDS or (kept.clock != clock and age >= _VOICE_SECONDS):
            workshop = db.session.get(Workshop, workshop_id)
            if workshop is None:  # deleted a moment ago; `feed.check_clocks` closes its connections
                return {}
            more = {"checks": group_checks(workshop, now()), "ideas": ideas_so_far(workshop_id)}
            found = voice(workshop_id) | more
            kept = self.voices[workshop_id] = _Voice(clock, moment, found)
        return kept.found

    def _stuck(self, workshop_id: int, here: set[int]) -> int:
        lost = self.lost.get(workshop_id, {})
        limit = time.monotonic() - _STUCK_SECONDS
        for person in [p for p, since in lost.items() if since < limit or p in here]:
            del lost[person]
        if not lost:
            self.lost.pop(workshop_id, None)
        return len(lost.keys() | (self.lost_elsewhere.get(workshop_id, set()) - here))

    def _gather(self, workshop_id: int) -> tuple[set[int], int]:
        """Returns the participants who are connected and how many people are writing, in all processes."""
        here = self.connections.participants(workshop_id)
        writing = {
            connection.actor.participant_id
            for connection in self.connections.of(workshop_id)
            if connection.writing and connection.actor.participant_id is not None
        }
        told = None
        if self.bus is not None:
            lost = sorted(self.lost.get(workshop_id, ()))
            # `writing` is what earlier versions add up: while processes are replaced one by one both are there.
            mine = {"here": sorted(here), "writing": len(writing), "writers": sorted(writing), "lost": lost}
            told = self.bus.exchange(workshop_id, mine)
        self.lost_elsewhere[workshop_id] = {person for part in told or () for person in part.get("lost", ())}
        if told is None:
            return here, len(writing)
        everybody = {person for part in told for person in part["here"]}
        return everybody, len({person for part in told for person in part.get("writers", ())})
