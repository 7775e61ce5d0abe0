"""What happens at every vote, post and join goes without SQLAlchemy's unit of work, and rows put off are written in time."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from tests.commands.voting import Room, papers, participations
from tests.kept_room import KeptRoom
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Ballot, Idea, kept
from workshop.store import writing


@pytest.mark.parametrize("name", ["cast_ballot", "take_stance", "post_idea", "join", "set_ready", "consent"])
def test_a_command_of_everybody_needs_no_flush(kept: KeptRoom, name: str):
    actor, args = kept.prepared(name)
    flushed: list[object] = []
    session = db.session()

    def note(_session: object, *_: object) -> None:
        flushed.append([*session.new, *session.dirty, *session.deleted])

    event.listen(session, "before_flush", note)
    try:
        perform(actor, name, args)
    finally:
        event.remove(session, "before_flush", note)
    assert flushed == []


def test_papers_that_were_put_off_are_renamed_with_their_group(app: object):
    # Leaders are absent when the ballot opens: whoever of them comes first renames the group that takes them in.
    room = Room({"citizens": 6, "politicians": 6, "leaders": 0})
    ballot = room.ballot(room.ideas(2))
    room.cast(room.people["citizens"][0], ballot, **{"idea:1": 1})
    for _ in range(2):
        room.cast(room.join("leaders"), ballot, **{"idea:2": 1})
    effective = set(db.session.get_one(Ballot, 1).effective.values())
    assert {paper.group for paper in papers(ballot)} <= effective and len(papers(ballot)) == len(participations(ballot)) == 3


def test_a_row_that_is_inserted_is_as_one_that_is_added(app: object):
    room = Room({"citizens": 1})
    with writing(room.id) as write:
        rows = [
            Idea(workshop_id=room.id, text="Den", state="open", position=1, created_at=write.workshop.created_at)
            for _ in range(2)
        ]
        write.add(rows[0])
        write.insert(rows[1])
        assert db.session.get(Idea, rows[1].id) is rows[1]
    table = Idea.__table__
    db.session.rollback()
    first, second = kept.rows(select(*(column for column in table.c if column.name != "id")).order_by(table.c.id))
    assert first == second
