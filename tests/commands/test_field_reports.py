"""Faults reported of other tools, tried on this one: what is counted, and of whom (docs/field-reports.md)."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.commands.voting import Room, papers, participations, refused
from workshop import clock
from workshop.commands.votes.overdue import close_overdue
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Participant
from workshop.store import writing

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    """Two groups large enough for exact counts, where at least three stand on each side."""
    return Room({"citizens": 12, "politicians": 12})


def placed(room: Room) -> list[tuple[int, Actor]]:
    """Everybody with the place in the own group, from 0 to 11."""
    return [(place, person) for people in room.people.values() for place, person in enumerate(people)]


def publish(room: Room, ballot: str) -> dict:
    """Close and publish a ballot; its result."""
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    return room.record(ballot)["result"]


def totals(result: dict) -> dict[str, int]:
    return {option["id"]: option["total"] for option in result["options"]}


def test_entitled_to_decide_are_the_people_of_the_groups_and_not_everybody_with_a_link(room: Room):
    """OpenSlides/openslides-client#851: everybody present was counted, not those entitled."""
    room.another_chair()
    room.device()
    room.seat("citizens", present=False)
    away, removed = room.people["citizens"][0], room.people["citizens"][1]
    with writing(room.id):
        long_ago = clock.now() - timedelta(hours=2)
        db.session.execute(update(Participant).where(Participant.id == away.participant_id).values(last_seen_at=long_ago))
    room.do(room.chair, "remove_participant", participant=f"participant:{removed.participant_id}")
    decision = room.decision(room.text())
    entitled = {person.participant_id for person in room.everybody} - {away.participant_id, removed.participant_id}
    assert set(participations(decision)) == entitled and len(entitled) == 22
    assert room.record(decision)["turnout"] == {"voted": 0, "eligible": 22}
    newcomer = room.join("citizens")
    with refused("not_allowed", "decision", waits=True):
        room.stance(newcomer, decision, "for")
    assert room.record(decision)["turnout"]["eligible"] == 22


def test_two_options_with_the_same_words_are_counted_apart(room: Room):
    """SandeepVashishtha/Eventra#15301: two options with the same text shared one count."""
    one, other = (
        room.do(author, "post_idea", text="Gratis bus om aftenen")["idea"] for author in room.people["citizens"][:2]
    )
    ballot = room.ballot([one, other], settings={"choices": 2})
    for place, person in placed(room):
        room.cast(person, ballot, choices={one: 1} if place < 7 else {other: 1})
    assert totals(publish(room, ballot)) == {one: 14, other: 10}


def test_each_of_a_persons_choices_is_recorded(room: Room):
    """SandeepVashishtha/Eventra#17868: a poll with several choices recorded one per person."""
    ideas = room.ideas(4)
    ballot = room.ballot(ideas, settings={"choices": 3})
    for place, person in placed(room):
        three = {idea: 1 for number, idea in enumerate(ideas) if number != place % 4}
        room.cast(person, ballot, choices=three)
        assert room.mine(person)["ballots"] == {ballot: three}
    result = publish(room, ballot)
    assert totals(result) == dict.fromkeys(ideas, 18)
    assert result["turnout"] == {"voted": 24, "eligible": 24}


@pytest.mark.parametrize("times", [1, 2, 3])
def test_ones_own_vote_is_in_the_total_once(room: Room, times: int):
    """superseriousbusiness/gotosocial#2463: one's own vote was counted twice in the total."""
    one, other = room.ideas(2)
    ballot = room.ballot([one, other])
    for place, person in placed(room):
        again, choices = secrets.token_hex(16), {one if place < 8 else other: 1}
        for _ in range(times):
            perform(person, "cast_ballot", {"ballot": ballot, "choices": choices}, again)
            room.cast(person, ballot, choices=choices)
    assert room.record(ballot)["turnout"]["voted"] == 24
    result = publish(room, ballot)
    assert totals(result) == {one: 16, other: 8} and result["turnout"]["voted"] == 24


def test_a_choice_that_is_taken_back_is_not_counted(room: Room):
    """matnad/pollmaster#73: a choice taken back was still counted."""
    kept, back = room.ideas(2)
    ballot = room.ballot([kept, back], settings={"choices": 2})
    for place, person in placed(room):
        room.cast(person, ballot, choices={kept: 1, back: 1})
        room.cast(person, ballot, choices={kept: 1} if place < 8 else {kept: 0, back: 1} if place < 11 else {kept: 0})
    assert room.record(ballot)["turnout"]["voted"] == 22
    result = publish(room, ballot)
    assert totals(result) == {kept: 16, back: 6} and result["turnout"]["voted"] == 22


