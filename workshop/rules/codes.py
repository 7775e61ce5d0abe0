"""Codes that people read aloud and type: the join code of a workshop or group, and a person's re-entry code.

Randomness comes from outside, as bytes from the system's secure source.
"""

from __future__ import annotations

JOIN_ALPHABET = "CDFGHJKMNPQRTVWXY34679"
"""No look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and no vowels, so that no code is a word."""
JOIN_LENGTH = 6

REENTRY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U. Ten characters are 50 bits."""
REENTRY_LENGTH = 10

ENOUGH_BYTES = 16
"""Bytes of randomness asked for: so many more than a code holds that every code is, to any measure, as
likely."""

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def join_code(random: bytes) -> str:
    """A join code of six characters from at least 16 random bytes. Raises `ValueError` for fewer."""
    return _spell(random, JOIN_ALPHABET, JOIN_LENGTH)


def read_join_code(typed: str) -> str | None:
    """The join code that somebody typed, in capitals and without spaces and dashes; None if it cannot be
    one."""
    code = _bare(typed)
    return code if _is_spelt(code, JOIN_ALPHABET, JOIN_LENGTH) else None


def reentry_code(random: bytes) -> str:
    """A re-entry code of ten characters, without its dash, from at least 16 random bytes."""
    return _spell(random, REENTRY_ALPHABET, REENTRY_LENGTH)


def read_reentry_code(typed: str) -> str | None:
    """The re-entry code that somebody typed: O is read as 0, I and L as 1, dashes and spaces go; None if
    not one."""
    code = _bare(typed).translate(_LOOK_ALIKES)
    return code if _is_spelt(code, REENTRY_ALPHABET, REENTRY_LENGTH) else None


def show_reentry_code(code: str) -> str:
    """A re-entry code as people see it: `XXXXX-XXXXX`."""
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


def _bare(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if not letter.isspace() and letter not in "-–—‐‑")


def _is_spelt(code: str, alphabet: str, length: int) -> bool:
    return len(code) == length and all(letter in alphabet for letter in code)
