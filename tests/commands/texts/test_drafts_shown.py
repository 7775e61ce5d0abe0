"""What shows the room a draft, what a draft may not be written over, and what the clock leaves for the next time."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import AGREEMENT, GOAL, Room, refused
from workshop import faults
from workshop.clock import now
from workshop.commands.texts import silent
from workshop.extensions import db
from workshop.models import Agreement, Goal, TextVersion
from workshop.rules.refusal import Refused

WORDS = "10 procent mere økologi i skole-maden"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6}, privacy_minimum=3)


@pytest.fixture
def goal(room: Room) -> str:
    return room.do(room.chair, "draft_goal", **GOAL)["goal"]


def write(room: Room, goal: str, version: int, **fields: Any) -> None:
    room.do(room.chair, "edit_goal", goal=goal, version=version, draft=True, **(fields or {"unit": "pct."}))


def shown(room: Room, goal: str) -> tuple[int, str]:
    record = room.record(goal)
    return record["version"], record["unit"]


def correction(room: Room, goal: str) -> dict[str, Any]:
    return room.do(room.chair, "correct_language", on=goal, version=1, field="title", new=WORDS)


ROWS = [{"label": "Ja", "count": 7}]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("propose_text", {}),
        ("drop_text", {}),
        ("open_consent", {}),
        ("open_decision", {"version": 2}),
        ("correct_language", {"version": 2, "field": "title", "new": WORDS}),
        ("record_hands", {"question": "Hvad nu?", "rows": ROWS}),
    ],
)
def test_what_is_done_about_a_text_shows_its_newest_words_first(room: Room, goal: str, name: str, args: dict[str, Any]):
    write(room, goal, 1)
    assert shown(room, goal) == (1, "%")
    room.do(room.chair, name, on=goal, **args)
    assert shown(room, goal) == (2, "pct.")


def test_a_ballot_shows_the_goals_that_are_voted_on_and_no_others(room: Room, goal: str):
    other = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    for one in (goal, other):
        write(room, one, 1)
    room.ballot([goal], "positions")
    assert (shown(room, goal), shown(room, other)) == ((2, "pct."), (1, "%"))


@pytest.mark.parametrize("name", ["accept_amendment", "renew_amendment"])
def test_what_becomes_of_an_amendment_shows_the_words_it_meets(room: Room, goal: str, name: str):
    new = room.do(room.everybody[0], "propose_amendment", on=goal, field="title", new="Bedre mad")["amendment"]
    write(room, goal, 1)
    room.do(room.chair, name, amendment=new)
    assert shown(room, goal) == (3 if name == "accept_amendment" else 2, "pct.")


def test_a_correction_that_is_confirmed_shows_the_words_it_is_laid_on(room: Room, goal: str):
    made = correction(room, goal)
    write(room, goal, 1)
    assert room.do(room.another_chair(), "confirm_correction", **made) == {"version": 3}
    assert shown(room, goal) == (3, "pct.")
    assert room.record(goal)["title"] == WORDS


def test_a_goal_is_not_shown_by_what_is_done_about_another(room: Room, goal: str):
    other = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    write(room, goal, 1)
    room.do(room.chair, "propose_text", on=other)
    assert shown(room, goal) == (1, "%")


def test_drafts_add_up_and_an_edit_that_changes_nothing_is_no_version(room: Room, goal: str):
    write(room, goal, 1)
    write(room, goal, 2, unit="pct.")
    write(room, goal, 2, target="70")
    room.do(room.chair, "show_text", on=goal)
    record = room.record(goal)
    assert (record["version"], record["unit"], record["target"]) == (3, "pct.", "70")
    kept = db.session.query(TextVersion).filter_by(text_id=goal).order_by(TextVersion.version).all()
    assert [(row.version, row.changed, row.cause) for row in kept] == [
        (1, [], "drafted"),
        (2, ["unit"], "editor"),
        (3, ["target"], "editor"),
    ]


def test_a_draft_is_refused_where_an_edit_is(room: Room, goal: str):
    ballot = room.ballot([goal], "positions")
    with refused("conflict", "goal", on_ballot=True):
        write(room, goal, 1)
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    agreement = room.text(Agreement, fields={"goals": [goal]}, state="agreed")
    with refused("closed", "goal", agreements=[agreement]):
        write(room, goal, 1)
    room.do(room.chair, "drop_text", on=(other := room.do(room.chair, "draft_goal", **GOAL)["goal"]))
    with refused("closed", "goal", state="dropped"):
        write(room, other, 1)


def test_an_edit_of_a_goal_whose_agreement_is_decided_on_is_shown_at_once(room: Room, goal: str):
    """The vote ends, and the room must see why."""
    agreement = room.do(room.chair, "draft_agreement", **AGREEMENT, goals=[goal])["agreement"]
    decision = room.decision(agreement)
    write(room, goal, 1)
    assert shown(room, goal) == (2, "pct.")
    assert room.record(decision)["state"] == "closed"


# --- the clock ----------------------------------------------------------------------------------------------------------


def test_the_clock_asks_only_for_drafts_that_have_been_left_for_a_minute(
    room: Room, goal: str, monkeypatch: pytest.MonkeyPatch
):
    """Each is a transaction, which writers wait for."""
    asked: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(silent, "perform", lambda actor, name, args: asked.append((name, args)))
    write(room, goal, 1)
    written = db.session.get_one(Goal, int(goal.partition(":")[2])).draft_at
    assert written is not None
    for seconds, due in ((0, 0), (59, 0), (60, 1), (3600, 1)):
        asked.clear()
        assert silent.show_silent(written + timedelta(seconds=seconds)) == due
        assert asked == [("show_text", {"on": goal})] * due


@pytest.mark.parametrize("code", ["already", "not_found", "broken", "closed", "conflict"])
def test_a_draft_that_the_clock_cannot_show_is_left_and_an_unexpected_reason_is_logged(
    room: Room, goal: str, code: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    other = room.do(room.chair, "draft_goal", **GOAL)["goal"]
    for one in (goal, other):
        write(room, one, 1)
    perform = silent.perform

    def refuse(actor: Any, name: str, args: dict[str, Any]) -> Any:
        if args["on"] == goal:
            raise Refused(code, "on")
        return perform(actor, name, args)

    monkeypatch.setattr(silent, "perform", refuse)
    monkeypatch.setattr(faults, "_failing", {})
    monkeypatch.setattr("workshop.commands.texts.drafts.SILENT", timedelta(0))
    with caplog.at_level(logging.WARNING):
        assert silent.show_silent(now() + timedelta(minutes=2)) == 1
    assert (shown(room, goal)[0], shown(room, other)[0]) == (1, 2)
    assert (f"showing {goal}" in caplog.text) is (code == "conflict")
