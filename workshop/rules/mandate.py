"""What the room may do, and the words that follow from it (docs/rules.md section 1)."""

from __future__ import annotations

from workshop.rules.refusal import Refused

PARTICIPATION_LEVELS: tuple[str, ...] = ("inform", "consult", "involve", "collaborate", "empower")
"""The IAP2 spectrum, from least to most: informere, høre, involvere, samarbejde, bemyndige."""

DECISION_LEVELS: tuple[str, ...] = ("inspiration", "recommendation", "proposal", "agreement", "decision")
"""From least to most binding: inspiration, anbefaling, indstilling, aftale mellem parterne, beslutning."""

ONLY_ADVICE: frozenset[str] = frozenset({"inspiration", "recommendation"})
"""Levels where somebody else decides: nothing anywhere may say *decided*."""

_DANISH: dict[str, str] = {
    "informere": "inform",
    "høre": "consult",
    "involvere": "involve",
    "samarbejde": "collaborate",
    "bemyndige": "empower",
    "anbefaling": "recommendation",
    "indstilling": "proposal",
    "aftale": "agreement",
    "aftale mellem parterne": "agreement",
    "agreement between the parties": "agreement",
    "beslutning": "decision",
}


def participation_level(text: str) -> str:
    """Returns the key of a participation level, given in English or Danish. Raises `Refused("malformed")` for another word."""
    return _read(text, PARTICIPATION_LEVELS, "participation_level")


def decision_level(text: str) -> str:
    """Returns the key of a decision level, given in English or Danish. Raises `Refused("malformed")` for another word."""
    return _read(text, DECISION_LEVELS, "decision_level")


def promise_key(level: str) -> str:
    """Returns the catalogue key of the default promise to the participants at a participation level."""
    return f"promise.{level}"


def step_title_key(kind: str, level: str | None) -> str:
    """Returns the catalogue key of a step's default title. A step of the kind `decisions` has another title at the levels of
    `ONLY_ADVICE`."""
    advice = kind == "decisions" and level in ONLY_ADVICE
    return f"step.{kind}.title.advice" if advice else f"step.{kind}.title"


def _read(text: str, levels: tuple[str, ...], field: str) -> str:
    word = text.strip().casefold()
    level = _DANISH.get(word, word)
    if level not in levels:
        raise Refused("malformed", field)
    return level
