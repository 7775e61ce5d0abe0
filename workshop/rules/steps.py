"""The steps of a programme: their kinds, default minutes and settings, and the changes of state (docs/protocol.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

from workshop.rules.refusal import Refused

KINDS: tuple[str, ...] = (
    "welcome",
    "frame",
    "rules",
    "ideas",
    "themes",
    "ballot",
    "goals",
    "agreements",
    "decisions",
    "commitments",
    "closing",
    "break",
)

DEFAULT_MINUTES: dict[str, int] = {
    "welcome": 10,
    "frame": 10,
    "rules": 10,
    "ideas": 40,
    "themes": 25,
    "ballot": 15,
    "goals": 35,
    "agreements": 35,
    "decisions": 25,
    "commitments": 10,
    "closing": 10,
    "break": 20,
}
"""Minutes proposed for a step of each kind; a facilitator changes them freely."""

MOST_MINUTES = 14 * 24 * 60
"""The most minutes of a step: two weeks, so that one may stay open between two meetings."""

DEFAULT_SETTINGS: dict[str, dict[str, object]] = {
    "ideas": {"writing": "private"},
    "ballot": {"method": "approval"},
}
"""Settings that a new step of a kind starts with; kinds not named here start with none."""

WRITING: tuple[str, ...] = ("private", "open")
"""How ideas are written in an `ideas` step: seen only by their author until they are revealed, or by all at once."""

_MOVES: dict[str, tuple[str, frozenset[str]]] = {
    "start": ("running", frozenset({"waiting", "done"})),
    "extend": ("running", frozenset({"running"})),
    "finish": ("done", frozenset({"running"})),
    "remove": ("removed", frozenset({"waiting", "done"})),
}


def move(state: str, by: str) -> str:
    """Returns the state after `start`, `extend`, `finish` or `remove` (which gives `removed`).

    A step that is done may be started again. Raises `Refused("wrong_step")` with the fact `state` for a move that the state
    does not allow.
    """
    after, allowed = _MOVES[by]
    if state not in allowed:
        raise Refused("wrong_step", "step", state=state)
    return after


def check_kind(kind: str) -> str:
    """Returns the kind itself. Raises `Refused("malformed")` for one that does not exist."""
    if kind not in KINDS:
        raise Refused("malformed", "kind")
    return kind


def ends_at(now: datetime, minutes: int | None) -> datetime | None:
    """Returns when a step started now ends; None where it has no number of minutes."""
    return None if minutes is None else now + timedelta(minutes=minutes)


def extended(now: datetime, ends: datetime | None, minutes: int) -> datetime:
    """Returns the new end after adding minutes: from the old end, or from now where that has passed or was never set."""
    start = now if ends is None or ends < now else ends
    return start + timedelta(minutes=minutes)
