"""Who was there over the day, per group: which looks are kept, and what is told of them (docs/rules.md section 10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workshop.rules.groups import EffectiveGroup

EVERY = timedelta(minutes=5)
"""Between two looks."""
MOST = 200
"""Looks kept of one workshop: a long day whole, a workshop that stays open for weeks more and more coarsely."""
MOST_TOLD = 24
"""Looks told in a document that people read."""


@dataclass(frozen=True)
class Look:
    """One look at the room. `counts` is `(joined, present)` by declared group key; `step` the id of the step that
    started just then, or None."""

    at: datetime
    counts: Mapping[str, tuple[int, int]]
    step: str | None = None


@dataclass(frozen=True)
class Told:
    """What is told of one group at one look: exact numbers, or None where they are under the privacy minimum."""

    keys: tuple[str, ...]
    joined: int | None
    present: int | None


def is_due(last: datetime | None, moment: datetime) -> bool:
    """Whether it is time for another look."""
    return last is None or moment - last >= EVERY


def too_many(looks: Sequence[Look], most: int = MOST) -> list[Look]:
    """The looks to let go of so that at most `most` are left: every other one of the oldest, those at the start of a step
    last. The newest always stays."""
    if len(looks) <= most:
        return []
    ordered = sorted(looks, key=lambda look: look.at)
    older = ordered[: len(ordered) // 2]
    between = [look for look in older if look.step is None]
    return (between or older)[::2]


def worth_telling(looks: Iterable[Look], most: int = MOST_TOLD) -> list[Look]:
    """The looks of a document: those at which a step started and the last one; where no step ever started, some spread
    evenly over the time."""
    ordered = sorted(looks, key=lambda look: look.at)
    if not ordered:
        return []
    chosen = [look for look in ordered if look.step is not None] or _spread(ordered, most)
    if chosen[-1].at != ordered[-1].at:
        chosen.append(ordered[-1])
    return chosen if len(chosen) <= most else _spread(chosen, most)


def _spread(looks: Sequence[Look], most: int) -> list[Look]:
    """At most so many, from the first to the last."""
    if len(looks) <= most:
        return list(looks)
    return [looks[place * (len(looks) - 1) // (most - 1)] for place in range(most)]


def told(look: Look, groups: Iterable[EffectiveGroup], privacy_minimum: int) -> list[Told]:
    """What may be told of each effective group at one look. A number under the privacy minimum is not told, but that
    nobody was there is."""
    return [
        Told(
            group.keys,
            _number(_sum(look, group.keys, 0), privacy_minimum),
            _number(_sum(look, group.keys, 1), privacy_minimum),
        )
        for group in groups
    ]


def _sum(look: Look, keys: Collection[str], place: int) -> int:
    return sum(look.counts[key][place] for key in keys if key in look.counts)


def _number(people: int, privacy_minimum: int) -> int | None:
    return people if people == 0 or people >= privacy_minimum else None
