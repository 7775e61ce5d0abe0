"""Ballots through the one door: opening, casting, closing, publishing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.voting import Room, papers, participations, refused
from workshop import clock, screens
from workshop.commands.votes.overdue import close_overdue
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def publish(room: Room, ballot: str) -> dict:
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    return room.record(ballot)["result"]


def test_an_opened_ballot_shows_its_options_in_an_order_that_means_nothing(room):
    ideas = room.ideas(11)
    ballot = room.ballot(list(reversed(ideas)), question="Hvad først?")
    record = room.record(ballot)
    assert record["options"] == sorted(ideas, key=lambda idea: int(idea.split(":")[1]))
    assert record["title"] == "Hvad først?"
    assert record["state"] == "open" and record["result"] is None
    assert record["settings"] == {"choices": 2, "weights": "one_person"}
    assert record["pools"] == [["citizens"], ["politicians"]] and record["absent"] == []
    assert record["turnout"] == {"voted": 0, "eligible": 13}


def test_the_facilitator_sees_a_ballot_exactly_as_the_room_does(room):
    ideas = room.ideas(4)
    ballot = room.ballot(ideas)
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    assert room.record(ballot, "facilitator") == room.record(ballot, "room")
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot, "facilitator") == room.record(ballot, "room")
    assert room.record(ballot, "facilitator")["result"] is None


def test_casting_again_replaces_the_whole_ballot(room):
    one, two, *_ = ideas = room.ideas(8)
    ballot, person = room.ballot(ideas), room.everybody[0]
    room.cast(person, ballot, choices={one: 1})
    room.cast(person, ballot, choices={two: 1})
    assert room.mine(person)["ballots"] == {ballot: {two: 1}}
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 13}
    assert len(papers(ballot)) == 1


def test_an_empty_ballot_takes_the_vote_back(room):
    ideas = room.ideas(4)
    ballot, person = room.ballot(ideas), room.everybody[0]
    room.cast(person, ballot, choices={ideas[0]: 1})
    room.cast(person, ballot, choices={})
    assert room.mine(person)["ballots"] == {ballot: {}}
    assert room.mine(person)["voted"] == {ballot: False}
    assert room.record(ballot)["turnout"]["voted"] == 0
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert papers(ballot) == []


def test_zeros_are_an_empty_ballot_too(room):
    ideas = room.ideas(4)
    ballot, person = room.ballot(ideas, "dots"), room.everybody[0]
    room.cast(person, ballot, choices=dict.fromkeys(ideas, 0))
    assert room.record(ballot)["turnout"]["voted"] == 0


def test_passing_on_a_statement_is_a_vote(room):
    ideas = room.ideas(3)
    ballot, person = room.ballot(ideas, "positions"), room.everybody[0]
    room.cast(person, ballot, choices={ideas[0]: "pass"})
    assert room.record(ballot)["turnout"]["voted"] == 1
    assert room.mine(person)["ballots"] == {ballot: {ideas[0]: "pass"}}


@pytest.mark.parametrize(
    ("method", "settings", "values", "code"),
    [
        ("approval", {"choices": 2}, [1, 1, 1], "over_budget"),
        ("dots", {"dots": 5, "per_option": 2}, [3], "over_budget"),
        ("dots", {"dots": 3, "per_option": 3}, [2, 2], "over_budget"),
        ("approval", {}, [2], "malformed"),
        ("approval", {}, ["agree"], "malformed"),
        ("approval", {}, [-1], "malformed"),
        ("approval", {}, [True], "malformed"),
        ("positions", {}, [1], "malformed"),
    ],
)
def test_what_the_method_does_not_allow_is_refused_and_changes_nothing(room, method, settings, values, code):
    ideas = room.ideas(4)
    ballot, person = room.ballot(ideas, method, settings=settings), room.everybody[0]
    before = room.clock()
    with refused(code, "choices"):
        room.cast(person, ballot, choices=dict(zip(ideas, values, strict=False)))
    assert room.clock() == before and papers(ballot) == [] and participations(ballot) == {}


def test_an_option_of_another_ballot_is_unknown(room):
    ideas = room.ideas(3)
    ballot = room.ballot(ideas[:2])
    with refused("unknown_option", "choices", option=ideas[2]):
        room.cast(room.everybody[0], ballot, choices={ideas[2]: 1})


def test_a_vote_after_closing_is_refused(room):
    ideas = room.ideas(2)
    ballot, person = room.ballot(ideas), room.everybody[0]
    room.do(room.chair, "close_ballot", ballot=ballot)
    with refused("closed", "ballot"):
        room.cast(person, ballot, choices={ideas[0]: 1})
    assert papers(ballot) == []


def test_a_late_packet_has_two_seconds_of_grace(room):
    ideas = room.ideas(2)
    start = clock.now()
    with clock.frozen(start):
        ballot = room.ballot(ideas, minutes=1)
    assert room.record(ballot)["ends_at"] == clock.stamp(start + timedelta(minutes=1))
    with clock.frozen(start + timedelta(seconds=61.9)):
        room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    with clock.frozen(start + timedelta(seconds=62.1)), refused("closed", "ballot"):
        room.cast(room.everybody[1], ballot, choices={ideas[0]: 1})


def test_a_ballot_whose_clock_has_run_out_closes_by_itself(room):
    ideas = room.ideas(2)
    start = clock.now()
    with clock.frozen(start):
        timed, untimed = room.ballot(ideas, minutes=1), room.ballot(ideas)
    with clock.frozen(start + timedelta(seconds=61)):
        assert close_overdue() == 0
    with clock.frozen(start + timedelta(seconds=63)):
        assert close_overdue() == 1
        assert close_overdue() == 0
    assert room.record(timed)["state"] == "closed" and room.record(untimed)["state"] == "open"


def test_a_clock_closes_a_ballot_in_a_workshop_that_has_closed(room):
    start = clock.now()
    with clock.frozen(start):
        ballot = room.ballot(room.ideas(2), minutes=1)
    with writing(room.id) as write:
        write.workshop.state = "closed"
    with clock.frozen(start + timedelta(minutes=2)):
        close_overdue()
    assert room.record(ballot)["state"] == "closed"


def test_nothing_is_published_before_the_facilitator_publishes(room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    with refused("wrong_step", "ballot", state="open"):
        room.do(room.chair, "publish_ballot", ballot=ballot)
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["result"] is None
    with refused("already", "ballot", state="closed"):
        room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    assert room.record(ballot)["state"] == "published"
    with refused("already", "ballot", state="published"):
        room.do(room.chair, "publish_ballot", ballot=ballot)


def test_the_published_totals_are_the_votes_cast():
    room = Room({"citizens": 12, "politicians": 12})
    one, two = ideas = room.ideas(2)
    ballot = room.ballot(ideas, settings={"choices": 1, "seats": 1})
    for people in room.people.values():
        for person in people[:8]:
            room.cast(person, ballot, choices={one: 1})
        for person in people[8:]:
            room.cast(person, ballot, choices={two: 1})
    result = publish(room, ballot)
    assert result["turnout"] == {"voted": 24, "eligible": 24}
    totals = {option["id"]: option["total"] for option in result["options"]}
    assert totals == {one: 16, two: 8}
    by_group = {option["id"]: option["by_group"] for option in result["options"]}
    assert by_group[one] == {"citizens": 8, "politicians": 8}
    assert result["shortlist"]["winners"] == [one]


def test_positions_are_published_with_common_ground_and_no_shortlist():
    room = Room({"citizens": 12, "politicians": 12})
    one, two = ideas = room.ideas(2)
    ballot = room.ballot(ideas, "positions")
    for place, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={one: "agree" if place % 3 else "disagree", two: "pass"})
    result = publish(room, ballot)
    assert "shortlist" not in result or result["shortlist"] is None
    totals = {option["id"]: option["total"] for option in result["options"]}
    assert totals[one] == {"agree": 16, "pass": 0, "disagree": 8}
    assert {entry["id"] for entry in result["common_ground"]} == {one, two}


def test_whoever_joins_later_may_vote_and_counts_as_eligible(room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    late = room.join("citizens")
    assert room.record(ballot)["turnout"] == {"voted": 0, "eligible": 14}
    room.cast(late, ballot, choices={ideas[0]: 1})
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 14}
    assert publish(room, ballot)["turnout"] == {"voted": 1, "eligible": 14}


def test_joining_tells_every_client_the_new_number_of_eligible_people(room):
    ballot = room.ballot(room.ideas(2))
    since = room.clock()
    room.join("citizens")
    put = screens.changes(room.id, since, "room")["put"]
    assert [record["turnout"] for record in put if record["id"] == ballot] == [{"voted": 0, "eligible": 14}]


def test_who_is_removed_stays_eligible_voted_or_not_so_that_the_number_tells_of_nobody(room):
    ideas = room.ideas(2)
    ballot, voter, silent = room.ballot(ideas), room.everybody[0], room.everybody[1]
    room.cast(voter, ballot, choices={ideas[0]: 1})
    for person in (voter, silent):
        room.do(room.chair, "remove_participant", participant=f"participant:{person.participant_id}")
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 13}
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 13}
    with refused("ended"):
        room.cast(voter, ballot, choices={})


@pytest.mark.parametrize("command", ["open_ballot", "close_ballot", "publish_ballot", "preview_vote"])
def test_a_participant_cannot_run_a_ballot(room, command):
    with refused("not_allowed"):
        room.do(room.everybody[0], command)


def test_a_facilitator_has_no_vote(room):
    ballot = room.ballot(room.ideas(2))
    with refused("not_allowed"):
        room.cast(room.chair, ballot, choices={})


def test_nobody_votes_in_a_workshop_that_has_not_opened():
    room = Room({"citizens": 0}, state="draft")
    with refused("not_open", "workshop"):
        room.ballot(["idea:1"])


def test_a_participant_is_told_by_mine_only_what_is_the_own(room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    other = room.mine(room.everybody[1])
    assert other["ballots"] == {} and other["voted"] == {}


def test_minutes_that_are_not_a_time_are_refused(room):
    ideas = room.ideas(2)
    for minutes in (0, -1, float("nan"), float("inf"), 10**9, "5"):
        with refused("malformed", "minutes"):
            room.ballot(ideas, minutes=minutes)


def test_opening_a_ballot_can_be_undone_until_somebody_votes(room):
    ideas = room.ideas(2)
    room.ballot(ideas)
    room.do(room.chair, "undo", seq=room.clock())
    ballot = room.ballot(ideas)
    opened = room.clock()
    assert room.record(ballot)["state"] == "open"
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=opened)
