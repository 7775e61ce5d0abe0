"""What a password needs: enough visible characters, and enough different ones."""

from __future__ import annotations

from workshop.rules.cleaning import clean, shows
from workshop.rules.refusal import Refused

LEAST = 10
"""The fewest visible characters of a password."""
MOST = 200
"""The most characters of a password: more would only make the hash slow."""
DIFFERENT = 4
"""The fewest different visible characters of a password."""


def visible(text: str) -> str:
    """Returns the characters of a text that a reader sees: no spaces, control characters, combining marks or blanks."""
    return "".join(sign for sign in clean(text, one_line=True) if shows(sign))


def check(password: str) -> None:
    """Raises `Refused` naming `password`: `empty` without visible characters, `malformed` with the fact `least` for too few
    and with `different` for too few different ones, `too_long` over the limit."""
    if len(password) > MOST:
        raise Refused("too_long", "password", limit=MOST)
    shown = visible(password)
    if not shown:
        raise Refused("empty", "password")
    if len(shown) < LEAST:
        raise Refused("malformed", "password", least=LEAST)
    if len(set(shown)) < DIFFERENT:
        raise Refused("malformed", "password", different=DIFFERENT)
