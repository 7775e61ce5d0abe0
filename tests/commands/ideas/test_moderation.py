"""Hiding is answered for: the log, and an author who asks once to have an idea shown again."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop.door import perform
from workshop.export import moderation

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6})


@pytest.fixture
def hidden(room: Room) -> str:
    """An idea of the first citizen's, hidden."""
    idea = room.ideas(1)[0]
    room.do(room.chair, "hide_idea", idea=idea, reason="Nævner en person")
    return idea


def hide_again(room: Room, idea: str) -> None:
    room.do(room.chair, "show_idea", idea=idea)
    room.do(room.chair, "hide_idea", idea=idea, reason="Stadig en person")


def seen(room: Room, idea: str) -> tuple[Any, Any]:
    record = room.record(idea, "facilitator")
    return record["asked_again"], record["asked_words"]


def test_the_facilitator_sees_that_the_author_asks_and_the_words(room, hidden):
    assert seen(room, hidden) == (False, None)
    room.do(room.everybody[0], "ask_again", idea=hidden, words="Jeg har fjernet navnet")
    assert seen(room, hidden) == (True, "Jeg har fjernet navnet")


def test_the_author_sees_the_reason_and_that_it_is_asked(room, hidden):
    own = room.mine(room.everybody[0])["ideas"][hidden]
    assert (own["hidden_reason"], own["asked_again"]) == ("Nævner en person", False)
    room.do(room.everybody[0], "ask_again", idea=hidden)
    assert room.mine(room.everybody[0])["ideas"][hidden]["asked_again"] is True


def test_one_asks_once_for_each_hiding(room, hidden):
    author = room.everybody[0]
    room.do(author, "ask_again", idea=hidden)
    with refused("already", "idea"):
        perform(author, "ask_again", {"idea": hidden})
    hide_again(room, hidden)
    assert seen(room, hidden) == (False, None)
    room.do(author, "ask_again", idea=hidden)
    assert seen(room, hidden) == (True, "")


def test_only_the_author_asks_and_only_for_what_is_hidden(room, hidden):
    with refused("not_yours", "idea"):
        perform(room.everybody[1], "ask_again", {"idea": hidden})
    with refused("not_allowed"):
        perform(room.chair, "ask_again", {"idea": hidden})
    room.do(room.chair, "show_idea", idea=hidden)
    with refused("wrong_step", "idea", state="open"):
        perform(room.everybody[0], "ask_again", {"idea": hidden})


def test_the_log_tells_what_when_why_by_which_role_and_that_it_was_shown_again(room, hidden):
    hide_again(room, hidden)
    first, second = moderation.log(room.id)
    assert first["record"] == second["record"] == hidden and first["text"] == "Idé 0"
    assert (first["role"], first["reason"], first["shown_by"]) == ("facilitator", "Nævner en person", "facilitator")
    assert (second["reason"], second["shown_at"]) == ("Stadig en person", None)
    assert moderation.counts(room.id) == {"ideas": 1, "comments": 0, "hidden_now": 1, "shown_again": 0}


def test_undoing_a_hiding_leaves_it_in_the_log_as_undone(room):
    idea = room.ideas(1)[0]
    answer = perform(room.chair, "hide_idea", {"idea": idea, "reason": "Forkert knap"})
    perform(room.chair, "undo", {"seq": answer["seq"]})
    (entry,) = moderation.log(room.id)
    assert entry["undone"] is True and entry["reason"] == "Forkert knap" and entry["shown_at"] is not None
    assert moderation.counts(room.id)["ideas"] == 0


def test_a_comment_that_is_hidden_is_in_the_log_too(room):
    idea = room.ideas(1)[0]
    comment = room.do(room.everybody[1], "post_comment", on=idea, text="Uenig", sort="concern")["comment"]
    room.do(room.chair, "hide_comment", comment=comment, reason="Personlig")
    (entry,) = moderation.log(room.id)
    assert (entry["record"], entry["text"], entry["reason"]) == (comment, "Uenig", "Personlig")


def test_the_log_shows_no_words_of_an_erased_author(room, hidden):
    perform(room.everybody[0], "erase_me", {})
    assert moderation.log(room.id)[0]["text"] == "[fjernet]"


def test_the_room_is_told_nothing_of_what_is_hidden(room, hidden):
    room.do(room.everybody[0], "ask_again", idea=hidden, words="Vis den igen")
    with pytest.raises(StopIteration):
        room.record(hidden)
