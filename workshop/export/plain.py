"""Text as other programs can take it: no control characters, no formulas, safe file names, reading direction."""

from __future__ import annotations

import re
import unicodedata

#: Control characters that no document format may carry (line break and tab stay), lone surrogates, non-characters, what turns
#: the reading order round, and soft hyphens, which hide a word from a search.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u206f\u200e\u200f\u061c]"
)
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_FORMULA = re.compile(r'^[\s"]*[=+\-@|%\t＝＋－＠]')
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?( ?%)?$")
#: what other programs cut a line at, and what would begin a formula in the cell that is cut out
_PIECE = re.compile(r'(?P<cut>[;,\t|\n\r])(?P<space>[\s"]*)(?P<rest>[=+\-@＝＋－＠][^;,\t|\n\r]*)')
#: a line of a list, a sum of money ("50,- kr.") and a number with its unit: a sign, and nothing a formula could reach
_HARMLESS = re.compile(r"[+-](?:\s[^=|!(@*^&+＝＋－＠]*)?$|[+-]?\d+(?:[.,]\d+)*\s?(?:%|[^\W\d_]*)\s*$")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ß": "ss", "ð": "d", "þ": "th"})
_OTHER = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Returns the text without characters that break documents or turn the reading order round; line ends become line
    feeds."""
    return printable(text).strip()


def printable(text: str) -> str:
    """Returns the same for a part of a text: the space around it stays."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def inert(text: str) -> str:
    """Returns the text as a spreadsheet cell that is never a formula: an apostrophe goes before what could start one, also
    behind a sign at which another program may cut the line into cells (a comma in a file with semicolons, a tab, a line
    end).

    A plain number ("-5", "+3,2 %") stays as it is, and behind such a sign so does the line of a list ("- en ting").
    """
    text = _PIECE.sub(_inert_piece, text)
    if _FORMULA.match(text) and not _NUMBER.match(text.strip()):
        return "'" + text
    return text


def _inert_piece(found: re.Match[str]) -> str:
    mark = "" if _HARMLESS.match(found["rest"]) else "'"
    return f"{found['cut']}{found['space']}{mark}{found['rest']}"


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
