"""Corrections of the language (docs/rules.md section 1): which changes count as one, and which version they belong to.

A correction leaves an agreed text agreed. So only narrow changes count, by rules that anybody can check: certain fields, no
figure and no binding word, few words, and those spelt nearly as before. A person confirms each correction as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from workshop.rules.dates import MONTH_NUMBER
from workshop.rules.fields import FIELDS
from workshop.rules.refusal import Refused

CAUSE = "language"
"""The cause of a version that corrects the language only."""

SHARE = 5
"""One word in so many may change."""
LETTERS_FREE = 3
"""Letters that may change in a text of any length: enough for a short missing word."""

WHO_AND_HOW_MUCH = frozenset({"owner", "contributors", "unit", "baseline", "target"})
"""Text fields that say who or how much; they cannot be corrected in this way."""

_WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")
_NUMBER_WORDS = (
    "nul", "én", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tyve", "tredive",
    "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems", "mio", "mia", "halv", "halve", "halvt", "halvanden",
    "halvandet", "dobbelt", "dobbelte", "første", "anden", "andet", "tredje", "fjerde", "femte", "sjette", "syvende",
    "ottende", "niende", "tiende", "ingen", "intet", "alle", "alt", "hver", "hvert", "begge",
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "half", "double", "twice", "once", "first",
    "second", "third", "quarter", "none", "no", "nobody", "all", "every", "each", "both",
)  # fmt: skip
_NUMBER_STEMS = (
    r"\w*(?:hundred|tusind|thousand|million|milliard|billion)\w*", r"\w+ogtyve", r"\w+og(?:tredive|fyrre|halvtreds|tres)",
    r"\w+og(?:halvfjerds|firs|halvfems)", r"(?:tret|fjor|fem|seks|syt|at|nit)ten", r"\w+teen", r"twenty\W\w+",
    r"(?:halver|fordobl|tredobl)\w*", r"(?:halv|doubl|tripl|trebl)(?:es|ed|ing)",
    r"(?:man|tirs|ons|tors|fre|lør|søn)dage?\w*", r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
)  # fmt: skip
_BINDING_WORDS = (
    "ikke", "ej", "aldrig", "uden", "kun", "undtagen", "medmindre", "hverken", "højst", "mindst", "senest", "tidligst",
    "inden", "før", "efter", "over", "under", "mere", "mindre", "flere", "færre", "skal", "kan", "bør", "må", "vil", "eller",
    "imod", "mod",
    "not", "cannot", "never", "without", "only", "except", "unless", "neither", "nor", "most", "least", "latest", "earliest",
    "before", "after", "by", "within", "more", "less", "fewer", "must", "shall", "should", "can", "could", "may", "might",
    "will", "would", "or", "against",
)  # fmt: skip


def _words_of(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_FIGURES = _words_of(
    r"(?:(?<!\w)[-−+±])?\d+(?:[.,:/]\d+)*", r"[%‰§€$£<>=≥≤±×²³½¼¾⅓⅔]",
    rf"\b(?:{'|'.join((*_NUMBER_WORDS, *MONTH_NUMBER, *_NUMBER_STEMS))})\b",
)  # fmt: skip
_BINDING = _words_of(rf"\b(?:{'|'.join(_BINDING_WORDS)})\b", r"\w+n['’]t\b")


def may_correct(noun: str, name: str) -> bool:
    """Returns whether a field can have corrections of the language: it is a text that does not say who or how much."""
    field = next((one for one in FIELDS[noun] if one.name == name and not one.derived), None)
    return field is not None and field.kind in ("text", "longtext") and name not in WHO_AND_HOW_MUCH


def check_correction(noun: str, name: str, old: str, new: str) -> None:
    """Raises `malformed` naming `field` for a field that cannot be corrected or is empty, `empty` and `already` naming `new`
    where it is blank or changes nothing, and `malformed` naming `new` where more than the language changes. A fact says
    what: `numbers`, `binding`, `words` (the most that may change) with `changed`, or `spelling`."""
    if not may_correct(noun, name) or not old.strip():
        raise Refused("malformed", "field", correctable=False)
    if not new.strip():
        raise Refused("empty", "new")
    if old == new:
        raise Refused("already", "new")
    if figures(old) != figures(new):
        raise Refused("malformed", "new", numbers=True)
    if binding(old) != binding(new):
        raise Refused("malformed", "new", binding=True)
    changed, most = changed_words(old, new), most_words(old)
    if changed > most:
        raise Refused("malformed", "new", words=most, changed=changed)
    if not spelt_alike(old, new):
        raise Refused("malformed", "new", spelling=True)


def figures(text: str) -> list[str]:
    """Returns the numbers, number words, dates and signs of measure in a text, in their order."""
    return [found.casefold() for found in _FIGURES.findall(text)]


def binding(text: str) -> list[str]:
    """Returns the binding words in a text, in their order: those that say no, must, at most or by when."""
    return [found.casefold() for found in _BINDING.findall(text)]


def most_words(old: str) -> int:
    """Returns how many words of a text may change: one in five, rounded up, at least one."""
    return max(1, math.ceil(len(_WORD.findall(old)) / SHARE))


def changed_words(old: str, new: str) -> int:
    """Returns how many words change: the words of the longer text less the longest common subsequence of both. Punctuation
    and spaces are not counted."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    return max(len(before), len(after)) - len(_kept(before, after))


def spelt_alike(old: str, new: str) -> bool:
    """Returns whether the words that change are spelt nearly as before: no more than half of their letters, or three,
    differ."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    kept = _kept(before, after)
    gone = _letters(_left_over(before, [place for place, _ in kept]))
    come = _letters(_left_over(after, [place for _, place in kept]))
    return _distance(gone, come) <= max(LETTERS_FREE, max(len(gone), len(come)) // 2)


def base_version(causes: Mapping[int, str], version: int) -> int:
    """Returns the version itself, or, if it is a correction of the language, the last version before it that is none.
    `causes` are by version number."""
    while causes.get(version) == CAUSE:
        version -= 1
    return version


def _kept(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the places, in both lists, of the words of their longest common subsequence."""
    width = len(after)
    lengths = [[0] * (width + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        below, row, word = lengths[i + 1], lengths[i], before[i]
        for j in range(width - 1, -1, -1):
            row[j] = below[j + 1] + 1 if word == after[j] else max(below[j], row[j + 1])
    found = []
    i = j = 0
    while i < len(before) and j < width:
        if before[i] == after[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _left_over(words: Sequence[str], places: Sequence[int]) -> list[str]:
    taken = set(places)
    return [word for place, word in enumerate(words) if place not in taken]


def _letters(words: Sequence[str]) -> str:
    return "".join(letter for word in words for letter in word.casefold() if letter.isalnum())


def _distance(one: str, other: str) -> int:
    """Returns the Levenshtein distance: how many letters must be added, removed or replaced to turn one into the other."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != against))
    return row[-1]
