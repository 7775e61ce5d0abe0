"""A seat is one more person: its number, its limits, what a helper writes for it, what is erased."""

from __future__ import annotations

import secrets

import pytest
from flask import Flask
from sqlalchemy import select

from tests.commands.people.seated import at_once, person, seats_of
from tests.commands.voting import Room, refused
from tests.live_client import Client, fresh
from workshop import dispatch
from workshop.commands.people.seats import CreateSeat
from workshop.commands.votes import electorate
from workshop.door import perform
from workshop.door.arguments import parse
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Comment, Idea, JournalEntry, Workshop
from workshop.rules import limits

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


# --- a seat is a person -------------------------------------------------------------------------------------------------


def test_a_seat_is_one_more_person_with_the_next_number(room):
    first, second = room.seat("citizens", name="Karen"), room.seat("politicians")
    assert [person(seat).seat for seat in (first, second)] == [1, 2]
    assert electorate.joined(room.id) == {"citizens": 7, "politicians": 7}
    assert room.record("group:1")["joined"] == 7
    shown = room.record(f"participant:{first.participant_id}", "facilitator")
    assert (shown["name"], shown["seat"], shown["role"], shown["present"]) == ("Karen", 1, "helper", True)


def test_a_number_is_never_given_again(room):
    seat = room.seat("citizens")
    room.do(room.chair, "remove_participant", participant=f"participant:{seat.participant_id}")
    assert person(room.seat("citizens")).seat == 2


def test_seats_made_at_once_have_numbers_of_their_own(app, room):
    devices = [room.device() for _ in range(8)]
    answers = at_once(app, *(lambda d=device: perform(d, "create_seat", {"group": "citizens"}) for device in devices))
    assert sorted(answer["result"]["number"] for answer in answers) == list(range(1, 9))
    db.session.rollback()
    assert electorate.joined(room.id)["citizens"] == 14


def test_a_seat_made_twice_with_one_id_is_one_seat(room):
    command_id = secrets.token_hex(16)
    twice = [perform(room.helper, "create_seat", {"group": "citizens"}, command_id) for _ in range(2)]
    assert twice[0] == twice[1]
    assert len(seats_of(room.helper)) == 1


def test_there_is_a_limit_and_the_room_may_be_closed_to_newcomers(room, monkeypatch):
    monkeypatch.setattr(limits, "SEATS", 2)
    seat, _ = room.seat("citizens"), room.seat("citizens")
    with refused("too_many", "seat", limit=2):
        room.seat("citizens")
    room.do(room.chair, "remove_participant", participant=f"participant:{seat.participant_id}")
    room.seat("citizens")
    room.do(room.chair, "lock_room", locked=True)
    with refused("closed", "workshop", locked=True):
        room.seat("citizens")


def test_a_seat_is_in_a_group_of_the_workshop(room):
    with refused("not_found", "group"):
        perform(room.helper, "create_seat", {"group": "nobody"})


def test_a_full_room_has_no_seats_left(room, monkeypatch):
    monkeypatch.setattr(limits, "PARTICIPANTS", 12)
    with refused("too_many", "participant", limit=12):
        room.seat("citizens")


def test_neither_the_answer_nor_the_journal_nor_the_database_holds_the_code(room):
    seat = room.seat("citizens", name="Karen Holm")
    assert seat.personal_code and len(seat.personal_code) == 10
    db.session.rollback()
    rows = [repr(dict(row._mapping)) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())]
    assert not any(seat.personal_code in row for row in rows)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "create_seat")).one()
    assert "Karen" not in repr(entry.args) and entry.actor == f"helper:device-{room.helper.token_id}"


# --- acting for a seat --------------------------------------------------------------------------------------------------


def test_a_helper_writes_comments_and_commits_for_a_seat_as_that_person(room):
    seat = room.seat("citizens")
    idea = room.do(seat, "post_idea", text="En bænk ved busstoppet")["idea"]
    comment = room.do(seat, "post_comment", on=idea, text="Og et tag", sort="builds_on")["comment"]
    agreement = room.do(room.chair, "draft_agreement", purpose="Bænke")["agreement"]
    room.do(seat, "make_commitment", on=agreement, standing="behind", words="Jeg maler den")
    assert db.session.get_one(Idea, int(idea[5:])).participant_id == seat.participant_id
    assert room.record(idea)["by_helper"] and room.record(comment)["by_helper"]
    assert set(room.mine(seat)["ideas"]) == {idea} and room.mine(seat)["ideas"][idea]["by_helper"]
    own = room.do(room.everybody[0], "post_idea", text="Flere lamper")["idea"]
    assert not room.record(own)["by_helper"]
    actors = select(JournalEntry.actor).where(JournalEntry.name == "post_idea").order_by(JournalEntry.seq)
    assert list(db.session.scalars(actors)) == [f"helper:{seat.participant_id}", room.everybody[0].pseudonym]


