"""The only write transaction, and the only way the workshop's clock moves.

`writing(workshop_id)` waits for the lock outside the transaction (`locks`), locks the workshop, assigns the next number of
its clock, runs the command, writes the journal entry, commits, and then sends the signal `committed`. Between lock and
commit nothing may yield: no emit, sleep, network or file (docs/architecture.md, law 9). A second write inside raises.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from blinker import Signal
from sqlalchemy import bindparam, inspect, select, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from workshop import locks
from workshop.clock import now
from workshop.extensions import WRITE_OPTION, db
from workshop.models import FiledRecord, Participant, Token, Tombstone, Workshop, kept
from workshop.models.base import Stamped, column_name
from workshop.models.ideas import noting_views
from workshop.models.texts import Versioned
from workshop.rules.refusal import Refused

#: sent after each commit with `workshop_id` and `seq`
committed = Signal("committed")

#: the operating system threads that are inside a write. Both engines run all green threads in one of them and make
#: `threading.local` local to a green thread, so `threading.local` would not detect a second write by another one.
_writing: set[int] = set()
#: so many people are marked one by one; more of them by one statement of its own
_FEW = 4

_LOCKED_WORKSHOP = select(Workshop).where(Workshop.id == bindparam("workshop")).with_for_update(nowait=True)


@dataclass
class Writing:
    """An open write on one workshop: its row and the clock's new number."""

    workshop: Workshop
    seq: int
    #: called after the commit, outside the lock (to close connections and the like)
    afterwards: list[Any] = field(default_factory=list)
    #: numbers of the participants whose `mine` has changed: all stamped at the end
    marked: set[int] = field(default_factory=set)
    #: while an undo is remembered every change goes through the session, where `door.undo_log` sees it
    remembered: bool = False
    #: grows with everything that is written: where it has not grown, nothing has to be undone
    written: int = 0
    #: rows that are asked for again in the same write: the session by itself forgets what nobody holds
    held: dict[Any, Any] = field(default_factory=dict)
    #: rows that wait to be written by one statement for all: parameters by statement and row
    _waiting: dict[Any, dict[Hashable, dict[str, Any]]] = field(default_factory=dict)

    def tick(self) -> None:
        """Advances the clock; called late. It is written once, together with the end of the journal's chain."""
        set_committed_value(self.workshop, "clock", self.seq)

    def next(self) -> None:
        """Begins the next of several commands in this write: it has a number of its own."""
        self.mark_own()
        self.marked.clear()
        self.seq = self.workshop.clock + 1

    def chain(self, journal_hash: str) -> None:
        """Continues the journal with the entry that has this hash."""
        set_committed_value(self.workshop, "journal_hash", journal_hash)

    def change(self, row: Any, **values: Any) -> None:
        """Sets columns of a row that has a number, without the session's unit of work. Written by `write_down`."""
        for name, value in values.items():
            set_committed_value(row, name, value)
        model: Any = type(row)
        self.put_off(kept.change(model, tuple(values)), row.id, **{kept.NUMBER: row.id}, **values)

    def forget(self) -> None:
        """Has everything that was read once for the whole write read again."""
        self.held.clear()

    def put_off(self, statement: Any, key: Hashable, /, **values: Any) -> None:
        """Lets a row be written by `write_down`; another one under the same key takes its place."""
        self.written += 1
        self._waiting.setdefault(statement, {})[key] = values

    def write_down(self) -> None:
        """Writes what was put off, by one statement for each kind. To be called before anything reads it."""
        self.written += 1
        waiting, self._waiting = self._waiting, {}
        for statement, found in waiting.items():
            rows = list(found.values())
            kept.connection().execute(statement, rows if len(rows) > 1 else rows[0])

    def insert(self, row: Stamped) -> None:
        """Adds one new record, stamped, without the session's unit of work; its number is known afterwards. Columns that are
        not given are read from the database when they are asked for."""
        self.written += 1
        row.stamp(self.seq)
        model: Any = type(row)
        values = {column_name(column): row.__dict__[column.key] for column in _columns(model) if column.key in row.__dict__}
        row.id = kept.connection().execute(kept.insert(model, numbered=True), values).scalar_one()
        make_transient_to_detached(row)
        db.session.add(row)

    def touch(self, *rows: Stamped) -> None:
        """Stamps rows whose projection has changed."""
        self.written += 1
        for row in rows:
            if self.remembered or isinstance(row, Versioned) or not inspect(row).persistent:
                row.stamp(self.seq)
            else:
                self.change(row, seq=self.seq)

    def touch_draft(self, *rows: Versioned) -> None:
        """Stamps texts of which only the draft has changed: phones are not sent them."""
        for row in rows:
            row.stamp_draft(self.seq)

    def add(self, *rows: Any) -> None:
        """Adds new rows and stamps those that are records. Their keys are known afterwards."""
        self.written += 1
        for row in rows:
            if isinstance(row, Stamped):
                row.stamp(self.seq)
            db.session.add(row)
        db.session.flush()

    def remove(self, *rows: Stamped, room: bool = True) -> None:
        """Deletes records and leaves a tombstone for each, so that every client removes them."""
        self.written += 1
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
        self.written += 1
        self.marked.update(person if isinstance(person, int) else person.id for person in participants if person is not None)

    def mark_own(self) -> None:
        """Stamps the participants whose `mine` has changed; called late, so that one statement does it."""
        if len(self.marked) > _FEW:
            people = update(Participant).where(Participant.id.in_(self.marked)).values(mine_seq=self.seq)
            db.session.execute(people, execution_options={"synchronize_session": False})
        for number in self.marked:
            if len(self.marked) <= _FEW:
                self.put_off(kept.change(Participant, ("mine_seq",)), number, **{kept.NUMBER: number}, mine_seq=self.seq)
            held = db.session.identity_map.get(identity_key(Participant, number))
            if held is not None:
                set_committed_value(held, "mine_seq", self.seq)

    def end(self) -> None:
        """Writes what was put off, and the clock with the end of the journal's chain."""
        self.mark_own()
        self.change(self.workshop, clock=self.workshop.clock, journal_hash=self.workshop.journal_hash)
        self.write_down()

    def touch_board(self) -> None:
        """Marks that the board shows something else."""
        self.workshop.board_seq = self.seq


@cache
def _columns(model: Any) -> list[Any]:
    return list(inspect(model).column_attrs)


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
        write.tick()
        write.end()
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
        workshop: Workshop | None = db.session.scalar(_LOCKED_WORKSHOP, {"workshop": workshop_id})
        return workshop
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
    found = {"person": participant_id, "workshop": workshop_id, "ideas": list(idea_ids)}
    with writing_outside():
        kept.connection().execute(noting_views(db.engine.dialect.name), found)


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
