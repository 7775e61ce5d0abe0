"""The open connections of this process, in memory."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from workshop.identity import HELPER, Actor


@dataclass
class Connection:
    """One socket. `mine_seq` is the newest `mine` it has been sent and `mine_due` the newest there is, as far as the feed
    knows; `asking` how many of its commands are under way; `writing` whether a text is being written."""

    sid: str
    actor: Actor
    mine_seq: int = -1
    mine_due: int = -1
    asking: int = 0
    writing: bool = False
    #: when it last sent a message, seconds of a monotonic clock
    heard: float = field(default_factory=time.monotonic)

    @property
    def person(self) -> int | None:
        """Returns the participant who uses this connection; None for other roles, also for a helper who acts for a seat."""
        return self.actor.participant_id if self.actor.role != HELPER else None

    def note_answer(self, answer: dict[str, Any]) -> None:
        """Notes the number of the `mine` in an answer, so that the pump does not send it again."""
        if "mine" in answer:
            self.mine_seq = max(self.mine_seq, answer["mine"]["seq"])

    @property
    def waits_for_own(self) -> bool:
        """Returns whether it is to be sent `mine` by itself. While one of its commands is under way it is not: the answer
        holds `mine`, and comes later than the news of the commit where another process carries the command out."""
        return self.mine_seq < self.mine_due and not self.asking

    @property
    def workshop_id(self) -> int:
        """Returns the workshop of the connection; a socket without one is refused."""
        assert self.actor.workshop_id is not None
        return self.actor.workshop_id


@dataclass
class Connections:
    """All sockets of this process, by socket and by workshop."""

    by_sid: dict[str, Connection] = field(default_factory=dict)
    by_workshop: dict[int, dict[str, Connection]] = field(default_factory=dict)
    #: participants who have connected since the ticker last stored who is active
    seen: set[int] = field(default_factory=set)

    def add(self, connection: Connection) -> None:
        """Adds a socket that has been let in."""
        self.by_sid[connection.sid] = connection
        self.by_workshop.setdefault(connection.workshop_id, {})[connection.sid] = connection

    def remove(self, sid: str) -> Connection | None:
        """Removes a socket. Returns it, or None where it is not among the connections."""
        connection = self.by_sid.pop(sid, None)
        if connection is None:
            return None
        room = self.by_workshop.get(connection.workshop_id, {})
        room.pop(sid, None)
        if not room:
            self.by_workshop.pop(connection.workshop_id, None)
        return connection

    def of(self, workshop_id: int) -> list[Connection]:
        """Returns the sockets of one workshop."""
        return list(self.by_workshop.get(workshop_id, {}).values())

    def participants(self, workshop_id: int) -> set[int]:
        """Returns the participants with at least one open socket; a second tab counts once."""
        return {connection.person for connection in self.of(workshop_id) if connection.person is not None}

    def of_token(self, connection: Connection) -> list[Connection]:
        """Returns the sockets of a connection's token in its workshop, the one that has been silent longest first."""
        same = [one for one in self.of(connection.workshop_id) if one.actor.token_id == connection.actor.token_id]
        return sorted(same, key=lambda one: one.heard)

    def facilitators(self) -> set[int]:
        """Returns the tokens of all connected facilitators of this process."""
        return {
            connection.actor.token_id
            for connection in self.by_sid.values()
            if connection.actor.token_id is not None and connection.actor.audience == "facilitator"
        }

    def everybody(self) -> set[int]:
        """Returns all connected participants of this process."""
        return {connection.person for connection in self.by_sid.values() if connection.person is not None}


def room_name(audience: str, workshop_id: int) -> str:
    """Returns the name of the Socket.IO room of an audience."""
    return f"{audience}:{workshop_id}"
