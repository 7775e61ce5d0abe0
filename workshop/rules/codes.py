"""Codes that people read aloud and type: the join code of a workshop or group, and a person's re-entry code.

Random bytes are an argument; callers take them from the system's secure source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

JOIN_ALPHABET = "CDFGHJKMNPQRTVWXY34679"
"""No look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and no vowels, so that no code is a word."""
JOIN_LENGTH = 6

REENTRY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U. Ten characters are 50 bits."""
REENTRY_LENGTH = 10

ENOUGH_BYTES = 16
"""Random bytes needed for one code: so many more than it holds that all codes are practically equally likely."""

LONGEST_TYPED = 2000
"""Characters of a field that are searched for a code: enough for a long address with its query."""

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_JOIN_ADDRESS = re.compile(r"/J/([^/?#\s]+)")
_FRAGMENT = re.compile(r"#([^#\s]+)\W*$")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = {
    word: str(digit)
    for digit, words in enumerate(
        [
            ("NUL", "ZERO"), ("EN", "ET", "ONE"), ("TO", "TWO"), ("TRE", "THREE"), ("FIRE", "FOUR"), ("FEM", "FIVE"),
            ("SEKS", "SIX"), ("SYV", "SEVEN"), ("OTTE", "EIGHT"), ("NI", "NINE"),
        ]
    )
    for word in words
}  # fmt: skip
"""Digits as they are dictated."""
_LABELS = frozenset(
    {
        "KODE", "KODEN", "KODER", "PERSONLIG", "PERSONLIGE", "MIN", "MIT", "DIN", "DIT", "DEN", "ER", "KORT", "KORTET",
        "NR", "NUMMER", "CODE", "PERSONAL", "MY", "YOUR", "THE", "IS", "CARD", "NO",
    }
)  # fmt: skip
"""Words that people write before a code and that could be read as parts of one."""


def join_code(random: bytes) -> str:
    """Returns a join code of six characters from at least 16 random bytes. Raises `ValueError` for fewer."""
    return _spell(random, JOIN_ALPHABET, JOIN_LENGTH)


def read_join_code(typed: str) -> str | None:
    """Returns the join code in what somebody typed, pasted, dictated or scanned; None where there is none, or more than
    one.

    The code may be written in capitals, small or wide letters, in parts of any length with spaces, dashes or points between
    them, in quotes, in a sentence ("Koden er CDF-GHJ."), or in the address it is part of.
    """
    text = _folded(typed)
    address = _JOIN_ADDRESS.search(text)
    return _read_join("" if address is None else _unescaped(address[1])) or _read_join(text)


def _read_join(text: str) -> str | None:
    # A word with a letter that no code has cannot be part of one.
    words = [_DIGITS.get(word, word) for word in _WORD.findall(text)]
    parts = [word for word in words if all(letter in JOIN_ALPHABET for letter in word)]
    for joined in ("".join(parts), "".join(part for part in parts if part not in _LABELS)):
        if len(joined) == JOIN_LENGTH:
            return joined
    return _only([part for part in parts if len(part) == JOIN_LENGTH])


def reentry_code(random: bytes) -> str:
    """Returns a re-entry code of ten characters, without its dash, from at least 16 random bytes. Raises `ValueError` for
    fewer."""
    return _spell(random, REENTRY_ALPHABET, REENTRY_LENGTH)


def read_reentry_code(typed: str) -> str | None:
    """Returns the re-entry code in what somebody typed, pasted, dictated or scanned, with O read as 0, and I and L as 1;
    None where there is none, or more than one. It may be written in all the ways of a join code, or stand after the # of
    the address on a card."""
    text = _folded(typed)
    words = _WORD.findall(text)
    fragment = _FRAGMENT.search(text)
    if fragment and (code := _as_reentry_code(_WORD.findall(_unescaped(fragment[1])))):
        return code
    behind = _WORD.findall(text.rpartition(":")[2])
    plain = [word for word in words if word not in _LABELS]
    for tried in (words, behind, plain, [_DIGITS.get(word, word) for word in plain]):
        if code := _as_reentry_code(tried):
            return code
    halves = (first + second for first, second in pairwise(words) if len(first) == len(second) == 5)
    return _only([code for one in (*words, *halves) if (code := _as_reentry_code([one])) and any(map(str.isdigit, one))])


def show_reentry_code(code: str) -> str:
    """Returns a re-entry code as people see it: `XXXXX-XXXXX`."""
    return f"{code[:5]}-{code[5:]}"


def _spell(random: bytes, alphabet: str, length: int) -> str:
    if len(random) < ENOUGH_BYTES:
        raise ValueError(f"a code needs at least {ENOUGH_BYTES} random bytes")
    number = int.from_bytes(random, "big")
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(alphabet))
        letters.append(alphabet[place])
    return "".join(letters)


def _unescaped(address: str) -> str:
    """Returns a part of an address with its percent-encoded ASCII characters decoded; a code has no others."""
    return re.sub("%([0-7][0-9A-F])", lambda found: chr(int(found[1], 16)), address)


def _folded(typed: str) -> str:
    """Returns the text in plain capitals: wide and styled letters replaced, characters without width removed."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    return "".join(letter for letter in plain if unicodedata.category(letter) not in ("Cf", "Cc", "Mn") or letter.isspace())


def _as_reentry_code(words: Iterable[str]) -> str | None:
    """Returns the words joined, where that has the form of a re-entry code; else None."""
    code = "".join(words).translate(_LOOK_ALIKES)
    return code if len(code) == REENTRY_LENGTH and all(letter in REENTRY_ALPHABET for letter in code) else None


def _only(found: list[str]) -> str | None:
    return found[0] if len(set(found)) == 1 else None
