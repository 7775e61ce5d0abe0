"""Names go when a workshop's retention time is over: found by the clock, done through the same door as everything else."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from ..clock import now
from ..extensions import db
from ..identity import ORGANISER, SYSTEM, Actor
from ..models import Commitment, IdeaView, JournalEntry, NamedPaper, Participant, Token, Undo, Workshop
from ..rules.refusal import Refused
from . import named_papers, rewriting
from .arguments import NoArgs
from .context import Context
from .erasure import NO_CODE
from .perform import perform
from .registry import Result, command

#: an open workshop in which nothing has been done for so long was forgotten: nobody comes back to close it
FORGOTTEN = timedelta(days=365)


@command("erase_names", NoArgs, (SYSTEM, ORGANISER), while_closed=True)
def erase_names(context: Context, args: NoArgs) -> Result:
    """Delete the names and re-entry codes of a closed workshop, and end the tokens of its people.

    Who has had which idea on the screen goes too. Commitments and votes by name stand on as unnamed ones, but for those
    made to stay. Answers `{people, commitments, votes}`: how many names each. Raises `wrong_step` while the workshop is in
    use.
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
    workshop.names_erased_at = context.now()
    context.touch(workshop)
    context.write.afterwards.append(rewriting.rewrite)
    return {"people": people, "commitments": commitments, "votes": votes}


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
    # A facilitator keeps the link, without a name to it.
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


def erase_due(moment: datetime | None = None) -> list[int]:
    """Erase the names of every workshop whose time is over at `moment`; answers the numbers of those it was done in."""
    return [workshop_id for workshop_id in due(moment or now()) if _erase(workshop_id)]


def due(moment: datetime) -> list[int]:
    """The workshops whose names must go: closed for `retention_days`, or left open and forgotten. One that was opened
    again and closed once more has new names, and its time counts from then."""
    closed = db.session.scalars(select(Workshop).where(Workshop.state == "closed").order_by(Workshop.id))
    return [workshop.id for workshop in closed if _is_over(workshop, moment)] + _forgotten(moment)


def _is_over(workshop: Workshop, moment: datetime) -> bool:
    closed, erased = workshop.closed_at, workshop.names_erased_at
    if closed is None or (erased is not None and erased >= closed):
        return False
    return closed + timedelta(days=workshop.retention_days) <= moment


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
    """Erase the names of one workshop now. Answers `{people, commitments, votes}`; raises `Refused`."""
    answer = perform(Actor(SYSTEM, workshop_id), "erase_names", {})
    return dict(answer["result"])


def _erase(workshop_id: int) -> bool:
    """Another process, or somebody who opened the workshop again, may be quicker: it is left as it is then."""
    try:
        erase_names_of(workshop_id)
    except Refused as refusal:
        if refusal.code in ("wrong_step", "not_found"):
            return False
        raise
    return True
