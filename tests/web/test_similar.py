"""Ideas that may say the same: suggested from what the room can see, merged by nobody but a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.commands.voting import Room
from workshop import dispatch
from workshop.rules.refusal import Refused
from workshop.screens.similarity_figures import figures, read_pairs, read_texts

SAMPLE = Path(__file__).parent.parent / "data" / "similar"
ALIKE = ("Gratis bus om aftenen for alle under 25", "Gratis aftenbus for unge under 25")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 3, "politicians": 2})


def test_a_text_being_written_is_shown_the_open_ideas_that_are_like_it(room: Room):
    idea = room.do(room.everybody[0], "post_idea", text=ALIKE[0])["idea"]
    room.do(room.everybody[0], "post_idea", text="Lektiecafé på biblioteket")
    found = dispatch.similar(room.everybody[1], ALIKE[1])["ideas"]
    assert [one["idea"] for one in found] == [idea]


def test_a_private_or_hidden_idea_is_never_suggested(room: Room):
    idea = room.do(room.everybody[0], "post_idea", text=ALIKE[0])["idea"]
    room.do(room.chair, "hide_idea", idea=idea, reason="Nævner en person")
    assert dispatch.similar(room.everybody[1], ALIKE[1])["ideas"] == []


def test_the_facilitator_sees_likely_pairs_and_no_idea_is_changed_by_it(room: Room):
    ids = [room.do(person, "post_idea", text=text)["idea"] for person, text in zip(room.everybody, ALIKE, strict=False)]
    before = room.clock()
    pairs = dispatch.similar(room.chair, None)["pairs"]
    assert [(pair["first"], pair["second"]) for pair in pairs] == [tuple(ids)]
    assert room.clock() == before
    assert room.record(ids[0])["state"] == "open"


def test_a_participant_gets_no_list_of_pairs(room: Room):
    with pytest.raises(Refused) as caught:
        dispatch.similar(room.everybody[0], None)
    assert caught.value.code == "not_allowed"


def test_the_suggestions_on_the_own_labelled_sample_are_better_than_chance_by_far():
    found = figures(read_texts(SAMPLE / "texts.csv"), read_pairs(SAMPLE / "pairs.csv"), "da")
    chance = found["alike"] / found["pairs"]
    assert found["average_precision"] > 10 * chance
    assert found["precision"] > 0.5
