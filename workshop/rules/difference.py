"""What changed between two texts, word by word; both texts can be read from the result."""

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
"""The most unchanged words between two changes that are merged with them into one change, which reads faster."""


@dataclass(frozen=True)
class Part:
    """A run of text. All `same` and `removed` parts, in order, are the old text; all `same` and `added`
    the new."""

    kind: Kind
    text: str

    def as_record(self) -> dict[str, str]:
        """Returns the part as in a record of the protocol."""
        return {"kind": self.kind, "text": self.text}


def difference(old: str, new: str) -> list[Part]:
    """Returns the two texts as one list of parts, removed before added. Equal texts give one `same` part, two empty texts
    none.

    Whole words are compared, with capitals and punctuation; white space is compared too, so that nothing is lost.
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
    """Returns the runs with each short unchanged run between two changes merged with them, from the left."""
    merged: list[_Run] = []
    for run in runs:
        if not run.same and len(merged) > 1 and _is_tiny(merged[-1], merged[-2], run):
            unchanged = merged.pop()
            merged[-1] = merged[-1] + unchanged + run
        else:
            merged.append(run)
    return merged


def _is_tiny(unchanged: _Run, left: _Run, right: _Run) -> bool:
    """Returns whether a run has no words, or at most `TINY_WORDS` that are no longer than the changes on both sides."""
    words = [token for token in _TOKEN.findall(unchanged.added) if _WORD.search(token)]
    if not words:
        return True
    weight = min(_length(left), _length(right))
    return len(words) <= TINY_WORDS and len(unchanged.added.strip()) <= weight


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
