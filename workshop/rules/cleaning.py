"""Cleans the text that people type or paste, before it is stored, shown and exported (docs/rules.md section 1).

`static/js/lib/cleaning.js` does the same in the browser, so that a text does not change when it comes back from the server.
Both are tested with `tests/vectors/cleaning_examples.json`.
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 8
"""Combining marks kept on one letter: pointed Hebrew and stacked Tibetan need fewer, and more would cover the lines around."""

_C1 = (
    "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f"
    "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178"
)
_WINDOWS = {code: letter for code, letter in enumerate(_C1, 0x80) if ord(letter) != code}
"""What the bytes 0x80 to 0x9F mean in Windows-1252; read as Latin-1 they become control characters."""
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "→", 0xF0FC: "✓", 0xF0E0: "→", 0xF0DF: "←", 0xF04A: "☺"}
"""Private-use characters by which Word writes bullets, arrows and the smiley; only its symbol fonts can draw them."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_NEXT_LINE = "\x85"
_WINDOWS_LETTERS = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_BLANKS = "\u3164\uffa0\U0001d159"
#: Control characters, lone surrogates, characters that change the reading direction, and characters that no font draws.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffc\ufdd0-\ufdef\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
#: Tag characters are kept as part of a flag (Scotland, Wales); anywhere else they could hide a text.
_TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)|[\U000e0000-\U000e007f]")
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINER = re.compile(f"[{_JOINERS}]")
_SELECTOR = re.compile(f"[{_SELECTORS}]")
_JOINED_ON = re.compile(f"([{_JOINERS}])[{_JOINERS}{_SELECTORS}]+")
_SELECTED_ON = re.compile(f"([{_SELECTORS}])[{_SELECTORS}]+")
_BRAILLE = re.compile("[\u2801-\u28ff]")
_ENDS = re.compile(r"\n{3,}")
_BRAILLE_BLANK = "\u2800"


def clean(text: str, *, one_line: bool = False) -> str:
    """Returns the text as it is kept; "" where nothing of it can be seen.

    Line ends of every kind become line feeds, at most two in a row; in a text of one line they become spaces. Letters of
    Windows-1252 that were read as Latin-1 become the letters they meant. Other control characters, characters that change
    the reading direction, and characters no font draws are removed. Joiners and variation selectors stay where they join
    or select something. The result is in Unicode form C, without white space around it; cleaning it again changes nothing.
    """
    text = _without_controls(text)
    while (kept := unicodedata.normalize("NFC", _without_loose_signs(text))) != text:
        text = kept
    # Line by line: a regular expression for spaces before a line end takes quadratic time.
    lines = [line.rstrip() for line in text.split("\n")]
    if one_line:
        text = " ".join(part for line in lines if (part := line.strip()))
    else:
        text = _ENDS.sub("\n\n", "\n".join(lines)).strip()
    return text if shows(text) else ""


def shows(text: str) -> bool:
    """Returns whether a reader sees anything: at least one character that is not a space, a control or format character, or
    a combining mark."""
    return any(unicodedata.category(letter) not in _INVISIBLE and letter not in _BRAILLE_BLANK for letter in text)


_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Mc", "Me"})


def _without_controls(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    if _WINDOWS_LETTERS.search(text):  # then 0x85 is the ellipsis of Windows-1252 and no line end
        text = text.translate(_WINDOWS)
    text = text.replace(_NEXT_LINE, "\n").translate(_SYMBOLS)
    text = _TAGS.sub(r"\1", _DROPPED.sub("", text))
    blanks = _BLANKS if _BRAILLE.search(text) else _BLANKS + _BRAILLE_BLANK
    return text.translate({ord(letter): " " for letter in blanks})


def _without_loose_signs(text: str) -> str:
    """Returns the text without joiners that join nothing, variation selectors that select nothing, and marks beyond
    `MOST_MARKS` on one letter."""
    if text.isascii():
        return text
    text = _SELECTED_ON.sub(r"\1", _JOINED_ON.sub(r"\1", text))
    kept: list[str] = []
    marks = 0
    for place, letter in enumerate(text):
        before = kept[-1] if kept else " "
        if _JOINER.match(letter):
            after = text[place + 1 : place + 2] or " "
            if before.isspace() or _JOINER.match(before) or (after.isspace() and not _is_mark(before)):
                continue
        elif _SELECTOR.match(letter):
            if before.isspace() or _JOINER.match(before) or _SELECTOR.match(before):
                continue
        elif _is_mark(letter):
            marks += 1
            if marks > MOST_MARKS:
                continue
        else:
            marks = 0
        kept.append(letter)
    return "".join(kept)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me") and not _SELECTOR.match(letter)
