"""Undo is no way round a rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.undoing import done, moved, organiser, step, undo, workshop
from tests.commands.voting import Room, refused
from workshop import clock
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Group

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(
        {"citizens": 6, "politicians": 7}, template="collaboration", receiving_body="Byrådet", response_due="2030-01-01"
    )


def test_ideas_that_were_answered_are_not_taken_out_of_sight_again(room):
    perform(room.chair, "start_step", {"step": step(room, "ideas").record_id})
    idea = room.do(room.everybody[0], "post_idea", text="Mere mad")["idea"]
    seq = done(room, "reveal_ideas")
    room.do(room.everybody[1], "support_idea", idea=idea, support=True)
    assert moved(room, seq) == [{"record": idea, "fields": []}]


def test_ideas_on_a_ballot_stay_merged_or_apart(room):
    first, second = room.ideas(2)
    seq = done(room, "merge_ideas", into=first, ideas=[second])
    perform(organiser(room), "open_ballot", {"method": "approval", "options": [first]})
    assert moved(room, seq) == [{"record": first, "fields": []}]
    assert room.record(second)["state"] == "merged"


def test_ideas_are_not_merged_again_under_one_that_stands_under_another(room):
    first, second, third = room.ideas(3)
    room.do(room.chair, "merge_ideas", into=first, ideas=[second])
    seq = done(room, "split_idea", idea=second)
    perform(organiser(room), "merge_ideas", {"into": second, "ideas": [third]})
    assert moved(room, seq) == [{"record": third, "fields": []}]


def test_the_privacy_minimum_is_not_lowered_under_what_was_written_since(room):
    seq = done(room, "edit_workshop", privacy_minimum=7)
    (idea,) = room.ideas(1)
    with refused("closed", "privacy_minimum", lowest=7):
        perform(room.chair, "undo", {"seq": seq})
    perform(organiser(room), "edit_workshop", {"privacy_minimum": 8})
    assert workshop(room).privacy_minimum == 8 and room.record(idea)["text"] == "Idé 0"


def test_rules_stay_locked_where_another_decision_stands_on_them(room):
    first, second = room.text(), room.text()
    seq = done(room, "open_decision", on=first, version=1)
    perform(organiser(room), "open_decision", {"on": second, "version": 1})
    rules = dict(workshop(room).decision_rules)
    undo(room, seq)
    assert dict(workshop(room).decision_rules) == rules != {}


def test_rules_are_open_again_when_the_only_decision_is_undone(room):
    seq = done(room, "open_decision", on=room.text(), version=1)
    undo(room, seq)
    assert dict(workshop(room).decision_rules) == {}


def test_a_group_keeps_the_name_it_votes_under(room):
    group = db.session.scalars(select(Group).where(Group.workshop_id == room.id)).first()
    seq = done(room, "edit_group", group=group.record_id, name={"da": "Naboer", "en": "Neighbours"})
    answer = perform(organiser(room), "open_decision", {"on": room.text(), "version": 1})
    assert moved(room, seq) == [{"record": answer["result"]["decision"], "fields": []}]


def test_ground_rules_that_the_room_answers_stay(room):
    seq = done(room, "edit_workshop", ground_rules="Vi lytter")
    on = f"workshop:{room.id}"
    consent = perform(organiser(room), "open_consent", {"on": on})["result"]["consent"]
    room.do(room.everybody[0], "consent", on=on)
    assert moved(room, seq) == [{"record": consent, "fields": []}]


def test_time_and_owner_of_an_undo(room):
    with clock.frozen(clock.now()):
        seq = done(room, "show_on_board", shows="programme")
        moment = clock.now()
    with clock.frozen(moment + timedelta(seconds=16)), refused("ended", "seq"):
        undo(room, seq)
    with refused("not_yours", "seq"):
        perform(organiser(room), "undo", {"seq": seq})
    again = done(room, "show_on_board", shows="lobby")
    with refused("conflict", "seq", last=16):
        undo(room, seq)
    undo(room, again)
    with refused("not_found", "seq"):
        undo(room, again)
    assert workshop(room).board_shows == "programme"
