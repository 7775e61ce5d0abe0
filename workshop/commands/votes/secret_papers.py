"""The secret storage of votes: who has voted, and what was voted, in two tables without a link between them.

docs/secrecy.md. While a vote is open, a paper is stored under a key that can only be computed from the person's own code,
so that the person can change it. At closing every key is replaced by a random one, and the papers are written again in the
order of those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from workshop import identity, secrecy, vacuum
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import BallotPaper, Participation, kept
from workshop.rules.chain import fingerprint
from workshop.rules.refusal import Refused


class Part(NamedTuple):
    """That a person may take part in a vote, or has, and the effective group it is counted in."""

    vote_id: str
    participant_id: int
    group: str


_list = Participation.__table__.c
_GROUP = select(_list.group).where(_list.subject == bindparam("vote"), _list.participant_id == bindparam("person"))


def part(vote_id: str, participant_id: int) -> Part | None:
    """Returns a person's part in a vote; None for somebody who is not on its list."""
    found = kept.row(_GROUP, vote=vote_id, person=participant_id)
    return None if found is None else Part(vote_id, participant_id, found.group)


def admit(context: Context, vote_id: str, people: Mapping[int, str]) -> None:
    """Stores who may vote: the effective group of each person, nobody having voted yet."""
    db.session.add_all(
        Participation(vote_id=vote_id, participant_id=person, workshop_id=context.workshop.id, group=group, voted=False)
        for person, group in sorted(people.items())
    )
    context.touch_mine(*people)


def put(context: Context, taken: Part, content: dict[str, Any], *, voted: bool) -> None:
    """Stores or replaces the acting person's paper: one paper per person, however often it is sent.

    Raises `Refused("not_allowed")` for somebody without a personal code, who could not find it again.
    """
    code = context.actor.personal_code
    if code is None:
        raise Refused("not_allowed")
    key = secrecy.ballot_key(identity.secret(), taken.vote_id, code)
    row = {"subject": taken.vote_id, "key": key, "workshop_id": context.workshop.id}
    context.write.put_off(
        kept.put(BallotPaper, ("group", "content")), (taken.vote_id, key), **row, group=taken.group, content=content
    )
    note_part(context, taken, voted=voted)


def note_part(context: Context, taken: Part, *, voted: bool) -> None:
    """Stores that the acting person has voted, or has taken the vote back, and whether a helper did it for them."""
    _list_part(context, taken, voted=voted, by_helper=context.by_helper)
    context.touch_mine(context.person)


def keep_part(context: Context, taken: Part) -> None:
    """Keeps somebody on the list of a vote who has not voted."""
    _list_part(context, taken, voted=False, by_helper=False)
    context.write.write_down()


def _list_part(context: Context, taken: Part, **values: bool) -> None:
    row = {"subject": taken.vote_id, "participant_id": taken.participant_id, "workshop_id": context.workshop.id}
    context.write.put_off(
        kept.put(Participation, ("group", "voted", "by_helper")), taken[:2], **row, group=taken.group, **values
    )


def rename_group(context: Context, vote_id: str, old: str, new: str) -> None:
    """Renames an effective group that another declared group was added to, on its papers and people: also on those that were
    put off."""
    context.write.write_down()
    for table in (BallotPaper, Participation):
        db.session.execute(update(table).where(table.vote_id == vote_id, table.group == old).values(group=new))


def read(vote_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Returns all papers as `(effective group, content)`, in the order of their keys."""
    rows = db.session.execute(
        select(BallotPaper.group, BallotPaper.content).where(BallotPaper.vote_id == vote_id).order_by(BallotPaper.key)
    )
    return [(group, dict(content)) for group, content in rows]


def fingerprint_of(vote_id: str) -> str:
    """Returns the fingerprint of a closed vote's papers. It includes the random keys, so that nobody can find the papers by
    trying; whoever is given the papers can verify it."""
    rows = db.session.scalars(select(BallotPaper).where(BallotPaper.vote_id == vote_id).order_by(BallotPaper.key))
    return fingerprint([row.as_sealed() for row in rows])


def seal(context: Context, vote_id: str) -> None:
    """Removes, at closing, what links papers to people. Papers taken back are deleted; the others are deleted and written
    again under random keys, in the order of those keys."""
    papers = sorted((secrecy.random_key(), group, content) for group, content in read(vote_id) if content)
    destroy(context, vote_id)
    if papers:
        db.session.execute(
            insert(BallotPaper),
            [
                {
                    "vote_id": vote_id,
                    "key": key,
                    "workshop_id": context.workshop.id,
                    "group": group,
                    "content": content,
                }
                for key, group, content in papers
            ],
        )


def destroy(context: Context, vote_id: str) -> None:
    """Deletes every paper of a vote and makes sure that nothing of them stays on the disk, where they are in the order of
    writing."""
    db.session.flush()
    db.session.execute(delete(BallotPaper).where(BallotPaper.vote_id == vote_id))
    _own_things_changed(context, vote_id)


def changed(context: Context, vote_id: str) -> None:
    """Marks the `mine` of everybody who has voted after the server changed papers of an open vote, and makes sure that the
    earlier contents do not stay on the disk."""
    db.session.flush()
    _own_things_changed(context, vote_id)


def _own_things_changed(context: Context, vote_id: str) -> None:
    on_list = select(Participation.participant_id).where(Participation.vote_id == vote_id)
    context.touch_mine(*db.session.scalars(on_list))
    context.write.afterwards.append(vacuum.rewrite)


def voted(vote_id: str) -> int:
    """Returns how many people have voted."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Participation)
        .where(Participation.vote_id == vote_id, Participation.voted.is_(True))
    )
    return count or 0
