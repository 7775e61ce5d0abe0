"""Who voted openly, why, and what each of them chose."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.export.document.figures import Reference


@dataclass(frozen=True)
class OpenGroup:
    """A group that voted by name. `why` is "declared" (announced for the step before the vote opened) or "agreed" (each of
    its members who could vote had agreed)."""

    key: str
    name: str
    why: str


@dataclass(frozen=True)
class Choice:
    """One choice on a ballot. `value` is a number for approvals and dots, and `agree`, `pass` or `disagree` for positions."""

    option: Reference
    value: int | str


@dataclass(frozen=True)
class NamedVote:
    """The vote of one member of a group that voted openly: a stance with its reason, or the choices on a ballot.

    `name` is None where it has been erased; the vote still counts, as that of an unnamed member. `key` and `group` are the
    group's key and name.
    """

    name: str | None
    key: str
    group: str
    stance: str | None = None
    reason: str = ""
    choices: tuple[Choice, ...] = ()
