"""Numbers as people write them: whether there is one, and which (docs/rules.md section 2)."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER_WORDS = re.compile(
    r"\b(?:halver\w*|fordobl\w*|tredobl\w*|ingen|alle"
    r"|halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|none|no|nobody|all|every)\b",
    re.IGNORECASE,
)
_RELATIVE: tuple[tuple[re.Pattern[str], Fraction], ...] = (
    (re.compile(r"\b(?:halver\w*|halv(?:e|es|ed|ing))\b", re.IGNORECASE), Fraction(1, 2)),
    (re.compile(r"\b(?:fordobl\w*|doubl(?:e|es|ed|ing))\b", re.IGNORECASE), Fraction(2)),
    (re.compile(r"\b(?:tredobl\w*|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing))\b", re.IGNORECASE), Fraction(3)),
)
_NOUGHT = re.compile(r"\b(?:ingen|none|no|nobody)\b", re.IGNORECASE)
_EVERYONE = re.compile(r"\b(?:alle|all|every)\b", re.IGNORECASE)

_SPACES = "\u0020\u00a0\u202f"
_FIGURE = rf"(?<![\w.,])[-−]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?!\d)|(?<!\d)[-−]?\d+(?:[.,]\d+)*"
_NUMBER = re.compile(_FIGURE)
_OUT_OF = r"\s*(?:/|ud af|af|out of|of)\s*"
_PART_OF = re.compile(rf"(?P<part>{_FIGURE}){_OUT_OF}(?P<whole>{_FIGURE})", re.IGNORECASE)
_FROM_TO = re.compile(rf"\b(?:fra|from)\s+(?:{_FIGURE}).*?\b(?:til|to)\s+(?=\S*\d)", re.IGNORECASE)
_TIMES: dict[str, int] = {
    "tusind": 1000,
    "thousand": 1000,
    "mio": 10**6,
    "million": 10**6,
    "millioner": 10**6,
    "mia": 10**9,
    "milliard": 10**9,
    "milliarder": 10**9,
    "billion": 10**9,
}
_TIMES_WORD = re.compile(r"\s*([a-z]+)", re.IGNORECASE)
_PERCENT_UNIT = re.compile(r"(?:%|procent|pct|percent|per cent)(?:\s.*)?", re.IGNORECASE)


def has_number(text: str) -> bool:
    """Whether there is a number: a digit, or halvere, fordoble, tredoble, ingen, alle and their English
    twins."""
    return any(letter.isdecimal() for letter in text) or _NUMBER_WORDS.search(text) is not None


def is_percent(unit: str) -> bool:
    """Whether a unit is per cent: "%", "procent", "pct.", "% af de unge". Percentage points are not."""
    return _PERCENT_UNIT.fullmatch(unit.strip().replace("pct.", "pct")) is not None


def says_percent(text: str) -> bool:
    """Whether a value names per cent itself: "mindst 60 %"."""
    return re.search(r"%|\b(?:procent|pct|percent)\b", text, re.IGNORECASE) is not None


def parse_number(text: str, lang: str = "da") -> Fraction | None:
    """The number in a value such as "60 %", "mindst 60 %", "1.200", "3,5", "2,4 mio. kr."; None where
    there is none.

    "fra 40 til 60" is 60; "6 ud af 10" and "2/3" are fractions. A point or comma before groups of exactly
    three digits groups thousands where that is the custom of `lang` (point in Danish, comma in English),
    else it is the decimal sign.
    """
    start = _FROM_TO.search(text)
    rest = text[start.end() :] if start else text
    found = _NUMBER.search(rest)
    if found is None:
        return None
    part = _PART_OF.match(rest, found.start())
    if part:
        whole = _read(part["whole"], lang)
        return _read(part["part"], lang) / whole if whole else None
    return _read(found[0], lang) * _times(rest, found.end())


def parse_target(
    text: str, baseline: Fraction | None = None, *, percent: bool = False, lang: str = "da"
) -> Fraction | None:
    """The value a target text asks for: as `parse_number`, and words: "halvere" is half the baseline,
    "ingen" is 0, "alle" is 100 where the unit is per cent. None where the text gives no value that can be
    compared.
    """
    value = parse_number(text, lang)
    if value is not None:
        return value
    for word, factor in _RELATIVE:
        if word.search(text):
            return None if baseline is None else baseline * factor
    if _NOUGHT.search(text):
        return Fraction(0)
    return Fraction(100) if percent and _EVERYONE.search(text) else None


def _times(text: str, end: int) -> int:
    word = _TIMES_WORD.match(text, end)
    return _TIMES.get(word[1].lower(), 1) if word else 1


def _read(figure: str, lang: str) -> Fraction:
    """One figure without words: sign, digits, points, commas and spaces, to an exact value."""
    sign = -1 if figure[0] in "-−" else 1
    digits = figure.lstrip("-−")
    for space in _SPACES:
        digits = digits.replace(space, "")
    return sign * Fraction(_plain(digits, "." if lang == "da" else ","))


def _plain(digits: str, thousands: str) -> str:
    """Digits with at most one decimal point: "1.200,5" and "1,200.5" are both 1200.5."""
    signs = [letter for letter in digits if letter in ".,"]
    if not signs:
        return digits
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits) is not None
    if len(set(signs)) == 1 and (len(signs) > 1 or (grouped and signs[0] == thousands)):
        return digits.replace(signs[0], "")
    before, _, after = digits.rpartition(signs[-1])
    return f"{before.replace('.', '').replace(',', '')}.{after}"
