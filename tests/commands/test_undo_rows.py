"""Undo of rows that were made, of links and of places: what others have used or moved stays."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.undoing import done, moved, organiser, step, undo, workshop
from tests.commands.voting import AGREEMENT, GOAL, Room
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Attendance, Comment, Idea, Participant

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(
        {"citizens": 6, "politicians": 7}, template="collaboration", receiving_body="Byrådet", response_due="2030-01-01"
    )


# Rows the action made.


def test_a_theme_nobody_has_used_is_taken_away(room):
    seq = done(room, "create_theme", title="Veje")
    undo(room, seq)
    with pytest.raises(StopIteration):
        room.record("theme:1")


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("move_idea", lambda theme, idea: {"idea": idea, "theme": theme}),
        ("show_on_board", lambda theme, idea: {"shows": theme}),
        ("edit_theme", lambda theme, idea: {"theme": theme, "title": "Stier"}),
    ],
)
def test_a_theme_that_others_have_used_stays(room, name, args):
    (idea,) = room.ideas(1)
    answer = perform(room.chair, "create_theme", {"title": "Veje"})
    theme = answer["result"]["theme"]
    perform(organiser(room), name, args(theme, idea))
    (found,) = moved(room, answer["seq"])
    assert found["record"] == theme


def test_an_idea_that_was_laid_under_it_and_taken_out_with_undo_is_nothing(room):
    (idea,) = room.ideas(1)
    answer = perform(room.chair, "create_theme", {"title": "Veje"})
    laid = perform(organiser(room), "move_idea", {"idea": idea, "theme": answer["result"]["theme"]})
    perform(organiser(room), "undo", {"seq": laid["seq"]})
    undo(room, answer["seq"])


def test_a_goal_stays_that_others_have_commented_amended_or_agreed_on(room):
    person = room.everybody[0]
    uses = [
        (person, "post_comment", lambda goal: {"on": goal, "text": "Hvordan?", "sort": "question"}),
        (person, "propose_amendment", lambda goal: {"on": goal, "field": "title", "new": "20 procent økologi"}),
        (person, "make_commitment", lambda goal: {"on": goal, "standing": "behind"}),
        (organiser(room), "draft_agreement", lambda goal: {**AGREEMENT, "goals": [goal]}),
        (organiser(room), "open_ballot", lambda goal: {"method": "approval", "options": [goal]}),
    ]
    for actor, name, args in uses:
        answer = perform(room.chair, "draft_goal", GOAL)
        goal = answer["result"]["goal"]
        perform(actor, name, args(goal))
        assert moved(room, answer["seq"]) == [{"record": goal, "fields": []}], name


def test_who_has_voted_is_not_told_by_the_refusal(room):
    answer = perform(room.chair, "open_decision", {"on": room.text(), "version": 1})
    decision = answer["result"]["decision"]
    room.stance(room.everybody[0], decision, "for")
    assert moved(room, answer["seq"]) == [{"record": decision, "fields": ["turnout"]}]


# Links, positions and tombstones.


def test_a_step_comes_back_with_everything_that_pointed_to_it(room):
    ideas = step(room, "ideas")
    room.do(room.chair, "start_step", step=ideas.record_id)
    idea = room.do(room.everybody[0], "post_idea", text="Mere mad")["idea"]
    room.do(room.chair, "finish_step", step=ideas.record_id)
    places = [(one.id, one.position) for one in workshop(room).steps]
    since = room.clock()
    seq = done(room, "remove_step", step=ideas.record_id)
    undo(room, seq)
    assert [(one.id, one.position) for one in workshop(room).steps] == places
    assert db.session.get_one(Idea, int(idea.partition(":")[2])).step_id == ideas.id
    assert db.session.scalars(select(Attendance.step_id)).all() == [ideas.id]

    found = screens.changes(room.id, since, "room")
    assert ideas.record_id in {record["id"] for record in found["put"]} and ideas.record_id not in found["gone"]


def test_a_step_that_was_added_since_keeps_its_place(room):
    first, second = workshop(room).steps[:2]
    seq = done(room, "move_step", step=second.record_id, before=first.record_id)
    made = perform(organiser(room), "add_step", {"kind": "break"})["result"]["step"]
    undo(room, seq)
    steps = workshop(room).steps
    assert [one.id for one in steps[:2]] == [first.id, second.id] and steps[-1].record_id == made


def test_an_order_that_somebody_changed_again_is_not_put_back(room):
    first, second = workshop(room).steps[:2]
    seq = done(room, "move_step", step=second.record_id, before=first.record_id)
    perform(organiser(room), "move_step", {"step": second.record_id})
    assert moved(room, seq) == [{"record": second.record_id, "fields": ["position"]}]


def test_another_row_that_somebody_moved_stays_where_they_put_it(room):
    first, second = workshop(room).steps[:2]
    seq = done(room, "move_step", step=second.record_id, before=first.record_id)
    perform(organiser(room), "move_step", {"step": first.record_id})
    undo(room, seq)
    assert workshop(room).steps[0].id == second.id and workshop(room).steps[-1].id == first.id


def test_everybody_who_was_ready_is_ready_again_and_no_name_is_written_back(room):
    person = room.everybody[0]
    room.do(person, "set_ready", ready=True)
    seq = done(room, "start_step", step=step(room, "ideas").record_id)
    room.do(person, "set_name", name="Karen")
    undo(room, seq)
    row = db.session.get_one(Participant, person.participant_id)
    assert (row.ready, row.name) == (True, "Karen")


def test_a_comment_that_is_shown_again_is_counted_again(room):
    (idea,) = room.ideas(1)
    room.do(room.everybody[1], "post_comment", on=idea, text="Hvordan?", sort="question")
    comment = db.session.scalars(select(Comment)).one().record_id
    seq = done(room, "hide_comment", comment=comment, reason="Fejl")
    since = room.clock()
    undo(room, seq)

    put = {record["id"]: record for record in screens.changes(room.id, since, "room")["put"]}
    assert put[idea]["comments"] == 1 and comment in put
