"""Counting what one small change costs a room: statements, stamped rows, records sent. Numbers, never times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, select

from tests.commands.voting import Room
from workshop import clock
from workshop.extensions import db
from workshop.models import Idea, Participant
from workshop.store import writing


@contextmanager
def statements() -> Iterator[list[str]]:
    """Gathers every statement sent to the database inside the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def own_ideas(room: Room, each: int = 1) -> list[str]:
    """That many open ideas of each person of the room, written at once; their record ids in their order."""
    with writing(room.id) as write:
        rows = [
            Idea(
                workshop_id=room.id,
                participant_id=person.participant_id,
                text=f"Idé {number}",
                state="open",
                position=number,
                shown_seq=write.seq,
                created_at=clock.now(),
            )
            for number, person in enumerate(room.everybody * each)
        ]
        write.add(*rows)
        return [row.record_id for row in rows]


def marked(room: Room, since: int) -> set[int]:
    """The people whose own things have been marked as changed after this number of the clock."""
    db.session.rollback()
    rows = select(Participant.id).where(Participant.workshop_id == room.id, Participant.mine_seq > since)
    return set(db.session.scalars(rows))


def stamped(room: Room, since: int, *models: Any) -> list[str]:
    """The record ids of the rows of these tables stamped after this number of the clock."""
    db.session.rollback()
    wanted = [select(model).where(model.workshop_id == room.id, model.seq > since).order_by(model.id) for model in models]
    return [row.record_id for rows in wanted for row in db.session.scalars(rows)]
