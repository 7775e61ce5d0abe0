"""The outcome of a workshop as one neutral document: plain values, no layout, no database.

Every format (PDF, Word, Excel, CSV, Markdown, JSON, calendar, the public page) is made from an `Outcome` only, so that
all have the same content. Texts that people wrote are unchanged. What the disclosure rules withhold (docs/rules.md
section 7) is left out of the `Outcome` already, so no format can show it.
"""

from __future__ import annotations

from workshop.export.document.figures import WITHHELD, Figure, Reference, Share
from workshop.export.document.hands import Hands, ShowOfHands
from workshop.export.document.openness import Choice, NamedVote, OpenGroup
from workshop.export.document.room import Attended, GroundRules, Look, Mandate, Presence, Room
from workshop.export.document.texts import (
    Agreement,
    Change,
    Check,
    Commitment,
    Contribution,
    Goal,
    Idea,
    Party,
    Remark,
    Revision,
)
from workshop.export.document.votes import (
    Ballot,
    CommonGround,
    Decision,
    GroupResult,
    OptionResult,
    OwnCause,
    Rules,
    Shortlist,
    ShortlistStep,
    Tally,
    Vote,
    VotedGoal,
)
from workshop.export.document.whole import SCHEMA, Outcome, Provenance

__all__ = [
    "SCHEMA",
    "WITHHELD",
    "Agreement",
    "Attended",
    "Ballot",
    "Change",
    "Check",
    "Choice",
    "Commitment",
    "CommonGround",
    "Contribution",
    "Decision",
    "Figure",
    "Goal",
    "GroundRules",
    "GroupResult",
    "Hands",
    "Idea",
    "Look",
    "Mandate",
    "NamedVote",
    "OpenGroup",
    "OptionResult",
    "Outcome",
    "OwnCause",
    "Party",
    "Presence",
    "Provenance",
    "Reference",
    "Remark",
    "Revision",
    "Room",
    "Rules",
    "Share",
    "Shortlist",
    "ShortlistStep",
    "ShowOfHands",
    "Tally",
    "Vote",
    "VotedGoal",
]
