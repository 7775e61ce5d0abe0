"""What is fixed when a vote opens: its options in their order, its question, its end, its rules; and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from workshop import clock
from workshop.commands.votes import ballots, deadlines, electorate
from workshop.door.perform import carry_out, well_formed
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import Agreement, Ballot, Decision, Participant
from workshop.models.by_kind import by_record_id
from workshop.rules import limits
from workshop.rules.refusal import Refused
from workshop.store import writing_outside


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 7})


def vote(record_id: str) -> Any:
    db.session.rollback()
    found = by_record_id(record_id, (Ballot, Decision))
    assert found is not None
    return found


def test_options_are_in_the_order_of_their_numbers(room: Room):
    ideas = room.ideas(11)
    assert vote(room.ballot(ideas[::-1])).options == ideas


def test_a_ballot_has_so_many_options_and_no_more(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "BALLOT_OPTIONS", 2)
    ideas = room.ideas(3)
    with refused("too_many", "options", limit=2, given=3):
        room.ballot(ideas)
    room.ballot(ideas[:2])


def test_an_idea_whose_words_were_erased_is_no_option(room: Room):
    idea = room.ideas(1)[0]
    room.do(room.everybody[0], "erase_me")
    with refused("unknown_option", "options", option=idea):
        room.ballot([idea])


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({}, ""),
        ({"title": "Hvad nu?"}, "Hvad nu?"),
        ({"question": "Hvad nu?"}, "Hvad nu?"),
        ({"title": "Hvad nu?", "question": "Hvad nu?"}, "Hvad nu?"),
        ({"title": "", "question": "Hvad nu?"}, "Hvad nu?"),
        ({"title": "Hvad nu?", "question": "Hvem nu?"}, None),
    ],
)
def test_a_ballot_has_one_question_under_either_name(room: Room, given: dict[str, str], title: str | None):
    if title is None:
        with refused("malformed", "question"):
            room.ballot(room.ideas(1), **given)
    else:
        assert vote(room.ballot(room.ideas(1), **given)).title == title


@pytest.mark.parametrize("weights", [{"citizens": 1}, {"citizens": 1, "politicians": 1, "leaders": 1}])
def test_own_weights_name_the_effective_groups_of_the_vote(room: Room, weights: dict[str, int]):
    with refused("malformed", "settings.weights", groups=["citizens", "politicians"]):
        room.ballot(room.ideas(1), settings={"weights": weights})
    room.ballot(room.ideas(1), settings={"weights": {"politicians": 1, "citizens": 2}})


NOW = datetime(2027, 3, 11, 8, tzinfo=UTC)
FURTHEST = NOW + timedelta(days=60)


@pytest.mark.parametrize(
    ("minutes", "until", "ends"),
    [
        (None, None, None),
        (0.5, None, NOW + timedelta(seconds=30)),
        (None, "2027-03-11T09:30:00+00:00", NOW + timedelta(minutes=90)),
        # Where it names no zone it is the room's time, an hour ahead in winter.
        (None, "2027-03-11T09:30", NOW + timedelta(minutes=30)),
        (None, FURTHEST.isoformat(), FURTHEST),
    ],
)
def test_a_vote_ends_after_minutes_at_a_moment_or_by_hand(minutes: float | None, until: str | None, ends: datetime | None):
    assert deadlines.ends_at(NOW, minutes, until) == ends


@pytest.mark.parametrize(
    ("minutes", "until", "facts"),
    [
        (5, "2027-03-11T09:30:00+00:00", {}),
        (None, "in the morning", {}),
        (None, NOW.isoformat(), {"past": True}),
        (None, (FURTHEST + timedelta(microseconds=1)).isoformat(), {"days": 60}),
    ],
)
def test_an_end_that_is_no_end_is_refused(minutes: float | None, until: str, facts: dict[str, Any]):
    with pytest.raises(Refused) as caught:
        deadlines.ends_at(NOW, minutes, until)
    assert caught.value.as_error() == {"code": "malformed", "field": "until", **facts}


@pytest.mark.parametrize("until", ["tomorrow", "9999-12-31T23:59:59-12:00", ""])
def test_a_moment_that_cannot_be_read_is_refused_before_anything_is_locked(room: Room, until: str):
    with refused("malformed", "until", moment=True):
        room.ballot(room.ideas(1), until=until)


def test_who_was_seen_half_an_hour_ago_is_present_and_a_seat_where_it_is_marked(room: Room):
    moment = clock.now()
    first, second, third = room.people["citizens"][:3]
    seat = room.seat("citizens")
    with writing_outside():
        for person, seconds in ((first, 1800), (second, 1801), (third, -60)):
            row = db.session.get_one(Participant, person.participant_id)
            row.last_seen_at = moment - timedelta(seconds=seconds)
        held = db.session.get_one(Participant, seat.participant_id)
        held.last_seen_at, held.present = moment, False
    assert electorate.present(room.id, moment) == {"citizens": 5, "politicians": 7}
    assert electorate.joined(room.id) == {"citizens": 7, "politicians": 7}
    here = {person for person, _ in electorate.people(room.id, moment)}
    assert first.participant_id in here and not {second.participant_id, seat.participant_id} & here
    assert len(electorate.people(room.id, None)) == 14
    with writing_outside():
        held = db.session.get_one(Participant, seat.participant_id)
        held.last_seen_at, held.present = moment - timedelta(hours=2), True
    assert electorate.present(room.id, moment)["citizens"] == 6


@pytest.mark.parametrize("state", ["dropped", "intention"])
def test_no_decision_is_opened_on_a_text_that_was_left_behind(room: Room, state: str):
    with refused("not_open", "on", state=state):
        room.decision(room.text(Agreement, state=state))


def test_a_text_is_decided_on_once_at_a_time_and_not_again_once_agreed(room: Room):
    goal = room.text()
    decision = room.decision(goal)
    with refused("already", "on", state="deciding"):
        room.decision(goal)
    for person in room.everybody:
        room.stance(person, decision, "for")
    room.do(room.chair, "close_decision", decision=decision)
    with refused("already", "on", state="agreed"):
        room.decision(goal)
    with refused("already", "decision", state="closed"):
        room.do(room.chair, "close_decision", decision=decision)


@pytest.mark.parametrize(("by", "because"), [("system", "clock"), ("facilitator", "facilitator")])
def test_a_decision_says_who_closed_it(room: Room, by: str, because: str):
    decision = room.decision(room.text())
    room.do(room.chair if by == "facilitator" else Actor(SYSTEM, room.id), "close_decision", decision=decision)
    assert (vote(decision).closed_because, vote(decision).state) == (because, "closed")


def test_the_rules_of_a_decision_name_its_required_groups_in_order_and_the_groups_that_bind_themselves(app: Flask):
    groups = [{"key": key, "required": key != "leaders"} for key in ("politicians", "citizens", "leaders")]
    room = Room({"politicians": 5, "citizens": 5, "leaders": 5}, groups=groups, decision_level="decision")
    parties = [{"name": name, "group": group} for name, group in (("B", "politicians"), ("A", "citizens"), ("C", None))]
    mandates = [{"party": party["name"], "kind": "may_decide"} for party in parties]
    lines = [{"party": party["name"], "what": "En madklub"} for party in parties]
    fields = {"parties": parties, "mandates": mandates, "contributions": lines}
    frozen = vote(room.decision(room.text(Agreement, fields=fields))).rules
    assert frozen["required_groups"] == ["citizens", "politicians"]
    assert frozen["binding_groups"] == ["citizens", "politicians"]


@pytest.mark.parametrize("stance", ["for", "blank"])
def test_a_yes_and_a_blank_have_no_words(room: Room, stance: str):
    decision = room.decision(room.text())
    with refused("malformed", "reason"):
        room.stance(room.everybody[0], decision, stance, "Fordi")


def test_a_result_that_was_not_computed_before_the_lock_is_not_published(room: Room):
    """The ballot was closed between the two."""
    ballot = room.ballot(room.ideas(1))
    with refused("wrong_step", "ballot", state="open"):
        room.do(room.chair, "publish_ballot", ballot=ballot)
    asked = well_formed(room.chair, "publish_ballot", {"ballot": ballot}, None)
    room.do(room.chair, "close_ballot", ballot=ballot)
    with refused("conflict", "ballot", state="closed"):
        carry_out(asked)
    with refused("already", "ballot", state="closed"):
        room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    with refused("already", "ballot", state="published"):
        room.do(room.chair, "publish_ballot", ballot=ballot)


@pytest.mark.parametrize(("heavy", "elsewhere"), [(4, True), (5, False)])
def test_a_large_result_is_computed_in_another_process(
    room: Room, monkeypatch: pytest.MonkeyPatch, heavy: int, elsewhere: bool
):
    """Two options and two papers are as heavy as four."""
    monkeypatch.setattr(ballots, "_HEAVY", heavy)
    given: list[Any] = []
    reckoned = {"turnout": "reckoned elsewhere"}

    def run(name: str, *arguments: Any, key: str) -> dict[str, Any]:
        given.append((name, arguments[1], len(arguments[3]), key))
        return reckoned

    monkeypatch.setattr(ballots.offload, "run", run)
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    for person in room.everybody[:2]:
        room.cast(person, ballot, choices={ideas[0]: 1})
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    assert given == ([("workshop.rules.results:ballot_result", ideas, 2, ballot)] if elsewhere else [])
    assert (vote(ballot).result == reckoned) is elsewhere
