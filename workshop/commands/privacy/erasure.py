"""Erases one person on request; `retention` erases everybody's names after the retention time.

docs/secrecy.md lists what stays: goals and agreements in the room's own wording, counts, secret votes (which nobody can
assign to a person), open votes as those of unnamed members, and the journal, which holds digests whose salts are deleted
here.
"""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import delete, select, update

from workshop import vacuum
from workshop.catalogue import t
from workshop.commands.ideas import ideas
from workshop.commands.people import joining
from workshop.commands.texts import amendments
from workshop.commands.texts.texts import text_of
from workshop.commands.votes import named_papers, taking_out
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import (
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
from workshop.rules.refusal import Refused

#: replaces the hash of a deleted re-entry code: no code has this hash
NO_CODE = ""


class EraseMe(Args):
    """`keep_commitments`: true keeps all with name and words, false none; without it only those made with `keep` stay
    (`make_commitment`). The others become those of an unnamed member of the group. `keep_votes`: the same for votes cast by
    name. `keep_texts`: the ideas and comments that the room sees keep their words, without an author; without it the words
    are deleted, and open ballots lose those ideas."""

    keep_commitments: bool | None = None
    keep_votes: bool | None = None
    keep_texts: bool = False


class ErasePerson(EraseMe):
    participant: Annotated[str, Ref("participant")]


@command("erase_me", EraseMe, PEOPLE, while_closed=True)
def erase_me(context: Context, args: EraseMe) -> Result:
    """Erase one's own name, code and words. It is the last command of this person in the workshop."""
    _erase(context, context.person, args)
    return None


@command("erase_person", ErasePerson, FACILITATORS, while_closed=True)
def erase_person(context: Context, args: ErasePerson) -> Result:
    """Erase one person who asks for it. Raises `already` for somebody who is erased."""
    person = context.find(Participant, args.participant)
    if person.reentry_hash == NO_CODE:
        raise Refused("already", "participant")
    _erase(context, person, args)
    return None


def _erase(context: Context, person: Participant, args: EraseMe) -> None:
    """Deletes name, code, access and words. In an open workshop the person leaves the room; in a closed one everybody stays
    counted."""
    if person.state == "active" and context.workshop.state != "closed":
        joining.leave_room(context, person)
    joining.end_tokens(context, person)
    person.name, person.agrees_openly = None, None
    person.reentry_hash = NO_CODE
    db.session.execute(update(Token).where(Token.participant_id == person.id).values(sealed_code=None, name=None))
    removed = t("secrecy.removed", context.workshop.language)
    _ideas_and_comments(context, person, removed, args.keep_texts)
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
    context.write.afterwards.append(vacuum.rewrite)


def _ideas_and_comments(context: Context, person: Participant, removed: str, keep: bool) -> None:
    """Deletes the words of ideas and comments; what was shown stays without them, because others may have built on it, but
    cannot be voted on. With `keep` it stays unchanged. What the room never saw is withdrawn in any case."""
    erased = []
    for idea in db.session.scalars(select(Idea).where(Idea.participant_id == person.id)).all():
        if keep and idea.shown_seq is not None and idea.state in ("open", "merged"):
            continue
        erased.append(idea)
        idea.text, idea.why, idea.erased = removed, "", True
        if idea.asked_again:
            idea.asked_again = ""
        if idea.state == "private":
            idea.state = "withdrawn"
        context.touch(idea)
    ideas.tell(context, *erased)
    taking_out.take_out(context, erased)
    for comment in db.session.scalars(select(Comment).where(Comment.participant_id == person.id)):
        if keep and comment.state == "open":
            continue
        comment.text = removed
        context.touch(comment)


def _supports(context: Context, person: Participant) -> None:
    """Deletes support if no number of it has been shown yet; otherwise the count stays, and the person in it is anonymous."""
    voted_on = ideas.on_ballots(context)
    for given in db.session.scalars(select(IdeaSupport).where(IdeaSupport.participant_id == person.id)).all():
        idea = db.session.get_one(Idea, given.idea_id)
        if not {idea.record_id, Idea.record_id_of(idea.merged_into_id)} & voted_on:
            db.session.delete(given)


def _amendments(context: Context, person: Participant, removed: str) -> None:
    """Withdraws open amendments. The words of accepted ones belong to the room; the reasons given for them are deleted."""
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
    """Deletes the reason of a version, which every screen shows with the old and the new words."""
    version = db.session.scalar(
        select(TextVersion).where(TextVersion.text_id == amendment.on, TextVersion.version == amendment.in_version)
    )
    if version is not None:
        version.reason = removed
        context.touch(text_of(context, amendment.on))


def _objections(context: Context, person: Participant, removed: str) -> None:
    """Deletes the reasons of objections. An objection without a reason cannot be resolved, so in an open round it is
    withdrawn."""
    for objection in db.session.scalars(select(Objection).where(Objection.participant_id == person.id)):
        objection.reason = removed
        consent = db.session.get(Consent, objection.consent_id) if objection.consent_id else None
        if objection.state == "open" and consent is not None and consent.state == "open":
            objection.state = "resolved"
            context.touch(consent)
        context.touch(objection)


def _commitments(context: Context, person: Participant, keep: bool | None) -> int:
    """Returns how many commitments stay as they were given."""
    kept = 0
    for commitment in db.session.scalars(select(Commitment).where(Commitment.participant_id == person.id)):
        commitment.keep = commitment.keep if keep is None else keep
        kept += commitment.keep
        if not commitment.keep:
            commitment.name, commitment.words = None, ""
        context.touch(commitment)
    return kept


def _votes(context: Context, person: Participant, keep: bool | None) -> None:
    """Makes votes cast by name those of an unnamed member, without their words."""
    papers = db.session.scalars(select(NamedPaper).where(NamedPaper.participant_id == person.id)).all()
    for paper in papers:
        paper.keep = paper.keep if keep is None else keep
    named_papers.unname(context, [paper for paper in papers if not paper.keep], words=True)


def _drop_salts(context: Context, person: Participant) -> None:
    """Deletes the salts of the person's own entries, and of those in which others acted for or admitted this person: then
    their digests reveal nothing, and the chain is still valid."""
    own = JournalEntry.workshop_id == context.workshop.id
    db.session.execute(update(JournalEntry).where(own, JournalEntry.actor.in_(_pseudonyms(person))).values(salt=None))
    others = select(JournalEntry).where(own, JournalEntry.salt.is_not(None), JournalEntry.name != "erase_person")
    for entry in db.session.scalars(others.where(JournalEntry.actor.not_like("participant:%"))):
        if _mentions(entry.args, person.record_id):
            entry.salt = None


def _pseudonyms(person: Participant) -> tuple[str, ...]:
    """Returns the pseudonyms under which the journal names the person, one per role."""
    return tuple(f"{role}:{person.id}" for role in PEOPLE)


def _mentions(value: Any, record_id: str) -> bool:
    """Returns whether a record id is anywhere in an entry's arguments."""
    if isinstance(value, dict):
        return any(_mentions(part, record_id) for part in value.values())
    if isinstance(value, list):
        return any(_mentions(part, record_id) for part in value)
    return bool(value == record_id)
