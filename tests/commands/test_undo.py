"""Undo takes back what its own command changed, and nothing that somebody else has done since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import AGREEMENT, GOAL, Room, refused
from workshop import clock, screens
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Attendance, Comment, Group, Idea, Participant, Step, Undo, Workshop
from workshop.rules.refusal import Refused

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(
        {"citizens": 6, "politicians": 7}, template="collaboration", receiving_body="Byrådet", response_due="2030-01-01"
    )


def organiser(room: Room) -> Actor:
    return Actor("organiser", room.id, organiser_id=workshop(room).organiser_id)


def workshop(room: Room) -> Workshop:
    db.session.rollback()
    return db.session.get_one(Workshop, room.id)


def done(room: Room, name: str, /, **args: Any) -> int:
    """The number of a facilitator's action."""
    return int(perform(room.chair, name, args)["seq"])


def undo(room: Room, seq: int) -> None:
    perform(room.chair, "undo", {"seq": seq})


def moved(room: Room, seq: int) -> list[dict[str, Any]]:
    """What stands in the way of an undo; nothing has changed then."""
    before = room.clock()
    with pytest.raises(Refused) as refusal:
        undo(room, seq)
    error = refusal.value.as_error()
    assert (error["code"], error["field"], room.clock()) == ("conflict", "seq", before)
    return list(error["moved"])


def step(room: Room, kind: str) -> Step:
    db.session.rollback()
    return db.session.scalars(select(Step).where(Step.workshop_id == room.id, Step.step_kind == kind)).first()


SAVED = {
    "title": "Skolemad for alle",
    "question": "Hvad gør vi?",
    "fixed_frame": "Budgettet",
    "privacy_minimum": 8,
    "receiving_body": "Regionsrådet",
    "retention_days": 30,
}


def saved(room: Room) -> dict[str, Any]:
    return {name: getattr(workshop(room), name) for name in SAVED}


# What the issue names: a facilitator's board or step, an organiser's settings, closing and publishing.


def test_what_the_organiser_saves_survives_the_undo_of_what_the_board_shows(room):
    seq = done(room, "show_on_board", shows="programme", zoom=150)
    perform(organiser(room), "edit_workshop", SAVED)
    undo(room, seq)
    assert saved(room) == SAVED
    assert (workshop(room).board_shows, workshop(room).board_zoom) == ("lobby", 100)


def test_what_the_organiser_saves_survives_the_undo_of_a_step_that_was_started(room):
    ideas = step(room, "ideas").record_id
    seq = done(room, "start_step", step=ideas)
    perform(organiser(room), "edit_workshop", SAVED)
    undo(room, seq)
    assert saved(room) == SAVED
    assert (step(room, "ideas").state, workshop(room).current_step_id) == ("waiting", None)


def test_closing_and_publishing_are_not_undone_with_the_board(room):
    seq = done(room, "show_on_board", shows="programme")
    perform(organiser(room), "edit_workshop", SAVED)
    perform(organiser(room), "close_workshop", {})
    perform(organiser(room), "publish_record", {"published": True})
    slug, closed_at = workshop(room).record_slug, workshop(room).closed_at
    undo(room, seq)
    now = workshop(room)
    assert (now.state, now.closed_at, now.record_slug, now.board_shows) == ("closed", closed_at, slug, "lobby")
    assert now.record_published_at is not None and saved(room) == SAVED


def test_a_step_that_closing_has_finished_is_not_started_again(room):
    seq = done(room, "start_step", step=step(room, "ideas").record_id)
    perform(organiser(room), "close_workshop", {})
    assert moved(room, seq) == [{"record": f"workshop:{room.id}", "fields": ["state"]}]
    assert (workshop(room).state, step(room, "ideas").state) == ("closed", "done")


def test_an_address_that_was_published_stays_when_settings_are_taken_back(room):
    seq = done(room, "edit_workshop", title="Forkert")
    perform(organiser(room), "publish_record", {"published": True})
    slug = workshop(room).record_slug
    undo(room, seq)
    assert (workshop(room).title, workshop(room).record_slug) == ("Skolemad", slug)
    assert workshop(room).record_published_at is not None


# Columns: only those of the action, and only as it left them.


def test_only_the_columns_of_the_action_are_kept(room):
    done(room, "show_on_board", shows="programme")
    (kept,) = db.session.scalars(select(Undo)).all()
    (image,) = kept.rows["changes"]
    assert image["before"] == {"board_shows": "lobby"} and image["after"] == {"board_shows": "programme"}


def test_settings_that_somebody_saved_again_are_named(room):
    seq = done(room, "edit_workshop", title="Et", question="To", fixed_frame="Tre")
    perform(organiser(room), "edit_workshop", {"title": "Skolemad for alle", "fixed_frame": "Fire"})
    assert moved(room, seq) == [{"record": f"workshop:{room.id}", "fields": ["fixed_frame", "title"]}]
    assert (workshop(room).title, workshop(room).question) == ("Skolemad for alle", "To")


def test_a_setting_that_is_already_as_it_was_stands_in_nobodys_way(room):
    seq = done(room, "edit_workshop", title="Et", question="To")
    perform(organiser(room), "edit_workshop", {"title": "Skolemad"})
    undo(room, seq)
    assert (workshop(room).title, workshop(room).question) == ("Skolemad", "")


def test_two_columns_of_one_row_belong_to_two_people(room):
    seq = done(room, "edit_step", step=step(room, "ideas").record_id, title="Skriv")
    perform(organiser(room), "edit_step", {"step": step(room, "ideas").record_id, "instruction": "I stilhed"})
    undo(room, seq)
    assert step(room, "ideas").instruction == "I stilhed" and step(room, "ideas").title != "Skriv"


def test_a_theme_that_is_gone_is_named(room):
    theme = room.do(room.chair, "create_theme", title="Veje")["theme"]
    seq = done(room, "edit_theme", theme=theme, title="Stier")
    perform(organiser(room), "remove_theme", {"theme": theme})
    assert moved(room, seq) == [{"record": theme, "fields": []}]


def test_an_idea_is_not_laid_back_under_a_theme_that_is_gone(room):
    (idea,), theme = room.ideas(1), room.do(room.chair, "create_theme", title="Veje")["theme"]
    room.do(room.chair, "move_idea", idea=idea, theme=theme)
    seq = done(room, "move_idea", idea=idea)
    perform(organiser(room), "remove_theme", {"theme": theme})
    assert moved(room, seq) == [{"record": theme, "fields": []}]


def test_the_board_does_not_go_back_to_what_is_gone(room):
    theme = room.do(room.chair, "create_theme", title="Veje")["theme"]
    room.do(room.chair, "show_on_board", shows=theme)
    seq = done(room, "show_on_board", shows="lobby")
    perform(organiser(room), "remove_theme", {"theme": theme})
    assert moved(room, seq) == [{"record": theme, "fields": []}]


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


# Undo is no way round a rule.


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
    with refused("conflict", "seq"):
        undo(room, seq)
    undo(room, again)
    with refused("not_found", "seq"):
        undo(room, again)
    assert workshop(room).board_shows == "programme"
