"""A vote moves the turnout, a short record of its own; the ballot or decision follows when it changes, or within seconds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from tests.commands.voting import Room, refused
from tests.counting import own_ideas, stamped, statements
from tests.load.store import Store
from workshop import screens
from workshop.commands.votes.turnout import tell_moved
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import Ballot, Decision, Goal, JournalEntry, Turnout


@pytest.fixture
def room(app: Any) -> Room:
    return Room({"citizens": 6, "leaders": 0})


def vote_of(room: Room, kind: str, options: int = 3) -> str:
    """An open ballot or decision; its record id."""
    return room.ballot(room.ideas(options)) if kind == "ballot" else room.decision(room.text(Goal))


def cast(room: Room, place: int, vote: str) -> None:
    """A person votes: the first option, or for the text."""
    person = room.everybody[place]
    if vote.startswith("ballot"):
        room.cast(person, vote, choices={room.record(vote)["options"][0]: 1})
    else:
        room.stance(person, vote, "for")


def told(room: Room, since: int, read: Any = None) -> dict[str, Any]:
    """What is pushed (or, with `read`, read) of what has changed: records by id, None for what is gone."""
    db.session.rollback()
    found = (read or screens.live_changes)(room.id, since, screens.ROOM)
    return {record["id"]: record for record in found["put"]} | dict.fromkeys(found["gone"])


@pytest.mark.parametrize("kind", ["ballot", "decision"])
def test_a_vote_pushes_the_turnout_and_nothing_else(room: Room, kind: str):
    vote = vote_of(room, kind)
    since = room.clock()
    cast(room, 0, vote)
    pushed = told(room, since)
    assert list(pushed.values()) == [
        {
            "id": next(iter(pushed)),
            "kind": "turnout",
            "on": vote,
            "turnout": {"voted": 1, "eligible": 6},
            "turnout_by_group": room.record(vote)["turnout_by_group"],
        }
    ]
    assert stamped(room, since, Ballot, Decision, Turnout) == list(pushed)


@pytest.mark.parametrize("kind", ["ballot", "decision"])
def test_what_is_read_at_any_moment_has_the_turnout_in_the_votes_own_record(room: Room, kind: str):
    """A sync that catches up, and one from nothing (`dispatch.sync` reads these two)."""
    vote = vote_of(room, kind)
    screens.snapshot(room.id, screens.ROOM)
    for place in range(3):
        since = room.clock()
        cast(room, place, vote)
        assert told(room, since, screens.changes)[vote]["turnout"] == {"voted": place + 1, "eligible": 6}
        kept = {record["id"]: record for record in screens.snapshot(room.id, screens.ROOM)["put"]}
        assert kept[vote]["turnout"] == {"voted": place + 1, "eligible": 6}
        assert kept == told(room, 0, screens.changes)


def size_of_a_vote(options: int) -> tuple[int, int]:
    """Bytes pushed to each phone, and statements."""
    room = Room({"citizens": 6})
    vote = vote_of(room, "ballot", options)
    cast(room, 0, vote)
    option, since = room.record(vote)["options"][0], room.clock()
    with statements() as sent:
        room.cast(room.everybody[1], vote, choices={option: 1})
    return len(json.dumps(list(told(room, since).values()))), len(sent)


def test_a_vote_on_sixty_options_costs_what_one_on_three_does(app: Any):
    small, large = size_of_a_vote(3), size_of_a_vote(60)
    assert small == large


def catch_up(store: Store, room: Room, read: Any) -> None:
    db.session.rollback()
    found = read(room.id, store.seq or 0, screens.ROOM)
    store._apply(json.loads(json.dumps(found)))


class PlainStore(Store):
    """A client that has never heard of the record `turnout`: it reads `ballot.turnout`."""

    def _apply(self, change: Any) -> None:
        super()._apply({**change, "put": [record for record in change["put"] if record["kind"] != "turnout"]})


@pytest.mark.parametrize("kind", ["ballot", "decision"])
def test_old_state_and_pushes_make_a_fresh_snapshot(room: Room, kind: str):
    """At once for a client that lays the turnout over the vote; for another one when the vote's record has followed."""
    vote = vote_of(room, kind)
    knowing, plain = Store(), PlainStore()
    for store in (knowing, plain):
        catch_up(store, room, screens.changes)
    for place in range(3):
        cast(room, place, vote)
        room.join("citizens")
        for store in (knowing, plain):
            catch_up(store, room, screens.live_changes)
        fresh = json.loads(json.dumps(told(room, 0, screens.changes)))
        assert knowing.records == fresh
        assert plain.records[vote]["turnout"]["voted"] == 0, "not told yet"
    assert tell_moved([room.id]) == 1
    for store in (knowing, plain):
        catch_up(store, room, screens.live_changes)
    fresh = json.loads(json.dumps(told(room, 0, screens.changes)))
    assert knowing.records == fresh
    assert plain.records == {name: record for name, record in fresh.items() if record["kind"] != "turnout"}
    assert plain.records[vote]["turnout"]["voted"] == 3


