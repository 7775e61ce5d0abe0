"""Texts a workshop has from the start: the promise to participants, and the titles and instructions of steps.

They are stored in the workshop's language like any other text. A text that nobody has edited is equal to the catalogue's, so
it can be shown to each reader in their own language.
"""

from __future__ import annotations

from workshop.catalogue import t
from workshop.rules import mandate


def promise_key(promise: str, level: str, written_in: str) -> str | None:
    """Returns the catalogue key of a promise that nobody has edited; None for an edited one."""
    return _unedited(promise, mandate.promise_key(level), written_in)


def title_key(title: str, step_kind: str, level: str, written_in: str) -> str | None:
    """Returns the catalogue key of a step's title that nobody has edited; None for an edited one."""
    return _unedited(title, mandate.step_title_key(step_kind, level), written_in)


def instruction_key(instruction: str, step_kind: str, written_in: str) -> str | None:
    """Returns the catalogue key of a step's instruction that nobody has edited; None for an edited one."""
    return _unedited(instruction, f"step.{step_kind}.instruction", written_in)


def said(words: str, key: str | None, language: str) -> str:
    """Returns the text of `key` in the reader's language; without a key the words as they are."""
    return t(key, language) if key else words


def _unedited(words: str, key: str, written_in: str) -> str | None:
    return key if words == t(key, written_in) else None
