"""All tables, by noun. Constraints do the guarding: unique, check, foreign keys."""

from ..extensions import db
from .hands import ShowOfHands
from .ideas import Comment, Idea, IdeaSupport, IdeaView, Theme
from .people import Organiser, Participant, Token
from .record import Answer, Hiding, JournalEntry, Tombstone, Undo
from .rooms import Attendance, Group, Step, Workshop
from .texts import Agreement, Amendment, Commitment, Consent, ConsentGiven, Goal, Objection, TextVersion
from .votes import Ballot, Decision, NamedPaper, Paper, Participation

# SQLite would give the number of a deleted row to the next one; a record's id must never name something else.
for _table in db.metadata.tables.values():
    if _table.columns.get("id") is not None:
        _table.dialect_options["sqlite"]["autoincrement"] = True

__all__ = [
    "Agreement",
    "Amendment",
    "Answer",
    "Attendance",
    "Ballot",
    "Comment",
    "Commitment",
    "Consent",
    "ConsentGiven",
    "Decision",
    "Goal",
    "Group",
    "Hiding",
    "Idea",
    "IdeaSupport",
    "IdeaView",
    "JournalEntry",
    "NamedPaper",
    "Objection",
    "Organiser",
    "Paper",
    "Participant",
    "Participation",
    "ShowOfHands",
    "Step",
    "TextVersion",
    "Theme",
    "Token",
    "Tombstone",
    "Undo",
    "Workshop",
]
