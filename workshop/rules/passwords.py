"""What a password must be: long enough in signs that one can see, and not a few signs over and over."""

from __future__ import annotations

from workshop.rules.cleaning import clean, shows
from workshop.rules.refusal import Refused

LEAST = 10
"""Visible signs of a password."""
MOST = 200
"""Characters of a password: more would only make the hash slow."""
DIFFERENT = 4
"""Different visible signs of a password."""


def visible(text: str) -> str:
    """Returns the signs of a text that a reader sees: no spaces, no controls, no marks, no fillers."""
    return "".join(sign for sign in clean(text, one_line=True) if shows(sign))


def check(password: str) -> None:
    """Raises `Refused` naming `password`: `empty` for one that shows nothing, `malformed` with `least` for one that is too
    short and with `different` for one of too few signs, `too_long` over the limit."""
    if len(password) > MOST:
        raise Refused("too_long", "password", limit=MOST)
    shown = visible(password)
    if not shown:
        raise Refused("empty", "password")
    if len(shown) < LEAST:
        raise Refused("malformed", "password", least=LEAST)
    if len(set(shown)) < DIFFERENT:
        raise Refused("malformed", "password", different=DIFFERENT)
