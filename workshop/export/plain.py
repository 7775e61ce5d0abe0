"""Text as other programs can take it: no control characters, no formulas, safe file names, reading direction."""

from __future__ import annotations

import re
import unicodedata

#: Control characters that no document format may carry (line break and tab stay), lone surrogates, non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\u200e\u200f]"
)
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_FORMULA = re.compile(r"^\s*[=+\-@|%\t]")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?( ?%)?$")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ß": "ss", "ð": "d", "þ": "th"})
_OTHER = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """The text without characters that break documents or turn the reading order round; line ends become line feeds."""
    return printable(text).strip()


def printable(text: str) -> str:
    """The same for a part of a text: the space around it stays."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def inert(text: str) -> str:
    """The text as a spreadsheet cell that is never a formula: an apostrophe goes before what could start one.

    A plain number ("-5", "+3,2 %") stays as it is.
    """
    if _FORMULA.match(text) and not _NUMBER.match(text.strip()):
        return "'" + text
    return text


def slug(text: str, longest: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens, æøå written out; empty when nothing is left. Never ends in a hyphen."""
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    words = _OTHER.sub("-", folded).strip("-")
    if len(words) > longest:
        words = words[:longest].rsplit("-", 1)[0] if "-" in words[:longest] else words[:longest]
    return words.strip("-")


def direction(text: str) -> str:
    """`rtl` when the first letter with a direction is written from right to left, else `ltr`."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
