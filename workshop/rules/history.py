"""The history of a text: its versions, gathered into what was written in one go (docs/rules.md section 1).

An editor saves while somebody types, so one sentence may take ten versions. They are shown as one change, called a stretch.
A stretch ends where the role or the cause changes, and after a version that a decision was bound to. The "version 3" that
people read is the number of an edition, which counts stretches and not savings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol

from workshop.rules.fields import FIELDS, is_open
from workshop.rules.rows import same

ONE_GO = timedelta(minutes=5)
"""A longer pause between two savings ends a stretch."""
GATHERED = "editor"
"""The only cause that is gathered: each amendment and each correction is a stretch by itself."""
FIRST = "drafted"
"""The cause of a text's first version."""


class Saved(Protocol):
    """The properties of a version that tell whether it continues the one before it."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by_role(self) -> str: ...
    @property
    def cause(self) -> str: ...


@dataclass(frozen=True)
class Version:
    """One version: when and by which role it was made, why, and its fields. `confirmed_by` is the role of the person who
    confirmed a correction of the language."""

    number: int
    at: datetime
    by_role: str
    cause: str
    content: Mapping[str, Any]
    reason: str = ""
    confirmed_by: str | None = None


@dataclass(frozen=True)
class Change:
    """One field of a text, before and after."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Stretch:
    """Versions `first` to `last`, made in one go. `changes` are the fields that differ before and after, in the order of
    the table of fields; `edition` is the number that people read."""

    first: int
    last: int
    edition: int
    at: datetime
    by_role: str
    cause: str
    reason: str
    confirmed_by: str | None
    changes: tuple[Change, ...]


def stretches(noun: str, versions: Sequence[Version], decided_on: Collection[int] = ()) -> list[Stretch]:
    """Returns everything that happened to a text after its first version, oldest first. `decided_on` are the versions that
    a decision was bound to."""
    found: list[list[Version]] = []
    for before, version in pairwise(versions):
        if found and _goes_on(before, version, decided_on):
            found[-1].append(version)
        else:
            found.append([version])
    # Numbers may be missing: a reopened agreement's version that was not carried is not among `versions`.
    earlier = {version.number: before for before, version in pairwise(versions)}
    numbered = editions(versions, decided_on)
    return [_stretch(noun, earlier[run[0].number], run, numbered[run[0].number]) for run in found]


def editions(versions: Sequence[Saved], decided_on: Collection[int] = ()) -> dict[int, int]:
    """Returns the number that people read for each version. Versions written in one go share a number, and what is filled
    in right after a text was drafted belongs to the first."""
    found = {version.number: 1 for version in versions[:1]}
    for before, version in pairwise(versions):
        goes_on = _goes_on(before, version, decided_on, (GATHERED, FIRST))
        found[version.number] = found[before.number] + (not goes_on)
    return found


def _goes_on(before: Saved, version: Saved, decided_on: Collection[int], causes: Collection[str] = (GATHERED,)) -> bool:
    return (
        before.cause in causes
        and version.cause == GATHERED
        and before.by_role == version.by_role
        and before.number not in decided_on
        and version.at - before.at <= ONE_GO
    )


def _stretch(noun: str, before: Version, run: Sequence[Version], edition: int) -> Stretch:
    last = run[-1]
    return Stretch(
        first=run[0].number,
        last=last.number,
        edition=edition,
        at=last.at,
        by_role=last.by_role,
        cause=last.cause,
        reason=last.reason,
        confirmed_by=last.confirmed_by,
        changes=tuple(changes(noun, before.content, last.content)),
    )


def changes(noun: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Returns the fields in which two wordings differ; empty values of different types are equal."""
    return [
        Change(field.name, old.get(field.name), new.get(field.name))
        for field in FIELDS[noun]
        if not field.derived and not same_value(old.get(field.name), new.get(field.name))
    ]


def same_value(old: Any, new: Any) -> bool:
    """Returns whether two values of a field say the same: None, an empty text and an empty list are equal."""
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(same(one, other) for one, other in zip(old, new, strict=True))
    return bool(old == new) or (is_open(old) and is_open(new))
