"""Detects that a vote asks the same question as an earlier one: who has joined and left since, and which groups stay
counted together.

Two results of one question differ by the votes of those who joined or left between them; if that is one person, the
difference is that person's vote (docs/rules.md section 7). Neither result alone can prevent this. So the facilitator is
warned before the second vote opens, and groups that were counted together in the first are counted together in the second.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select

from workshop.extensions import db
from workshop.models import (
    Agreement,
    Ballot,
    Decision,
    Goal,
    Participant,
    Participation,
    Token,
    Vote,
    headcount,
    text_versions,
)
from workshop.models.reopening import not_in_force
from workshop.rules.groups import split_key


@dataclass(frozen=True)
class Earlier:
    """The last vote on the same question; how many can vote now who could not then, and how many could then who cannot now."""

    vote: Vote
    came: int
    left: int

    def as_record(self) -> dict[str, str | int]:
        """Returns it in the form of `preview_vote`."""
        return {"vote": self.vote.record_id, "came": self.came, "left": self.left}


def ballot_on(workshop_id: int, options: Collection[str]) -> Ballot | None:
    """Returns the last ballot on these options, or one whose options include all of these or are among them."""
    wanted = set(options)
    earlier = db.session.scalars(select(Ballot).where(Ballot.workshop_id == workshop_id).order_by(Ballot.id.desc()))
    for ballot in earlier:
        held = set(ballot.options)
        if held and wanted and (held <= wanted or wanted <= held):
            return ballot
    return None


def decision_on(text: Goal | Agreement) -> Decision | None:
    """Returns the last decision with an outcome on the text's present words; corrections of the language count as the same
    words."""
    wanted = select(Decision).where(
        Decision.text_id == text.record_id,
        Decision.text_version >= text_versions.base_version(text),
        Decision.result.is_not(None),
        Decision.id.not_in(not_in_force()),
    )
    found: Decision | None = db.session.scalar(wanted.order_by(Decision.id.desc()).limit(1))
    return found


def pooled(vote: Vote | None) -> list[tuple[str, ...]]:
    """Returns the groups that were counted together in an earlier vote, each as its declared keys."""
    keys = set(vote.effective.values()) if vote is not None else set()
    return [parts for parts in map(split_key, sorted(keys)) if len(parts) > 1]


def since_ballot(ballot: Ballot) -> Earlier:
    """Returns who joined after the ballot closed, and who left since it opened: counted from joining and leaving, never
    from who voted. Who was there and has changed group since has come and left: one group counts them, another no more."""
    here = Participant.workshop_id == ballot.workshop_id
    came = moved = 0
    if ballot.closed_at is not None:
        came = headcount.joined(ballot.workshop_id, Participant.joined_at > ballot.closed_at)
        moved = headcount.joined(ballot.workshop_id, _moved_since(ballot.closed_at))
    ended = exists().where(Token.participant_id == Participant.id, Token.ended_at > ballot.opened_at)
    gone = select(func.count()).where(here, Participant.state == "removed", ended)
    return Earlier(ballot, came + moved, (db.session.scalar(gone) or 0) + moved)


def since_decision(decision: Decision, people: Collection[int]) -> Earlier:
    """Returns who of the `people` that would decide now was not admitted then; and who was, and is not among them. Who has
    changed group since counts as both."""
    admitted = select(Participation.participant_id).where(Participation.vote_id == decision.record_id)
    then, now = set(db.session.scalars(admitted)), set(people)
    moved = 0
    if decision.closed_at is not None:
        both = Participant.id.in_(then & now)
        moved = headcount.joined(decision.workshop_id, both, _moved_since(decision.closed_at))
    return Earlier(decision, len(now - then) + moved, len(then - now) + moved)


def _moved_since(moment: datetime) -> ColumnElement[bool]:
    """Returns the condition for people who were there at that moment, in another group than now."""
    return and_(Participant.joined_at <= moment, Participant.moved_at > moment)
