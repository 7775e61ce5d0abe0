"""What a helper's device may do, for which seats, and until when."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from tests.commands.people.seated import seats_of
from tests.commands.voting import Room, refused
from workshop import dispatch, identity
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Token, Workshop
from workshop.store import writing_outside

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def test_the_helpers_device_is_nobody_in_the_room(room):
    for name, args in (
        ("post_idea", {"text": "Min egen"}),
        ("set_ready", {"ready": True}),
        ("cast_ballot", {"ballot": room.ballot(room.ideas(1)), "choices": {}}),
        ("erase_me", {}),
    ):
        with refused("not_allowed"):
            perform(room.helper, name, args)


def test_a_participant_a_board_and_a_seat_itself_make_no_seats(room):
    seat = room.seat("citizens")
    for actor in (room.everybody[0], room.chair):
        for name, args in (("create_seat", {"group": "citizens"}), ("take_on_seat", {"reentry_code": seat.personal_code})):
            with refused("not_allowed"):
                perform(actor, name, args)
    with refused("not_allowed"):
        perform(room.everybody[0], "mark_seat", {"seat": f"participant:{seat.participant_id}", "present": True})
    with refused("not_allowed"):
        room.seat("citizens", device=seat)
    with refused("not_allowed"):
        identity.acting_for(room.everybody[0], f"participant:{seat.participant_id}")


def test_a_helper_acts_for_no_seat_of_another_device_or_another_workshop(room):
    seat = room.seat("citizens")
    elsewhere = Room({"citizens": 1})
    record_id = f"participant:{seat.participant_id}"
    for device in (room.device(), elsewhere.helper):
        with refused("ended"):
            identity.acting_for(device, record_id)
        assert seats_of(device) == []
    with refused("ended"):
        identity.acting_for(room.helper, f"participant:{room.everybody[0].participant_id}")
    for wrong in ("participant:²", "idea:1", "participant:", "participant:-1", "7"):
        with refused("malformed", "seat"):
            identity.acting_for(room.helper, wrong)
    with refused("not_found", "seat"):
        perform(elsewhere.helper, "mark_seat", {"seat": record_id, "present": True})
    with refused("not_yours", "seat"):
        perform(room.device(), "mark_seat", {"seat": record_id, "present": False})
    with refused("unknown_code", "reentry_code"):
        perform(elsewhere.helper, "take_on_seat", {"reentry_code": seat.personal_code})


def test_a_replaced_link_ends_every_device_and_every_seat_it_acted_for(room):
    device = room.device()
    seats = [room.seat("citizens"), room.seat("citizens", device=device)]
    ballot = room.ballot(room.ideas(1))
    room.do(room.chair, "replace_link", role="helper")
    for actor in (room.helper, device, *seats):
        with refused("ended"):
            perform(actor, "set_ready", {"ready": True})
        with refused("ended"):
            dispatch.sync(actor, {"since": 0, "epoch": None})
    with refused("ended"):
        identity.acting_for(device, f"participant:{seats[1].participant_id}")
    assert room.record(ballot)["turnout"]["eligible"] == 14, "the people stay"
    fresh = identity.find(next(link for role, link in _links(room).items() if role == "helper"))
    assert seats_of(fresh) == []
    perform(fresh, "take_on_seat", {"reentry_code": seats[0].personal_code})
    again = identity.acting_for(fresh, f"participant:{seats[0].participant_id}")
    room.cast(again, ballot, choices={})


def _links(room: Room) -> dict[str, str]:
    from workshop.commands.room.workshops import links

    db.session.rollback()
    return {role: token for role, token in links(db.session.get_one(Workshop, room.id)).items() if token}


def test_a_device_that_is_let_in_no_longer_acts_for_nobody(room):
    device = room.device()
    seat = room.seat("citizens", device=device)
    with writing_outside():
        db.session.execute(update(Token).where(Token.id == device.token_id).values(ended_at=Token.created_at))
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
