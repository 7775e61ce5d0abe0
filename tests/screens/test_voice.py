"""Who is heard: numbers for the facilitator, never for the room, and no line for a group that is too small."""

from __future__ import annotations

from flask import Flask

from tests.commands.voting import Room
from workshop.extensions import db
from workshop.live.connections import Connections
from workshop.live.presence import Presence
from workshop.screens.voice import ideas_so_far, voice


def test_a_group_that_writes_less_than_its_share_is_said_in_words(app: Flask):
    room = Room({"citizens": 5, "politicians": 5})
    for number in range(4):
        room.do(room.people["politicians"][number], "post_idea", text=f"Idé {number}")
    found = voice(room.id)
    shares = {group["key"]: group["ideas"] for group in found["groups"]}
    assert shares == {"citizens": "0/1", "politicians": "1/1"}
    assert any(line["key"] == "voice.ideas" and line["facts"]["group"] == "citizens" for line in found["lines"])


def test_groups_under_the_privacy_minimum_have_no_line(app: Flask):
    room = Room({"citizens": 5, "politicians": 2, "leaders": 3})
    room.do(room.people["politicians"][0], "post_idea", text="Idé")
    assert [group["key"] for group in voice(room.id)["groups"]] == ["citizens"]


def test_no_group_has_a_line_where_the_rest_would_be_a_few(app: Flask):
    room = Room({"citizens": 8, "politicians": 6, "researchers": 1})
    room.do(room.people["researchers"][0], "post_idea", text="Idé")
    assert voice(room.id)["groups"] == []


def votes(room: Room) -> dict[str, str | None]:
    """Each group's share of the votes, as presence tells it to facilitators."""
    db.session.rollback()
    told = Presence(Connections()).counts(room.id, set(), 0, "facilitator")["voice"]["groups"]
    return {group["key"]: group["votes"] for group in told}


def test_votes_are_told_of_closed_votes_only(app: Flask):
    room = Room({"citizens": 12, "politicians": 10})
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    for person in room.everybody:
        room.cast(person, ballot, choices={ideas[0]: 1})
    assert votes(room) == {"citizens": None, "politicians": None}, "everybody has voted, and it is not closed"
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert votes(room) == {"citizens": "6/11", "politicians": "5/11"}


def test_the_votes_of_a_vote_in_which_a_group_has_cast_fewer_than_ten_are_not_told(app: Flask):
    """Groups of eight and six: their exact shares of a ballot were sent while it was open."""
    room = Room({"citizens": 8, "politicians": 6})
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    for person in room.everybody[:13]:
        room.cast(person, ballot, choices={ideas[0]: 1})
    assert votes(room) == {"citizens": None, "politicians": None}
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert votes(room) == {"citizens": None, "politicians": None}


def test_the_share_of_votes_does_not_fall_when_one_who_has_voted_leaves(app: Flask):
    room = Room({"citizens": 12, "politicians": 11})
    decision = room.decision(room.text())
    for person in (*room.people["citizens"], *room.people["politicians"][:10]):
        room.stance(person, decision, "for")
    room.do(room.chair, "close_decision", decision=decision)
    before = votes(room)
    gone = room.people["citizens"][0].participant_id
    room.do(room.chair, "remove_participant", participant=f"participant:{gone}")
    assert votes(room) == before == {"citizens": "6/11", "politicians": "5/11"}


def test_the_room_is_told_nothing_of_it(app: Flask):
    room = Room({"citizens": 5})
    presence = Presence(Connections())
    assert presence.counts(room.id, set(), 0, "facilitator")["voice"]["ideas"] == 0
    assert "voice" not in presence.counts(room.id, set(), 0, "room")


def test_a_room_with_nobody_in_it_has_no_voice(app: Flask):
    assert voice(Room({"citizens": 0}).id) == {"groups": [], "lines": []}


def test_the_ideas_so_far_are_counted_without_those_taken_back(app: Flask):
    room = Room({"citizens": 2})
    one, other = room.people["citizens"]
    room.do(one, "post_idea", text="En fast voksen")
    taken_back = room.do(other, "post_idea", text="Et åbent sted")["idea"]
    assert ideas_so_far(room.id) == 2
    room.do(other, "withdraw_idea", idea=taken_back)
    assert ideas_so_far(room.id) == 1
