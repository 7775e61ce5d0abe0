"""What a step is when it is added, changed, started, given more time and finished; and what the board shows then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from tests.counting import marked
from workshop import clock
from workshop.catalogue import t
from workshop.clock import utc
from workshop.extensions import db
from workshop.models import Participant, Step, Workshop
from workshop.rules import limits, steps


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


def add(room: Room, **args: Any) -> str:
    return room.do(room.chair, "add_step", **{"kind": "ideas", **args})["step"]


def step(record_id: str) -> Step:
    db.session.rollback()
    return db.session.get_one(Step, int(record_id.partition(":")[2]))


def workshop(room: Room) -> Workshop:
    db.session.rollback()
    return db.session.get_one(Workshop, room.id)


def board(room: Room) -> tuple[str, int, int]:
    shown = workshop(room)
    return shown.board_shows, shown.board_page, shown.board_zoom


def test_a_new_step_has_the_words_and_settings_of_its_kind(room: Room):
    plain = step(add(room))
    assert (plain.title, plain.instruction) == (t("step.ideas.title", "da"), t("step.ideas.instruction", "da"))
    assert (plain.minutes, plain.state) == (None, "waiting")
    assert plain.settings == {"writing": "private"}
    assert step(add(room, kind="ballot")).settings["method"] == "approval"
    own = step(add(room, title="Skriv", instruction="", minutes=7, settings={"writing": "open"}))
    assert (own.title, own.instruction, own.minutes, own.settings["writing"]) == ("Skriv", "", 7, "open")


def test_a_step_of_decisions_is_called_by_what_the_room_may_do(app: Flask):
    titles = []
    for level in ("recommendation", "agreement"):
        room = Room({"citizens": 1}, decision_level=level)
        titles.append(step(add(room, kind="decisions")).title)
    assert titles == [t("step.decisions.title.advice", "da"), t("step.decisions.title", "da")]


def test_what_is_not_named_stays_and_no_minutes_are_none(room: Room):
    made = add(room, title="Skriv", instruction="Alene", minutes=7, settings={"writing": "open", "ideas_per_person": 3})
    room.do(room.chair, "edit_step", step=made, settings={"question": "Hvad?"})
    kept = step(made)
    assert (kept.title, kept.instruction, kept.minutes) == ("Skriv", "Alene", 7)
    assert {"writing": "open", "ideas_per_person": 3, "question": "Hvad?"}.items() <= kept.settings.items()
    room.do(
        room.chair, "edit_step", step=made, title="Ord", instruction="", minutes=None, settings={"ideas_per_person": None}
    )
    kept = step(made)
    assert (kept.title, kept.instruction, kept.minutes) == ("Ord", "", None)
    assert "ideas_per_person" not in kept.settings


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        *(({name: value}, None) for name in ("seats", "dots", "per_option", "choices") for value in (1, 300)),
        *(({name: value}, (name, {"limit": 300})) for name in ("seats", "dots") for value in (0, 301, True, "3", 1.5)),
        ({"ideas_per_person": limits.IDEAS_PER_PERSON}, None),
        ({"ideas_per_person": limits.IDEAS_PER_PERSON + 1}, ("ideas_per_person", {"limit": limits.IDEAS_PER_PERSON})),
        ({"ideas_per_person": 0}, ("ideas_per_person", {"limit": limits.IDEAS_PER_PERSON})),
        ({"writing": "private"}, None),
        ({"writing": "aloud"}, ("writing", {})),
        *(({"method": method}, None) for method in ("approval", "dots", "positions")),
        ({"method": "lots"}, ("method", {})),
        *(({"weights": weights}, None) for weights in ("one_person", "per_group")),
        ({"weights": "heavy"}, ("weights", {})),
        ({"revealed": True}, None),
        ({"revealed": 1}, ("revealed", {})),
        ({"question": 3}, ("question", {})),
        ({"nothing": True}, ("nothing", {})),
    ],
)
def test_a_setting_of_a_step_has_its_values(room: Room, settings: dict[str, Any], error: tuple[str, dict] | None):
    made = add(room)
    if error is None:
        room.do(room.chair, "edit_step", step=made, settings=settings)
        assert settings.items() <= step(made).settings.items()
        return
    with refused("malformed", f"settings.{error[0]}", **error[1]):
        room.do(room.chair, "edit_step", step=made, settings=settings)


def test_the_question_of_a_step_is_as_long_as_any_question(room: Room):
    made = add(room, settings={"question": "å" * limits.QUESTION})
    with refused("too_long", "settings.question", limit=limits.QUESTION, length=limits.QUESTION + 1):
        room.do(room.chair, "edit_step", step=made, settings={"question": "å" * (limits.QUESTION + 1)})


def test_there_are_forty_steps_at_most(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "STEPS", len(workshop(room).steps) + 1)
    add(room)
    with refused("too_many", "steps", limit=limits.STEPS):
        add(room)


@pytest.mark.parametrize(("planned", "asked", "minutes"), [(7, None, 7), (7, 3, 3), (None, 3, 3), (None, None, None)])
def test_a_started_step_runs_for_its_minutes(room: Room, planned: int | None, asked: int | None, minutes: int | None):
    made = add(room, **({"minutes": planned} if planned else {}))
    moment = clock.now()
    with clock.frozen(moment):
        room.do(room.chair, "start_step", step=made, **({"minutes": asked} if asked else {}))
    running = step(made)
    assert (running.state, running.finished_at) == ("running", None)
    assert utc(running.started_at) == moment
    assert (running.ends_at and utc(running.ends_at)) == (moment + timedelta(minutes=minutes) if minutes else None)


def test_the_next_step_ends_the_one_before_and_nobody_is_ready_any_more(room: Room):
    first, second = add(room), add(room)
    ready, waiting = room.everybody
    room.do(room.chair, "start_step", step=first)
    room.do(ready, "set_ready", ready=True)
    room.do(room.chair, "show_on_board", shows="qr", page=3, zoom=120)
    since = room.clock()
    room.do(room.chair, "start_step", step=second)
    assert (step(first).state, step(second).state) == ("done", "running")
    assert step(first).finished_at is not None and step(first).seq > since
    assert workshop(room).current_step_id == int(second.partition(":")[2])
    assert board(room) == ("step", 0, 120)
    assert not db.session.get_one(Participant, ready.participant_id).ready
    assert marked(room, since) == {ready.participant_id} and waiting.participant_id not in marked(room, since)
    room.do(room.chair, "start_step", step=first)
    assert (step(first).state, step(first).finished_at) == ("running", None)


def test_finishing_leaves_no_step_running_and_removing_neither(room: Room):
    made = add(room)
    room.do(room.chair, "start_step", step=made)
    room.do(room.chair, "finish_step", step=made)
    assert (step(made).state, workshop(room).current_step_id) == ("done", None)
    other = add(room)
    room.do(room.chair, "start_step", step=other)
    room.do(room.chair, "remove_step", step=made)
    assert workshop(room).current_step_id == int(other.partition(":")[2])


def test_more_minutes_are_counted_from_the_end_or_from_now(room: Room):
    made, moment = add(room), clock.now()
    with clock.frozen(moment):
        room.do(room.chair, "start_step", step=made, minutes=5)
        room.do(room.chair, "extend_step", step=made, minutes=3)
    assert utc(step(made).ends_at) == moment + timedelta(minutes=8)
    with clock.frozen(moment + timedelta(minutes=20)):
        room.do(room.chair, "extend_step", step=made, minutes=1)
    assert utc(step(made).ends_at) == moment + timedelta(minutes=21)


@pytest.mark.parametrize("minutes", [0, steps.MOST_MINUTES + 1])
def test_a_step_runs_for_a_minute_to_two_weeks(room: Room, minutes: int):
    made = add(room, minutes=steps.MOST_MINUTES)
    room.do(room.chair, "edit_step", step=made, minutes=1)
    for name, args in (("add_step", {"kind": "ideas"}), ("edit_step", {"step": made}), ("start_step", {"step": made})):
        with refused("malformed", "minutes", whole=True):
            room.do(room.chair, name, **args, minutes=minutes)


def test_the_board_keeps_what_is_not_named_and_begins_on_the_first_page(room: Room):
    idea = room.ideas(1)[0]
    show = lambda **args: room.do(room.chair, "show_on_board", **args)  # noqa: E731
    before = board(room)[2]
    show(shows="programme", page=2)
    assert board(room) == ("programme", 2, before)
    show(shows="programme", zoom=50)
    assert board(room) == ("programme", 2, 50)
    show(shows=idea)
    assert board(room) == (idea, 0, 50)
    show(shows="nudge:sides", page=999, zoom=200)
    assert board(room) == ("nudge:sides", 999, 200)
    for shows in ("lobby", "step", "qr", "blank"):
        show(shows=shows)
        assert board(room) == (shows, 0, 200)
    for wrong in ({"zoom": 49}, {"zoom": 201}, {"page": -1}, {"page": 1000}):
        with refused("malformed", *wrong):
            show(shows="blank", **wrong)


def test_a_group_is_turned_to_on_the_board_only_where_it_is_large_enough(app: Flask):
    room = Room({"citizens": 5, "politicians": 4})
    room.do(room.chair, "show_on_board", shows="nudge:sides:group:1")
    assert board(room)[0] == "nudge:sides:group:1"
    with refused("not_allowed", "shows", limit=5):
        room.do(room.chair, "show_on_board", shows="nudge:sides:group:2")
    with refused("not_found", "shows"):
        room.do(room.chair, "show_on_board", shows="nudge:sides:group:9")
    for shows in ("nudge:sides:theme:1", "nudge:quiet:group:1", "nudge:x", "participant:1"):
        with refused("malformed", "shows"):
            room.do(room.chair, "show_on_board", shows=shows)
