"""After the seminar: handed over, answered, carried out, judged (docs/rules.md section 11).

Importing the package registers its commands.
"""

from workshop.commands.follow_up import (
    answers,
    card_decisions,
    cards,
    clockwork,
    contacts,
    endings,
    handover,
    lines,
    links,
    look_backs,
    offers,
    panel,
    path,
    reopening,
    reports,
)

__all__ = [
    "answers",
    "card_decisions",
    "cards",
    "clockwork",
    "contacts",
    "endings",
    "handover",
    "lines",
    "links",
    "look_backs",
    "offers",
    "panel",
    "path",
    "reopening",
    "reports",
]
