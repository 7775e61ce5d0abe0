"""Changing group: until the first vote by oneself, between two votes by a facilitator; the texts go along, no vote moves."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop import screens
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import BallotPaper, Comment, Group, Idea, Participant, Participation, Workshop, labels


@pytest.fixture
def room(app) -> Room:
    groups = [{"key": key, "required": False} for key in ("citizens", "politicians")]
    groups.append({"key": "experts", "required": False, "self_selectable": False})
    return Room({"citizens": 6, "politicians": 6, "experts": 0}, groups=groups)


def person_of(actor: Actor) -> Participant:
    db.session.expire_all()
    return db.session.get_one(Participant, actor.participant_id)


def group_of(actor: Actor) -> str:
    return db.session.get_one(Group, person_of(actor).group_id).key


def name_of(actor: Actor) -> str:
    return f"participant:{actor.participant_id}"


def ballot(room: Room, ideas: list[str]) -> str:
    return str(room.do(room.chair, "open_ballot", method="approval", options=ideas)["ballot"])


def test_one_changes_oneself_and_what_one_wrote_goes_along(room: Room):
    one, other = room.people["citizens"][:2]
    idea = room.do(one, "post_idea", text="En bænk")["idea"]
    kept = room.do(other, "post_idea", text="Et træ")["idea"]
    comment = room.do(one, "post_comment", on=kept, text="Hvor?", sort="question")["comment"]
    assert room.record(idea)["group"] == "citizens"
    room.do(one, "change_group", group="politicians")
    assert group_of(one) == "politicians"
    assert [room.record(record)["group"] for record in (idea, comment, kept)] == ["politicians", "politicians", "citizens"]
    assert room.mine(one)["group"] == f"group:{person_of(one).group_id}"
    numbers = {key: room.record(f"group:{row.id}")["joined"] for key, row in _groups(room).items() if key != "experts"}
    assert numbers == {"citizens": 5, "politicians": 7}
    assert room.mine(one)["ideas"].keys() == {idea}


def _groups(room: Room) -> dict[str, Group]:
    return {group.key: group for group in db.session.scalars(select(Group).where(Group.workshop_id == room.id))}


def test_a_group_that_falls_under_the_privacy_minimum_is_named_on_nothing_any_more(room: Room):
    one, two, stays = room.people["citizens"][:3]
    idea = room.do(stays, "post_idea", text="En bænk")["idea"]
    moved = room.do(one, "post_idea", text="Et træ")["idea"]
    room.do(one, "change_group", group="politicians")
    assert room.record(idea)["group"] == "citizens"
    room.do(two, "change_group", group="politicians")
    assert room.record(idea)["group"] is None
    # A group under the minimum beside named ones would be known by what is not named.
    shown = labels.shown(db.session.get_one(Workshop, room.id))
    assert room.record(moved)["group"] == ("politicians" if _groups(room)["politicians"].id in shown.by_phone else None)


def test_nobody_changes_while_a_vote_is_open_and_no_paper_moves(room: Room):
    ideas = [room.do(room.people["citizens"][0], "post_idea", text=text)["idea"] for text in ("En", "To", "Tre")]
    one, other = room.people["citizens"][:2]
    vote = ballot(room, ideas)
    room.do(one, "cast_ballot", ballot=vote, choices={ideas[0]: 1})
    before = sorted((paper.group, str(paper.content)) for paper in db.session.scalars(select(BallotPaper)))
    for actor, args in ((one, {}), (other, {}), (room.chair, {"participant": name_of(one)})):
        with refused("conflict", "group"):
            room.do(actor, "change_group", group="politicians", **args)
    room.do(room.chair, "close_ballot", ballot=vote)
    room.do(room.chair, "publish_ballot", ballot=vote)
    result = room.record(vote)["result"]
    with refused("closed", "group"):
        room.do(one, "change_group", group="politicians")
    room.do(room.chair, "change_group", group="politicians", participant=name_of(one))
    assert group_of(one) == "politicians"
    assert room.record(vote)["result"] == result
    after = sorted((paper.group, str(paper.content)) for paper in db.session.scalars(select(BallotPaper)))
    assert after == before
    part = db.session.get_one(Participation, (vote, one.participant_id))
    assert (part.group, part.voted) == ("citizens", True)


def test_the_next_vote_counts_the_person_in_the_new_group_once(room: Room):
    ideas = [room.do(room.people["citizens"][0], "post_idea", text=text)["idea"] for text in ("En", "To", "Tre")]
    first = ballot(room, ideas)
    room.do(room.chair, "close_ballot", ballot=first)
    room.do(room.chair, "publish_ballot", ballot=first)
    one = room.people["citizens"][0]
    room.do(room.chair, "change_group", group="politicians", participant=name_of(one))
    again = room.do(room.chair, "preview_vote", **{"for": "ballot", "options": ideas})["again"]
    assert again == {"vote": first, "came": 1, "left": 1}, "two results may differ by the one who changed group"
    second = ballot(room, ideas)
    room.do(one, "cast_ballot", ballot=second, choices={ideas[0]: 1})
    assert db.session.get_one(Participation, (second, one.participant_id)).group == "politicians"
    room.do(room.chair, "close_ballot", ballot=second)
    room.do(room.chair, "publish_ballot", ballot=second)
    assert room.record(second)["result"]["turnout"] == {"voted": 1, "eligible": 12}


def test_before_the_first_vote_nobody_has_come_or_left_by_moving(room: Room):
    one = room.people["citizens"][0]
    ideas = [room.do(one, "post_idea", text=text)["idea"] for text in ("En", "To", "Tre")]
    room.do(one, "change_group", group="politicians")
    vote = ballot(room, ideas)
    room.do(room.chair, "close_ballot", ballot=vote)
    assert room.do(room.chair, "preview_vote", **{"for": "ballot", "options": ideas})["again"] == {
        "vote": vote,
        "came": 0,
        "left": 0,
    }


def test_a_group_with_a_code_of_its_own_is_entered_by_that_code_alone(room: Room):
    one = room.people["citizens"][0]
    experts, politicians = _groups(room)["experts"], _groups(room)["politicians"]
    for code in (None, room.code, politicians.code, "CCCCCC"):
        with refused("not_allowed", "group"):
            room.do(one, "change_group", group="experts", code=code)
    room.do(one, "change_group", group="experts", code=experts.code.lower())
    assert group_of(one) == "experts"
    room.do(room.chair, "change_group", group="experts", participant=name_of(room.people["citizens"][1]))
    assert group_of(room.people["citizens"][1]) == "experts"


def test_an_answer_given_for_the_old_group_is_none_for_the_new_one(room: Room):
    for person in room.people["citizens"][:3]:
        room.do(person, "change_group", group="politicians")
    one = room.people["citizens"][3]
    citizens = _groups(room)["citizens"].record_id
    room.do(room.chair, "ask_open_vote", group=citizens)
    room.do(one, "answer_open_vote", group=citizens, agree=True)
    room.do(one, "change_group", group="politicians")
    assert person_of(one).agrees_openly is None
    assert room.mine(one)["open_vote"] is None
    assert room.mine(room.people["citizens"][4])["open_vote"] == {"group": citizens, "agree": None}
    for person in room.people["citizens"][4:]:
        room.do(person, "change_group", group="politicians")
    assert not _groups(room)["citizens"].asked_openly, "an empty group is asked nothing"


def test_nobody_moves_somebody_else_and_a_facilitator_says_whom(room: Room):
    one, other = room.people["citizens"][:2]
    with refused("not_yours", "participant"):
        room.do(one, "change_group", group="politicians", participant=name_of(other))
    with refused("malformed", "participant"):
        room.do(room.chair, "change_group", group="politicians")
    with refused("already", "group"):
        room.do(one, "change_group", group="citizens")
    with refused("not_found", "group"):
        room.do(one, "change_group", group="nobody")
    room.do(room.chair, "remove_participant", participant=name_of(other))
    with refused("not_found", "participant"):
        room.do(room.chair, "change_group", group="politicians", participant=name_of(other))


def test_texts_of_others_are_not_sent_again(room: Room):
    one, other = room.people["citizens"][:2]
    room.do(one, "post_idea", text="En bænk")
    kept = room.do(other, "post_idea", text="Et træ")["idea"]
    seq = db.session.get_one(Workshop, room.id).clock
    room.do(one, "change_group", group="politicians")
    db.session.expire_all()
    assert db.session.get_one(Idea, int(kept.split(":")[1])).seq <= seq
    assert db.session.scalars(select(Comment)).all() == []


def test_a_facilitator_who_moves_somebody_does_not_learn_what_that_person_wrote(room: Room):
    one, other = room.people["citizens"][:2]
    goal, built_on = room.text(), room.do(other, "post_idea", text="Et træ")["idea"]
    seen = [
        room.do(one, "post_idea", text="En bænk")["idea"],
        room.do(one, "post_comment", on=built_on, text="Hvor?", sort="question")["comment"],
        room.do(one, "propose_amendment", on=goal, field="title", new="12 nye træer")["amendment"],
        room.do(one, "make_commitment", on=goal, standing="behind", named=False)["commitment"],
    ]
    room.do(room.chair, "change_group", group="politicians", participant=name_of(room.people["citizens"][2]))
    before = room.clock()
    room.do(room.chair, "change_group", group="citizens", participant=name_of(room.people["citizens"][2]))
    room.do(room.chair, "change_group", group="politicians", participant=name_of(one))
    db.session.rollback()
    for audience in ("room", "facilitator"):
        sent = {record["kind"] for record in screens.changes(room.id, before, audience)["put"]}
        assert sent <= {"group", "participant", "workshop"}, "what is sent again is the person's own"
        assert {room.record(text, audience)["group"] for text in seen} == {"citizens"}
    assert room.mine(one)["ideas"].keys() == {seen[0]}


def test_what_nobody_has_seen_goes_along_also_where_a_facilitator_moves_somebody(app: Flask):
    room = Room({"citizens": 6, "politicians": 6}, template="idea_pool", ideas_always_open=False)
    step = next(one for one in screens.changes(room.id, 0, "room")["put"] if one.get("step_kind") == "ideas")
    room.do(room.chair, "edit_step", step=step["id"], settings={"writing": "private"})
    room.do(room.chair, "start_step", step=step["id"])
    one = room.people["citizens"][0]
    idea = room.do(one, "post_idea", text="En bænk")["idea"]
    room.do(one, "set_name", name="Ane")
    named = room.do(one, "make_commitment", on=room.text(), standing="behind", named=True)["commitment"]
    room.do(room.chair, "change_group", group="politicians", participant=name_of(one))
    room.do(room.chair, "reveal_ideas")
    assert room.record(idea)["group"] == "politicians"
    assert room.record(named)["group"] == "politicians", "who gives the name gives the group with it"
