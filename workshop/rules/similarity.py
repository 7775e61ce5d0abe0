"""Which ideas seem to say the same (docs/rules.md section 9). This is only a suggestion, because opposite demands look alike.

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
from functools import cache

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


class Index:
    """The ideas of a workshop, prepared for comparing. A new one is built when ideas change.

    `texts`: text by id. `stem`: gives the stem of a lower-case word. `lang`: `da` or `en`, for the words that are dropped.
    """

    def __init__(self, texts: Mapping[str, str], stem: Stem, lang: str = "da") -> None:
        self._stem = cache(stem)
        self._lang = lang
        words = {key: kept_words(text, lang) for key, text in texts.items()}
        found_in: Counter[str] = Counter()
        for kept in words.values():
            found_in.update({self._stem(word) for word in kept})
        self._rarity = {stemmed: math.log((1 + len(texts)) / (1 + count)) + 1 for stemmed, count in found_in.items()}
        self._new = math.log(1 + len(texts)) + 1
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._signatures = {key: self._signature(kept) for key, kept in words.items()}
        for key, signature in self._signatures.items():
            for term, weight in signature.items():
                self._postings[term].append((key, weight))

    def like(self, text: str, limit: int = 3, threshold: float = THRESHOLD) -> list[tuple[str, float]]:
        """Returns the ideas most like a text that is being written: `(id, likeness)`, most alike first, ties by id."""
        found = self._scores(self._signature(kept_words(text, self._lang)))
        alike = [(key, score) for key, score in found.items() if score >= threshold]
        return sorted(alike, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def pairs(self, threshold: float = THRESHOLD) -> list[Pair]:
        """Returns all pairs of ideas at or over the threshold, most alike first, ties by id."""
        found = [
            Pair(key, other, score)
            for key, signature in self._signatures.items()
            for other, score in self._scores(signature).items()
            if other > key and score >= threshold
        ]
        return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))

    def likeness(self, first: str, second: str) -> float:
        """Returns how alike two of the ideas are, from 0 to 1. Raises `KeyError` for an id that is not in the index."""
        other = self._signatures[second]
        return math.fsum(weight * other.get(term, 0.0) for term, weight in self._signatures[first].items())

    def _signature(self, words: list[str]) -> dict[str, float]:
        """Returns a text as one vector, so that the likeness of two texts is the product of their vectors: each part has
        length one, times the root of its share. A stem is marked by a `#`, which no piece has."""
        counts = Counter(self._stem(word) for word in words)
        weighted = {stem: count * self._rarity.get(stem, self._new) for stem, count in counts.items()}
        stems = {f"#{stem}": weight * WORDS_SHARE**0.5 for stem, weight in _unit(weighted).items()}
        pieces = _unit(Counter(_pieces(words)))
        return stems | {piece: weight * PIECES_SHARE**0.5 for piece, weight in pieces.items()}

    def _scores(self, mine: Mapping[str, float]) -> dict[str, float]:
        """Returns the likeness to every idea that shares a stem or piece with the text, by id."""
        scores: dict[str, float] = defaultdict(float)
        for term, weight in mine.items():
            for key, other in self._postings.get(term, ()):
                scores[key] += weight * other
        return scores


def kept_words(text: str, lang: str = "da") -> list[str]:
    """Returns the words that carry meaning: lower-case letters and digits, without stop words and generic policy words."""
    return [word for word in _WORD.findall(text.lower()) if word not in DROPPED[lang]]


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """Returns the average precision of a ranking, from 0 to 1: the mean, over the pairs that people call alike, of the
    precision at each.

    Pairs with the same score count as one step, so that their order in a file does not matter. Returns 0 without a pair
    that people call alike.
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
    """Returns every run of four characters in the kept words, joined and surrounded by spaces, so that short words count."""
    line = f" {' '.join(words)} " if words else ""
    return [line[start : start + PIECE] for start in range(len(line) - PIECE + 1)] or ([line] if line else [])


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()}
