"""Undo takes back what its own command changed, and nothing that somebody else has done since."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.undoing import done, moved, organiser, step, undo, workshop
from tests.commands.voting import Room
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Undo

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(
        {"citizens": 6, "politicians": 7}, template="collaboration", receiving_body="Byrådet", response_due="2030-01-01"
    )


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
