"""The reasons for hiding ideas and comments are stored, and an author may ask once to have an idea shown again.

`export.moderation` builds the log from the journal and these reasons.
"""

from __future__ import annotations

from typing import Annotated

from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Hiding, Idea
from workshop.rules.refusal import Refused


class AskAgain(Args):
    idea: Annotated[str, Ref("idea")]
    words: Annotated[str, Words("reason")] = ""


def keep_reason(context: Context, record_id: str, reason: str) -> None:
    """Stores the reason for hiding something next to its journal entry, which holds only a digest."""
    db.session.add(Hiding(workshop_id=context.workshop.id, seq=context.seq, record=record_id, reason=reason))


@command("ask_again", AskAgain, PEOPLE)
def ask_again(context: Context, args: AskAgain) -> Result:
    """Ask the facilitator to show one's own hidden idea again; once for each time it is hidden.

    Raises `not_yours` for somebody else's, `wrong_step` for one that is not hidden, `already` the second time.
    """
    idea = context.find(Idea, args.idea)
    if idea.participant_id != context.person.id:
        raise Refused("not_yours" if idea.shown_seq is not None else "not_found", "idea")
    if idea.state != "hidden":
        raise Refused("wrong_step", "idea", state=idea.state)
    if idea.asked_again is not None:
        raise Refused("already", "idea")
    idea.asked_again = args.words
    context.touch(idea)
    context.touch_mine(context.person)
    return None
