"""Makes texts safe for other programs: no control characters, no formulas, safe file names; and finds their direction."""

from __future__ import annotations

import re
import unicodedata

#: control characters that no document format may contain (except line break and tab), lone surrogates, non-characters,
#: characters that reverse the reading order, and soft hyphens, which prevent a search from finding a word
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u206f\u200e\u200f\u061c]"
)
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_FORMULA = re.compile(r'^[\s"]*[=+\-@|%\t＝＋－＠]')
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?( ?%)?$")
#: a sign at which other programs split a line, and after it what would begin a formula in the resulting cell
_PIECE = re.compile(r'(?P<cut>[;,\t|\n\r])(?P<space>[\s"]*)(?P<rest>[=+\-@＝＋－＠][^;,\t|\n\r]*)')
#: a line of a list, the end of a sum of money ("50,- kr.") and a number with its unit: they begin like a formula but cannot be
#: one
_HARMLESS = re.compile(r"[+-](?:\s[^=|!(@*^&+＝＋－＠]*)?$|[+-]?\d+(?:[.,]\d+)*\s?(?:%|[^\W\d_]*)\s*$")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ß": "ss", "ð": "d", "þ": "th"})
_OTHER = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Returns the text without characters that break documents or reverse the reading order; line ends become line feeds,
    and the space around the text is removed."""
    return printable(text).strip()


def printable(text: str) -> str:
    """Returns the same for a part of a text: the space around it is kept."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def inert(text: str) -> str:
    """Returns the text as a spreadsheet cell that cannot be a formula: an apostrophe is put before what could start one, also
    after a sign at which another program may split the line into cells (a comma in a file with semicolons, a tab, a line
    end).

    A plain number ("-5", "+3,2 %") is not changed, nor after such a sign the line of a list ("- en ting").
    """
    text = _PIECE.sub(_inert_piece, text)
    if _FORMULA.match(text) and not _NUMBER.match(text.strip()):
        return "'" + text
    return text


def _inert_piece(found: re.Match[str]) -> str:
    mark = "" if _HARMLESS.match(found["rest"]) else "'"
    return f"{found['cut']}{found['space']}{mark}{found['rest']}"


def slug(text: str, longest: int = 60) -> str:
    """Returns the text as lower-case ASCII words joined by hyphens, with æøå written out, at most `longest` characters; empty
    where nothing is left."""
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    words = _OTHER.sub("-", folded).strip("-")
    if len(words) > longest:
        words = words[:longest].rsplit("-", 1)[0] if "-" in words[:longest] else words[:longest]
    return words.strip("-")


def direction(text: str) -> str:
    """Returns `rtl` if the first letter with a direction is written from right to left, else `ltr`."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
