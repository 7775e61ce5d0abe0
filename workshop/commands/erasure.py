"""Erasing one person on request; everybody's names, when their time is over: `retention`.

What stays is said in docs/secrecy.md: goals and agreements in the room's own wording, counts, secret votes (nobody can tell
whose they are), open votes as those of unnamed members, and the journal, which holds digests whose salts are dropped here.
"""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import delete, select, update

from ..catalogue import t
from ..extensions import db
from ..models import (
    Amendment,
    Comment,
    Commitment,
    Consent,
    Idea,
    IdeaSupport,
    IdeaView,
    JournalEntry,
    NamedPaper,
    Objection,
    Participant,
    TextVersion,
    Token,
    Undo,
)
from ..rules.refusal import Refused
from . import amendments, ideas, joining, named_papers, rewriting
from .arguments import Args, Ref
from .context import Context
from .registry import CHAIRS, PEOPLE, Result, command
from .texts import subject_of

#: what stands in place of the hash of a re-entry code that is gone: no code has it
NO_CODE = ""


class EraseMe(Args):
    """`keep_commitments`: true keeps all with name and words, false none; without it those stay that were made to stay
    (`make_commitment` with `keep`). The others stand on as an unnamed member of the group. `keep_votes`: the same of votes
    cast by name."""

    keep_commitments: bool | None = None
    keep_votes: bool | None = None


class ErasePerson(EraseMe):
    participant: Annotated[str, Ref("participant")]


@command("erase_me", EraseMe, PEOPLE, while_closed=True)
def erase_me(context: Context, args: EraseMe) -> Result:
    """Be forgotten: the own name, code and words go, and this is the last that this person does here."""
    _erase(context, context.person, args)
    return None


@command("erase_person", ErasePerson, CHAIRS, while_closed=True)
def erase_person(context: Context, args: ErasePerson) -> Result:
    """Erase one person who asks for it. Raises `already` for somebody who is erased."""
    person = context.find(Participant, args.participant)
    if person.reentry_hash == NO_CODE:
        raise Refused("already", "participant")
    _erase(context, person, args)
    return None


def _erase(context: Context, person: Participant, args: EraseMe) -> None:
    """Name, code, access and words. Who is in an open room leaves it; in a closed one everybody stays counted."""
    if person.state == "active" and context.workshop.state != "closed":
        joining.leave_room(context, person)
    joining.end_tokens(context, person)
    person.name, person.agrees_openly = None, None
    person.reentry_hash = NO_CODE
    db.session.execute(update(Token).where(Token.participant_id == person.id).values(sealed_code=None, name=None))
    removed = t("secrecy.removed", context.workshop.language)
    _ideas_and_comments(context, person, removed)
    _supports(context, person)
    _amendments(context, person, removed)
    _objections(context, person, removed)
    kept = _commitments(context, person, args.keep_commitments)
    _votes(context, person, args.keep_votes)
    db.session.execute(delete(IdeaView).where(IdeaView.participant_id == person.id))
    db.session.execute(delete(Undo).where(Undo.workshop_id == context.workshop.id))
    _drop_salts(context, person)
    context.touch(person)
    context.touch_mine(person)
    context.facts["kept_commitments"] = kept
    context.write.afterwards.append(rewriting.rewrite)


def _ideas_and_comments(context: Context, person: Participant, removed: str) -> None:
    """What was shown stands on without its words, for others built on it; what nobody saw is withdrawn."""
    for idea in db.session.scalars(select(Idea).where(Idea.participant_id == person.id)).all():
        idea.text, idea.why = removed, ""
        if idea.asked_again:
            idea.asked_again = ""
        if idea.state == "private":
            idea.state = "withdrawn"
        context.touch(idea)
        ideas.tell(context, idea)
    for comment in db.session.scalars(select(Comment).where(Comment.participant_id == person.id)):
        comment.text = removed
        context.touch(comment)


