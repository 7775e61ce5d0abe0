"""The secret storage of votes: who has voted, and what was voted, in two tables that nothing links.

docs/secrecy.md. While a vote is open a paper lies under a key that only the person's own code can make again,
so that it can be changed. At closing every key is replaced by a random one and the papers are written anew in
the order of those.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from .. import identity, secrecy
from ..extensions import db
from ..models import Paper, Participant, Participation
from ..rules.chain import fingerprint
from ..rules.refusal import Refused
from .context import Context

#: old pages could not be taken off the disk yet, because somebody was reading
_waiting = False


def participation(subject: str, participant_id: int) -> Participation | None:
    """The row that says a person may take part, or has."""
    return db.session.get(Participation, (subject, participant_id))


def admit(context: Context, subject: str, people: Mapping[int, str]) -> None:
    """Write down who may vote: the effective group of each person, nobody having voted yet."""
    db.session.add_all(
        Participation(
            subject=subject, participant_id=person, workshop_id=context.workshop.id, group=group, voted=False
        )
        for person, group in sorted(people.items())
    )
    _own_things_changed(context, subject)


def new_participation(subject: str, person: Participant, group: str) -> Participation:
    """A person's part in a vote, before the first paper is laid."""
    return Participation(
        subject=subject, participant_id=person.id, workshop_id=person.workshop_id, group=group, voted=False
    )


def put(context: Context, taken: Participation, content: dict[str, Any], *, voted: bool) -> None:
    """Lay the acting person's paper, or lay it anew: one paper per person, whatever is sent twice.

    Raises `Refused("not_allowed")` for somebody without a personal code, who could not find it again.
    """
    code = context.actor.personal_code
    if code is None:
        raise Refused("not_allowed")
    subject, group = taken.subject, taken.group
    key = secrecy.ballot_key(identity.secret(), subject, code)
    paper = db.session.get(Paper, (subject, key))
    if paper is None:
        paper = Paper(subject=subject, key=key, workshop_id=context.workshop.id, group=group)
        db.session.add(paper)
    paper.group = group
    paper.content = content
    note_part(context, taken, voted=voted)


def note_part(context: Context, taken: Participation, *, voted: bool) -> None:
    """Write down that the acting person has voted, or has taken the vote back, and whether a helper did it for them."""
    taken.voted = voted
    taken.by_helper = context.by_helper
    db.session.add(taken)
    context.touch_mine(context.person)


def rename_group(subject: str, old: str, new: str) -> None:
    """An effective group has taken in another declared group: its papers and people carry the new name."""
    for table in (Paper, Participation):
        db.session.execute(
            update(table).where(table.subject == subject, table.group == old).values(group=new)
        )


def read(subject: str) -> list[tuple[str, dict[str, Any]]]:
    """All papers as `(effective group, content)`, in the order of their keys."""
    rows = db.session.execute(
        select(Paper.group, Paper.content).where(Paper.subject == subject).order_by(Paper.key)
    )
    return [(group, dict(content)) for group, content in rows]


def fingerprint_of(subject: str) -> str:
    """The fingerprint of a closed vote's papers. The random keys are in it, so that nobody can try out which papers it
    was made of; whoever is given the papers can check it."""
    rows = db.session.scalars(select(Paper).where(Paper.subject == subject).order_by(Paper.key))
    return fingerprint([row.as_sealed() for row in rows])


def seal(context: Context, subject: str) -> None:
    """At closing: cut what ties papers to people. Papers taken back are dropped; the others are deleted and
    written again under random keys, in the order of those keys."""
    kept = sorted((secrecy.random_key(), group, content) for group, content in read(subject) if content)
    destroy(context, subject)
    if kept:
        db.session.execute(
            insert(Paper),
            [
                {
                    "subject": subject,
                    "key": key,
                    "workshop_id": context.workshop.id,
                    "group": group,
                    "content": content,
                }
                for key, group, content in kept
            ],
        )


def destroy(context: Context, subject: str) -> None:
    """Delete every paper of a vote, and see that their old pages do not linger on disk."""
    db.session.flush()
    db.session.execute(delete(Paper).where(Paper.subject == subject))
    _own_things_changed(context, subject)
    context.write.afterwards.append(forget_old_pages)


def _own_things_changed(context: Context, subject: str) -> None:
    """Everybody who may vote sees something else as their own now: one statement, however many they are."""
    people = select(Participation.participant_id).where(Participation.subject == subject)
    db.session.flush()
    db.session.execute(
        update(Participant)
        .where(Participant.id.in_(people))
        .values(mine_seq=context.seq)
        .execution_options(synchronize_session="fetch")
    )


def voted(subject: str) -> int:
    """How many people have voted."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Participation)
        .where(Participation.subject == subject, Participation.voted.is_(True))
    )
    return count or 0


def forget_old_pages() -> None:
    """Take the deleted papers off the disk: where they still stand, they stand in the order of writing.

    On SQLite that is the write-ahead log. It never waits: while somebody is reading, the log stays, and
    `forget_if_waiting` tries again. On PostgreSQL dead rows are vacuumed away (docs/secrecy.md tells the limits).
    """
    global _waiting
    connection = db.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            waits = driver.execute("PRAGMA busy_timeout").fetchone()[0]
            driver.execute("PRAGMA busy_timeout=0")
            _waiting = bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
            driver.execute(f"PRAGMA busy_timeout={int(waits)}")
    finally:
        connection.close()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            alone.execute(text("VACUUM paper"))


def forget_if_waiting() -> None:
    """Try again what a reader stood in the way of."""
    if _waiting:
        forget_old_pages()
