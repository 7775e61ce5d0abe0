"""Reservations and dissent on all texts, word for word, each with the text it is about."""

from __future__ import annotations

from workshop.export.document import Agreement, Goal
from workshop.export.parts import agreements
from workshop.export.promises.told import Told


def minority(told: Told) -> list[tuple[str, str]]:
    """Returns each reservation and dissent once, as (what it is about, its text)."""
    found: dict[tuple[str, str], None] = {}
    texts: list[Goal | Agreement] = [*told.outcome.goals, *told.outcome.agreements]
    for text in texts:
        attached = text.dissent if isinstance(text, Agreement) else ()
        reservations, dissent = agreements.minority_words(told.outcome.decision_on(text), attached, told.words)
        found |= dict.fromkeys((told.say("minority.reservation", label=text.label), one) for one in reservations)
        found |= dict.fromkeys((told.say("minority.dissent", label=text.label), one) for one in dissent)
    return list(found)
