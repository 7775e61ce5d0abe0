"""A step may say how many ideas a person may have in it: the loud do not fill the table (docs/rules.md section 10)."""

from __future__ import annotations

import secrets
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.commands.voting import Room, refused
from workshop import locks
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Idea
from workshop.rules.refusal import Refused


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 3, "politicians": 2}, ideas_always_open=False)


def step(room: Room, **settings: object) -> str:
    made = room.do(room.chair, "add_step", kind="ideas", settings={"writing": "open", **settings})["step"]
    room.do(room.chair, "start_step", step=made)
    return made


def post(room: Room, person: Actor, number: int = 1) -> list[str]:
    return [room.do(person, "post_idea", text=f"Idé {n}")["idea"] for n in range(number)]


def in_the_database(person: Actor) -> int:
    db.session.rollback()
    found = select(func.count()).select_from(Idea).where(Idea.participant_id == person.participant_id)
    return db.session.scalar(found.where(Idea.state != "withdrawn")) or 0


def test_the_third_of_three_is_let_in_and_the_fourth_refused_with_field_and_limit(room):
    step(room, ideas_per_person=3)
    person = room.everybody[0]
    post(room, person, 3)
    with refused("too_many", "ideas", limit=3, ideas_per_person=3):
        post(room, person)
    assert in_the_database(person) == 3
    assert post(room, room.everybody[1], 3)


def test_what_was_taken_back_leaves_its_place_free(room):
    step(room, ideas_per_person=1)
    person = room.everybody[0]
    (first,) = post(room, person)
    room.do(person, "withdraw_idea", idea=first)
    assert post(room, person)
    with refused("too_many", "ideas", ideas_per_person=1, limit=1):
        post(room, person)


def test_a_hidden_idea_and_a_merged_one_keep_their_places(room):
    step(room, ideas_per_person=3)
    person = room.everybody[0]
    first, second, third = post(room, person, 3)
    room.do(room.chair, "hide_idea", idea=first, reason="Nævner en person")
    room.do(room.chair, "merge_ideas", into=second, ideas=[third])
    with refused("too_many", "ideas", ideas_per_person=3, limit=3):
        post(room, person)


def test_building_on_anothers_idea_is_an_idea_and_a_comment_is_none(room):
    step(room, ideas_per_person=1)
    mine, theirs = room.everybody[0], room.everybody[1]
    (other,) = post(room, theirs)
    room.do(mine, "post_idea", text="Og også om aftenen", builds_on=other)
    with refused("too_many", "ideas", ideas_per_person=1, limit=1):
        room.do(mine, "post_idea", text="Og om natten", builds_on=other)
    assert room.do(mine, "post_comment", on=other, text="Godt", sort="builds_on")


def test_each_step_counts_by_itself_and_another_kind_of_step_counts_nothing(room):
    person = room.everybody[0]
    step(room, ideas_per_person=1)
    post(room, person)
    step(room, ideas_per_person=1)
    post(room, person)
    room.do(room.chair, "edit_workshop", ideas_always_open=True)
    goals = room.do(room.chair, "add_step", kind="goals")["step"]
    room.do(room.chair, "start_step", step=goals)
    assert len(post(room, person, 5)) == 5


def test_the_number_can_be_changed_and_taken_away_while_the_step_runs(room):
    running = step(room, ideas_per_person=1)
    person = room.everybody[0]
    post(room, person)
    room.do(room.chair, "edit_step", step=running, settings={"ideas_per_person": 2})
    post(room, person)
    with refused("too_many", "ideas", limit=2, ideas_per_person=2):
        post(room, person)
    room.do(room.chair, "edit_step", step=running, settings={"ideas_per_person": None})
    assert "ideas_per_person" not in room.record(running)["settings"]
    assert len(post(room, person, 5)) == 5


def test_a_lower_number_takes_nothing_from_those_who_have_more(room):
    running = step(room)
    person = room.everybody[0]
    ideas = post(room, person, 4)
    room.do(room.chair, "edit_step", step=running, settings={"ideas_per_person": 2})
    assert {room.record(idea)["state"] for idea in ideas} == {"open"}
    assert room.do(person, "edit_idea", idea=ideas[0], text="En bedre idé") == {}


@pytest.mark.parametrize("value", [0, -1, 101, 1.5, "3", True, [], {}])
def test_a_number_that_is_none_is_refused_by_name(room, value):
    with refused("malformed", "settings.ideas_per_person", limit=100):
        room.do(room.chair, "add_step", kind="ideas", settings={"ideas_per_person": value})


def test_an_idea_sent_twice_is_one_idea_and_its_answer_is_given_again_when_the_step_is_full(room):
    step(room, ideas_per_person=1)
    person, command_id = room.everybody[0], secrets.token_hex(16)
    first = perform(person, "post_idea", {"text": "Den ene"}, command_id)
    assert perform(person, "post_idea", {"text": "Den ene"}, command_id) == first
    assert in_the_database(person) == 1


def test_twenty_posts_of_one_person_at_once_are_never_more_than_the_limit(app, room):
    step(room, ideas_per_person=3)
    person = room.everybody[0]
    answers: list[str] = []
    start = threading.Barrier(20)

    def write(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                # However long the others take: on a busy machine nobody is told to try again.
                with locks.waiting_at_most(60):
                    perform(person, "post_idea", {"text": f"Idé {number}"}, secrets.token_hex(16))
                answers.append("ok")
            except Refused as refusal:
                answers.append(refusal.code)
            db.session.remove()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["ok"] * 3 + ["too_many"] * 17
    assert in_the_database(person) == 3


def test_the_phone_is_told_which_of_the_own_ideas_belong_to_the_step(room):
    running = step(room, ideas_per_person=3)
    person = room.everybody[0]
    (idea,) = post(room, person)
    assert room.mine(person)["ideas"][idea]["step"] == running
    assert room.record(running)["settings"]["ideas_per_person"] == 3
