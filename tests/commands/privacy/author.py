"""Somebody who has written everything that a person can write, and who is erased; and what is left of them."""

from __future__ import annotations

from sqlalchemy import select

from tests.commands import database_file
from tests.commands.voting import Room
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import (
    Agreement,
    JournalEntry,
)
from workshop.rules import chain

NAME = "Ingeborg Tranekær"
#: a word in each thing a person can write, that stands nowhere else
WORDS = {
    what: f"{what} med kanariefugle"
    for what in ("idea", "why", "second", "comment", "private", "new", "reason", "objection", "behind", "again")
}


def room_that_can_close(sizes: dict[str, int], **settings: object) -> Room:
    """A room with a body that must answer, so that it can be closed."""
    return Room(sizes, receiving_body="Byrådet", response_due="2031-01-01", **settings)


def author_of_everything(room: Room) -> Actor:
    """A citizen who has written something of each kind."""
    person = room.people["citizens"][0]
    perform(person, "set_name", {"name": NAME})
    idea = room.do(person, "post_idea", text=WORDS["idea"], why=WORDS["why"])["idea"]
    room.do(person, "post_idea", text=WORDS["second"])
    room.do(person, "post_comment", on=idea, text=WORDS["comment"], sort="question")
    goal, agreement = room.text(), room.text(Agreement)
    change = {"on": goal, "field": "challenge", "new": WORDS["new"], "reason": WORDS["reason"]}
    amendment = room.do(person, "propose_amendment", **change)["amendment"]
    room.do(room.chair, "reject_amendment", amendment=amendment, reason="For langt")
    room.do(room.chair, "open_consent", on=goal)
    room.do(person, "object", on=goal, reason=WORDS["objection"])
    room.do(person, "make_commitment", on=agreement, standing="behind", words=WORDS["behind"])
    # An action that can be undone remembers the rows as they were, the name and the words among them.
    room.do(room.chair, "hide_idea", idea=idea, reason="Nævner en forening")
    room.do(person, "ask_again", idea=idea, words=WORDS["again"])
    return person


def on_disk() -> bytes:
    """The database file; the write-ahead log beside it must be empty by then."""
    db.session.rollback()
    path = database_file.file()
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    return path.read_bytes()


def erase(room: Room, person: Actor, **args: object) -> None:
    perform(room.chair, "erase_person", {"participant": f"participant:{person.participant_id}", **args})
    db.session.rollback()


def own(model: type, person: Actor) -> list:
    db.session.rollback()
    return list(db.session.scalars(select(model).where(model.participant_id == person.participant_id)))


def chain_of(room: Room) -> chain.Verdict:
    db.session.rollback()
    rows = db.session.scalars(
        select(JournalEntry).where(JournalEntry.workshop_id == room.id).order_by(JournalEntry.seq)
    ).all()
    return chain.verify([row.as_entry() | {"hash": row.hash} for row in rows], count=len(rows))