def test_telling_the_turnout_is_one_entry_and_only_where_there_is_something_to_tell(room: Room):
    ballot, decision = vote_of(room, "ballot"), vote_of(room, "decision")
    assert tell_moved([room.id]) == 0, "as they opened"
    cast(room, 0, ballot)
    cast(room, 1, ballot)
    cast(room, 0, decision)
    since = room.clock()
    assert tell_moved([]) == 0, "nobody is connected here"
    assert tell_moved([room.id]) == 2
    assert tell_moved([room.id]) == 0
    entries = db.session.execute(select(JournalEntry.name, JournalEntry.args).where(JournalEntry.seq > since)).all()
    assert entries == [("tell_turnout", {"vote": ballot}), ("tell_turnout", {"vote": decision})]
    assert stamped(room, since, Ballot, Decision, Turnout) == [ballot, decision]


@pytest.mark.parametrize("kind", ["ballot", "decision"])
def test_a_turnout_is_told_once_and_only_of_an_open_vote(room: Room, kind: str):
    vote, clock_itself = vote_of(room, kind), Actor(SYSTEM, room.id)
    with refused("already", "vote"):
        room.do(clock_itself, "tell_turnout", vote=vote)
    cast(room, 0, vote)
    room.do(clock_itself, "tell_turnout", vote=vote)
    with refused("already", "vote"):
        room.do(clock_itself, "tell_turnout", vote=vote)
    cast(room, 1, vote)
    room.do(room.chair, f"close_{kind}", **{kind: vote})
    with refused("closed", "vote"):
        room.do(clock_itself, "tell_turnout", vote=vote)
    with refused("not_found", "vote"):
        room.do(clock_itself, "tell_turnout", vote=f"{kind}:99")


def test_who_comes_or_goes_moves_the_turnout_of_ballots_and_not_the_ballots(room: Room):
    ballots = [vote_of(room, "ballot"), vote_of(room, "ballot")]
    vote_of(room, "decision")
    since = room.clock()
    person = room.join("citizens")
    assert {record["on"]: record["turnout"] for record in told(room, since).values() if record["kind"] == "turnout"} == {
        ballot: {"voted": 0, "eligible": 7} for ballot in ballots
    }
    assert stamped(room, since, Ballot, Decision) == []
    since = room.clock()
    room.do(room.chair, "remove_participant", participant=f"participant:{person.participant_id}")
    counts = [
        record["turnout"]["eligible"] for record in told(room, since).values() if record and record["kind"] == "turnout"
    ]
    # Who leaves stays among those who may vote, or the number would tell whether they had.
    assert counts == [7, 7]
    assert stamped(room, since, Ballot, Decision) == []


def test_the_first_of_a_group_that_was_absent_sends_the_ballot_on_arrival_and_not_by_voting(app: Any):
    room = Room({"citizens": 12, "leaders": 0})
    ballot = vote_of(room, "ballot")
    assert room.record(ballot)["pools"] == [["citizens"]]
    since = room.clock()
    room.join("leaders")
    assert told(room, since)[ballot]["pools"] == [["citizens", "leaders"]]
    since = room.clock()
    cast(room, 12, ballot)
    assert [record["kind"] for record in told(room, since).values()] == ["turnout"]


@pytest.mark.parametrize("kind", ["ballot", "decision"])
def test_a_vote_that_closes_takes_its_turnout_with_it_and_says_the_last_number_itself(room: Room, kind: str):
    vote = vote_of(room, kind)
    cast(room, 0, vote)
    since = room.clock()
    room.do(room.chair, f"close_{kind}", **{kind: vote})
    pushed = told(room, since)
    assert [name for name, record in pushed.items() if record is None] == [f"turnout:{1}"]
    assert pushed[vote]["turnout"] == {"voted": 1, "eligible": 6}
    assert tell_moved([room.id]) == 0


def test_a_decision_that_ends_because_its_text_changed_takes_its_turnout_with_it(room: Room):
    goal = room.text(Goal)
    room.decision(goal)
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Et andet mål")
    assert [record for record in told(room, 0).values() if record["kind"] == "turnout"] == []


@pytest.mark.parametrize("kind", ["ballot", "decision"])
def test_opening_a_vote_can_be_undone_until_somebody_has_voted(room: Room, kind: str):
    vote_of(room, kind)
    since = room.clock()
    room.do(room.chair, "undo", seq=since)
    gone = [name for name, record in told(room, since).items() if record is None]
    assert [name for name in gone if name.startswith("turnout")] == ["turnout:1"]
    vote = vote_of(room, kind)
    opened = room.clock()
    cast(room, 0, vote)
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=opened)


def test_a_person_who_votes_twice_is_counted_once_and_told_both_times(room: Room):
    ideas = own_ideas(room)
    ballot = room.ballot(ideas)
    counts = []
    for choices in ({ideas[0]: 1}, {ideas[1]: 1}, {}):
        since = room.clock()
        room.cast(room.everybody[0], ballot, choices=choices)
        counts += [record["turnout"]["voted"] for record in told(room, since).values()]
    assert counts == [1, 1, 0]
