"""What a step says of who votes openly, and how a vote that opens in it is held."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.votes.open_votes import POLITICIANS, close, group_id, start
from tests.commands.voting import Room, refused
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Ballot, JournalEntry, Step

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 4, "leaders": 0})


def settings_of(step: str) -> dict[str, Any]:
    db.session.rollback()
    return dict(db.session.get_one(Step, int(step.split(":")[1])).settings)


# what a step says


def test_a_step_says_who_votes_openly_and_everybody_sees_it(room):
    step = room.do(room.chair, "add_step", kind="ballot")["step"]
    assert "openness" not in settings_of(step)
    room.do(
        room.chair, "edit_step", step=step, settings={"openness": "some_open", "open_groups": ["politicians", "leaders"]}
    )
    assert room.record(step)["settings"]["open_groups"] == ["leaders", "politicians"]
    room.do(room.chair, "edit_step", step=step, settings={"method": "dots"})
    assert settings_of(step) == {"method": "dots", "openness": "some_open", "open_groups": ["leaders", "politicians"]}
    room.do(room.chair, "edit_step", step=step, settings={"open_groups": ["politicians"]})
    room.do(room.chair, "edit_step", step=step, settings={"openness": "open"})
    assert settings_of(step) == {"method": "dots", "openness": "open"}


@pytest.mark.parametrize(
    ("settings", "code", "field"),
    [
        ({"openness": "politicians_open"}, "malformed", "settings.openness"),
        ({"openness": ["open"]}, "malformed", "settings.openness"),
        ({"openness": None}, "malformed", "settings.openness"),
        ({"openness": "some_open"}, "empty", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": []}, "empty", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": ["mayors"]}, "not_found", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": "politicians"}, "malformed", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": [["politicians"]]}, "malformed", "settings.open_groups"),
        ({"openness": "open", "open_groups": ["politicians"]}, "malformed", "settings.open_groups"),
        ({"open_groups": ["politicians"]}, "malformed", "settings.open_groups"),
    ],
)
def test_what_cannot_be_said_is_refused_by_its_field(room, settings, code, field):
    step = room.do(room.chair, "add_step", kind="decisions")["step"]
    before = room.clock()
    with refused(code, field):
        room.do(room.chair, "edit_step", step=step, settings=settings)
    with refused(code, field):
        room.do(room.chair, "add_step", kind="decisions", settings=settings)
    assert room.clock() == before and settings_of(step) == {}


def test_it_can_be_changed_until_a_vote_opens_in_the_step(room):
    step = start(room, "ballot", **POLITICIANS)
    room.do(room.chair, "edit_step", step=step, settings={"openness": "secret"})
    room.do(room.chair, "edit_step", step=step, settings=POLITICIANS)
    room.ballot(room.ideas(2))
    with refused("closed", "settings.openness", voted=True):
        room.do(room.chair, "edit_step", step=step, settings={"openness": "secret"})
    room.do(room.chair, "edit_step", step=step, title="Nu stemmer vi", settings=POLITICIANS)
    assert settings_of(step)["openness"] == "some_open"


def test_a_change_from_before_the_vote_cannot_be_undone_after_it_opened(room):
    """Another facilitator has opened it: the one who changed the step has done nothing since."""
    step = start(room, "ballot")
    seq = perform(room.chair, "edit_step", {"step": step, "settings": {"openness": "open"}})["seq"]
    other = Actor("organiser", room.id, organiser_id=1)
    perform(other, "open_ballot", {"method": "approval", "options": room.ideas(2)})
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=seq)
    assert settings_of(step)["openness"] == "open"


def test_opening_can_be_undone_although_somebody_is_ready_meanwhile(room):
    start(room, "ballot", **POLITICIANS)
    answer = perform(room.chair, "open_ballot", {"method": "approval", "options": room.ideas(2)})
    room.do(room.everybody[0], "set_ready", ready=True)
    room.do(room.chair, "undo", seq=answer["seq"])
    db.session.rollback()
    assert db.session.scalars(select(Ballot)).all() == []
    again = room.record(room.ballot(room.ideas(1)))
    assert (again["state"], again["openness"]) == ("open", "some_open")


def test_a_group_that_is_taken_away_is_named_by_no_step(room):
    both = room.do(
        room.chair, "add_step", kind="ballot", settings={**POLITICIANS, "open_groups": ["leaders", "politicians"]}
    )
    alone = room.do(room.chair, "add_step", kind="ballot", settings={**POLITICIANS, "open_groups": ["leaders"]})
    room.do(room.chair, "remove_group", group=group_id(room, "leaders"))
    assert settings_of(both["step"])["open_groups"] == ["politicians"]
    assert settings_of(alone["step"]) == {"method": "approval", "openness": "secret"}


# how a vote is held


def test_a_vote_takes_the_openness_of_the_step_that_runs_when_it_opens(room):
    goal, ideas = room.text(), room.ideas(1)
    assert room.record(room.ballot(ideas))["openness"] == "secret"
    start(room, **POLITICIANS)
    ballot, decision = room.record(room.ballot(ideas)), room.record(room.decision(goal))
    for vote in (ballot, decision):
        assert (vote["openness"], vote["open_groups"], vote["agreed_groups"]) == ("some_open", ["politicians"], [])
        assert vote["pools"] == [["citizens"], ["politicians"]]
    start(room, "ideas", openness="open")
    assert room.record(room.ballot(ideas))["open_groups"] == ["citizens", "politicians"]
    start(room, "break")
    assert room.record(room.ballot(ideas))["open_groups"] == []


def test_openness_is_no_argument_of_opening(room):
    for name in ("openness", "open_groups"):
        with refused("malformed", name, why="extra_forbidden"):
            room.ballot(room.ideas(1), **{name: "open"})


def test_it_is_frozen_with_the_vote_and_stands_in_the_journal(room):
    step = start(room, **POLITICIANS)
    decision = room.decision(room.text())
    room.do(room.chair, "finish_step", step=step)
    assert room.record(decision)["openness"] == "some_open"
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "open_decision")).one()
    assert entry.proof["terms"]["openness"] == {"declared": "some_open", "groups": ["politicians"], "agreed": []}
    assert entry.proof["terms"]["open_groups"] == ["politicians"]


def test_the_facilitator_sees_before_opening_who_votes_openly(room):
    start(room, **POLITICIANS)
    found = room.do(room.chair, "preview_vote", **{"for": "decision"})
    assert found["openness"] == "some_open"
    assert found["effective"] == [
        {"keys": ["citizens"], "size": 6, "open": None},
        {"keys": ["politicians"], "size": 4, "open": "declared"},
    ]
    assert not found["few_in_secret"]


def test_few_who_vote_secretly_beside_open_groups_are_warned_of():
    room = Room({"citizens": 2, "politicians": 12})
    start(room, **POLITICIANS)
    for vote in ("ballot", "decision"):
        assert room.do(room.chair, "preview_vote", **{"for": vote})["few_in_secret"]
    decision = room.decision(room.text())
    assert room.record(decision)["few_in_secret"] and room.record(decision)["pools"] == [["citizens"], ["politicians"]]
    for person in room.people["citizens"]:
        room.stance(person, decision, "for")
    result = close(room, decision)
    assert result["groups"][0] == {"keys": ["citizens"], "status": "carried", "counts": None}
    assert result["overall"]["counts"] is None, "the citizens could be subtracted"
