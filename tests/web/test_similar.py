"""Ideas that may say the same: suggested from what the room can see, merged by nobody but a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.commands.voting import Room
from workshop import dispatch
from workshop.rules.refusal import Refused
from workshop.screens.similarity_figures import figures, ideas_named_in, read_pairs, read_texts

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


def test_pairs_that_stand_on_a_ballot_are_suggested_no_more_and_cannot_be_merged(room: Room):
    ids = [room.do(person, "post_idea", text=text)["idea"] for person, text in zip(room.everybody, ALIKE, strict=False)]
    room.ballot(ids)
    assert dispatch.similar(room.chair, None)["pairs"] == []
    with pytest.raises(Refused) as caught:
        room.do(room.chair, "merge_ideas", into=ids[0], ideas=[ids[1]])
    assert (caught.value.code, caught.value.facts["on_ballot"]) == ("conflict", True)


def test_the_own_idea_is_suggested_to_its_author_too_and_at_most_three_are(room: Room):
    texts = [f"Gratis bus om aftenen nummer {n}" for n in range(5)]
    ids = {room.do(room.everybody[0], "post_idea", text=text)["idea"] for text in texts}
    found = dispatch.similar(room.everybody[0], "Gratis bus om aftenen")["ideas"]
    assert len(found) == 3 and {one["idea"] for one in found} <= ids


def test_a_participant_gets_no_list_of_pairs(room: Room):
    with pytest.raises(Refused) as caught:
        dispatch.similar(room.everybody[0], None)
    assert caught.value.code == "not_allowed"


def test_pairs_of_ideas_on_the_server_are_measured_too_and_what_is_missing_is_said(room: Room, tmp_path: Path):
    ids = [room.do(person, "post_idea", text=text)["idea"] for person, text in zip(room.everybody, ALIKE, strict=False)]
    file = tmp_path / "pairs.csv"
    file.write_text(f"id_a,id_b,label\n{ids[0]},{ids[1].removeprefix('idea:')},1\n")
    pairs = read_pairs(file)
    assert figures(ideas_named_in(pairs), pairs, "da")["average_precision"] == 1
    file.write_text("id_a,id_b,label\nidea:999,x,1\n")
    with pytest.raises(ValueError, match="no text for idea:999, x"):
        figures(ideas_named_in(read_pairs(file)), read_pairs(file), "da")
    file.write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="no column 'id_a'"):
        read_pairs(file)


def test_the_suggestions_on_the_own_labelled_sample_are_better_than_chance_by_far():
    found = figures(read_texts(SAMPLE / "texts.csv"), read_pairs(SAMPLE / "pairs.csv"), "da")
    chance = found["alike"] / found["pairs"]
    assert found["average_precision"] > 10 * chance
    assert found["precision"] > 0.5
