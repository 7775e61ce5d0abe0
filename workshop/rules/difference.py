"""What changed between two texts, word by word, readable as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]

_TOKEN = re.compile(r"\s+|\w+(?:[-'’.,:/]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w")

TINY_WORDS = 2
"""An island of so few words between two changes is read faster as part of one change."""


@dataclass(frozen=True)
class Part:
    """A run of text. All `same` and `removed` parts, in order, are the old text; all `same` and `added`
    the new."""

    kind: Kind
    text: str

    def as_record(self) -> dict[str, str]:
        """As in a record of the protocol."""
        return {"kind": self.kind, "text": self.text}


def difference(old: str, new: str) -> list[Part]:
    """Returns the two texts as one list of parts, removed before added. Equal texts are one `same` part; two empty, none.

    Whole words are compared, with capitals and marks; white space counts as text, so that nothing is lost.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[i:j]), "".join(after[k:m])
        runs.append(_Run(tag == "equal", removed, added))
    return _parts(_merged(runs))


def changed(parts: Iterable[Part]) -> bool:
    """Returns whether anything at all is added or removed."""
    return any(part.kind != "same" for part in parts)


@dataclass(frozen=True)
class _Run:
    """A stretch of both texts: equal in both, or changed from `removed` to `added`."""

    same: bool
    removed: str
    added: str

    def __add__(self, other: _Run) -> _Run:
        return _Run(False, self.removed + other.removed, self.added + other.added)


def _merged(runs: list[_Run]) -> list[_Run]:
    """Takes in islands, from the left, until each `same` run between two changes is worth its own reading."""
    merged: list[_Run] = []
    for run in runs:
        if not run.same and len(merged) > 1 and _is_tiny(merged[-1], merged[-2], run):
            island = merged.pop()
            merged[-1] = merged[-1] + island + run
        else:
            merged.append(run)
    return merged


def _is_tiny(island: _Run, left: _Run, right: _Run) -> bool:
    """Nothing but white space and marks; or at most two words, shorter than the changes on both sides of
    it."""
    words = [token for token in _TOKEN.findall(island.added) if _WORD.search(token)]
    if not words:
        return True
    weight = min(_length(left), _length(right))
    return len(words) <= TINY_WORDS and len(island.added.strip()) <= weight


def _length(run: _Run) -> int:
    return max(len(run.removed.strip()), len(run.added.strip()))


def _parts(runs: list[_Run]) -> list[Part]:
    parts = []
    for run in runs:
        if run.same:
            parts.append(Part("same", run.added))
            continue
        if run.removed:
            parts.append(Part("removed", run.removed))
        if run.added:
            parts.append(Part("added", run.added))
    return parts
