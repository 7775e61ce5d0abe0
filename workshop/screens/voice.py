"""Who is heard, for facilitators only: each group's share of texts and votes beside its share of the people (docs/rules.md
section 10).

Only numbers are read, no contents. Of votes only those that have closed are counted, by the turnout of their effective
groups, and only where that may be shown.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from workshop.extensions import db
from workshop.models import Comment, Group, Idea, Participant, Participation, Vote, Workshop
from workshop.models.votes import VOTES
from workshop.rules import voice as rules
from workshop.rules.turnout import may_show_groups
from workshop.screens import seen


def voice(workshop_id: int) -> dict[str, Any]:
    """Returns `{groups: [{key, people, silent, head, ideas, comments, votes}], lines: [{key, facts}]}`; shares are `"a/b"`,
    None where there is nothing of a kind yet."""
    minimum = db.session.scalar(select(Workshop.privacy_minimum).where(Workshop.id == workshop_id)) or 0
    people = _people(workshop_id)
    if not people:
        return {"groups": [], "lines": []}
    shares = rules.vote_shares(_turnouts(workshop_id))
    found = rules.voice(people, seen.by_open_idea(workshop_id), minimum, shares)
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


def ideas_so_far(workshop_id: int) -> int:
    """Returns how many ideas people in the room have written and not withdrawn, including those that only their authors
    see."""
    written_here = (Idea.workshop_id == workshop_id, Idea.state != "withdrawn", Idea.source.is_(None))
    return db.session.scalar(select(func.count()).select_from(Idea).where(*written_here)) or 0


def _people(workshop_id: int) -> list[rules.PersonCount]:
    ideas = _counts(Idea, Idea.workshop_id == workshop_id, Idea.state != "withdrawn")
    comments = _counts(Comment, Comment.workshop_id == workshop_id)
    rows = db.session.execute(
        select(Participant.id, Group.key)
        .join(Group, Group.id == Participant.group_id)
        .where(Participant.workshop_id == workshop_id, Participant.state == "active")
    )
    return [rules.PersonCount(key, ideas.get(person, 0), comments.get(person, 0)) for person, key in rows]


def _turnouts(workshop_id: int) -> list[dict[str, int]]:
    """Returns the turnout per effective group of each closed vote in which it may be shown. It counts everybody who voted,
    also those who have left the room since: a number that fell when somebody leaves would tell that they had voted."""
    closed: dict[str, Vote] = {}
    for model in VOTES:
        wanted = select(model).where(model.workshop_id == workshop_id, model.state != "open")
        votes: list[Vote] = list(db.session.scalars(wanted))
        closed |= {vote.record_id: vote for vote in votes}
    rows = db.session.execute(
        select(Participation.vote_id, Participation.group, func.count())
        .where(Participation.vote_id.in_(closed), Participation.voted.is_(True))
        .group_by(Participation.vote_id, Participation.group)
    )
    found: dict[str, dict[str, int]] = {}
    for vote_id, group, count in rows:
        found.setdefault(vote_id, {})[group] = count
    return [
        voted
        for vote_id, voted in found.items()
        if may_show_groups(voted, closed[vote_id].eligible or voted, closed[vote_id].privacy_minimum)
    ]


def _counts(model: Any, *where: Any) -> dict[int, int]:
    rows = db.session.execute(select(model.participant_id, func.count()).where(*where).group_by(model.participant_id))
    return {person: count for person, count in rows if person is not None}


def _written(share: Fraction | None) -> str | None:
    return f"{share.numerator}/{share.denominator}" if share is not None else None
