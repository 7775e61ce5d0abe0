"""Marks the `mine` of people for whom the trail of an own or supported idea has changed (`screens.mine`).

The trail of an idea is a list of record ids: the idea it was merged into, the goals that build on either, the agreements on
those goals. It changes only when such a link is added or removed.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select

from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Agreement, Goal, Idea, IdeaSupport
from workshop.rules.record_ids import number_of

#: the field that holds the links of a text
_FROM = {Goal.kind: "from_ideas", Agreement.kind: "goals"}


def linked(text: Goal | Agreement) -> set[str]:
    """Returns the record ids a text is based on: ideas for a goal, goals for an agreement."""
    return set(text.content.get(_FROM[text.kind]) or [])


def tell(context: Context, text: Goal | Agreement, links: Collection[str]) -> None:
    """Marks the `mine` of authors and supporters of the ideas at the other end of links that were added or removed."""
    ideas = _ideas_of_goals(context, links) if isinstance(text, Agreement) else links
    numbers = [number_of(record_id) for record_id in ideas]
    if not numbers:
        return
    reached = select(Idea.id, Idea.participant_id).where(
        Idea.workshop_id == context.workshop.id, or_(Idea.id.in_(numbers), Idea.merged_into_id.in_(numbers))
    )
    found = reached.subquery()
    authors = select(found.c.participant_id).where(found.c.participant_id.is_not(None))
    supporters = select(IdeaSupport.participant_id).join(found, found.c.id == IdeaSupport.idea_id)
    context.touch_mine(*db.session.scalars(authors.union(supporters)))


def _ideas_of_goals(context: Context, goals: Collection[str]) -> set[str]:
    """Returns the ideas that these goals build on."""
    numbers = [number_of(record_id) for record_id in goals]
    if not numbers:
        return set()
    rows = db.session.scalars(
        select(Goal).where(Goal.workshop_id == context.workshop.id, Goal.state != "dropped", Goal.id.in_(numbers))
    )
    return {idea for goal in rows for idea in linked(goal)}
