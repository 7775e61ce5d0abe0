"""The follow-up card: the way back, without a name, for somebody who was in the room (docs/secrecy.md).

Its code is made from the server's key, the person's own code and the command's id, and told to the person alone. The
database has neither the code nor what it is made from.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute

from workshop import identity, locks, secrecy
from workshop.clock import day_of, today
from workshop.door.arguments import NoArgs
from workshop.door.context import Context
from workshop.door.registry import PEOPLE, Result, command
from workshop.extensions import db
from workshop.identity import CARD, Actor
from workshop.models import FollowUpCard, Handover, JournalEntry, LookBack, Participant, Workshop, card_box
from workshop.models.reviews import follow_up_ends
from workshop.rules.codes import read_reentry_code, reentry_code, show_reentry_code
from workshop.rules.refusal import Refused
from workshop.store import writing_outside


def _new_card(actor: Actor, command_id: str) -> dict[str, str]:
    """Returns the code that this command takes: the same for the same person and command."""
    return {"card": show_reentry_code(_code(actor, command_id))}


def _code(actor: Actor, command_id: str) -> str:
    if actor.personal_code is None:
        raise Refused("not_allowed")
    assert actor.workshop_id is not None, "a command is given in a workshop"
    random = secrecy.card_code(identity.secret(), actor.workshop_id, actor.personal_code, command_id)
    return reentry_code(random)


@command("take_follow_up_card", NoArgs, PEOPLE, while_closed=True, while_draft=False, secret_result=_new_card)
def take_follow_up_card(context: Context, args: NoArgs) -> Result:
    """Take the one follow-up card. Returns `{card}`, the code, which is told here only and kept nowhere. Raises `already`
    for a second one, `wrong_step` before the closing step, `closed` once names are erased and for somebody who joined after
    the workshop was closed or handed over."""
    person = context.person
    if person.has_card:
        raise Refused("already", "card", one_card=True)
    step = context.current_step()
    if context.workshop.state != "closed" and (step is None or step.step_kind != "closing"):
        raise Refused("wrong_step", "step")
    if context.workshop.names_erased_at is not None or _came_after_it_was_over(context.workshop, person):
        raise Refused("closed", "card", room_is_over=True)
    code = read_reentry_code(context.secret["card"])
    assert code is not None, "the code was made here"
    card_box.put(identity.secret(), context.workshop.id, code, person.group_id)
    person.has_card = True
    context.touch_mine(person)
    return None


def _came_after_it_was_over(workshop: Workshop, person: Participant) -> bool:
    """Returns whether somebody joined after the day on which the workshop was first closed, after the result was first handed
    over, or after the first look-back opened. A closing by mistake is put right on the same day."""
    closed = _first(JournalEntry.at, JournalEntry.name == "close_workshop", workshop)
    if closed is not None and day_of(person.joined_at) > day_of(closed):
        return True
    over = (_first(Handover.at, true(), workshop), _first(LookBack.opened_at, true(), workshop))
    return any(moment is not None and person.joined_at > moment for moment in over)


def _first(moment: InstrumentedAttribute[datetime], which: ColumnElement[bool], workshop: Workshop) -> datetime | None:
    """Returns the first of such moments in a workshop; None where there is none yet."""
    here = moment.class_.workshop_id == workshop.id
    return db.session.scalar(select(moment).where(here, which).order_by(moment).limit(1))


def card_behind(typed: str) -> tuple[FollowUpCard, str]:
    """Returns a card by its code, as typed, and the code as it is read. Raises `Refused("unknown_code", "code")`."""
    code = read_reentry_code(typed)
    card = card_box.find(identity.secret(), code) if code else None
    if card is None or code is None:
        raise Refused("unknown_code", "code", card=True)
    return card, code


def check_card_alive(workshop: Workshop) -> None:
    """Raises `Refused("ended", "card")` where the time of the workshop's cards is over."""
    last = follow_up_ends(workshop)
    if today() > last:
        raise Refused("ended", "card", last_day=last.isoformat())


def own_card(actor: Actor, workshop: Workshop) -> FollowUpCard:
    """Returns the card that acts. Raises `Refused("ended")` for one that is not, or no longer, valid."""
    code = actor.personal_code
    card = card_box.find(identity.secret(), code, workshop.id) if code else None
    if card is None:
        raise Refused("ended")
    check_card_alive(workshop)
    return card


def let_in(typed: str) -> tuple[Workshop, str]:
    """Lets a device in by the code of a card. Returns the workshop and a token, whose row says neither which card nor which
    group it is. Raises `Refused("unknown_code")`, and `Refused("ended")` for a card whose time is over."""
    card, code = card_behind(typed)
    workshop_id, token = card.workshop_id, secrecy.new_token()
    check_card_alive(db.session.get_one(Workshop, workshop_id))
    _issue(token, workshop_id, code)
    return db.session.get_one(Workshop, workshop_id), token


@locks.again
def _issue(token: str, workshop_id: int, code: str) -> None:
    with writing_outside():
        identity.issue(token, CARD, workshop_id=workshop_id, personal_code=code)
