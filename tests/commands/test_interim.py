"""The interim mood as the room meets it: declared at opening, refreshed by the clock, told to everybody alike
(docs/rules.md section 7)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop.commands import COMMANDS, interim, perform
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import Ballot, JournalEntry


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 14, "politicians": 14})


def mood(room: Room) -> tuple[str, str]:
    (idea,) = room.ideas(1)
    return room.ballot([idea], "positions", settings={"interim": True}), idea


def answer(room: Room, ballot: str, idea: str, first: int, last: int, value: str = "agree") -> None:
    """The people with these numbers of each group answer; the groups do not agree with each other."""
    for key in ("citizens", "politicians"):
        for number in range(first, last):
            other = {"agree": "disagree", "disagree": "agree"}.get(value, value)
            given = value if (number % 3 or key == "citizens") else other
            room.cast(room.people[key][number], ballot, choices={idea: given})


def shown(room: Room, ballot: str) -> dict | None:
    return room.record(ballot)["interim"]


def test_it_is_declared_in_the_settings_everybody_sees(room):
    ballot, _ = mood(room)
    assert room.record(ballot)["settings"] == {"interim": True}
    assert shown(room, ballot) is None


@pytest.mark.parametrize("method", ["approval", "dots"])
def test_never_for_approvals_and_dots(room, method):
    ideas = room.ideas(2)
    with refused("malformed", "settings.interim"):
        room.ballot(ideas, method, settings={"interim": True})


@pytest.mark.parametrize("value", [1, "yes", None, [], {}])
def test_it_is_yes_or_no(room, value):
    with refused("malformed", "settings.interim"):
        room.ballot(room.ideas(1), "positions", settings={"interim": value})


def test_no_is_as_if_it_was_not_said(room):
    ballot = room.ballot(room.ideas(1), "positions", settings={"interim": False})
    assert room.record(ballot)["settings"] == {}


def test_it_is_shown_one_batch_late_and_to_everybody_alike(room):
    ballot, idea = mood(room)
    answer(room, ballot, idea, 0, 7)
    assert interim.refresh_due() == 1 and shown(room, ballot) is None
    answer(room, ballot, idea, 7, 11)
    assert interim.refresh_due() == 0 and shown(room, ballot) is None
    answer(room, ballot, idea, 11, 12)
    assert interim.refresh_due() == 1
    found = shown(room, ballot)
    assert found is not None and found["ballots"] == 14
    assert found["result"]["options"][0] | {"total": 0, "by_group": 0} == {"id": idea, "answers": 14, "total": 0, "by_group": 0}
    assert room.record(ballot, "facilitator")["interim"] == found


def test_what_waits_is_told_to_nobody(room):
    ballot, idea = mood(room)
    answer(room, ballot, idea, 0, 12)
    interim.refresh_due()
    stored = db.session.get_one(Ballot, int(ballot.partition(":")[2])).interim
    assert stored is not None and stored[idea]["waiting"]["by_group"]["politicians"] is not None
    for audience in ("room", "facilitator"):
        assert "waiting" not in json.dumps(room.record(ballot, audience)) and shown(room, ballot) is None


def test_who_thinks_again_makes_no_new_picture(room):
    ballot, idea = mood(room)
    answer(room, ballot, idea, 0, 7)
    interim.refresh_due()
    answer(room, ballot, idea, 7, 12)
    interim.refresh_due()
    before = shown(room, ballot)
    answer(room, ballot, idea, 0, 12, "disagree")
    assert interim.refresh_due() == 0 and shown(room, ballot) == before


def test_other_ballots_of_positions_are_left_alone(room):
    (idea,) = room.ideas(1)
    ballot = room.ballot([idea], "positions")
    answer(room, ballot, idea, 0, 14)
    assert interim.refresh_due() == 0 and shown(room, ballot) is None
    with refused("already", "ballot"):
        perform(Actor(SYSTEM, room.id), "refresh_interim", {"ballot": ballot})


def test_it_ends_when_the_ballot_closes_and_the_result_is_the_usual_one(room):
    ballot, idea = mood(room)
    for first, last in ((0, 7), (7, 12)):
        answer(room, ballot, idea, first, last)
        interim.refresh_due()
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert shown(room, ballot) is None and interim.refresh_due() == 0
    # What waited is not kept either.
    assert db.session.scalars(select(Ballot.interim)).all() == [None]
    with refused("closed", "ballot"):
        perform(Actor(SYSTEM, room.id), "refresh_interim", {"ballot": ballot})
    room.do(room.chair, "publish_ballot", ballot=ballot)
    record = room.record(ballot)
    assert record["interim"] is None and record["result"]["turnout"] == {"voted": 24, "eligible": 28}


def test_it_goes_through_the_door_and_is_in_the_journal(room):
    ballot, idea = mood(room)
    answer(room, ballot, idea, 0, 7)
    before = room.clock()
    interim.refresh_due()
    assert room.clock() == before + 1
    entry = db.session.scalar(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1))
    assert entry is not None and (entry.name, entry.actor, entry.args) == ("refresh_interim", "system", {"ballot": ballot})


def test_a_person_does_not_refresh_it(room):
    ballot, _ = mood(room)
    for actor in (room.chair, room.everybody[0]):
        with refused("not_allowed"):
            perform(actor, "refresh_interim", {"ballot": ballot})


def test_a_look_that_another_process_has_overtaken_changes_nothing(room, monkeypatch):
    ballot, idea = mood(room)
    answer(room, ballot, idea, 0, 7)
    old = interim._reckon(Actor(SYSTEM, room.id), interim.RefreshInterim(ballot=ballot))
    interim.refresh_due()
    monkeypatch.setitem(COMMANDS, "refresh_interim", replace(COMMANDS["refresh_interim"], prepare=lambda *_: old))
    with refused("conflict", "ballot"):
        perform(Actor(SYSTEM, room.id), "refresh_interim", {"ballot": ballot})


def test_a_group_that_comes_late_is_counted_in_the_pool_and_moves_nothing_by_itself(app):
    room = Room({"citizens": 14, "leaders": 0})
    ballot, idea = mood(room)
    for person in room.people["citizens"][:7]:
        room.cast(person, ballot, choices={idea: "agree"})
    assert interim.refresh_due() == 1
    late = room.join("leaders")
    room.cast(late, ballot, choices={idea: "disagree"})
    assert interim.refresh_due() == 0
    for person in room.people["citizens"][7:11]:
        room.cast(person, ballot, choices={idea: "disagree"})
    assert interim.refresh_due() == 1
    found = shown(room, ballot)
    assert found is not None and found["ballots"] == 7
