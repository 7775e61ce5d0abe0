"""The write transaction: the clock, the stamps, what goes and comes with it, and what is only noted."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.commands.voting import Room, refused
from workshop import clock, locks, store
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import FiledRecord, Idea, IdeaView, Participant, Theme, Token, Tombstone, Workshop
from workshop.store import note_filed, note_seen, note_views, writing, writing_outside

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 3})


def row(model: Any, record_id: str) -> Any:
    db.session.rollback()
    return db.session.get_one(model, int(record_id.partition(":")[2]))


def person(actor: Actor) -> Participant:
    db.session.rollback()
    return db.session.get_one(Participant, actor.participant_id)


def viewed(actor: Actor) -> set[str]:
    db.session.rollback()
    views = db.session.scalars(select(IdeaView).where(IdeaView.participant_id == actor.participant_id))
    return {f"idea:{view.idea_id}" for view in views}


def test_a_write_moves_the_clock_by_one_and_tells_of_it_before_what_is_done_afterwards(room: Room):
    since, told = room.clock(), []

    def hear(_sender: Any, **said: Any) -> None:
        told.append(said)

    with store.committed.connected_to(hear), writing(room.id) as write:
        assert write.seq == since + 1
        write.afterwards += [lambda: told.append("first"), lambda: told.append("second")]
        assert told == []
    assert told == [{"workshop_id": room.id, "seq": since + 1}, "first", "second"]
    assert room.clock() == since + 1


def test_a_write_that_fails_changes_nothing_and_tells_nobody(room: Room):
    since, told = room.clock(), []
    theme = room.do(room.chair, "create_theme", title="Steder")["theme"]

    def hear(_sender: Any, **said: Any) -> None:
        told.append(said)

    with store.committed.connected_to(hear), pytest.raises(ZeroDivisionError), writing(room.id) as write:
        write.afterwards.append(lambda: told.append("done"))
        db.session.get_one(Theme, 1).title = "Andre"
        write.tick()
        raise ZeroDivisionError
    assert told == [] and room.clock() == since + 1
    assert row(Theme, theme).title == "Steder"
    # And the next write is let in.
    with writing(room.id) as write:
        assert write.seq == since + 2


def test_a_workshop_that_is_not_there_is_not_found(room: Room):
    with refused("not_found", "workshop"), writing(room.id + 1):
        pass


def test_what_is_written_outside_leaves_the_clock_alone(room: Room):
    since = room.clock()
    with writing_outside():
        db.session.get_one(Workshop, room.id).title = "Et andet navn"
    assert room.clock() == since and db.session.get_one(Workshop, room.id).title == "Et andet navn"


def test_new_and_touched_rows_carry_the_number_of_the_write(room: Room):
    ideas = room.ideas(2)
    with writing(room.id) as write:
        theme = Theme(workshop_id=room.id, title="Steder", position=0)
        write.add(theme)
        assert theme.id is not None
        write.touch(db.session.get_one(Idea, 2))
        number = write.seq
    assert row(Theme, "theme:1").seq == number
    assert [row(Idea, idea).seq == number for idea in ideas] == [False, True]


@pytest.mark.parametrize("seen_by_room", [True, False])
def test_a_removed_row_leaves_a_tombstone_and_is_let_go_of(room: Room, seen_by_room: bool):
    idea, other = room.ideas(2)
    theme = room.do(room.chair, "create_theme", title="Steder")["theme"]
    room.do(room.chair, "move_idea", idea=idea, theme=theme)
    with writing(room.id) as write:
        write.remove(db.session.get_one(Theme, 1), room=seen_by_room)
        assert db.session.get(Theme, 1) is None
        number = write.seq
    tombstone = db.session.get_one(Tombstone, (room.id, theme))
    assert (tombstone.seq, tombstone.room) == (number, seen_by_room)
    assert (row(Idea, idea).theme_id, row(Idea, idea).seq) == (None, number)
    assert row(Idea, other).seq < number


def test_a_tombstone_stands_for_the_last_row_of_a_number(room: Room):
    for _ in range(2):
        room.do(room.chair, "create_theme", title="Steder")
        with writing(room.id) as write:
            write.remove(*db.session.scalars(select(Theme)))
    stones = list(db.session.scalars(select(Tombstone)))
    assert len({stone.record for stone in stones}) == len(stones)
    assert max(stone.seq for stone in stones) == room.clock()


def test_those_whose_own_things_changed_are_marked_and_no_others(room: Room):
    first, second, third = room.everybody
    before = person(third).mine_seq
    with writing(room.id) as write:
        held = db.session.get_one(Participant, second.participant_id)
        write.touch_mine(first.participant_id, held, None)
        assert write.marked == {first.participant_id, second.participant_id}
        write.mark_own()
        assert held.mine_seq == write.seq
        number = write.seq
    assert [person(one).mine_seq for one in (first, second)] == [number, number]
    assert person(third).mine_seq == before


@pytest.mark.parametrize("marked", [4, 5])
def test_few_and_many_are_marked_alike(app: Flask, marked: int):
    """More than four are marked by one statement."""
    room = Room({"citizens": 6})
    before = person(room.everybody[-1]).mine_seq
    people = room.everybody[:marked]
    with writing(room.id) as write:
        held = db.session.get_one(Participant, people[0].participant_id)
        write.touch_mine(*(one.participant_id for one in people))
        write.mark_own()
        assert held.mine_seq == write.seq
        number = write.seq
    assert [person(one).mine_seq for one in people] == [number] * marked
    assert person(room.everybody[-1]).mine_seq == before


def test_a_change_that_was_made_before_a_write_is_not_written_with_it(room: Room):
    db.session.get_one(Workshop, room.id).title = "Andre"
    with writing(room.id) as write:
        assert write.workshop.title == "Skolemad"
    assert db.session.get_one(Workshop, room.id).title == "Skolemad"


def test_a_record_is_noted_once_for_each_workshop(room: Room):
    since, other, morning = room.clock(), Room({"citizens": 1}, title="Et andet sted").id, clock.now()
    for number, (workshop_id, sha256) in enumerate([(room.id, "a"), (room.id, "a"), (room.id, "b"), (other, "a")]):
        with clock.frozen(morning + timedelta(minutes=number)):
            note_filed(workshop_id, sha256 * 64)
    db.session.rollback()
    kept = db.session.scalars(select(FiledRecord).order_by(FiledRecord.id))
    assert [(row.workshop_id, row.sha256[0], row.at - morning) for row in kept] == [
        (room.id, "a", timedelta(0)),
        (room.id, "b", timedelta(minutes=2)),
        (other, "a", timedelta(minutes=3)),
    ]
    assert room.clock() == since


def busy() -> OperationalError:
    """What SQLite says while somebody else holds its lock."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return OperationalError("BEGIN", None, error)


