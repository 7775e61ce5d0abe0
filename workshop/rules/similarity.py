"""Which ideas seem to say the same (docs/rules.md section 9). Only ever a suggestion: opposite demands
look alike.

Texts become sets of weighted word stems (TF-IDF) and of four-letter pieces; likeness is 0.8 of the cosine
of the first and 0.2 of the cosine of the second. The stemmer is passed in, because the rules import the
standard library only.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workshop.rules.stop_words import DROPPED

Stem = Callable[[str], str]

WORDS_SHARE = 0.8
PIECES_SHARE = 0.2
PIECE = 4
THRESHOLD = 0.25

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Pair:
    """Two ideas to look at side by side, by likeness from 0 to 1; `first` sorts before `second`."""

    first: str
    second: str
    likeness: float


@dataclass(frozen=True)
class _Signature:
    """A text as two unit vectors: weighted stems, and counted pieces of four letters."""

    stems: Mapping[str, float]
    pieces: Mapping[str, float]


class Index:
    """The ideas of a workshop, ready to be compared.

    `texts`: text by id. `stem`: one lower-case word to its stem. `lang`: `da` or `en`, for the words that
    are dropped. Built anew when ideas change; a few hundred ideas take a few milliseconds.
    """

    def __init__(self, texts: Mapping[str, str], stem: Stem, lang: str = "da") -> None:
        self._stem = stem
        self._lang = lang
        words = {key: kept_words(text, lang) for key, text in texts.items()}
        found_in = Counter(stemmed for kept in words.values() for stemmed in {stem(word) for word in kept})
        self._rarity = {
            stemmed: math.log((1 + len(texts)) / (1 + count)) + 1 for stemmed, count in found_in.items()
        }
        self._new = math.log(1 + len(texts)) + 1
        self._signatures = {key: self._signature(kept) for key, kept in words.items()}
        self._places: dict[str, list[str]] = defaultdict(list)
        for key, signature in self._signatures.items():
            for piece in signature.pieces:
                self._places[piece].append(key)

    def like(self, text: str, limit: int = 3, threshold: float = THRESHOLD) -> list[tuple[str, float]]:
        """The ideas most like a text that is being written: `(id, likeness)`, most alike first, ties by
        id."""
        mine = self._signature(kept_words(text, self._lang))
        return self._ranked(mine, self._sharing(mine), threshold)[:limit]

    def pairs(self, threshold: float = THRESHOLD) -> list[Pair]:
        """All pairs of ideas at or over the threshold, most alike first, ties by id."""
        found = []
        for key, mine in self._signatures.items():
            later = {other for other in self._sharing(mine) if other > key}
            found += [Pair(key, other, score) for other, score in self._ranked(mine, later, threshold)]
        return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))

    def likeness(self, first: str, second: str) -> float:
        """How alike two of the ideas are, from 0 to 1. Raises `KeyError` for an id that is not in the
        index."""
        return _likeness(self._signatures[first], self._signatures[second])

    def _signature(self, words: list[str]) -> _Signature:
        stems = Counter(self._stem(word) for word in words)
        weighted = {stem: count * self._rarity.get(stem, self._new) for stem, count in stems.items()}
        return _Signature(_unit(weighted), _unit(Counter(_pieces(words))))

    def _sharing(self, mine: _Signature) -> set[str]:
        """The ideas that share a piece with a text; without one they are not alike enough to suggest.

        (Stems that are equal come from words that begin alike, so two texts without a shared piece share
        at most very short words.)
        """
        return {key for piece in mine.pieces for key in self._places.get(piece, ())}

    def _ranked(self, mine: _Signature, others: Iterable[str], threshold: float) -> list[tuple[str, float]]:
        scored = [(key, _likeness(mine, self._signatures[key])) for key in others]
        return sorted(
            ((key, score) for key, score in scored if score >= threshold), key=lambda hit: (-hit[1], hit[0])
        )


def kept_words(text: str, lang: str = "da") -> list[str]:
    """The words that carry meaning: lower-case letters and digits, without stop words and generic policy
    words."""
    return [word for word in _WORD.findall(text.lower()) if word not in DROPPED[lang]]


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """How well a ranking finds the pairs that people call alike: the mean, over those pairs, of the
    precision at each.

    Pairs with the same score count as one step, so that their order in a file does not matter. 0 without
    a true pair.
    """
    by_score: dict[float, list[bool]] = defaultdict(list)
    for score, alike in scored:
        by_score[score].append(alike)
    seen = true = 0
    total = 0.0
    for score in sorted(by_score, reverse=True):
        hits = sum(by_score[score])
        seen += len(by_score[score])
        true += hits
        total += hits * true / seen
    return total / true if true else 0.0


def _pieces(words: list[str]) -> list[str]:
    """Every four letters in a row of the kept words, with a space around each word, so that short words
    count too."""
    line = f" {' '.join(words)} " if words else ""
    return [line[start : start + PIECE] for start in range(len(line) - PIECE + 1)] or ([line] if line else [])


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()}


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    shared = first.keys() & second.keys()
    return min(1.0, math.fsum(first[key] * second[key] for key in shared))


def _likeness(first: _Signature, second: _Signature) -> float:
    return WORDS_SHARE * _cosine(first.stems, second.stems) + PIECES_SHARE * _cosine(
        first.pieces, second.pieces
    )
