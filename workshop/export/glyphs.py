"""What the bundled fonts can draw, so that a PDF never holds an empty box.

`fonts/coverage.txt` lists the characters of all fonts as ranges ("20-7e", hexadecimal), one a line; the vendor script
makes it from the fonts. A sign that no font has is named in words, "[beamed eighth notes]", a letter by its number, "[U+4E2D]":
honest, and it can be looked up. The JSON export always has the text in full.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

#: Shown by no glyph: joiners, variation selectors, soft hyphen, and the space that lets a long word break.
_INVISIBLE = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)})
_LONGEST_WORD = 32
#: letters a narrow column holds; a word of letters with vowels is hyphenated by the setter, anything else is not
_LONGEST_PIECE = 10
_SYLLABLES = re.compile(r"[^\W\d_]+", re.IGNORECASE)
_VOWELLESS = re.compile(rf"[^aeiouyæøåäöéü]{{{_LONGEST_PIECE},}}", re.IGNORECASE)
_BREAK = "\u200b"


@cache
def _ranges(name: str) -> tuple[list[int], list[int]]:
    starts, ends = [], []
    for line in (FONTS / name).read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        starts.append(int(first, 16))
        ends.append(int(last or first, 16))
    return starts, ends


def drawn(letter: str, coverage: str = "coverage.txt") -> bool:
    """Returns whether a bundled font draws this character, or it is one that is never drawn."""
    code = ord(letter)
    if code in _INVISIBLE or letter in "\n\t":
        return True
    starts, ends = _ranges(coverage)
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


def drawable(text: str, coverage: str = "coverage.txt") -> str:
    """Returns the text with every character that cannot be drawn named: signs in words, letters by their number."""
    if text.isascii():
        return text
    return "".join(letter if drawn(letter, coverage) else _named(letter) for letter in text)


def _named(letter: str) -> str:
    """Returns a sign by its name in the Unicode standard; what has none there, and letters, by their number."""
    name = unicodedata.name(letter, "")
    said = name.lower() if name and unicodedata.category(letter)[0] in "SP" else f"U+{ord(letter):04X}"
    return f"[{said}]"


def breakable(text: str, narrow: bool = False) -> str:
    """Returns the text with places to break in words too long for a line (addresses, or no spaces at all); `narrow`: for
    the column of a table, where words that cannot be hyphenated break sooner."""
    if max(map(len, text.split()), default=0) <= (_LONGEST_PIECE if narrow else _LONGEST_WORD):
        return text
    return "".join(_broken(word, narrow) for word in re.split(r"(\s+)", text))


def _broken(word: str, narrow: bool) -> str:
    hyphenates = _SYLLABLES.fullmatch(word.strip(".,;:!?()”“\"'")) is not None and not _VOWELLESS.search(word)
    size = _LONGEST_PIECE if narrow and not hyphenates else _LONGEST_WORD
    if len(word) <= size:
        return word
    return _BREAK.join(word[place : place + size] for place in range(0, len(word), size))
