"""The only write transaction, and the only way the workshop's clock moves.

`writing(workshop_id)` waits for the lock outside the transaction (`locks`), locks the workshop, assigns the next number of
its clock, runs the command, writes the journal entry, commits, and then sends the signal `committed`. Nothing between lock
and commit may yield to another green thread: no emit, sleep, network or file (docs/architecture.md, law 9). A second write
inside the block is a fault: it raises an error at once instead of blocking the workshop.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from blinker import Signal
from sqlalchemy import inspect, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from workshop import locks
from workshop.clock import now
from workshop.extensions import WRITE_OPTION, db
from workshop.models import FiledRecord, Idea, IdeaView, Participant, Token, Tombstone, Workshop
from workshop.models.base import Stamped
from workshop.models.texts import Versioned
from workshop.rules.refusal import Refused

#: sent after each commit with `workshop_id` and `seq`
committed = Signal("committed")

#: the operating system threads that are inside a write. Both engines run all green threads in one of them and make
#: `threading.local` local to a green thread, so `threading.local` would not detect a second write by another one.
_writing: set[int] = set()


@dataclass
class Writing:
    """An open write on one workshop: its row and the clock's new number."""

    workshop: Workshop
    seq: int
    #: called after the commit, outside the lock (to close connections and the like)
    afterwards: list[Any] = field(default_factory=list)
    #: numbers of the participants whose `mine` has changed: all stamped by one statement at the end
    marked: set[int] = field(default_factory=set)

    def tick(self) -> None:
        """Advances the clock; called late, so that it is written once, together with the end of the journal's chain."""
        self.workshop.clock = self.seq

    def touch(self, *rows: Stamped) -> None:
        """Stamps rows whose projection has changed."""
        for row in rows:
            row.stamp(self.seq)

    def touch_draft(self, *rows: Versioned) -> None:
        """Stamps texts of which only the draft has changed: phones are not sent them."""
        for row in rows:
            row.stamp_draft(self.seq)

    def add(self, *rows: Any) -> None:
        """Adds new rows and stamps those that are records. Their keys are known afterwards."""
        for row in rows:
            if isinstance(row, Stamped):
                row.stamp(self.seq)
            db.session.add(row)
        db.session.flush()

    def remove(self, *rows: Stamped, room: bool = True) -> None:
        """Deletes records and leaves a tombstone for each, so that every client removes them."""
        for row in rows:
            self._let_go(row)
            # SQLite may reuse a number after its row was undone: then one tombstone serves both.
            db.session.merge(Tombstone(workshop_id=self.workshop.id, record=row.record_id, seq=self.seq, room=room))
            db.session.delete(row)
        db.session.flush()

    def _let_go(self, row: Stamped) -> None:
        """Sets every reference to the row to NULL, as the database would, and stamps the records that held one, so that
        they are sent again. Row by row, so that an undo can restore the references."""
        table = inspect(type(row)).local_table
        for mapper in inspect(type(row)).registry.mappers:
            for column in mapper.local_table.columns:
                if any(key.column.table is table and key.ondelete == "SET NULL" for key in column.foreign_keys):
                    name = mapper.get_property_by_column(column).key
                    for holder in db.session.scalars(select(mapper.class_).where(column == row.id)):
                        setattr(holder, name, None)
                        if isinstance(holder, Stamped):
                            self.touch(holder)

    def touch_mine(self, *participants: Participant | int | None) -> None:
        """Marks that the `mine` of these participants has changed."""
        self.marked.update(person if isinstance(person, int) else person.id for person in participants if person is not None)

    def mark_own(self) -> None:
        """Stamps the participants whose `mine` has changed; called late, so that one statement does it."""
        if not self.marked:
            return
        people = update(Participant).where(Participant.id.in_(self.marked)).values(mine_seq=self.seq)
        db.session.execute(people, execution_options={"synchronize_session": False})
        for number in self.marked:
            held = db.session.identity_map.get(identity_key(Participant, number))
            if held is not None:
                set_committed_value(held, "mine_seq", self.seq)

    def touch_board(self) -> None:
        """Marks that the board shows something else."""
        self.workshop.board_seq = self.seq


