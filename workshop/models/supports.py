"""Reads who supports which idea, to tell these people what became of it, and the numbers, where they may be shown."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from workshop.extensions import db
from workshop.models.ideas import Idea, IdeaSupport
from workshop.models.rooms import Workshop
from workshop.models.votes import Ballot


def supporters(ideas: Iterable[Idea]) -> set[int]:
    """Returns the numbers of the people who support any of the ideas."""
    numbers = [idea.id for idea in ideas]
    return set(db.session.scalars(select(IdeaSupport.participant_id).where(IdeaSupport.idea_id.in_(numbers))))


_PUBLISHED = select(Ballot.options).where(Ballot.workshop_id == bindparam("workshop"), Ballot.state == "published")


def after_the_vote(workshop: Workshop) -> dict[str, int]:
    """Returns how many people support an idea, by its record id: for ideas of published ballots, from the privacy minimum
    on. Before that the numbers could influence support and votes (docs/rules.md section 9)."""
    published = db.session.scalars(_PUBLISHED, {"workshop": workshop.id})
    voted_on = {option for options in published for option in options}
    if not voted_on:
        return {}
    return {idea: number for idea, number in _counted(workshop).items() if idea in voted_on}


def taken_home(workshop: Workshop) -> dict[str, int]:
    """Returns the numbers for the record: of every idea once the workshop is closed, before that as `after_the_vote`."""
    return _counted(workshop) if workshop.state == "closed" else after_the_vote(workshop)


def _counted(workshop: Workshop) -> dict[str, int]:
    """Returns how many people support each idea or an idea merged into it, from the privacy minimum on; each person counts
    once."""
    behind: dict[str, set[int]] = {}
    rows = db.session.execute(
        select(Idea.id, Idea.merged_into_id, IdeaSupport.participant_id)
        .join(IdeaSupport, IdeaSupport.idea_id == Idea.id)
        .where(Idea.workshop_id == workshop.id, Idea.state.in_(("open", "merged")))
    )
    for idea, into, person in rows:
        behind.setdefault(Idea.record_id_of(into or idea), set()).add(person)
    return {idea: len(people) for idea, people in behind.items() if len(people) >= workshop.privacy_minimum}
