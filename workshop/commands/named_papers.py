"""Papers by name: the choices of people whose group votes openly, tied to the person on purpose (docs/secrecy.md).

Nobody is shown them before the vote closes. At closing each gets a random key and two seals: salted digests of its name
and of its words. What the journal fingerprints holds the seals, so that a name can go and the vote still be checked.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import delete, select

from .. import secrecy
from ..extensions import db
from ..models import Ballot, Decision, NamedPaper, Participant, Participation
from ..models.votes import Vote
from ..rules import chain
from ..rules.refusal import Refused
from . import papers
from .context import Context


def lay(
    context: Context,
    vote: Vote,
    taken: Participation,
    content: dict[str, Any],
    *,
    reason: str | None = None,
    keep: bool,
    voted: bool,
) -> None:
    """Lay the acting person's paper where it belongs: by name in a group that votes openly, else in the secret box. Only
    a name can be kept: raises `malformed` for `keep` with a secret vote."""
    if vote.held.opens(taken.group):
        _put(context, taken, content, reason=reason or "", keep=keep, voted=voted)
        return
    if keep:
        raise Refused("malformed", "keep")
    words = {} if reason is None else {"reason": reason}
    papers.put(context, taken, {**content, **words}, voted=voted)


def _put(context: Context, taken: Participation, content: dict[str, Any], *, reason: str, keep: bool, voted: bool) -> None:
    """Lay the acting person's paper, or lay it anew. Raises `Refused("empty", "name")` for somebody who has not said a
    name: an open vote stands by one."""
    person = context.person
    if not person.name:
        raise Refused("empty", "name")
    paper = db.session.get(NamedPaper, (taken.subject, person.id))
    if paper is None:
        paper = NamedPaper(subject=taken.subject, participant_id=person.id, workshop_id=context.workshop.id)
        db.session.add(paper)
    paper.group = taken.group
    paper.content, paper.reason = content, reason
    paper.name, paper.keep = person.name, keep
    papers.note_part(context, taken, voted=voted)


def read(subject: str) -> list[tuple[str, dict[str, Any]]]:
    """All papers by name as `(effective group, content)`, in no meaningful order and without the names."""
    return [(paper.group, dict(paper.content)) for paper in _of(subject)]


def _of(subject: str) -> list[NamedPaper]:
    wanted = select(NamedPaper).where(NamedPaper.subject == subject)
    return list(db.session.scalars(wanted.order_by(NamedPaper.key, NamedPaper.participant_id)))


def seal(subject: str) -> None:
    """At closing: papers taken back are dropped; each of the others gets its key, and the seals of its name and words."""
    for paper in _of(subject):
        if not paper.content:
            db.session.delete(paper)
            continue
        paper.key = secrecy.random_key()
        paper.sealed_name, paper.name_salt = _sealed(paper.name)
        paper.sealed_reason, paper.reason_salt = _sealed(paper.reason) if paper.reason else (None, None)
    db.session.flush()


def _sealed(text: str | None) -> tuple[str, str | None]:
    """The salted digest of a text and the salt. A name that was erased while the vote was open leaves nothing to compare
    its seal with."""
    salt = secrets.token_hex(16)
    return chain.digest(text or "", bytes.fromhex(salt)), None if text is None else salt


def proof_of(vote: Vote) -> dict[str, str]:
    """What the journal's open part says of the papers by name of a closed vote; nothing where no group voted openly."""
    if not vote.open_groups:
        return {}
    return {"named_hash": chain.fingerprint([paper.as_sealed() for paper in _of(vote.record_id)])}


def destroy(subject: str) -> None:
    """Delete every paper by name of a vote that ended without an outcome."""
    db.session.flush()
    db.session.execute(delete(NamedPaper).where(NamedPaper.subject == subject))


def rename(context: Context, person: Participant) -> None:
    """A person has said another name: the votes that are still open carry it too."""
    papers = db.session.scalars(
        select(NamedPaper).where(NamedPaper.participant_id == person.id, NamedPaper.key.is_(None))
    )
    for paper in papers:
        paper.name = person.name


def unname(context: Context, papers: list[NamedPaper], *, words: bool) -> int:
    """Take the names off these papers, and with `words` what was written with the stance, and let every screen that shows
    them draw anew. The vote stays, as that of an unnamed member; without its salt a seal says nothing any more. Answers
    how many had a name."""
    named = [paper for paper in papers if paper.name is not None]
    for paper in papers:
        paper.name, paper.name_salt = None, None
        if words:
            paper.reason, paper.reason_salt = "", None
    for subject in {paper.subject for paper in papers}:
        context.touch(_vote(subject))
    return len(named)


def _vote(subject: str) -> Vote:
    kind, _, number = subject.partition(":")
    model: type[Ballot] | type[Decision] = Ballot if kind == Ballot.kind else Decision
    return db.session.get_one(model, int(number))