@contextmanager
def writing(workshop_id: int) -> Iterator[Writing]:
    """The write transaction on one workshop.

    Raises `Refused("not_found")` for an unknown workshop, and `locks.Locked` if another transaction holds the lock too long.
    Any exception rolls everything back, the clock included.
    """
    with _transaction(workshop_id) as workshop:
        if workshop is None:
            raise Refused("not_found", "workshop")
        write = Writing(workshop, workshop.clock + 1)
        yield write
        write.mark_own()
        write.tick()
    # Clients are notified first: the actions afterwards may take long or fail.
    committed.send(None, workshop_id=workshop_id, seq=write.seq)
    for action in write.afterwards:
        action()


@contextmanager
def writing_outside() -> Iterator[None]:
    """The write transaction for what is outside any workshop's clock: accounts, new workshops, times of last activity."""
    with _transaction():
        yield


@contextmanager
def _transaction(workshop_id: int | None = None) -> Iterator[Workshop | None]:
    """One write transaction; yields the locked row of the workshop if one is given."""
    here = threading.get_native_id()
    _refuse_second(here)
    # Rows read before the lock must not be mixed with rows read under it.
    db.session.rollback()
    # SQLite has one lock for all, PostgreSQL one for each workshop.
    line = 0 if db.engine.dialect.name == "sqlite" else workshop_id or 0
    workshop = locks.take(line, lambda: _begin(workshop_id))
    # Checked again: another green thread may have begun a write during the wait for the lock.
    _refuse_second(here)
    _writing.add(here)
    try:
        yield workshop
        db.session.commit()
    except BaseException as error:
        db.session.rollback()
        if locks.is_locked(error):
            raise locks.Locked from error
        raise
    finally:
        _writing.discard(here)


def _refuse_second(thread: int) -> None:
    if thread in _writing:
        db.session.rollback()
        raise RuntimeError("a write was started inside another: something yielded between lock and commit")


def _begin(workshop_id: int | None) -> Workshop | None:
    """Starts the transaction and locks the workshop without waiting. Raises `locks.Locked` after a rollback."""
    try:
        db.session.connection(execution_options={WRITE_OPTION: True})
        if workshop_id is None:
            return None
        row = select(Workshop).where(Workshop.id == workshop_id).with_for_update(nowait=True)
        return db.session.scalar(row)
    except BaseException as error:
        db.session.rollback()
        if locks.is_locked(error):
            raise locks.Locked from error
        raise


@locks.again
def note_views(workshop_id: int, participant_id: int, idea_ids: Collection[int]) -> None:
    """Stores that this participant has had these ideas on the screen, once per participant and idea.

    Ideas that the room cannot see and the participant's own are ignored. No record changes, so the clock does not move.
    """
    shown = select(Idea.id, literal(participant_id), literal(workshop_id)).where(
        Idea.workshop_id == workshop_id,
        Idea.id.in_(idea_ids),
        Idea.state.in_(("open", "merged")),
        Idea.shown_seq.is_not(None),
        or_(Idea.participant_id.is_(None), Idea.participant_id != participant_id),
    )
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    columns = ["idea_id", "participant_id", "workshop_id"]
    with writing_outside():
        db.session.execute(insert(IdeaView).from_select(columns, shown).on_conflict_do_nothing())


@locks.again
def note_filed(workshop_id: int, sha256: str) -> None:
    """Stores that a record with this SHA-256 was taken for the archive. The same record is noted once."""
    with writing_outside():
        here = (FiledRecord.workshop_id == workshop_id, FiledRecord.sha256 == sha256)
        if db.session.scalar(select(FiledRecord.id).where(*here)) is None:
            db.session.add(FiledRecord(workshop_id=workshop_id, sha256=sha256, at=now()))


@locks.again
def note_seen(participant_ids: set[int], token_ids: set[int] | None = None) -> None:
    """Stores that these participants and these devices of facilitators are active now. No record changes, so the clock
    does not move."""
    if not participant_ids and not token_ids:
        return
    with writing_outside():
        for model, numbers in ((Participant, participant_ids), (Token, token_ids or set())):
            if numbers:
                # Rows that another transaction has locked are skipped, so that they do not delay all the others.
                free = select(model.id).where(model.id.in_(numbers)).with_for_update(skip_locked=True)
                db.session.execute(
                    update(model)
                    .where(model.id.in_(free))
                    .values(last_seen_at=now())
                    .execution_options(synchronize_session=False)
                )
