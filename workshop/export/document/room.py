"""The question's frame: the mandate, who was in the room, the ground rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workshop.export.document.figures import Figure


@dataclass(frozen=True)
class Mandate:
    """Who asked, who answers, and how far the room's word reaches."""

    commissioning_body: str
    receiving_body: str
    response_due: date | None
    participation_level: str
    promise: str
    decision_level: str
    fixed_frame: str
    negotiable: str


@dataclass(frozen=True)
class Presence:
    """One effective group in the room: small groups stand together; `marks` are the drawn marks, 0 is none."""

    keys: tuple[str, ...]
    name: str
    people: Figure
    required: bool
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Attended:
    """How many of one effective group had joined, and how many were there, at one look at the room. A number under the privacy
    minimum stands as "at most" the number before it."""

    name: str
    joined: Figure
    present: Figure


@dataclass(frozen=True)
class Look:
    """One look at the room over the day. `step` is the title of the step that began just then, if one did."""

    at: datetime
    step: str | None
    groups: tuple[Attended, ...]


@dataclass(frozen=True)
class Room:
    """Who was in the room, per group. `absent` are groups of the workshop in which nobody was; `attendance` is who was there
    over the day, at the start of each step and at the end."""

    groups: tuple[Presence, ...]
    absent: tuple[str, ...]
    people: Figure
    privacy_minimum: int
    attendance: tuple[Look, ...] = ()


@dataclass(frozen=True)
class GroundRules:
    """The rules the room worked by, and how consent went. `outcome` is None when no round was held."""

    text: str
    outcome: str | None = None
    rounds: int = 0
    objections: tuple[str, ...] = ()