def test_what_the_person_writes_anew_is_not_the_helpers(room):
    seat = room.seat("citizens")
    idea = room.do(seat, "post_idea", text="En bænk")["idea"]
    own_phone = room.reenter(seat)
    room.do(own_phone, "edit_idea", idea=idea, text="En lang bænk")
    assert room.record(idea)["by_helper"] is False


def test_what_a_helper_wrote_names_the_group_only_where_enough_of_it_have_seats(room):
    room.do(room.chair, "edit_workshop", privacy_minimum=3)
    seats = [room.seat("citizens") for _ in range(2)]
    idea = room.do(seats[0], "post_idea", text="En bænk")["idea"]
    comment = room.do(seats[1], "post_comment", on=idea, text="Ja", sort="builds_on")["comment"]
    own = room.do(room.everybody[0], "post_idea", text="Flere lamper")["idea"]
    workshop = db.session.get_one(Workshop, room.id)
    assert [room.record(one)["group"] for one in (idea, comment, own)] == [None, None, "citizens"]
    assert [(one.group, one.by_helper) for one in outcome(workshop).ideas] == [(None, True), ("citizens", False)]
    third = room.seat("citizens")
    assert [room.record(one)["group"] for one in (idea, comment)] == ["citizens", "citizens"]
    assert outcome(db.session.get_one(Workshop, room.id)).ideas[0].group == "citizens"
    room.do(room.chair, "remove_participant", participant=f"participant:{third.participant_id}")
    assert room.record(idea)["group"] is None


def test_every_screen_is_told_when_the_label_comes_and_goes(room):
    room.do(room.chair, "edit_workshop", privacy_minimum=3)
    seats = [room.seat("citizens") for _ in range(2)]
    idea = room.do(seats[0], "post_idea", text="En bænk")["idea"]
    clients = [Client(room.id, audience) for audience in ("room", "facilitator")]
    phone = room.everybody[0]
    for act, label in (
        (lambda: room.do(room.helper, "take_on_seat", reentry_code=phone.personal_code), "citizens"),
        (lambda: room.do(room.chair, "remove_participant", participant=f"participant:{phone.participant_id}"), None),
        (lambda: room.seat("citizens"), "citizens"),
        (lambda: room.reenter(seats[1]), "citizens"),
    ):
        for client in clients:
            client.catch_up()
        act()
        for client in clients:
            client.catch_up()
            assert client.records[idea]["group"] == label
            assert client.records == fresh(room.id, client.audience)


# --- own data, erasing, names -------------------------------------------------------------------------------------------


def test_a_seat_is_erased_like_anybody_and_the_device_keeps_its_journal(room):
    from workshop.screens.personal_data import held

    seat = room.seat("citizens", name="Karen")
    idea = room.do(seat, "post_idea", text="En bænk")["idea"]
    comment = room.do(seat, "post_comment", on=idea, text="Og et tag", sort="builds_on")["comment"]
    other = room.seat("citizens", name="Bent")
    found = held(seat.participant_id)
    assert found["person"]["seat"] == 1 and found["person"]["role"] == "helper"
    assert [entry["did"] for entry in found["journal"]] == ["post_idea", "post_comment"]
    assert found["devices"] and not any("parent_id" in device for device in found["devices"])
    room.do(room.chair, "erase_person", participant=f"participant:{seat.participant_id}")
    db.session.rollback()
    assert db.session.get_one(Idea, int(idea[5:])).text == "[fjernet]"
    assert db.session.get_one(Comment, int(comment[8:])).text == "[fjernet]"
    assert person(seat).name is None and person(seat).seat == 1
    salts = {
        (entry.name, entry.args.get("facts", {}).get("result", {}).get("seat")): entry.salt
        for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == room.id))
    }
    assert salts["create_seat", f"participant:{seat.participant_id}"] is None
    assert salts["create_seat", f"participant:{other.participant_id}"] is not None
    assert salts["post_idea", None] is None
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
    with refused("unknown_code", "reentry_code"):
        perform(room.helper, "take_on_seat", {"reentry_code": seat.personal_code})


def test_a_device_and_a_person_of_the_same_number_are_two_in_the_journal(room):
    seat = room.seat("citizens")
    twin = Actor("helper", room.id, token_id=seat.participant_id)
    assert twin.pseudonym != seat.pseudonym
    assert twin.pseudonym.partition(":")[0] == "helper"


def test_names_of_seats_go_when_the_time_is_over(room):
    seat = room.seat("citizens", name="Karen")
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    perform(Actor("system", room.id), "erase_names", {})
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "create_seat")).one()
    assert person(seat).name is None and entry.salt is None
    with refused("ended"):
        dispatch.sync(seat, {"since": 0, "epoch": None})
    assert seats_of(room.helper)[0]["hands"] == "other"


def test_arguments_that_do_not_fit_are_named():
    for args, code, field in (
        ({}, "malformed", "group"),
        ({"group": "citizens", "name": "å" * 61}, "too_long", "name"),
        ({"group": "citizens", "present": "yes"}, "malformed", "present"),
        ({"group": "citizens", "number": 7}, "malformed", "number"),
    ):
        with refused(code, field):
            parse(CreateSeat, args)
