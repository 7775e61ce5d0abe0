"""Standing behind somebody else's idea instead of writing it once more (docs/rules.md section 9)."""

from __future__ import annotations

from typing import Annotated

from ..extensions import db
from ..models import Idea, IdeaSupport
from ..rules.refusal import Refused
from .arguments import Args, Ref
from .context import Context
from .ideas import refuse_on_ballot
from .registry import PEOPLE, Result, command


class SupportIdea(Args):
    idea: Annotated[str, Ref("idea")]
    support: bool


@command("support_idea", SupportIdea, PEOPLE, while_draft=False)
def support_idea(context: Context, args: SupportIdea) -> Result:
    """Support an idea that says what one wanted to say, or take that back. Until a ballot on it is published nobody is shown
    how many do; once one is opened nothing of it can be changed (`conflict`). Raises `already` for one's own idea."""
    idea = context.find(Idea, args.idea)
    person = context.person
    if idea.participant_id == person.id:
        raise Refused("already", "idea", own_idea=True)
    given = db.session.get(IdeaSupport, (idea.id, person.id))
    if idea.shown_seq is None:
        raise Refused("not_found", "idea")
    if idea.state != "open" and (args.support or given is None):
        raise Refused("not_open", "idea", state=idea.state)
    refuse_on_ballot(context, [idea])
    # The idea itself is not stamped: a record that comes again unchanged would tell that somebody has done this.
    if args.support and given is None:
        db.session.add(IdeaSupport(idea_id=idea.id, participant_id=person.id))
    elif not args.support and given is not None:
        db.session.delete(given)
    context.touch_mine(person)
    return None
