"""Ballot papers by name: the choices of people whose group votes openly, linked to the person on purpose (docs/secrecy.md).

They are shown to nobody before the vote closes. At closing each gets a random key and two seals: salted digests of its name
and of its words. The journal's fingerprint covers the seals, so that a name can be erased and the vote still be verified.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import delete, select

from workshop import secrecy
from workshop.commands.votes import secret_papers
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import NamedPaper, Participant, Vote, kept
from workshop.models.votes import vote_by
from workshop.rules import chain
from workshop.rules.refusal import Refused


def lay(
    context: Context,
    vote: Vote,
    taken: secret_papers.Part,
    content: dict[str, Any],
    *,
    reason: str | None = None,
    keep: bool,
    voted: bool,
) -> None:
    """Stores the acting person's paper: by name in a group that votes openly, else secretly. Raises `malformed` for `keep`
    with a secret vote, which has no name to keep."""
    if vote.openness.opens(taken.group):
        _put(context, taken, content, reason=reason or "", keep=keep, voted=voted)
        return
    if keep:
        raise Refused("malformed", "keep")
    words = {} if reason is None else {"reason": reason}
    secret_papers.put(context, taken, {**content, **words}, voted=voted)


def _put(
    context: Context, taken: secret_papers.Part, content: dict[str, Any], *, reason: str, keep: bool, voted: bool
) -> None:
    """Stores or replaces the acting person's paper. Raises `Refused("empty", "name")` for somebody without a name: an open
    vote needs one."""
    person = context.person
    if not person.name:
        raise Refused("empty", "name")
    row = {"subject": taken.vote_id, "participant_id": person.id, "workshop_id": context.workshop.id}
    paper = {"group": taken.group, "content": content, "reason": reason, "name": person.name, "keep": keep}
    context.write.put_off(kept.put(NamedPaper, tuple(paper)), taken[:2], **row, **paper)
    secret_papers.note_part(context, taken, voted=voted)


def read(vote_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Returns all papers by name as `(effective group, content)`, in no meaningful order and without the names."""
    return [(paper.group, dict(paper.content)) for paper in _of(vote_id)]


def _of(vote_id: str) -> list[NamedPaper]:
    wanted = select(NamedPaper).where(NamedPaper.vote_id == vote_id)
    return list(db.session.scalars(wanted.order_by(NamedPaper.key, NamedPaper.participant_id)))


def seal(vote_id: str) -> None:
    """Deletes, at closing, papers that were taken back; gives each of the others its key and the seals of its name and
    words."""
    for paper in _of(vote_id):
        if not paper.content:
            db.session.delete(paper)
            continue
        paper.key = secrecy.random_key()
        paper.sealed_name, paper.name_salt = _sealed(paper.name)
        paper.sealed_reason, paper.reason_salt = _sealed(paper.reason) if paper.reason else (None, None)
    db.session.flush()


def _sealed(text: str | None) -> tuple[str, str | None]:
    """Returns the salted digest of a text and the salt. For a name that was erased while the vote was open, the seal cannot
    be compared with anything."""
    salt = secrets.token_hex(16)
    return chain.digest(text or "", bytes.fromhex(salt)), None if text is None else salt


def proof_of(vote: Vote) -> dict[str, str]:
    """Returns what the journal's open part contains about the papers by name of a closed vote; nothing if no group voted
    openly."""
    if not vote.open_groups:
        return {}
    return {"named_hash": chain.fingerprint([paper.as_sealed() for paper in _of(vote.record_id)])}


def destroy(vote_id: str) -> None:
    """Deletes every paper by name of a vote that ended without an outcome."""
    db.session.flush()
    db.session.execute(delete(NamedPaper).where(NamedPaper.vote_id == vote_id))


def rename(context: Context, person: Participant) -> None:
    """Sets a person's new name on the votes that are still open."""
    papers = db.session.scalars(select(NamedPaper).where(NamedPaper.participant_id == person.id, NamedPaper.key.is_(None)))
    for paper in papers:
        paper.name = person.name


def unname(context: Context, papers: list[NamedPaper], *, words: bool) -> int:
    """Removes the names from these papers, with `words` also what was written with the stance, and stamps what shows them.
    The vote stays, as that of an unnamed member; without its salt a seal reveals nothing. Returns how many had a name."""
    named = [paper for paper in papers if paper.name is not None]
    for paper in papers:
        paper.name, paper.name_salt = None, None
        if words:
            paper.reason, paper.reason_salt = "", None
    for vote_id in {paper.vote_id for paper in papers}:
        vote = vote_by(vote_id)
        assert vote is not None, "a paper is of a vote that is there"
        context.touch(vote)
    return len(named)
