"""Attendance over the day, per group: which samples are kept, and which numbers are shown (docs/rules.md section 10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workshop.rules.groups import EffectiveGroup

EVERY = timedelta(minutes=5)
"""The time between two samples."""
MOST = 200
"""The most samples kept of one workshop. A long day fits; of a workshop that is open for weeks the older ones are thinned."""
MOST_TOLD = 24
"""The most samples shown in a document that people read."""


@dataclass(frozen=True)
class Sample:
    """How many people were present at one moment. `counts` is `(joined, present)` by declared group key; `step` the id of
    the step that started just then, or None."""

    at: datetime
    counts: Mapping[str, tuple[int, int]]
    step: str | None = None


@dataclass(frozen=True)
class Told:
    """What is shown of one group in one sample: exact numbers, or None for a number from 1 to below the privacy minimum."""

    keys: tuple[str, ...]
    joined: int | None
    present: int | None


def is_due(last: datetime | None, moment: datetime) -> bool:
    """Returns whether another sample is due."""
    return last is None or moment - last >= EVERY


def too_many(samples: Sequence[Sample], most: int = MOST) -> list[Sample]:
    """Returns the samples to delete so that at most `most` are left: every other one of the oldest, those at the start of
    a step last. The newest always stays."""
    if len(samples) <= most:
        return []
    ordered = sorted(samples, key=lambda sample: sample.at)
    older = ordered[: len(ordered) // 2]
    between = [sample for sample in older if sample.step is None]
    return (between or older)[::2]


def worth_telling(samples: Iterable[Sample], most: int = MOST_TOLD) -> list[Sample]:
    """Returns the samples of a document: those at which a step started and the last one; where no step ever started, some
    spread evenly over the time."""
    ordered = sorted(samples, key=lambda sample: sample.at)
    if not ordered:
        return []
    chosen = [sample for sample in ordered if sample.step is not None] or _spread(ordered, most)
    if chosen[-1].at != ordered[-1].at:
        chosen.append(ordered[-1])
    return _spread(chosen, most)


def _spread(samples: Sequence[Sample], most: int) -> list[Sample]:
    """Returns at most `most` samples at even distances, the first and the last among them."""
    if len(samples) <= most:
        return list(samples)
    return [samples[place * (len(samples) - 1) // (most - 1)] for place in range(most)]


def told(sample: Sample, groups: Iterable[EffectiveGroup], privacy_minimum: int) -> list[Told]:
    """Returns what may be shown of each effective group in one sample. A number under the privacy minimum is None, but 0 is
    shown."""
    return [
        Told(
            group.keys,
            _number(_sum(sample, group.keys, 0), privacy_minimum),
            _number(_sum(sample, group.keys, 1), privacy_minimum),
        )
        for group in groups
    ]


def _sum(sample: Sample, keys: Collection[str], place: int) -> int:
    return sum(sample.counts[key][place] for key in keys if key in sample.counts)


def _number(people: int, privacy_minimum: int) -> int | None:
    return people if people == 0 or people >= privacy_minimum else None
