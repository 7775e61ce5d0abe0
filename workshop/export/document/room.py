"""The frame of the workshop: the mandate, who was in the room, the ground rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workshop.export.document.figures import Figure


@dataclass(frozen=True)
class Mandate:
    """Who asked, who answers and by when, and what the room may decide."""

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
    """One effective group in the room; small groups are merged into one. `marks` are the numbers of its groups' drawn marks, 0
    for none."""

    keys: tuple[str, ...]
    name: str
    people: Figure
    required: bool
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Attended:
    """How many of one effective group had joined, and how many were present, at one sample of attendance. A number under the
    privacy minimum is given as "at most" one less than the minimum."""

    name: str
    joined: Figure
    present: Figure


@dataclass(frozen=True)
class Look:
    """One sample of attendance. `step` is the title of the step that began then, if one did."""

    at: datetime
    step: str | None
    groups: tuple[Attended, ...]


@dataclass(frozen=True)
class Room:
    """Who was in the room, per group. `absent` are the groups of the workshop that nobody joined; `attendance` are samples at
    the start of each step and at the end."""

    groups: tuple[Presence, ...]
    absent: tuple[str, ...]
    people: Figure
    privacy_minimum: int
    attendance: tuple[Look, ...] = ()


@dataclass(frozen=True)
class GroundRules:
    """The rules the room worked by, and the result of the rounds of consent on them. `outcome` is None if none was held."""

    text: str
    outcome: str | None = None
    rounds: int = 0
    objections: tuple[str, ...] = ()
