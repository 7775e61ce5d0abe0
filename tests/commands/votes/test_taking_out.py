"""The ideas of somebody who is erased: out of open ballots, or standing on as nobody's if the person asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, papers, refused
from tests.export.proved import faults
from workshop.export.files import export
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Comment, Idea, NamedPaper, Workshop

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


@pytest.fixture
def author(room: Room) -> Actor:
    return room.people["citizens"][5]


def post(room: Room, who: Actor, text: str) -> str:
    return str(room.do(who, "post_idea", text=text)["idea"])


def erase(room: Room, who: Actor, **args: Any) -> None:
    room.do(who, "erase_me", **args)


def test_an_idea_of_an_erased_author_is_taken_out_of_an_open_ballot_and_out_of_every_paper(room, author):
    gone, kept, other = post(room, author, "Min idé"), *room.ideas(2)
    ballot = room.ballot([gone, kept, other], settings={"choices": 2})
    both, alone = room.people["politicians"][:2]
    room.cast(both, ballot, choices={gone: 1, kept: 1})
    room.cast(alone, ballot, choices={gone: 1})
    erase(room, author)
    record = room.record(ballot)
    assert (record["options"], record["dropped"]) == (sorted([kept, other]), 1)
    assert sorted(map(len, (paper.content for paper in papers(ballot)))) == [0, 1]
    assert room.mine(both)["ballots"] == {ballot: {kept: 1}}
    assert room.mine(alone)["ballots"] == {ballot: {}}
    room.cast(both, ballot, choices={kept: 1, other: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    published = room.record(ballot)
    assert {option["id"] for option in published["result"]["options"]} == {kept, other}
    assert published["result"]["turnout"] == {"voted": 1, "eligible": 12}, "a paper with nothing on it is none"


def test_everybody_who_has_voted_is_told_and_a_phone_that_was_away_is_not_refused(room, author):
    gone, kept = post(room, author, "Min idé"), room.ideas(1)[0]
    ballot = room.ballot([gone, kept], settings={"choices": 2})
    voter = room.people["politicians"][0]
    room.cast(voter, ballot, choices={kept: 1})
    before = room.mine(voter)["seq"]
    erase(room, author)
    assert room.mine(voter)["seq"] > before
    room.cast(voter, ballot, choices={gone: 1, kept: 1})
    assert room.mine(voter)["ballots"] == {ballot: {kept: 1}}


def test_a_vote_by_name_loses_the_idea_too(room, author):
    settings = {"openness": "some_open", "open_groups": ["politicians"]}
    made = room.do(room.chair, "add_step", kind="ballot", settings=settings)
    gone, kept = post(room, author, "Min idé"), room.ideas(1)[0]
    room.do(room.chair, "start_step", step=made["step"])
    ballot = room.ballot([gone, kept], settings={"choices": 2})
    voter = room.people["politicians"][0]
    room.do(voter, "set_name", name="Rosa")
    room.cast(voter, ballot, choices={gone: 1, kept: 1})
    erase(room, author)
    assert db.session.get_one(NamedPaper, (ballot, voter.participant_id)).content == {kept: 1}


def test_the_answers_to_a_statement_of_an_erased_author_go_and_the_others_stay(room, author):
    gone, kept = post(room, author, "Min påstand"), room.ideas(1)[0]
    ballot = room.ballot([gone, kept], "positions")
    for person in room.people["politicians"]:
        room.cast(person, ballot, choices={gone: "agree", kept: "disagree"})
    erase(room, author)
    assert {tuple(paper.content.items()) for paper in papers(ballot)} == {((kept, "disagree"),)}


def test_a_closed_ballot_stays_as_it_was_cast(room, author):
    gone, kept = post(room, author, "Min idé"), room.ideas(1)[0]
    ballot = room.ballot([gone, kept], settings={"choices": 2})
    room.cast(room.people["politicians"][0], ballot, choices={gone: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    erase(room, author)
    assert (room.record(ballot)["options"], room.record(ballot)["dropped"]) == (sorted([gone, kept]), 0)
    assert [paper.content for paper in papers(ballot)] == [{gone: 1}]


def test_an_erased_idea_cannot_be_voted_on_built_on_supported_or_laid_together(room, author):
    gone, kept = post(room, author, "Min idé"), room.ideas(1)[0]
    erase(room, author)
    assert (room.record(gone)["text"], room.record(gone)["erased"]) == ("[fjernet]", True)
    assert room.record(kept)["erased"] is False
    with refused("unknown_option", "options", option=gone):
        room.ballot([gone, kept])
    somebody = room.people["politicians"][0]
    with refused("not_open", "builds_on"):
        room.do(somebody, "post_idea", text="Mere af det", builds_on=gone)
    with refused("not_open", "idea", state="open"):
        room.do(somebody, "support_idea", idea=gone, support=True)
    for into, other, field in ((gone, kept, "into"), (kept, gone, "ideas")):
        with refused("not_open", field, idea=gone):
            room.do(room.chair, "merge_ideas", into=into, ideas=[other])


def test_what_others_wrote_stands_by_itself_again_when_the_idea_it_was_laid_under_is_gone(room, author):
    gone, other = post(room, author, "Min idé"), room.ideas(1)[0]
    room.do(room.chair, "merge_ideas", into=gone, ideas=[other])
    ballot = room.ballot([gone, *room.ideas(1)])
    erase(room, author)
    assert gone not in room.record(ballot)["options"]
    assert (room.record(other)["state"], room.record(other)["merged_into"]) == ("open", None)


def test_if_the_person_asks_ideas_and_comments_stay_with_their_words_and_their_votes(room, author):
    kept, hidden = post(room, author, "En god idé"), post(room, author, "Skjult")
    comment = room.do(author, "post_comment", on=kept, text="En god tanke", sort="experience")["comment"]
    room.do(room.chair, "hide_idea", idea=hidden, reason="Nævner en person")
    ballot = room.ballot([kept, *room.ideas(1)])
    room.cast(room.people["politicians"][0], ballot, choices={kept: 1})
    erase(room, author, keep_texts=True)
    assert (room.record(kept)["text"], room.record(kept)["erased"]) == ("En god idé", False)
    assert room.record(comment)["text"] == "En god tanke"
    assert (kept in room.record(ballot)["options"], room.record(ballot)["dropped"]) == (True, 0)
    assert [paper.content for paper in papers(ballot)] == [{kept: 1}]
    db.session.rollback()
    row = db.session.get_one(Idea, int(hidden.partition(":")[2]))
    assert (row.text, row.erased) == ("[fjernet]", True), "what the room does not see goes in any case"
    assert db.session.query(Comment).count() == 1


def test_the_facilitator_erases_somebody_with_the_same_choice(room, author):
    kept = post(room, author, "En god idé")
    room.do(room.chair, "erase_person", participant=f"participant:{author.participant_id}", keep_texts=True)
    assert room.record(kept)["text"] == "En god idé"


def test_the_goal_that_was_built_on_it_stands_in_the_rooms_own_words(room, author):
    gone = post(room, author, "Min idé")
    goal = room.do(room.chair, "draft_goal", title="10 nye træer", from_ideas=[gone])["goal"]
    erase(room, author)
    assert (room.record(goal)["title"], room.record(goal)["from_ideas"]) == ("10 nye træer", [gone])


def test_the_file_still_verifies_for_the_journal_says_what_was_taken_out(room, author):
    gone, kept = post(room, author, "Min idé"), room.ideas(1)[0]
    ballot = room.ballot([gone, kept], settings={"choices": 1})
    for person in room.people["politicians"]:
        room.cast(person, ballot, choices={kept: 1})
    erase(room, author)
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    db.session.rollback()
    document = json.loads(export(db.session.get_one(Workshop, room.id), "json")[2])
    assert faults(document) == set()
    for entry in document["proof"]["journal"]["entries"]:
        entry["proof"].pop("taken_out", None)
    assert "vote.terms" in faults(document)
