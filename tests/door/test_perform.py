"""The one way to write: what is asked of a name, an id and an actor before the command runs, and what is answered."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.commands.voting import Room, refused
from workshop.door import perform
from workshop.door.arguments import NoArgs
from workshop.door.registry import COMMANDS, command
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import Answer, Idea, JournalEntry, Participant, Undo
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")
IDEA = {"text": "En bænk"}


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 2})


def number_of(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("name", ["", "post_ide", None, 3, ["post_idea"]])
def test_a_command_has_a_name(room: Room, name: Any):
    with refused("malformed", "name"):
        perform(room.everybody[0], name, IDEA)


@pytest.mark.parametrize("command_id", ["", "x", "a" * 31, "a" * 33, "g" * 32, 12, "a" * 32 + "\n"])
def test_a_command_id_is_sixteen_bytes(room: Room, command_id: Any):
    with refused("malformed", "id"):
        perform(room.everybody[0], "post_idea", IDEA, command_id)
    assert number_of(Idea) == 0


@pytest.mark.parametrize("command_id", ["ab" * 16, "AB" * 16, "01234567-89ab-cdef-0123-456789abcdef"])
def test_a_repeated_command_is_answered_again_and_done_once(room: Room, command_id: str):
    author, other = room.everybody
    first = perform(author, "post_idea", IDEA, command_id)
    assert first == {"ok": True, "seq": room.clock(), "result": {"idea": "idea:1"}}
    assert perform(author, "post_idea", {"text": "En anden"}, command_id) == first
    assert (number_of(Idea), first["seq"]) == (1, room.clock())
    # The id is the actor's own, and of this command.
    assert perform(other, "post_idea", IDEA, command_id)["result"] == {"idea": "idea:2"}
    with refused("malformed", "id"):
        perform(author, "set_ready", {"ready": True}, command_id)


def test_a_command_without_a_result_says_so_when_it_is_repeated_too(room: Room):
    command_id = secrets.token_hex(16)
    answer = perform(room.everybody[0], "set_ready", {"ready": True}, command_id)
    assert answer == {"ok": True, "seq": room.clock()}
    assert perform(room.everybody[0], "set_ready", {"ready": False}, command_id) == answer
    assert db.session.get_one(Participant, room.everybody[0].participant_id).ready is True


def test_a_command_without_an_id_is_not_kept(room: Room):
    before = number_of(Answer)
    perform(room.everybody[0], "post_idea", IDEA)
    assert number_of(Answer) == before


def test_another_person_on_the_same_device_is_not_let_in_as_the_first(room: Room):
    visitor, command_id = Actor(VISITOR, room.id), secrets.token_hex(16)
    asked = {"code": room.code, "group": "citizens", "name": "Ane", "seed": secrets.token_hex(16)}
    first = perform(visitor, "join", asked, command_id)
    assert perform(visitor, "join", asked, command_id) == first
    with refused("conflict", "id", another_person=True):
        perform(visitor, "join", asked | {"name": "Bo"}, command_id)


def test_a_command_is_given_in_a_workshop_and_by_its_roles(room: Room):
    with refused("not_found", "workshop"):
        perform(Actor("facilitator"), "create_theme", {"title": "x"})
    with refused("not_allowed"):
        perform(Actor("board", room.id), "create_theme", {"title": "x"})


@pytest.mark.parametrize(("state", "code"), [("draft", "not_open"), ("closed", "closed"), ("open", None)])
def test_a_command_is_given_while_the_workshop_is_open(room: Room, state: str, code: str | None):
    with writing(room.id) as write:
        write.workshop.state = state
    if code is None:
        perform(room.everybody[0], "post_idea", IDEA)
        return
    with refused(code, "workshop"):
        perform(room.everybody[0], "post_idea", IDEA)
    assert number_of(Idea) == 0


def test_what_was_asked_is_checked_before_who_asks_and_what_fails_is_kept_nowhere(room: Room):
    before = [number_of(model) for model in (Answer, JournalEntry, Undo)]
    with refused("malformed", "title", why="missing"):
        perform(room.chair, "create_theme", {}, secrets.token_hex(16))
    with refused("not_found", "theme"):
        perform(room.chair, "edit_theme", {"theme": "theme:9", "title": "x"}, secrets.token_hex(16))
    assert [number_of(model) for model in (Answer, JournalEntry, Undo)] == before


def test_what_can_be_undone_is_kept_under_its_number_with_its_actor(room: Room):
    seq = perform(room.chair, "create_theme", {"title": "Steder"})["seq"]
    kept = db.session.scalars(select(Undo)).one()
    assert (kept.workshop_id, kept.seq, kept.actor) == (room.id, seq, room.chair.pseudonym)
    perform(room.everybody[0], "post_idea", IDEA)
    assert number_of(Undo) == 1


def test_two_commands_cannot_have_one_name(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ValueError, match="set_ready"):
        command("set_ready", NoArgs, ("participant",))(lambda context, args: None)
    monkeypatch.setattr("workshop.door.registry.COMMANDS", {})
    function = command("set_ready", NoArgs, ("participant",))(lambda context, args: None)
    assert callable(function) and COMMANDS["set_ready"].run is not function


def test_the_result_stands_in_the_journal(room: Room):
    seq = perform(room.everybody[0], "post_idea", IDEA)["seq"]
    entry = db.session.get_one(JournalEntry, (room.id, seq))
    assert entry.args["facts"] == {"result": {"idea": "idea:1"}}
    assert "En bænk" not in repr(entry.args) and entry.actor == room.everybody[0].pseudonym