@pytest.mark.parametrize(
    ("error", "raised"), [(busy(), locks.Locked), (OperationalError("BEGIN", None, Exception("disk")), OperationalError)]
)
def test_a_lock_that_is_not_got_leaves_no_transaction_open(
    room: Room, monkeypatch: pytest.MonkeyPatch, error: Exception, raised: type[Exception]
):
    def fail(*_args: Any, **_more: Any) -> None:
        raise error

    with monkeypatch.context() as patched, locks.waiting_at_most(0):
        patched.setattr(db.session, "scalar", fail)
        with pytest.raises(raised), writing(room.id):
            raise AssertionError("it was begun")
        assert not db.session().in_transaction()
    room.ideas(1)


def test_the_board_is_told_only_of_what_it_shows(room: Room):
    with writing(room.id) as write:
        before = write.workshop.board_seq
    assert db.session.get_one(Workshop, room.id).board_seq == before
    with writing(room.id) as write:
        write.touch_board()
    assert db.session.get_one(Workshop, room.id).board_seq == room.clock()


def test_only_what_the_room_can_see_of_others_counts_as_seen(room: Room):
    author, reader, _ = room.everybody
    shown, hidden, merged, withdrawn = room.ideas(4)
    own = room.do(reader, "post_idea", text="Min egen")["idea"]
    foreign = Room({"citizens": 1}).ideas(1)[0]
    room.do(room.chair, "hide_idea", idea=hidden, reason="Personlig")
    room.do(room.chair, "merge_ideas", into=shown, ideas=[merged])
    room.do(author, "withdraw_idea", idea=withdrawn)
    with writing(room.id) as write:
        private = Idea(
            workshop_id=room.id, participant_id=author.participant_id, text="x", state="open", created_at=clock.now()
        )
        write.add(private)
        orphan = Idea(workshop_id=room.id, text="Uden forfatter", state="open", shown_seq=write.seq, created_at=clock.now())
        write.add(orphan)
        numbers = [private.record_id, orphan.record_id]
    since = room.clock()
    every = [shown, hidden, merged, withdrawn, own, foreign, *numbers]
    for _ in range(2):
        note_views(room.id, reader.participant_id, [int(one.partition(":")[2]) for one in every])
    assert viewed(reader) == {shown, merged, numbers[1]} and viewed(author) == set()
    assert {view.workshop_id for view in db.session.scalars(select(IdeaView))} == {room.id}
    assert room.clock() == since


def test_who_is_here_is_noted_without_a_change(room: Room):
    first, second, _ = room.everybody
    since, later = room.clock(), clock.now() + timedelta(minutes=5)
    with clock.frozen(later):
        note_seen(set())
        note_seen({first.participant_id})
        note_seen(set(), {room.chair.token_id})
    assert person(first).last_seen_at == later
    assert person(second).last_seen_at != later
    seen = {token.id: token.last_seen_at for token in db.session.scalars(select(Token))}
    assert [number for number, moment in seen.items() if moment == later] == [room.chair.token_id]
    assert room.clock() == since


def test_a_write_that_fails_leaves_no_transaction_open_and_the_next_is_taken(room: Room):
    before = room.clock()
    with pytest.raises(ZeroDivisionError), writing(room.id):
        db.session.get_one(Workshop, room.id).title = "Anden titel"
        db.session.flush()
        raise ZeroDivisionError
    assert not db.session().in_transaction()
    assert room.clock() == before and db.session.get_one(Workshop, room.id).title != "Anden titel"
    room.ideas(1)
    assert room.clock() == before + 1


def test_a_lock_that_is_met_in_the_middle_of_a_write_is_told_as_one(room: Room):
    """Whoever gave the command is asked to give it again; any other error of the database is a fault."""
    with pytest.raises(locks.Locked), writing(room.id):
        raise busy()
    with pytest.raises(OperationalError), writing(room.id):
        raise OperationalError("UPDATE", None, sqlite3.OperationalError("disk I/O error"))


@pytest.mark.parametrize("inner", [lambda room: writing(room.id), lambda room: writing_outside()])
def test_a_write_inside_a_write_is_refused(room: Room, inner: Any):
    for outer in (writing(room.id), writing_outside()):
        with pytest.raises(RuntimeError, match="inside another"), outer, inner(room):
            raise AssertionError("it was begun")
