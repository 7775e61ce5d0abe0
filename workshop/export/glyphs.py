"""Replaces characters that the bundled fonts cannot draw, so that a PDF shows no empty boxes.

`fonts/coverage.txt` lists the characters of all fonts as ranges ("20-7e", hexadecimal), one a line; the vendor script
makes it from the fonts. A sign that no font has is replaced by its name, "[beamed eighth notes]", a letter by its number,
"[U+4E2D]", so that a reader can look it up. The JSON file has the text unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

#: characters that are not drawn: joiners, variation selectors, soft hyphen, and the zero-width space, where a word may break
_INVISIBLE = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)})
_LONGEST_WORD = 32
#: characters that fit in a narrow column. Typst hyphenates words of letters with vowels; all others are broken here
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
    """Returns whether a bundled font can draw this character, or it is one that is not drawn at all."""
    code = ord(letter)
    if code in _INVISIBLE or letter in "\n\t":
        return True
    starts, ends = _ranges(coverage)
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


def drawable(text: str, coverage: str = "coverage.txt") -> str:
    """Returns the text with every character that cannot be drawn replaced: signs by their names, letters by their numbers."""
    if text.isascii():
        return text
    return "".join(letter if drawn(letter, coverage) else _named(letter) for letter in text)


def _named(letter: str) -> str:
    """Returns the name of a sign in the Unicode standard; for letters, and for signs without a name, their number."""
    name = unicodedata.name(letter, "")
    said = name.lower() if name and unicodedata.category(letter)[0] in "SP" else f"U+{ord(letter):04X}"
    return f"[{said}]"


def breakable(text: str, narrow: bool = False) -> str:
    """Returns the text with zero-width spaces in words that are too long for a line, such as web addresses. `narrow`: for the
    column of a table, where words that cannot be hyphenated are broken sooner."""
    if max(map(len, text.split()), default=0) <= (_LONGEST_PIECE if narrow else _LONGEST_WORD):
        return text
    return "".join(_broken(word, narrow) for word in re.split(r"(\s+)", text))


def _broken(word: str, narrow: bool) -> str:
    hyphenates = _SYLLABLES.fullmatch(word.strip(".,;:!?()”“\"'")) is not None and not _VOWELLESS.search(word)
    size = _LONGEST_PIECE if narrow and not hyphenates else _LONGEST_WORD
    if len(word) <= size:
        return word
    return _BREAK.join(word[place : place + size] for place in range(0, len(word), size))
