"""Open votes through the one door: said for a step, agreed to by a small group, cast by name, and published with names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.voting import Room, papers, participations, refused
from workshop import clock
from workshop.commands.privacy import retention
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Ballot, Group, JournalEntry, NamedPaper, Participant, Step
from workshop.store import writing_outside

pytestmark = pytest.mark.usefixtures("app")

POLITICIANS = {"openness": "some_open", "open_groups": ["politicians"]}


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 4, "leaders": 0})


def start(room: Room, kind: str = "decisions", **settings: Any) -> str:
    """A step that says who votes openly, running."""
    step = room.do(room.chair, "add_step", kind=kind, settings=settings)["step"]
    room.do(room.chair, "start_step", step=step)
    return step


def named(room: Room, group: str, *names: str) -> list[Actor]:
    """The first people of a group, with names."""
    people = room.people[group][: len(names)]
    for person, name in zip(people, names, strict=True):
        perform(person, "set_name", {"name": name})
    return people


def settings_of(step: str) -> dict[str, Any]:
    db.session.rollback()
    return dict(db.session.get_one(Step, int(step.split(":")[1])).settings)


def group_id(room: Room, key: str) -> str:
    wanted = select(Group).where(Group.workshop_id == room.id, Group.key == key)
    return db.session.scalars(wanted).one().record_id


def by_name(vote_id: str) -> list[NamedPaper]:
    db.session.rollback()
    return list(db.session.scalars(select(NamedPaper).where(NamedPaper.vote_id == vote_id).order_by(NamedPaper.name)))


def close(room: Room, vote: str) -> dict[str, Any]:
    """The published result of a ballot or decision that is closed now."""
    kind = vote.split(":")[0]
    room.do(room.chair, f"close_{kind}", **{kind: vote})
    if kind == "ballot":
        room.do(room.chair, "publish_ballot", ballot=vote)
    return room.record(vote)["result"]


# what a step says


def test_a_step_says_who_votes_openly_and_everybody_sees_it(room):
    step = room.do(room.chair, "add_step", kind="ballot")["step"]
    assert "openness" not in settings_of(step)
    room.do(
        room.chair, "edit_step", step=step, settings={"openness": "some_open", "open_groups": ["politicians", "leaders"]}
    )
    assert room.record(step)["settings"]["open_groups"] == ["leaders", "politicians"]
    room.do(room.chair, "edit_step", step=step, settings={"method": "dots"})
    assert settings_of(step) == {"method": "dots", "openness": "some_open", "open_groups": ["leaders", "politicians"]}
    room.do(room.chair, "edit_step", step=step, settings={"open_groups": ["politicians"]})
    room.do(room.chair, "edit_step", step=step, settings={"openness": "open"})
    assert settings_of(step) == {"method": "dots", "openness": "open"}


@pytest.mark.parametrize(
    ("settings", "code", "field"),
    [
        ({"openness": "politicians_open"}, "malformed", "settings.openness"),
        ({"openness": ["open"]}, "malformed", "settings.openness"),
        ({"openness": None}, "malformed", "settings.openness"),
        ({"openness": "some_open"}, "empty", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": []}, "empty", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": ["mayors"]}, "not_found", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": "politicians"}, "malformed", "settings.open_groups"),
        ({"openness": "some_open", "open_groups": [["politicians"]]}, "malformed", "settings.open_groups"),
        ({"openness": "open", "open_groups": ["politicians"]}, "malformed", "settings.open_groups"),
        ({"open_groups": ["politicians"]}, "malformed", "settings.open_groups"),
    ],
)
def test_what_cannot_be_said_is_refused_by_its_field(room, settings, code, field):
    step = room.do(room.chair, "add_step", kind="decisions")["step"]
    before = room.clock()
    with refused(code, field):
        room.do(room.chair, "edit_step", step=step, settings=settings)
    with refused(code, field):
        room.do(room.chair, "add_step", kind="decisions", settings=settings)
    assert room.clock() == before and settings_of(step) == {}


def test_it_can_be_changed_until_a_vote_opens_in_the_step(room):
    step = start(room, "ballot", **POLITICIANS)
    room.do(room.chair, "edit_step", step=step, settings={"openness": "secret"})
    room.do(room.chair, "edit_step", step=step, settings=POLITICIANS)
    room.ballot(room.ideas(2))
    with refused("closed", "settings.openness"):
        room.do(room.chair, "edit_step", step=step, settings={"openness": "secret"})
    room.do(room.chair, "edit_step", step=step, title="Nu stemmer vi", settings=POLITICIANS)
    assert settings_of(step)["openness"] == "some_open"


def test_a_change_from_before_the_vote_cannot_be_undone_after_it_opened(room):
    """Another facilitator has opened it: the one who changed the step has done nothing since."""
    step = start(room, "ballot")
    seq = perform(room.chair, "edit_step", {"step": step, "settings": {"openness": "open"}})["seq"]
    other = Actor("organiser", room.id, organiser_id=1)
    perform(other, "open_ballot", {"method": "approval", "options": room.ideas(2)})
    with refused("conflict", "seq"):
        room.do(room.chair, "undo", seq=seq)
    assert settings_of(step)["openness"] == "open"


def test_opening_can_be_undone_although_somebody_is_ready_meanwhile(room):
    start(room, "ballot", **POLITICIANS)
    answer = perform(room.chair, "open_ballot", {"method": "approval", "options": room.ideas(2)})
    room.do(room.everybody[0], "set_ready", ready=True)
    room.do(room.chair, "undo", seq=answer["seq"])
    db.session.rollback()
    assert db.session.scalars(select(Ballot)).all() == []
    again = room.record(room.ballot(room.ideas(1)))
    assert (again["state"], again["openness"]) == ("open", "some_open")


def test_a_group_that_is_taken_away_is_named_by_no_step(room):
    both = room.do(
        room.chair, "add_step", kind="ballot", settings={**POLITICIANS, "open_groups": ["leaders", "politicians"]}
    )
    alone = room.do(room.chair, "add_step", kind="ballot", settings={**POLITICIANS, "open_groups": ["leaders"]})
    room.do(room.chair, "remove_group", group=group_id(room, "leaders"))
    assert settings_of(both["step"])["open_groups"] == ["politicians"]
    assert settings_of(alone["step"]) == {"method": "approval", "openness": "secret"}


# how a vote is held


def test_a_vote_takes_the_openness_of_the_step_that_runs_when_it_opens(room):
    goal, ideas = room.text(), room.ideas(1)
    assert room.record(room.ballot(ideas))["openness"] == "secret"
    start(room, **POLITICIANS)
    ballot, decision = room.record(room.ballot(ideas)), room.record(room.decision(goal))
    for vote in (ballot, decision):
        assert (vote["openness"], vote["open_groups"], vote["agreed_groups"]) == ("some_open", ["politicians"], [])
        assert vote["pools"] == [["citizens"], ["politicians"]]
    start(room, "ideas", openness="open")
    assert room.record(room.ballot(ideas))["open_groups"] == ["citizens", "politicians"]
    start(room, "break")
    assert room.record(room.ballot(ideas))["open_groups"] == []


def test_openness_is_no_argument_of_opening(room):
    for name in ("openness", "open_groups"):
        with refused("malformed", name):
            room.ballot(room.ideas(1), **{name: "open"})


def test_it_is_frozen_with_the_vote_and_stands_in_the_journal(room):
    step = start(room, **POLITICIANS)
    decision = room.decision(room.text())
    room.do(room.chair, "finish_step", step=step)
    assert room.record(decision)["openness"] == "some_open"
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "open_decision")).one()
    assert entry.proof["terms"]["openness"] == {"declared": "some_open", "groups": ["politicians"], "agreed": []}
    assert entry.proof["terms"]["open_groups"] == ["politicians"]


def test_the_facilitator_sees_before_opening_who_votes_openly(room):
    start(room, **POLITICIANS)
    found = room.do(room.chair, "preview_vote", **{"for": "decision"})
    assert found["openness"] == "some_open"
    assert found["effective"] == [
        {"keys": ["citizens"], "size": 6, "open": None},
        {"keys": ["politicians"], "size": 4, "open": "declared"},
    ]
    assert not found["few_in_secret"]


def test_few_who_vote_secretly_beside_open_groups_are_warned_of():
    room = Room({"citizens": 2, "politicians": 12})
    start(room, **POLITICIANS)
    for vote in ("ballot", "decision"):
        assert room.do(room.chair, "preview_vote", **{"for": vote})["few_in_secret"]
    decision = room.decision(room.text())
    assert room.record(decision)["few_in_secret"] and room.record(decision)["pools"] == [["citizens"], ["politicians"]]
    for person in room.people["citizens"]:
        room.stance(person, decision, "for")
    result = close(room, decision)
    assert result["groups"][0] == {"keys": ["citizens"], "status": "carried", "counts": None}
    assert result["overall"]["counts"] is None, "the citizens could be subtracted"


# casting by name


def test_an_open_vote_needs_a_name_and_nothing_is_lost_without_one(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    person = room.people["politicians"][0]
    with refused("empty", "name"):
        room.cast(person, ballot, choices={ideas[0]: 1})
    with refused("empty", "name"):
        room.stance(person, decision, "for")
    assert participations(ballot) == {} and not participations(decision)[person.participant_id]
    named(room, "politicians", "Mette Holm")
    room.cast(person, ballot, choices={ideas[0]: 1})
    room.stance(person, decision, "for")
    assert participations(ballot) == {person.participant_id: True} and papers(ballot) == []
    assert [(paper.name, paper.content) for paper in by_name(ballot)] == [("Mette Holm", {ideas[0]: 1})]


def test_those_who_vote_secretly_need_no_name_and_leave_none(room):
    start(room, **POLITICIANS)
    decision = room.decision(room.text())
    (citizen,) = named(room, "citizens", "Ane Borger")
    room.stance(citizen, decision, "against", "For dyrt")
    assert by_name(decision) == [] and len(papers(decision)) == 1
    assert "Ane Borger" not in repr(papers(decision)[0].content)
    result = close(room, decision)
    assert result["by_name"] == [] and result["dissent"] == ["For dyrt"]


def test_nothing_of_an_open_vote_is_shown_before_it_is_published(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    (politician,) = named(room, "politicians", "Mette Holm")
    room.cast(politician, ballot, choices={ideas[0]: 1})
    room.stance(politician, decision, "against", "For dyrt")
    for audience in ("room", "facilitator"):
        assert room.record(ballot, audience)["result"] is None and room.record(decision, audience)["result"] is None
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["result"] is None
    assert room.mine(politician)["stances"] == {decision: {"stance": "against", "reason": "For dyrt"}}
    assert room.mine(politician)["ballots"] == {}
    assert room.mine(room.people["politicians"][1])["stances"] == {}


def test_an_open_vote_can_be_changed_and_taken_back_until_it_closes(room):
    start(room, **POLITICIANS)
    one, two, *_ = ideas = room.ideas(8)
    ballot = room.ballot(ideas)
    mette, jonas = named(room, "politicians", "Mette", "Jonas")
    room.cast(mette, ballot, choices={one: 1})
    room.cast(mette, ballot, choices={two: 1})
    room.cast(jonas, ballot, choices={one: 1})
    room.cast(jonas, ballot, choices={})
    assert room.record(ballot)["turnout"]["voted"] == 1
    assert room.mine(mette)["ballots"] == {ballot: {two: 1}}
    result = close(room, ballot)
    assert result["by_name"] == [{"name": "Mette", "group": "politicians", "choices": {two: 1}}]
    assert result["turnout"] == {"voted": 1, "eligible": 10}


def test_the_published_decision_names_those_of_the_open_groups_only(room):
    start(room, **POLITICIANS)
    decision = room.decision(room.text())
    politicians = named(room, "politicians", "Åse", "Bo", "Christa")
    stances = ("reservation", "for", "against")
    for person, stance in zip(politicians, stances, strict=True):
        room.stance(person, decision, stance, None if stance == "for" else f"{stance} af os")
    for number, person in enumerate(room.people["citizens"]):
        room.stance(person, decision, "reservation" if number == 0 else "for", "Kun i år" if number == 0 else None)
    result = close(room, decision)
    assert result["by_name"] == [
        {"name": "Bo", "group": "politicians", "stance": "for"},
        {"name": "Christa", "group": "politicians", "stance": "against", "reason": "against af os"},
        {"name": "Åse", "group": "politicians", "stance": "reservation", "reason": "reservation af os"},
    ]
    assert result["reservations"] == ["Kun i år"] and result["dissent"] == []
    citizens, politicians_ = result["groups"]
    assert citizens == {"keys": ["citizens"], "status": "carried", "counts": None}
    assert politicians_["counts"] == {"for": 1, "reservation": 1, "against": 1, "blank": 0, "cast": 3, "eligible": 4}


def test_a_published_ballot_counts_open_groups_exactly_whatever_their_size(room):
    start(room, "ballot", **POLITICIANS)
    ideas = room.ideas(4)
    ballot = room.ballot(ideas, "approval", settings={"choices": 2, "seats": 2})
    for person in named(room, "politicians", "Mette", "Jonas"):
        room.cast(person, ballot, choices={ideas[0]: 1, ideas[1]: 1})
    for person in room.people["citizens"]:
        room.cast(person, ballot, choices={ideas[0]: 1})
    result = close(room, ballot)
    first = result["options"][0]
    assert first["by_group"] == {"politicians": 2}
    assert first["total"] is None, "the citizens could be subtracted"
    assert [one["name"] for one in result["by_name"]] == ["Jonas", "Mette"]


def test_open_positions_are_published_by_name(room):
    start(room, "ballot", openness="open")
    ideas = room.ideas(2)
    ballot = room.ballot(ideas, "positions")
    (mette,), (ane,) = named(room, "politicians", "Mette"), named(room, "citizens", "Ane")
    room.cast(mette, ballot, choices={ideas[0]: "agree", ideas[1]: "pass"})
    room.cast(ane, ballot, choices={ideas[0]: "disagree"})
    result = close(room, ballot)
    assert [(one["name"], one["group"]) for one in result["by_name"]] == [("Ane", "citizens"), ("Mette", "politicians")]
    assert result["options"][0]["total"] == {"agree": 1, "pass": 0, "disagree": 1}


def test_another_name_is_carried_by_a_vote_until_it_closes(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    (person,) = named(room, "politicians", "Mete Holm")
    room.cast(person, ballot, choices={ideas[0]: 1})
    room.stance(person, decision, "for")
    close(room, decision)
    perform(person, "set_name", {"name": "Mette Holm"})
    perform(person, "set_name", {"name": None})
    assert close(room, ballot)["by_name"][0]["name"] == "Mette Holm", "an open vote stands by its name"
    assert room.record(decision)["result"]["by_name"][0]["name"] == "Mete Holm", "a closed vote is what it was"


def test_only_a_name_can_be_kept(room):
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    citizen = room.people["citizens"][0]
    with refused("malformed", "keep"):
        room.do(citizen, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}, keep=True)
    with refused("malformed", "keep"):
        room.do(citizen, "take_stance", decision=decision, stance="for", keep=True)
    (person,) = named(room, "politicians", "Mette")
    room.do(person, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}, keep=True)
    room.do(person, "take_stance", decision=decision, stance="for")
    assert room.mine(person)["by_name"] == {ballot: True, decision: False}


def test_a_changed_text_ends_an_open_decision_and_nothing_is_left_of_it(room):
    start(room, **POLITICIANS)
    goal = room.text()
    decision = room.decision(goal)
    (person,) = named(room, "politicians", "Mette")
    room.stance(person, decision, "for")
    room.do(room.chair, "drop_text", on=goal)
    assert by_name(decision) == [] and room.record(decision)["result"] is None


# who comes late


def test_who_comes_late_of_an_open_group_votes_by_name_or_not_at_all(room):
    start(room, openness="some_open", open_groups=["leaders", "politicians"])
    ideas = room.ideas(4)
    ballot = room.ballot(ideas)
    assert room.record(ballot)["open_groups"] == ["leaders", "politicians"]
    late = room.join("leaders")
    with refused("empty", "name"):
        room.cast(late, ballot, choices={ideas[0]: 1})
    perform(late, "set_name", {"name": "Sen Leder"})
    room.cast(late, ballot, choices={ideas[0]: 1})
    assert ["leaders"] in room.record(ballot)["pools"] and room.record(ballot)["absent"] == []
    result = close(room, ballot)
    assert result["options"][0]["by_group"]["leaders"] == 1
    assert result["by_name"] == [{"name": "Sen Leder", "group": "leaders", "choices": {ideas[0]: 1}}]


def test_who_comes_late_and_votes_secretly_is_never_counted_with_an_open_group(room):
    only = Room({"politicians": 6, "citizens": 0, "leaders": 0})
    start(only, **POLITICIANS)
    ideas = only.ideas(4)
    ballot = only.ballot(ideas)
    citizen, leader = only.join("citizens"), only.join("leaders")
    only.cast(citizen, ballot, choices={ideas[0]: 1})
    only.cast(leader, ballot, choices={ideas[1]: 1})
    result = close(only, ballot)
    assert only.record(ballot)["pools"] == [["citizens", "leaders"], ["politicians"]]
    assert result["by_name"] == [] and "citizens+leaders" not in result["options"][0]["by_group"]
    assert result["options"][0]["total"] is None


def test_where_nobody_had_come_at_opening_the_groups_are_made_at_closing():
    room = Room({"politicians": 0, "citizens": 0})
    start(room, **POLITICIANS)
    room.join("citizens")
    ideas = room.ideas(2)
    room.do(room.chair, "remove_participant", participant=f"participant:{room.people['citizens'].pop().participant_id}")
    ballot = room.ballot(ideas)
    for number in range(5):
        room.cast(room.join("citizens"), ballot, choices={ideas[0]: 1})
        politician = room.join("politicians")
        perform(politician, "set_name", {"name": f"Politiker {number}"})
        room.cast(politician, ballot, choices={ideas[number % 2]: 1})
    result = close(room, ballot)
    assert room.record(ballot)["pools"] == [["citizens"], ["politicians"]]
    assert [one["by_group"]["politicians"] for one in result["options"]] == [3, 2]
    assert len(result["by_name"]) == 5


# a small group that agrees


def asked(room: Room, key: str = "politicians") -> str:
    group = group_id(room, key)
    room.do(room.chair, "ask_open_vote", group=group)
    return group


def agree(room: Room, group: str, *people: Actor, no: bool = False) -> None:
    for person in people:
        room.do(person, "answer_open_vote", group=group, agree=not no)


def test_a_small_group_counts_by_itself_and_by_name_when_each_member_has_agreed(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    found = room.do(room.chair, "preview_vote", **{"for": "decision"})
    assert found["agreed"] == ["politicians"] and found["effective"][1]["open"] == "agreed"
    decision = room.decision(room.text())
    record = room.record(decision)
    assert (record["openness"], record["open_groups"], record["agreed_groups"]) == (
        "secret",
        ["politicians"],
        ["politicians"],
    )
    (person,) = named(room, "politicians", "Mette")
    room.stance(person, decision, "for")
    assert close(room, decision)["by_name"] == [{"name": "Mette", "group": "politicians", "stance": "for"}]


@pytest.mark.parametrize("missing", ["no", "silent"])
def test_one_who_does_not_agree_keeps_the_vote_of_the_group_secret(room, missing):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    if missing == "no":
        agree(room, group, last, no=True)
    ballot = room.record(room.ballot(room.ideas(1)))
    assert ballot["open_groups"] == [] and ballot["pools"] == [["citizens", "politicians"]]


def test_the_answer_can_be_changed_until_the_vote_opens(room):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    agree(room, group, last, no=True)
    agree(room, group, last)
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 4, "of": 4}
    agree(room, group, last, no=True)
    assert room.record(room.ballot(room.ideas(1)))["open_groups"] == []


def test_it_holds_for_one_vote_and_is_cleared_by_its_opening(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    assert room.mine(room.people["politicians"][0])["open_vote"] == {"group": group, "agree": True}
    room.ballot(room.ideas(1))
    assert room.record(group, "facilitator")["open_vote"] is None
    assert all(room.mine(person)["open_vote"] is None for person in room.everybody)
    assert room.record(room.ballot(room.ideas(1)))["open_groups"] == []
    with refused("not_open", "group"):
        agree(room, group, room.people["politicians"][0])
    asked(room)
    assert room.mine(room.people["politicians"][0])["open_vote"] == {"group": group, "agree": None}


def test_undoing_the_opening_brings_the_answers_back(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    answer = perform(room.chair, "open_ballot", {"method": "approval", "options": room.ideas(1)})
    room.do(room.chair, "undo", seq=answer["seq"])
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 4, "of": 4}
    person = room.people["politicians"][0]
    assert room.mine(person)["open_vote"] == {"group": group, "agree": True}
    assert db.session.get_one(Participant, person.participant_id).mine_seq == room.clock(), "the phone is told"


def test_somebody_who_joins_later_has_to_agree_too(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    room.do(room.chair, "edit_workshop", privacy_minimum=6)
    late = room.join("politicians")
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 4, "of": 5}
    assert room.mine(late)["open_vote"] == {"group": group, "agree": None}
    assert room.do(room.chair, "preview_vote", **{"for": "ballot"})["agreed"] == []
    agree(room, group, late)
    assert room.record(room.ballot(room.ideas(1)))["agreed_groups"] == ["politicians"]


def test_a_group_that_has_grown_large_enough_is_asked_no_more(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    room.join("politicians")
    assert room.record(group, "facilitator")["open_vote"] is None
    assert room.record(room.ballot(room.ideas(1)))["open_groups"] == []
    with refused("conflict", "group", members=5, privacy_minimum=5):
        asked(room)
    with refused("conflict", "group", members=0):
        asked(room, "leaders")


def test_of_a_decision_only_those_present_have_to_agree(room):
    group = asked(room)
    *here, away = room.people["politicians"]
    agree(room, group, *here)
    with writing_outside():
        db.session.get_one(Participant, away.participant_id).last_seen_at = clock.now() - timedelta(hours=1)
    assert room.do(room.chair, "preview_vote", **{"for": "ballot"})["agreed"] == []
    assert room.do(room.chair, "preview_vote", **{"for": "decision"})["agreed"] == ["politicians"]
    assert room.record(room.decision(room.text()))["agreed_groups"] == ["politicians"]


def test_nobody_is_told_who_said_no(room):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    before = [room.record(group, audience) for audience in ("room", "facilitator")]
    agree(room, group, last, no=True)
    assert [room.record(group, audience) for audience in ("room", "facilitator")] == before
    assert before[1]["open_vote"] == {"agreed": 3, "of": 4} and "open_vote" not in before[0]
    assert all("agree" not in repr(room.record(f"participant:{one.participant_id}", "facilitator")) for one in others)
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert entry.name == "answer_open_vote" and "agree" not in repr(entry.proof)


def test_the_question_can_be_taken_back(room):
    group = asked(room)
    agree(room, group, *room.people["politicians"])
    room.do(room.chair, "ask_open_vote", group=group, asked=False)
    assert all(room.mine(person)["open_vote"] is None for person in room.everybody)
    with refused("already", "group"):
        room.do(room.chair, "ask_open_vote", group=group, asked=False)
    asked(room)
    with refused("already", "group"):
        asked(room)
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 0, "of": 4}, "an earlier yes is no answer"


def test_only_members_answer_and_only_facilitators_ask(room):
    group = asked(room)
    with refused("not_yours", "group"):
        agree(room, group, room.people["citizens"][0])
    with refused("not_allowed"):
        agree(room, group, room.chair)
    with refused("not_allowed"):
        room.do(room.people["politicians"][0], "ask_open_vote", group=group)


def test_a_seat_votes_by_name_through_its_helper_and_the_total_says_so(room):
    start(room, **POLITICIANS)
    seat = room.seat("politicians")
    decision = room.decision(room.text())
    with refused("empty", "name"):
        room.stance(seat, decision, "for")
    room.do(seat, "set_name", name="Karen")
    room.stance(seat, decision, "for")
    assert [(paper.name, paper.content) for paper in by_name(decision)] == [("Karen", {"stance": "for"})]
    assert papers(decision) == []
    room.do(room.chair, "close_decision", decision=decision)
    assert room.record(decision)["turnout"] == {"voted": 1, "eligible": 11, "by_helper": 1}


def test_a_seat_of_a_small_group_agrees_through_its_helper(room):
    seat = room.seat("leaders")
    room.do(room.chair, "ask_open_vote", group=group_id(room, "leaders"))
    assert room.mine(seat)["open_vote"] == {"group": group_id(room, "leaders"), "agree": None}
    room.do(seat, "answer_open_vote", group=group_id(room, "leaders"), agree=True)
    assert room.record(room.decision(room.text()))["open_groups"] == ["leaders"]


def test_who_was_erased_or_taken_out_stands_in_nobodys_way(room):
    group = asked(room)
    *others, last = room.people["politicians"]
    agree(room, group, *others)
    room.do(last, "erase_me")
    assert room.record(group, "facilitator")["open_vote"] == {"agreed": 3, "of": 3}
    assert room.record(room.ballot(room.ideas(1)))["agreed_groups"] == ["politicians"]


# erasing


def erased_room(room: Room) -> tuple[str, str, list[Actor]]:
    """A ballot and a decision voted in by two politicians, of whom the second keeps the name."""
    start(room, **POLITICIANS)
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    people = named(room, "politicians", "Mette Holm", "Jonas Berg")
    for person in people:
        keep = person is people[1]
        room.do(person, "cast_ballot", ballot=ballot, choices={ideas[0]: 1}, keep=keep)
        room.do(person, "take_stance", decision=decision, stance="against", reason=f"Ord {keep}", keep=keep)
    return ballot, decision, people


def names(room: Room, vote: str) -> list[Any]:
    return [one["name"] for one in room.record(vote)["result"]["by_name"]]


def test_who_is_erased_stands_on_as_an_unnamed_member_unless_kept(room):
    ballot, decision, people = erased_room(room)
    for vote in (ballot, decision):
        close(room, vote)
    for person in people:
        room.do(person, "erase_me")
    assert names(room, ballot) == names(room, decision) == ["Jonas Berg", None]
    kept, gone = room.record(decision)["result"]["by_name"]
    assert (kept["stance"], kept["reason"]) == ("against", "Ord True")
    assert gone == {"name": None, "group": "politicians", "stance": "against"}
    assert room.record(decision)["result"]["groups"][1]["counts"]["against"] == 2, "the vote stays"


@pytest.mark.parametrize(("keep", "left"), [(True, ["Jonas Berg", "Mette Holm"]), (False, [None, None])])
def test_whoever_is_erased_can_say_it_anew(room, keep, left):
    _, decision, people = erased_room(room)
    close(room, decision)
    for person in people:
        room.do(person, "erase_me", keep_votes=keep)
    assert names(room, decision) == left


def test_who_is_erased_while_the_vote_is_open_is_counted_without_a_name(room):
    ballot, decision, people = erased_room(room)
    room.do(people[0], "erase_me")
    assert close(room, decision)["by_name"][1] == {"name": None, "group": "politicians", "stance": "against"}
    close(room, ballot)
    assert names(room, ballot) == ["Jonas Berg", None]


def test_when_the_time_is_over_names_go_and_words_stay(room):
    ballot, decision, _ = erased_room(room)
    for vote in (ballot, decision):
        close(room, vote)
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    assert retention.erase_names_of(room.id)["votes"] == 2
    assert names(room, ballot) == names(room, decision) == ["Jonas Berg", None]
    assert [one["reason"] for one in room.record(decision)["result"]["by_name"]] == ["Ord True", "Ord False"]
