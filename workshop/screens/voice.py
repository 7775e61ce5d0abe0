"""Who is heard, for facilitators only: shares of what was written and voted beside shares of the room.

docs/rules.md section 10. Numbers of what was done, never what; groups under the privacy minimum have no line of their own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from ..extensions import db
from ..models import Comment, Group, Idea, Participant, Participation, Workshop
from ..rules import voice as rules
from . import seen


def voice(workshop_id: int) -> dict[str, Any]:
    """`{groups: [{key, people, silent, head, ideas, comments, votes}], lines: [{key, facts}]}`; shares as `"a/b"`,
    None where there is nothing of a kind yet."""
    minimum = db.session.scalar(select(Workshop.privacy_minimum).where(Workshop.id == workshop_id)) or 0
    people = _people(workshop_id)
    if not people:
        return {"groups": [], "lines": []}
    found = rules.voice(people, seen.by_open_idea(workshop_id), minimum)
    return {
        "groups": [
            {
                "key": group.key,
                "people": group.people,
                "silent": group.silent,
                "head": _written(group.head),
                "ideas": _written(group.ideas),
                "comments": _written(group.comments),
                "votes": _written(group.votes),
            }
            for group in found.groups
        ],
        "lines": [{"key": line.key, "facts": line.facts} for line in rules.lines(found)],
    }


def _people(workshop_id: int) -> list[rules.PersonCount]:
    ideas = _counts(Idea, Idea.workshop_id == workshop_id, Idea.state != "withdrawn")
    comments = _counts(Comment, Comment.workshop_id == workshop_id)
    votes = _counts(Participation, Participation.workshop_id == workshop_id, Participation.voted.is_(True))
    rows = db.session.execute(
        select(Participant.id, Group.key)
        .join(Group, Group.id == Participant.group_id)
        .where(Participant.workshop_id == workshop_id, Participant.state == "active")
    )
    return [
        rules.PersonCount(key, ideas.get(person, 0), comments.get(person, 0), votes.get(person, 0))
        for person, key in rows
    ]


def _counts(model: Any, *where: Any) -> dict[int, int]:
    rows = db.session.execute(
        select(model.participant_id, func.count()).where(*where).group_by(model.participant_id)
    )
    return {person: count for person, count in rows if person is not None}


def _written(share: Fraction | None) -> str | None:
    return f"{share.numerator}/{share.denominator}" if share is not None else None
