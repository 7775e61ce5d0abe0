"""What the bundled fonts can draw, so that a PDF never holds an empty box.

`fonts/coverage.txt` lists the characters of all fonts as ranges ("20-7e", hexadecimal), one a line; the vendor script
makes it from the fonts. A character that no font has is written as its number, "[U+4E2D]": honest, and it can be
looked up. The JSON export always has the text in full.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

#: Shown by no glyph: joiners, variation selectors, soft hyphen, and the space that lets a long word break.
_INVISIBLE = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)})
_LONGEST_WORD = 32
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
    """Whether a bundled font draws this character, or it is one that is never drawn."""
    code = ord(letter)
    if code in _INVISIBLE or letter in "\n\t":
        return True
    starts, ends = _ranges(coverage)
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


def drawable(text: str, coverage: str = "coverage.txt") -> str:
    """The text with every character that cannot be drawn written as its number."""
    if text.isascii():
        return text
    return "".join(letter if drawn(letter, coverage) else f"[U+{ord(letter):04X}]" for letter in text)


def breakable(text: str) -> str:
    """The text with places to break in words too long for a line (addresses, or no spaces at all)."""
    if max(map(len, text.split()), default=0) <= _LONGEST_WORD:
        return text
    out, run = [], 0
    for letter in text:
        run = 0 if letter.isspace() else run + 1
        out.append(letter)
        if run == _LONGEST_WORD:
            out.append(_BREAK)
            run = 0
    return "".join(out)
