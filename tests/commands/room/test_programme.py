"""Steps of the programme in their order; which screens a step that runs is sent to again; what the board may show."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from tests.counting import stamped
from workshop import screens
from workshop.extensions import db
from workshop.models import Agreement, Participant, Step, Workshop


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


@pytest.fixture
def steps(room: Room) -> list[str]:
    """Three steps, titled A, B and C."""
    return [room.do(room.chair, "add_step", kind="ideas", title=title)["step"] for title in "ABC"]


def order(room: Room) -> str:
    """The titles of the steps in the order the room sees."""
    put = screens.changes(room.id, 0, "room")["put"]
    rows = [record for record in put if record["kind"] == "step"]
    return "".join(row["title"] for row in sorted(rows, key=lambda row: row["position"]))


def test_a_step_is_put_before_another_or_last(room: Room, steps: list[str]):
    a, _b, c = steps
    room.do(room.chair, "move_step", step=c, before=a)
    assert order(room) == "CAB"
    room.do(room.chair, "move_step", step=a)
    assert order(room) == "CBA"
    room.do(room.chair, "move_step", step=c, before=a)
    assert order(room) == "BCA"


def test_only_the_step_that_moves_is_sent_again(room: Room, steps: list[str]):
    before = room.clock()
    room.do(room.chair, "move_step", step=steps[2], before=steps[0])
    assert [record["id"] for record in screens.changes(room.id, before, "room")["put"]] == [steps[2]]


def test_a_step_is_not_put_before_itself(room: Room, steps: list[str]):
    before = room.clock()
    with refused("conflict", "before"):
        room.do(room.chair, "move_step", step=steps[1], before=steps[1])
    assert (order(room), room.clock()) == ("ABC", before)


def test_a_step_is_not_put_before_one_of_another_workshop(room: Room, steps: list[str]):
    foreign = Room({"citizens": 1})
    theirs = foreign.do(foreign.chair, "add_step", kind="ideas")["step"]
    with refused("not_found", "before"):
        room.do(room.chair, "move_step", step=steps[0], before=theirs)
    with refused("not_found", "step"):
        room.do(room.chair, "move_step", step=theirs, before=steps[0])
    assert order(room) == "ABC"


def test_the_question_of_a_step_is_cleaned_as_other_words_are(room: Room):
    asked = {"settings": {"question": " Hvad\u200b nu?\x07 "}}
    added = room.do(room.chair, "add_step", kind="ideas", **asked)["step"]
    edited = room.do(room.chair, "add_step", kind="ideas")["step"]
    room.do(room.chair, "edit_step", step=edited, **asked)
    assert [room.record(step, "facilitator")["settings"]["question"] for step in (added, edited)] == ["Hvad nu?"] * 2


def test_starting_a_step_sends_again_who_was_ready_and_nobody_else(room: Room, steps: list[str]):
    ready = room.everybody[0]
    room.do(ready, "set_ready", ready=True)
    since = room.clock()
    room.do(room.chair, "start_step", step=steps[0])
    assert stamped(room, since, Participant) == [f"participant:{ready.participant_id}"]
    assert stamped(room, since, Step) == [steps[0]]
    assert not room.mine(ready)["ready"]


def test_the_room_is_told_which_step_runs_and_that_none_does(room: Room, steps: list[str]):
    told = lambda: db.session.get_one(Workshop, room.id).seq == room.clock()  # noqa: E731
    room.do(room.chair, "start_step", step=steps[0])
    assert told()
    room.do(room.chair, "extend_step", step=steps[0], minutes=1)
    assert not told(), "the time of a step is on the step"
    since = room.clock()
    room.do(room.chair, "finish_step", step=steps[0])
    assert told()
    assert stamped(room, since, Step) == [steps[0]]


def test_people_arrive_under_the_large_code(room: Room):
    for kind, shows in (("welcome", "lobby"), ("ideas", "step")):
        room.do(room.chair, "start_step", step=room.do(room.chair, "add_step", kind=kind)["step"])
        assert db.session.get_one(Workshop, room.id).board_shows == shows


def test_the_board_shows_a_record_of_each_of_these_kinds_and_no_other(room: Room, steps: list[str]):
    ideas, goal, do, chair = room.ideas(3), room.text(), room.do, room.chair
    amendment = do(room.everybody[0], "propose_amendment", on=goal, field="title", new="Bedre mad")["amendment"]
    comment = do(room.everybody[0], "post_comment", on=goal, text="Hvornår?", sort="question")["comment"]
    do(chair, "merge_ideas", into=ideas[0], ideas=[ideas[1]])
    do(chair, "hide_idea", idea=ideas[2], reason="Personlig")
    hands = do(chair, "record_hands", question="Hvad nu?", rows=[{"label": "Ja", "count": 1}])
    theme, ballot = do(chair, "create_theme", title="Mad")["theme"], room.ballot([ideas[0]])
    shown = [steps[0], *ideas[:2], goal, amendment, room.text(Agreement), "group:1", theme, ballot, *hands.values()]
    shown += [do(chair, "open_consent", on=goal)["consent"], room.decision(room.text())]
    for record in shown:
        do(chair, "show_on_board", shows=record)
        assert db.session.get_one(Workshop, room.id).board_shows == record
    with refused("not_open", "shows"):
        do(chair, "show_on_board", shows=ideas[2])
    for record in (comment, f"participant:{room.everybody[0].participant_id}", f"workshop:{room.id}", "goal:x"):
        with refused("malformed", "shows"):
            do(chair, "show_on_board", shows=record)
    with refused("not_found", "shows"):
        do(chair, "show_on_board", shows="goal:999")
