"""All tables, by noun. Constraints do the guarding: unique, check, foreign keys."""

from .ideas import Comment, Idea, Theme
from .people import Organiser, Participant, Token
from .record import Answer, JournalEntry, Tombstone, Undo
from .rooms import Group, Step, Workshop
from .texts import Agreement, Amendment, Commitment, Consent, ConsentGiven, Goal, Objection, TextVersion
from .votes import Ballot, Decision, Paper, Participation

__all__ = [
    "Agreement",
    "Amendment",
    "Answer",
    "Ballot",
    "Comment",
    "Commitment",
    "Consent",
    "ConsentGiven",
    "Decision",
    "Goal",
    "Group",
    "Idea",
    "JournalEntry",
    "Objection",
    "Organiser",
    "Paper",
    "Participant",
    "Participation",
    "Step",
    "TextVersion",
    "Theme",
    "Token",
    "Tombstone",
    "Undo",
    "Workshop",
]
