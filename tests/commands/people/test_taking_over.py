"""A seat passes to the person's own phone or to another helper, and a phone that died to a helper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.commands.people.seated import at_once, person, seats_of
from tests.commands.voting import Room, papers, participations, refused
from workshop import identity
from workshop.commands.votes import electorate
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Participation
from workshop.rules.refusal import Refused

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def test_the_person_takes_over_with_the_code_and_is_the_same_person(room):
    ideas = room.ideas(2)
    ballot, decision = room.ballot(ideas), None
    seat = room.seat("citizens", name="Karen")
    own = room.do(seat, "post_idea", text="En bænk")["idea"]
    decision = room.decision(room.text())
    room.cast(seat, ballot, choices={ideas[0]: 1})
    room.stance(seat, decision, "against", "For dyrt")
    phone = room.reenter(seat)
    assert phone.role == "participant" and phone.participant_id == seat.participant_id
    mine = room.mine(phone)
    assert set(mine["ideas"]) == {own} and mine["ballots"] == {ballot: {ideas[0]: 1}}
    assert mine["stances"][decision]["stance"] == "against"
    room.cast(phone, ballot, choices={ideas[1]: 1})
    room.stance(phone, decision, "for")
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 13}, "counted once, and no longer cast by a helper"
    assert room.record(decision)["turnout"] == {"voted": 1, "eligible": 13}
    assert [paper.content for paper in papers(ballot)] == [{ideas[1]: 1}]
    assert len(papers(decision)) == 1


def test_after_the_take_over_no_helper_acts_for_the_seat(room):
    seat = room.seat("citizens", name="Karen")
    phone = room.reenter(seat)
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
    with refused("ended"):
        identity.acting_for(room.helper, f"participant:{seat.participant_id}")
    (shown,) = seats_of(room.helper)
    assert shown["hands"] == "own_phone" and shown["name"] is None and shown["voted"] == {} and shown["present"] is None
    for actor in (room.helper, room.chair):
        with refused("conflict", "seat", own_phone=True):
            room.do(actor, "mark_seat", seat=f"participant:{seat.participant_id}", present=True)
    record = room.record(f"participant:{seat.participant_id}", "facilitator")
    assert (record["role"], record["seat"], record["present"]) == ("participant", 1, None)
    assert phone.participant_id in participations(room.decision(room.text())), "who has just come in is here"


def test_a_helper_and_the_phone_that_vote_at_once_are_counted_once(app, room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    decision = room.decision(room.text())
    for _ in range(3):
        seat = room.seat("citizens")
        acts: list[Callable[[], Any]] = [lambda s=seat: room.reenter(s)]
        acts += [lambda s=seat, n=n: room.cast(s, ballot, choices={ideas[n % 2]: 1}) for n in range(4)]
        found = at_once(app, *acts)
        phone = next(one for one in found if isinstance(one, Actor))
        assert len(found) == 5 and all(one.code == "ended" for one in found if isinstance(one, Refused))
        at_once(app, *(lambda p=phone, n=n: room.cast(p, ballot, choices={ideas[n % 2]: 1}) for n in range(4)))
        assert participations(ballot)[seat.participant_id] is True
    assert len(papers(ballot)) == 3 and room.record(ballot)["turnout"] == {"voted": 3, "eligible": 15}
    late = room.seat("politicians")
    with refused("not_allowed", "decision", waits=True):
        room.stance(late, decision, "for")


def test_another_helper_takes_a_seat_on_with_the_card_and_the_first_has_it_no_longer(room):
    device = room.device()
    seat = room.seat("citizens", name="Karen", present=False)
    idea = room.do(seat, "post_idea", text="En bænk")["idea"]
    found = room.do(device, "take_on_seat", reentry_code=seat.personal_code.lower())
    assert found == {"seat": f"participant:{seat.participant_id}", "number": 1}
    taken = identity.acting_for(device, found["seat"])
    assert set(room.mine(taken)["ideas"]) == {idea} and person(taken).present
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
    assert [one["hands"] for one in seats_of(room.helper) + seats_of(device)] == ["other", "mine"]
    room.do(room.helper, "take_on_seat", reentry_code=seat.personal_code)
    back = identity.acting_for(room.helper, found["seat"])
    assert back.personal_code == seat.personal_code
    assert [one["hands"] for one in seats_of(room.helper) + seats_of(device)] == ["mine", "other"]
    assert person(seat).seat == 1 and electorate.joined(room.id)["citizens"] == 7


def test_a_phone_that_has_died_can_be_handed_to_a_helper_and_taken_back(room):
    ballot = room.ballot(ideas := room.ideas(2))
    own = room.everybody[0]
    room.cast(own, ballot, choices={ideas[0]: 1})
    record_id = room.do(room.helper, "take_on_seat", reentry_code=own.personal_code)["seat"]
    assert record_id == f"participant:{own.participant_id}"
    with refused("ended"):
        room.cast(own, ballot, choices={})
    acted = identity.acting_for(room.helper, record_id)
    room.cast(acted, ballot, choices={ideas[1]: 1})
    taken = db.session.get_one(Participation, (ballot, own.participant_id))
    assert taken.by_helper and room.record(ballot)["turnout"] == {"voted": 1, "eligible": 12}
    room.cast(room.reenter(acted), ballot, choices={ideas[1]: 1})
    db.session.refresh(taken)
    assert not taken.by_helper and room.record(ballot)["turnout"] == {"voted": 1, "eligible": 12}


def test_a_wrong_code_and_somebody_who_has_left_are_refused(room):
    seat = room.seat("citizens")
    for code in ("", "nonsense", "0" * 10):
        with refused("unknown_code", "reentry_code"):
            perform(room.helper, "take_on_seat", {"reentry_code": code})
    room.do(room.chair, "remove_participant", participant=f"participant:{seat.participant_id}")
    with refused("ended", "reentry_code", left=True):
        perform(room.helper, "take_on_seat", {"reentry_code": seat.personal_code})
    assert seats_of(room.helper)[0]["hands"] == "gone"
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})


def test_who_was_removed_is_neither_taken_on_nor_marked(room):
    seat = room.seat("citizens")
    name = f"participant:{seat.participant_id}"
    room.do(room.chair, "remove_participant", participant=name)
    with refused("ended", "reentry_code", left=True):
        room.do(room.device(), "take_on_seat", reentry_code=seat.personal_code)
    phone = f"participant:{room.everybody[0].participant_id}"
    for one in (name, phone):
        with refused("not_found", "seat"):
            room.do(room.chair, "mark_seat", seat=one, present=True)


def test_a_device_marks_its_own_seats_alone_and_one_that_acts_for_a_seat_that_one(room):
    seat, another = room.seat("citizens"), room.seat("citizens")
    name = f"participant:{seat.participant_id}"
    for device in (room.device(), another):
        with refused("not_yours", "seat"):
            room.do(device, "mark_seat", seat=name, present=False)
    for device in (room.helper, seat, room.chair):
        for present in (False, True):
            room.do(device, "mark_seat", seat=name, present=present)
            assert person(seat).present is present


def test_only_the_device_itself_has_seats_not_who_it_acts_for(room):
    seat, other = room.seat("citizens"), room.seat("citizens")
    with refused("not_allowed"):
        room.do(seat, "create_seat", group="citizens")
    with refused("not_allowed"):
        room.do(seat, "take_on_seat", reentry_code=other.personal_code)


def test_a_device_that_gets_a_seat_back_acts_for_it_as_before(room):
    seat = room.seat("citizens")
    room.reenter(seat)
    assert (person(seat).role, person(seat).present) == ("participant", False)
    room.do(room.helper, "take_on_seat", reentry_code=seat.personal_code)
    back = identity.acting_for(room.helper, f"participant:{seat.participant_id}")
    assert (back.token_id, back.personal_code) == (seat.token_id, seat.personal_code)
    assert (person(seat).role, person(seat).present) == ("helper", True)
    room.do(back, "set_ready", ready=True)
