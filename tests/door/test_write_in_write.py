"""A write that is begun inside another is a fault: it is refused at once, and nothing of either stays."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room
from workshop.store import note_seen, writing, writing_outside

REFUSAL = "a write was started inside another"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 1})


def test_a_command_inside_a_write_is_refused_and_the_next_is_not(room: Room):
    before = room.clock()
    with pytest.raises(RuntimeError, match=REFUSAL), writing(room.id):
        room.ideas(1)
    assert room.clock() == before
    room.ideas(1)
    assert room.clock() == before + 1


def test_a_write_outside_the_clock_counts_as_a_write(room: Room):
    before = room.clock()
    with pytest.raises(RuntimeError, match=REFUSAL), writing_outside():
        room.ideas(1)
    with pytest.raises(RuntimeError, match=REFUSAL), writing(room.id):
        note_seen({1})
    assert room.clock() == before
