"""Erases names when a workshop's retention time is over; the clock finds them, and a command erases them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from workshop import faults, locations, vacuum
from workshop.clock import day_of, now
from workshop.commands.follow_up import contacts
from workshop.commands.privacy import server_clock
from workshop.commands.privacy.erasure import NO_CODE
from workshop.commands.votes import named_papers
from workshop.door.arguments import NoArgs
from workshop.door.context import Context
from workshop.door.perform import perform
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import ORGANISER, SYSTEM, Actor
from workshop.models import Commitment, IdeaView, JournalEntry, NamedPaper, Participant, Token, Undo, Workshop
from workshop.models.reviews import is_over
from workshop.rules.refusal import Refused

#: an open workshop without a command for so long counts as forgotten: nobody will close it
FORGOTTEN = timedelta(days=365)
#: the workshops that were due at the call before in this process, by epoch and number
_due_before: set[tuple[str, int]] = set()
#: whether the present leap of the clock has been logged
_leap_told = False
_LEAP_WARNING = (
    "the clock says %s, the server's last sign of life was %s: no names are erased. "
    "If the date is right: %s erase-names --date-is-right"
)
_log = logging.getLogger(__name__)


@command("erase_names", NoArgs, (SYSTEM, ORGANISER), while_closed=True)
def erase_names(context: Context, args: NoArgs) -> Result:
    """Delete the names and re-entry codes of a closed workshop, and end the tokens of its people.

    Which ideas were on whose screen is deleted too. Commitments and votes by name become unnamed, except those made with
    `keep`. Returns `{people, commitments, votes}`: how many names each. Raises `wrong_step` while the workshop is in use.
    """
    workshop = context.workshop
    if workshop.state != "closed" and not _is_forgotten(workshop, context.now()):
        raise Refused("wrong_step", "workshop", state=workshop.state)
    people = _erase_everybody(context)
    commitments = _unname_commitments(context)
    here = NamedPaper.workshop_id == workshop.id
    papers = db.session.scalars(select(NamedPaper).where(here, NamedPaper.keep.is_(False))).all()
    votes = named_papers.unname(context, list(papers), words=False)
    journal = JournalEntry.workshop_id == workshop.id
    naming = JournalEntry.name.in_(("join", "create_seat", "set_name"))
    db.session.execute(update(JournalEntry).where(journal, naming).values(salt=None))
    db.session.execute(delete(Undo).where(Undo.workshop_id == workshop.id))
    db.session.execute(delete(IdeaView).where(IdeaView.workshop_id == workshop.id))
    _erase_contacts(context)
    workshop.names_erased_at = context.now()
    context.touch(workshop)
    context.write.afterwards.append(vacuum.rewrite)
    return {"people": people, "commitments": commitments, "votes": votes}


def _erase_contacts(context: Context) -> None:
    """Erases whom the result was handed to. The names and addresses of receivers and owners, and subscriptions, are needed
    until the follow-up is over: they go then, or when the organiser has the names erased."""
    if context.actor.role == ORGANISER or is_over(context.workshop, day_of(context.now())):
        contacts.forget_all(context)
    else:
        contacts.forget_handovers(context)


def _erase_everybody(context: Context) -> int:
    here = Participant.workshop_id == context.workshop.id
    named = db.session.scalar(select(func.count()).select_from(Participant).where(here, Participant.name.is_not(None)))
    db.session.execute(
        update(Participant)
        .where(here, Participant.reentry_hash != NO_CODE)
        .values(name=None, agrees_openly=None, reentry_hash=NO_CODE, seq=context.seq)
        .execution_options(synchronize_session="fetch")
    )
    tokens = Token.workshop_id == context.workshop.id
    of_people = Token.participant_id.is_not(None)
    # A facilitator keeps the link; its name is deleted.
    db.session.execute(update(Token).where(tokens).values(name=None))
    db.session.execute(update(Token).where(tokens, of_people).values(sealed_code=None))
    db.session.execute(update(Token).where(tokens, of_people, Token.ended_at.is_(None)).values(ended_at=context.now()))
    return named or 0


def _unname_commitments(context: Context) -> int:
    named = db.session.scalars(
        select(Commitment).where(
            Commitment.workshop_id == context.workshop.id,
            Commitment.name.is_not(None),
            Commitment.keep.is_(False),
        )
    ).all()
    for commitment in named:
        commitment.name = None
    context.touch(*named)
    return len(named)


def _is_forgotten(workshop: Workshop, moment: datetime) -> bool:
    last = db.session.scalar(select(func.max(JournalEntry.at)).where(JournalEntry.workshop_id == workshop.id))
    return last is not None and moment - last > FORGOTTEN


def erase_overdue(moment: datetime | None = None) -> list[int]:
    """Erases the names of the workshops whose retention time is over now and was over at the call before. Returns their
    numbers.

    The ticker calls this once an hour. Nothing is erased at the first call after a start, nor while the clock is
    implausibly far from the server's last sign of life (`server_clock`): a name that is erased cannot be restored.
    """
    global _due_before, _leap_told
    moment = moment or now()
    waiting = due(moment)
    leapt_from = server_clock.leapt_from(moment)
    if leapt_from is not None:
        _due_before = set()
        if waiting and not _leap_told:
            _leap_told = True
            _log.warning(_LEAP_WARNING, day_of(moment), day_of(leapt_from), locations.command_line())
        return []
    _leap_told = False
    server_clock.believe(moment)
    asked = select(Workshop.epoch, Workshop.id).where(Workshop.id.in_(waiting))
    found = {(epoch, number) for epoch, number in db.session.execute(asked)}
    before, _due_before = _due_before, found
    return erase_all([number for _, number in sorted(found & before, key=lambda one: one[1])])


def erase_all(numbers: list[int]) -> list[int]:
    """Erases the names of these workshops; returns the numbers of those it was done in. A failure in one is logged and
    does not keep the others."""
    erased = []
    for number in numbers:
        with faults.survived(f"erasing the names of workshop {number}"):
            erased += [number] if _erase(number) else []
    return erased


def due(moment: datetime) -> list[int]:
    """Returns the workshops whose names must be erased: closed for `retention_days`, or left open and unused for a year. In
    one that was opened and closed again the time counts from the last closing, also if the clock was set back meanwhile."""
    closed = db.session.scalars(select(Workshop).where(Workshop.state == "closed").order_by(Workshop.id))
    return [workshop.id for workshop in closed if _is_over(workshop, moment)] + _forgotten(moment)


def _is_over(workshop: Workshop, moment: datetime) -> bool:
    if workshop.closed_at is None:
        return False
    if workshop.names_erased_at is not None and not _has_codes(workshop):
        return contacts.has_contacts(workshop) and is_over(workshop, day_of(moment))
    return moment - workshop.closed_at >= timedelta(days=workshop.retention_days)


def _has_codes(workshop: Workshop) -> bool:
    """Returns whether somebody has joined since the names were erased."""
    new = select(Participant.id).where(Participant.workshop_id == workshop.id, Participant.reentry_hash != NO_CODE)
    return db.session.scalar(new.limit(1)) is not None


def _forgotten(moment: datetime) -> list[int]:
    last = func.max(JournalEntry.at)
    rows = db.session.execute(
        select(Workshop.id)
        .join(JournalEntry, JournalEntry.workshop_id == Workshop.id)
        .where(Workshop.state == "open", Workshop.example.is_(False))
        .group_by(Workshop.id)
        .having(last < moment - FORGOTTEN)
        .order_by(Workshop.id)
    )
    return list(rows.scalars())


def erase_names_of(workshop_id: int) -> dict[str, int]:
    """Erases the names of one workshop now. Returns `{people, commitments, votes}`. Raises `Refused`."""
    answer = perform(Actor(SYSTEM, workshop_id), "erase_names", {})
    return dict(answer["result"])


def _erase(workshop_id: int) -> bool:
    """Returns whether the names were erased. Another process may have done it, or somebody may have opened the workshop
    again: then nothing is changed."""
    try:
        erase_names_of(workshop_id)
    except Refused as refusal:
        if refusal.code in ("wrong_step", "not_found", "broken"):  # broken: locked, so the next time
            return False
        raise
    return True
