"""Random commands of a facilitator, an organiser and people in the room, and any undo: nothing of the others is lost.

What a command does is read off every table before and after it, cell by cell, and never from what the undo keeps.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.kept_room import KeptRoom
from tests.live.whims import Whims
from workshop import screens
from workshop.clock import frozen, now
from workshop.door import COMMANDS, perform
from workshop.door.undo_log import DERIVED
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Workshop
from workshop.rules.refusal import Refused

#: the log of what was done is not what was done; whether the people are there is nobody's work
_LOGS = {"journal_entry", "answer", "undo", "tombstone", "hiding", "attendance"}
#: that the room has seen an idea cannot be taken back: it must be told that the idea is gone
_SEEN = ("idea", "shown_seq")

Cell = tuple[str, tuple[Any, ...], str]
UNDOABLE = sorted(name for name, command in COMMANDS.items() if command.undoable)


@cache
def _statements() -> list[tuple[str, str, int, list[str]]]:
    """Of each table that is somebody's work: its name, what reads its cells as they are stored, and of how many columns
    the key is that stands before them, and the names of the columns that are cells."""
    found = []
    for table in db.metadata.sorted_tables:
        names = [one.name for one in table.columns if one.name not in DERIVED and (table.name, one.name) != _SEEN]
        key = [column.name for column in table.primary_key]
        if table.name not in _LOGS:
            columns = ", ".join(f'"{name}"' for name in (*key, *names))
            found.append((table.name, f'SELECT {columns} FROM "{table.name}"', len(key), names))
    return found


def cells() -> dict[Cell, Any]:
    """Every cell of the database that is somebody's work, as the database holds it."""
    db.session.rollback()
    found: dict[Cell, Any] = {}
    connection = db.session.connection()
    for table, statement, of_key, names in _statements():
        for row in connection.exec_driver_sql(statement).all():
            key = tuple(row[:of_key])
            found.update(zip([(table, key, name) for name in names], row[of_key:], strict=True))
    db.session.rollback()
    return found


def written(before: dict[Cell, Any], after: dict[Cell, Any]) -> set[Cell]:
    """The cells that were made, changed or removed."""
    missing = object()
    return {cell for cell in before.keys() | after.keys() if before.get(cell, missing) != after.get(cell, missing)}


class Play:
    """Everybody does something; each command's cells are noted. What one command has left is what the next one finds: a cell
    that changes in between, or by a command that is refused, is counted as the next one's."""

    def __init__(self, kept: KeptRoom, dice: random.Random) -> None:
        self.kept, self.dice = kept, dice
        self.cells: dict[Cell, Any] = {}
        workshop = db.session.get_one(Workshop, kept.id)
        self.facilitator = kept.rich.chair
        self.organiser = Actor("organiser", kept.id, organiser_id=workshop.organiser_id)
        self.people = [kept.rich.author, kept.rich.other, *kept.rich.room.people["citizens"][1:3]]

    def command(self, actor: Actor, names: list[str] | None) -> set[Cell]:
        """The cells of one command that is accepted, of these names or of any; none where nothing fits."""
        for _ in range(8):
            records = {one["id"]: one for one in screens.snapshot(self.kept.id, "facilitator")["put"]}
            whims = Whims(self.dice, records)
            name, args = whims.command(actor.role)
            if names is not None and self.dice.random() < 0.7:
                name = self.dice.choice(names)
                args = whims.sensible(name)
            # Who is erased takes what could be undone along; `test_erasure` is about that.
            if name in ("undo", "erase_me", "erase_person"):
                continue
            try:
                perform(actor, name, args)
            except Refused:
                continue
            return self.changed()
        return set()

    def changed(self) -> set[Cell]:
        """The cells that are not what they were when this was last asked."""
        before, self.cells = self.cells, cells()
        return written(before, self.cells)


#: what an organiser does to the row that most actions touch: the workshop's own
_ROOM = ["edit_workshop", "lock_room", "start_step", "finish_step", "show_on_board", "publish_record", "close_workshop"]


def scenario(kept: KeptRoom, name: str) -> tuple[Actor, dict[str, Any]]:
    """The scenario of a command, without the one setting that an undo may not put back: the privacy minimum is only raised."""
    actor, args = kept.scenario(name)
    args.pop("privacy_minimum", None)
    return actor, args


@given(st.sampled_from(UNDOABLE), st.randoms(use_true_random=False), st.integers(1, 4), st.booleans())
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    # A smaller dice is no smaller room: shrinking takes minutes and shows nothing more.
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_that_others_did_after_is_lost(kept: KeptRoom, name: str, dice: random.Random, others: int, swapped: bool):
    kept.put_back()
    play = Play(kept, dice)
    _chair, args = scenario(kept, name)
    actor, other = play.facilitator, play.organiser
    if swapped:
        actor, other = other, actor
    # The clock stands still: a busy machine must not use up the seconds an undo has.
    with frozen(now()):
        play.cells = cells()
        seq = perform(actor, name, args)["seq"]
        own, theirs = play.changed(), set()
        for _ in range(others):
            by_other = dice.random() < 0.6
            theirs |= play.command(other if by_other else dice.choice(play.people), _ROOM if by_other else None)
        try:
            perform(actor, "undo", {"seq": seq})
        except Refused as refusal:
            assert refusal.code == "conflict" and refusal.facts["moved"], (name, refusal.as_error())
            assert not play.changed()
            return
        changed = play.changed()
    assert changed <= own, f"{name} had not touched these: {sorted(map(str, changed - own))[:5]}"
    assert not changed & theirs, f"the undo of {name} took these away: {sorted(map(str, changed & theirs))[:5]}"


@pytest.mark.parametrize("name", UNDOABLE)
def test_every_action_is_taken_back_whole_when_nobody_else_did_anything(kept: KeptRoom, name: str):
    actor, args = scenario(kept, name)
    before = cells()
    seq = perform(actor, name, args)["seq"]
    after = cells()
    try:
        perform(actor, "undo", {"seq": seq})
    except Refused as refusal:
        # It has ended a decision, whose papers are destroyed.
        assert name == "drop_text" and refusal.code == "conflict"
        assert cells() == after
        return
    assert cells() == before
    assert after != before
