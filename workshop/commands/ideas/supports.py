"""Supporting an idea of somebody else instead of posting the same idea again (docs/rules.md section 9)."""

from __future__ import annotations

from typing import Annotated

from workshop.commands.ideas.ideas import refuse_on_ballot
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Idea, IdeaSupport
from workshop.rules.refusal import Refused


class SupportIdea(Args):
    idea: Annotated[str, Ref("idea")]
    support: bool


@command("support_idea", SupportIdea, PEOPLE, while_draft=False)
def support_idea(context: Context, args: SupportIdea) -> Result:
    """Support an idea that says what one wanted to say, or take the support back. How many support it is not shown until a
    ballot on it is published; once one is opened, support cannot be changed (`conflict`). Raises `already` for one's own
    idea."""
    idea = context.find(Idea, args.idea)
    person = context.person
    if idea.participant_id == person.id:
        raise Refused("already", "idea", own_idea=True)
    given = db.session.get(IdeaSupport, (idea.id, person.id))
    if idea.shown_seq is None:
        raise Refused("not_found", "idea")
    if (idea.erased or idea.state != "open") and (args.support or given is None):
        raise Refused("not_open", "idea", state=idea.state)
    refuse_on_ballot(context, [idea])
    # The idea itself is not stamped: a record that is sent again unchanged would show that somebody supported it.
    if args.support and given is None:
        db.session.add(IdeaSupport(idea_id=idea.id, participant_id=person.id))
    elif not args.support and given is not None:
        db.session.delete(given)
    context.touch_mine(person)
    return None
