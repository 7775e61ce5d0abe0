"""Shows of hands: figures of their own, beside every vote."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.models import ShowOfHands
from workshop.models.by_kind import by_record_id
from workshop.rules import limits

pytestmark = pytest.mark.usefixtures("app")

ROWS = [{"label": "For", "count": 31}, {"label": "Imod", "count": 9}]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def record(room: Room, **args: Any) -> str:
    return room.do(room.chair, "record_hands", **{"question": "Holder vi pause nu?", "rows": ROWS, **args})["show_of_hands"]


def shown(room: Room) -> list[dict[str, Any]]:
    db.session.rollback()
    return [one for one in screens.changes(room.id, 0, "room")["put"] if one["kind"] == "show_of_hands"]


def test_it_is_shown_to_everybody_as_it_was_counted(room):
    goal = room.text()
    hands = record(room, on=goal)
    for audience in ("room", "facilitator"):
        found = room.record(hands, audience)
        assert found["rows"] == ROWS and found["question"] == "Holder vi pause nu?"
        assert (found["on"], found["on_version"]) == (goal, 1)
    room.do(room.chair, "show_on_board", shows=hands)
    assert room.record(f"board:{room.id}")["shows"] == hands


def test_no_ballot_and_no_decision_is_any_different_for_it(room):
    ideas = room.ideas(2)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    before = [room.record(one) for one in (ballot, decision)]
    record(room, on=ideas[0], rows=[{"label": "For", "count": 400}])
    assert [room.record(one) for one in (ballot, decision)] == before
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    result = room.record(ballot)["result"]
    assert result["turnout"] == {"voted": 1, "eligible": 12} and "400" not in repr(result)


def test_it_can_be_undone_and_taken_away_and_that_undone(room):
    hands = record(room)
    room.do(room.chair, "undo", seq=room.clock())
    assert shown(room) == []
    hands = record(room)
    before = room.record(hands)
    room.do(room.chair, "show_on_board", shows=hands)
    since = room.clock()
    room.do(room.chair, "remove_hands", show_of_hands=hands)
    told = {one["id"] for one in screens.changes(room.id, since, "board")["put"]}
    assert f"board:{room.id}" in told
    assert shown(room) == [] and room.record(f"board:{room.id}")["shows"] == "step"
    with refused("not_found", "show_of_hands"):
        room.do(room.chair, "remove_hands", show_of_hands=hands)
    room.do(room.chair, "undo", seq=room.clock())
    assert shown(room) == [before] and room.record(f"board:{room.id}")["shows"] == hands


@pytest.mark.parametrize(
    ("args", "code", "field"),
    [
        ({"question": ""}, "empty", "question"),
        ({"question": "æ" * 301}, "too_long", "question"),
        ({"rows": []}, "empty", "rows"),
        ({"rows": [{"label": str(n), "count": n} for n in range(9)]}, "too_many", "rows"),
        ({"rows": [{"label": "For", "count": 1}, {"label": "for", "count": 2}]}, "already", "rows"),
        ({"rows": [{"label": " ", "count": 1}]}, "empty", "rows.0.label"),
        ({"rows": [{"label": "æ" * 81, "count": 1}]}, "too_long", "rows.0.label"),
        ({"rows": [{"label": "For", "count": -1}]}, "malformed", "rows.0.count"),
        ({"rows": [{"label": "For", "count": limits.HANDS_COUNT + 1}]}, "malformed", "rows.0.count"),
        ({"rows": [{"label": "For", "count": 1.5}]}, "malformed", "rows.0.count"),
        ({"rows": [{"label": "For", "count": True}]}, "malformed", "rows.0.count"),
        ({"rows": [{"label": "For"}]}, "malformed", "rows.0.count"),
        ({"rows": [{"label": "For", "count": 1, "group": "citizens"}]}, "malformed", "rows.0.group"),
        ({"on": "ballot:1"}, "malformed", "on"),
        ({"on": "idea:999"}, "not_found", "on"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(room, args, code, field):
    clock = room.clock()
    with refused(code, field):
        record(room, **args)
    assert room.clock() == clock and shown(room) == []


def test_the_limits_are_reached_and_not_passed(room, monkeypatch):
    record(room, question="æ" * 300, rows=[{"label": f"{n}" * 80, "count": limits.HANDS_COUNT} for n in range(8)])
    monkeypatch.setattr(limits, "SHOWS_OF_HANDS", 2)
    record(room)
    with refused("too_many", "show_of_hands", limit=2):
        record(room)


def test_what_was_counted_twice_or_for_too_many_answers_is_named(room):
    with refused("already", "rows", label="FOR"):
        record(room, rows=[{"label": "For", "count": 1}, {"label": "Imod", "count": 1}, {"label": "FOR", "count": 2}])
    with refused("too_many", "rows", limit=8, given=9):
        record(room, rows=[{"label": str(number), "count": number} for number in range(9)])


def test_a_show_of_hands_says_in_which_step_and_on_which_version_it_was_counted(room):
    before = record(room, on=room.ideas(1)[0])
    step = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "start_step", step=step)
    after = record(room, on=room.text())
    db.session.rollback()
    rows = [by_record_id(one, (ShowOfHands,)) for one in (before, after)]
    assert [(row.step_id, row.on_version) for row in rows] == [(None, None), (int(step.partition(":")[2]), 1)]


def test_an_idea_that_is_hidden_is_not_named_and_one_that_was_merged_is(room):
    first, second, hidden = room.ideas(3)
    room.do(room.chair, "merge_ideas", into=first, ideas=[second])
    room.do(room.chair, "hide_idea", idea=hidden, reason="Et navn")
    record(room, on=second)
    with refused("not_open", "on"):
        record(room, on=hidden)


def test_an_idea_that_nobody_has_seen_is_not_named(room):
    room.do(room.chair, "add_step", kind="ideas", settings={"writing": "private"})
    step = next(one for one in screens.changes(room.id, 0, "room")["put"] if one["kind"] == "step")
    room.do(room.chair, "start_step", step=step["id"])
    private = room.do(room.everybody[0], "post_idea", text="Kun min egen")["idea"]
    with refused("not_found", "on"):
        record(room, on=private)


def test_only_who_runs_the_workshop_records_one(room):
    for actor in (room.everybody[0], room.helper, room.seat("citizens")):
        with refused("not_allowed"):
            perform(actor, "record_hands", {"question": "Er vi enige?", "rows": ROWS})
