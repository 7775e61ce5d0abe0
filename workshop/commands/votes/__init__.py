"""Ballots and decisions: opening, casting, closing and publishing, and where their papers are kept.

Importing the package registers its commands.
"""

from workshop.commands.votes import (
    again,
    ballots,
    deadlines,
    decisions,
    electorate,
    hands,
    named_papers,
    openness,
    overdue,
    secret_papers,
    taking_out,
    turnout,
)

__all__ = [
    "again",
    "ballots",
    "deadlines",
    "decisions",
    "electorate",
    "hands",
    "named_papers",
    "openness",
    "overdue",
    "secret_papers",
    "taking_out",
    "turnout",
]