def _supports(context: Context, person: Participant) -> None:
    """Support is taken back where nobody has seen a number of it yet; else the count stays, and who it was is a number."""
    voted_on = ideas.on_ballots(context)
    for given in db.session.scalars(select(IdeaSupport).where(IdeaSupport.participant_id == person.id)).all():
        idea = db.session.get_one(Idea, given.idea_id)
        if not {idea.record_id, f"idea:{idea.merged_into_id}"} & voted_on:
            db.session.delete(given)


def _amendments(context: Context, person: Participant, removed: str) -> None:
    """Open ones are withdrawn. What was accepted is the room's own wording by now; the reason given for it goes."""
    for amendment in db.session.scalars(select(Amendment).where(Amendment.participant_id == person.id)):
        if amendment.reason and amendment.in_version is not None:
            _reason_of_version(context, amendment, removed)
        amendment.new, amendment.reason = removed, ""
        if amendment.state == "open":
            amendment.state, amendment.stale = "withdrawn", False
            amendments.tell(context, amendment)
            amendments.touch_rivals(context, amendment)
        context.touch(amendment)


def _reason_of_version(context: Context, amendment: Amendment, removed: str) -> None:
    """Every screen shows the reason with old and new."""
    version = db.session.scalar(
        select(TextVersion).where(TextVersion.subject == amendment.on, TextVersion.version == amendment.in_version)
    )
    if version is not None:
        version.reason = removed
        context.touch(subject_of(context, amendment.on))


def _objections(context: Context, person: Participant, removed: str) -> None:
    """An objection without its reason cannot be worked on: in an open round it is taken back."""
    for objection in db.session.scalars(select(Objection).where(Objection.participant_id == person.id)):
        objection.reason = removed
        consent = db.session.get(Consent, objection.consent_id) if objection.consent_id else None
        if objection.state == "open" and consent is not None and consent.state == "open":
            objection.state = "resolved"
            context.touch(consent)
        context.touch(objection)


def _commitments(context: Context, person: Participant, keep: bool | None) -> int:
    """Answers how many stay as they were given."""
    kept = 0
    for commitment in db.session.scalars(select(Commitment).where(Commitment.participant_id == person.id)):
        commitment.keep = commitment.keep if keep is None else keep
        kept += commitment.keep
        if not commitment.keep:
            commitment.name, commitment.words = None, ""
        context.touch(commitment)
    return kept


def _votes(context: Context, person: Participant, keep: bool | None) -> None:
    """Votes cast by name stand on as those of an unnamed member, without their words."""
    papers = db.session.scalars(select(NamedPaper).where(NamedPaper.participant_id == person.id)).all()
    for paper in papers:
        paper.keep = paper.keep if keep is None else keep
    named_papers.unname(context, [paper for paper in papers if not paper.keep], words=True)


def _drop_salts(context: Context, person: Participant) -> None:
    """The person's own entries, and those in which others acted for or let in this person: the digests of what was
    written say nothing any more, and the chain still holds."""
    own = JournalEntry.workshop_id == context.workshop.id
    db.session.execute(update(JournalEntry).where(own, JournalEntry.actor.in_(_pseudonyms(person))).values(salt=None))
    others = select(JournalEntry).where(own, JournalEntry.salt.is_not(None), JournalEntry.name != "erase_person")
    for entry in db.session.scalars(others.where(JournalEntry.actor.not_like("participant:%"))):
        if _mentions(entry.args, person.record_id):
            entry.salt = None


def _pseudonyms(person: Participant) -> tuple[str, ...]:
    """How the journal names the person, whatever the role."""
    return tuple(f"{role}:{person.id}" for role in PEOPLE)


def _mentions(value: Any, record_id: str) -> bool:
    """Whether a record id stands anywhere in an entry's arguments."""
    if isinstance(value, dict):
        return any(_mentions(part, record_id) for part in value.values())
    if isinstance(value, list):
        return any(_mentions(part, record_id) for part in value)
    return bool(value == record_id)
