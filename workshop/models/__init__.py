"""All tables, by noun. Unique constraints, check constraints and foreign keys guard them."""

from workshop.extensions import db
from workshop.models.cards import FollowUpCard, LookBack, VerdictPaper
from workshop.models.filed import FiledRecord
from workshop.models.follow_up import (
    EndedAgreement,
    FollowUpDate,
    FollowUpLink,
    FollowUpReport,
    Handover,
    LineReport,
    LineVerdict,
    OverdueCorrection,
    PathStep,
    Postponement,
    ReceiverAnswer,
)
from workshop.models.hands import ShowOfHands
from workshop.models.history import Answer, Hiding, JournalEntry, ServerMark, Tombstone, Undo
from workshop.models.ideas import Comment, Idea, IdeaSupport, IdeaView, Theme
from workshop.models.leases import Lease
from workshop.models.mail import Outgoing, Subscription
from workshop.models.panel import PanelAnswer, PanelQuestion, PanelStatement
from workshop.models.people import Organiser, Participant, Token
from workshop.models.reopening import PartyWord, Reopening
from workshop.models.rooms import Attendance, Group, Step, Workshop
from workshop.models.texts import (
    Agreement,
    Amendment,
    Commitment,
    Consent,
    ConsentGiven,
    Goal,
    Objection,
    TextVersion,
)
from workshop.models.votes import Ballot, BallotPaper, Decision, NamedPaper, Participation, Turnout, Vote

# Without this SQLite reuses the number of a deleted row, and the id of a deleted record would name another one.
for _table in db.metadata.tables.values():
    if _table.columns.get("id") is not None:
        _table.dialect_options["sqlite"]["autoincrement"] = True

__all__ = [
    "Agreement",
    "Amendment",
    "Answer",
    "Attendance",
    "Ballot",
    "BallotPaper",
    "Comment",
    "Commitment",
    "Consent",
    "ConsentGiven",
    "Decision",
    "EndedAgreement",
    "FiledRecord",
    "FollowUpCard",
    "FollowUpDate",
    "FollowUpLink",
    "FollowUpReport",
    "Goal",
    "Group",
    "Handover",
    "Hiding",
    "Idea",
    "IdeaSupport",
    "IdeaView",
    "JournalEntry",
    "Lease",
    "LineReport",
    "LineVerdict",
    "LookBack",
    "NamedPaper",
    "Objection",
    "Organiser",
    "Outgoing",
    "OverdueCorrection",
    "PanelAnswer",
    "PanelQuestion",
    "PanelStatement",
    "Participant",
    "Participation",
    "PartyWord",
    "PathStep",
    "Postponement",
    "ReceiverAnswer",
    "Reopening",
    "ServerMark",
    "ShowOfHands",
    "Step",
    "Subscription",
    "TextVersion",
    "Theme",
    "Token",
    "Tombstone",
    "Turnout",
    "Undo",
    "VerdictPaper",
    "Vote",
    "Workshop",
]
