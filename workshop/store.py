"""The only write transaction, and the only way the workshop's clock moves.

`writing(workshop_id)` locks the workshop, hands out the next number of its clock, lets a command change rows, writes the
journal entry, commits, and then sends the signal `committed`. Nothing between lock and commit may yield to another green
thread: no emit, sleep, network or file (docs/architecture.md, law 9). A second writer inside the block is a fault and is
refused with an error at once instead of freezing the room.
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

from .clock import now
from .extensions import WRITE_OPTION, db
from .models import Idea, IdeaView, Participant, Token, Tombstone, Workshop
from .models.base import Stamped
from .rules.refusal import Refused

#: sent after each commit with `workshop_id` and `seq`
committed = Signal("committed")

_state = threading.local()


@dataclass
class Writing:
    """An open write on one workshop: its row and the clock's new number."""

    workshop: Workshop
    seq: int
    #: called after the commit, outside the lock (to close connections and the like)
    afterwards: list[Any] = field(default_factory=list)

    def tick(self) -> None:
        """Move the clock: late, so that it is written once, with the end of the journal's chain."""
        self.workshop.clock = self.seq

    def touch(self, *rows: Stamped) -> None:
        """Stamp rows whose appearance has changed."""
        for row in rows:
            row.seq = self.seq

    def add(self, *rows: Any) -> None:
        """Add new rows; those that are records are stamped. Their keys are known afterwards."""
        for row in rows:
            if isinstance(row, Stamped):
                row.seq = self.seq
            db.session.add(row)
        db.session.flush()

    def remove(self, *rows: Stamped, room: bool = True) -> None:
        """Delete records and leave a tombstone for each, so that every client takes them away."""
        for row in rows:
            self._let_go(row)
            # SQLite may give a number again after its row was undone: one tombstone stands for both.
            db.session.merge(
                Tombstone(workshop_id=self.workshop.id, record=row.record_id, seq=self.seq, room=room)
            )
            db.session.delete(row)
        db.session.flush()

    def _let_go(self, row: Stamped) -> None:
        """Records that name the row must be sent again: the database empties their reference, and stamps nothing."""
        table = inspect(type(row)).local_table
        for mapper in inspect(type(row)).registry.mappers:
            if not issubclass(mapper.class_, Stamped):
                continue
            for column in mapper.local_table.columns:
                if any(key.column.table is table and key.ondelete == "SET NULL" for key in column.foreign_keys):
                    holders = update(mapper.class_).where(column == row.id)
                    db.session.execute(
                        holders.values({column.name: None, "seq": self.seq}),
                        execution_options={"synchronize_session": "fetch"},
                    )

    def touch_mine(self, *participants: Participant | int | None) -> None:
        """Mark that what these people see as their own has changed."""
        for person in participants:
            row = db.session.get(Participant, person) if isinstance(person, int) else person
            if row is not None:
                row.mine_seq = self.seq

    def touch_board(self) -> None:
        """Mark that the board shows something else."""
        self.workshop.board_seq = self.seq


@contextmanager
def writing(workshop_id: int) -> Iterator[Writing]:
    """The write transaction on one workshop.

    Raises `Refused("not_found")` for an unknown workshop. Any exception rolls everything back, the clock included.
    """
    with _transaction():
        workshop = db.session.scalar(select(Workshop).where(Workshop.id == workshop_id).with_for_update())
        if workshop is None:
            raise Refused("not_found", "workshop")
        write = Writing(workshop, workshop.clock + 1)
        yield write
        write.tick()
    seq = write.seq
    for action in write.afterwards:
        action()
    committed.send(None, workshop_id=workshop_id, seq=seq)


@contextmanager
def writing_outside() -> Iterator[None]:
    """The write transaction for what belongs to no workshop's clock: accounts, new workshops, who was last seen."""
    with _transaction():
        yield


@contextmanager
def _transaction() -> Iterator[None]:
    if getattr(_state, "busy", False):
        raise RuntimeError("a write was started inside another: something yielded between lock and commit")
    # What was read before must not be mixed with what is read under the lock.
    db.session.rollback()
    _state.busy = True
    try:
        db.session.connection(execution_options={WRITE_OPTION: True})
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _state.busy = False


def note_views(workshop_id: int, participant_id: int, idea_ids: Collection[int]) -> None:
    """Note that this person has had these ideas on the screen: once for each person and idea, whatever is sent twice.

    Only ideas of others that the room can see are noted; of all others nothing is said. Like `note_seen` it changes no
    record, so the clock stands still.
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


def note_seen(participant_ids: set[int], token_ids: set[int] | None = None) -> None:
    """Note that these people, and these devices of facilitators, are here now. It changes no record, so the clock
    stands still."""
    if not participant_ids and not token_ids:
        return
    with writing_outside():
        if participant_ids:
            db.session.execute(
                update(Participant).where(Participant.id.in_(participant_ids)).values(last_seen_at=now())
            )
        if token_ids:
            db.session.execute(update(Token).where(Token.id.in_(token_ids)).values(last_seen_at=now()))