def test_counts_are_right_after_somebody_votes_otherwise(room: Room):
    """loomio/loomio#4181: counts were wrong after a vote was changed."""
    decision = room.decision(room.text())
    for place, person in placed(room):
        room.stance(person, decision, "reservation", "Kun hvis pengene er der")
        for stance in ("blank", "for", "against") if place < 4 else ("against", "blank", "for"):
            room.stance(person, decision, stance)
    room.do(room.chair, "close_decision", decision=decision)
    result = room.record(decision)["result"]
    assert len(papers(decision)) == 24
    counts = {"for": 8, "reservation": 0, "against": 4, "blank": 0, "cast": 12, "eligible": 12}
    assert {group["keys"][0]: group["counts"] for group in result["groups"]} == {"citizens": counts, "politicians": counts}
    assert result["overall"]["counts"] == {name: 2 * count for name, count in counts.items()}
    assert result["reservations"] == [], "the words of a reservation that was given up"


def test_what_is_on_an_open_ballot_cannot_be_changed_and_no_vote_disappears(room: Room):
    """loomio/loomio#4597: the options were edited, and two people's votes disappeared without a word."""
    author = room.people["citizens"][0]
    ideas = [room.do(author, "post_idea", text=f"Nr. {n}")["idea"] for n in range(3)]
    ballot = room.ballot(ideas, settings={"choices": 2})
    for place, person in placed(room):
        room.cast(person, ballot, choices={idea: 1 for number, idea in enumerate(ideas) if number != place % 3})
    with refused("conflict", "idea"):
        room.do(author, "edit_idea", idea=ideas[0], text="Noget andet")
    for who, name, args in (
        (author, "withdraw_idea", {"idea": ideas[0]}),
        (room.chair, "hide_idea", {"idea": ideas[1], "reason": "Nævner en person"}),
        (room.chair, "merge_ideas", {"into": ideas[0], "ideas": [ideas[2]], "sort": "same"}),
    ):
        with refused("conflict", "idea"):
            room.do(who, name, **args)
    assert room.record(ballot)["options"] == sorted(ideas)
    assert totals(publish(room, ballot)) == dict.fromkeys(ideas, 16)


def test_after_its_time_a_vote_takes_nothing_though_no_clock_has_closed_it(room: Room):
    """loomio/loomio#12249 and #8482: a poll stayed open after its closing time because a job did not run."""
    idea = room.ideas(1)[0]
    ballot, decision = room.ballot([idea], minutes=1), room.decision(room.text(), minutes=1)
    early, late = room.everybody[:2]
    room.cast(early, ballot, choices={idea: 1})
    room.stance(early, decision, "for")
    ends = clock.now() + timedelta(minutes=1)
    with clock.frozen(ends + timedelta(minutes=20)):
        with refused("closed", "ballot"):
            room.cast(late, ballot, choices={idea: 1})
        with refused("closed", "decision"):
            room.stance(late, decision, "for")
        assert room.record(ballot)["turnout"]["voted"] == room.record(decision)["turnout"]["voted"] == 1
        close_overdue()
    assert room.record(ballot)["state"] == room.record(decision)["state"] == "closed"


def test_nothing_of_an_earlier_ballot_is_carried_into_the_next(room: Room):
    """consuldemocracy/consuldemocracy#3491: support for a project that was left out was carried into the final vote."""
    kept, left_out, other = room.ideas(3)
    supporters = room.people["politicians"]
    for person in supporters:
        room.do(person, "support_idea", idea=left_out, support=True)
    first = room.ballot([kept, left_out, other], settings={"choices": 3})
    for person in room.everybody:
        room.cast(person, first, choices={left_out: 1, kept: 1})
    publish(room, first)
    final = room.ballot([kept, other], settings={"choices": 1})
    assert papers(final) == [] and room.record(final)["turnout"]["voted"] == 0
    for person in room.everybody:
        mine = room.mine(person)
        assert final not in mine["ballots"] and not mine["voted"].get(final)
    for place, person in placed(room):
        room.cast(person, final, choices={kept if place < 7 else other: 1})
    assert totals(publish(room, final)) == {kept: 14, other: 10}


def test_who_prepared_the_vote_learns_no_more_of_a_secret_one_than_the_room(room: Room):
    """nextcloud/polls#100: "anonymous" had no effect for whoever had made the poll."""
    name = "Kanarie Hemmeligsen"
    voter = room.people["citizens"][0]
    room.do(voter, "set_name", name=name)
    idea = room.ideas(1)[0]
    ballot = room.ballot([idea])
    for person in room.everybody:
        room.cast(person, ballot, choices={idea: 1})
    publish(room, ballot)
    assert room.record(ballot, "facilitator") == room.record(ballot, "room")
    assert name not in str(room.record(ballot, "facilitator"))
