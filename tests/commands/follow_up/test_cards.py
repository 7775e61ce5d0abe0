"""The follow-up card: one for each person, told once, kept nowhere, and valid until a month after the last review."""

from __future__ import annotations

import re
import secrets
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest

from tests.commands.follow_up.card_room import CardRoom
from tests.commands.voting import refused
from workshop import dispatch, identity, screens
from workshop.commands.follow_up import cards
from workshop.commands.privacy.retention import erase_names_of
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import CARD
from workshop.models import FollowUpCard, Participant, Token
from workshop.rules.refusal import Refused


@pytest.fixture
def room(app) -> CardRoom:
    return CardRoom()


def count() -> int:
    return db.session.query(FollowUpCard).count()


def test_everybody_takes_one_card_and_nobody_a_second(room: CardRoom):
    codes = [code for taken in room.take_all().values() for code in taken]
    assert len(set(codes)) == len(codes) == count() == 10
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code) for code in codes)
    with refused("already", "card", one_card=True):
        room.take(room.everybody[0])
    assert count() == 10


def test_sent_again_the_command_gives_the_same_code_and_no_second_card(room: CardRoom):
    person, command_id = room.everybody[0], secrets.token_hex(16)
    first = perform(person, "take_follow_up_card", {}, command_id)
    assert perform(person, "take_follow_up_card", {}, command_id) == first
    assert perform(room.reenter(person), "take_follow_up_card", {}, command_id) == first
    assert count() == 1
    other = perform(room.everybody[1], "take_follow_up_card", {}, command_id)
    assert other["result"] != first["result"] and count() == 2


def test_a_helper_takes_the_card_of_a_seat(app):
    room = CardRoom({"citizens": 5, "politicians": 5}, closed=False)
    seat = room.seat("citizens")
    room.to_closing()
    assert len(room.take(seat)) == 11
    assert db.session.get_one(Participant, seat.participant_id).has_card


def test_cards_are_taken_from_the_closing_step_on(app):
    room = CardRoom({"citizens": 5, "politicians": 5}, closed=False)
    person = room.everybody[0]
    with refused("wrong_step", "step"):
        room.take(person)
    room.to_closing()
    assert room.mine_of(person)["card"] is False
    room.take(person)
    assert room.mine_of(person)["card"] is True


def test_nobody_else_may_take_one(room: CardRoom):
    for actor in (room.chair, room.organiser, room.helper, room.card(room.take(room.everybody[0]))):
        with refused("not_allowed"):
            room.take(actor)


def test_a_card_lets_in_and_sees_what_the_public_sees(room: CardRoom):
    code = room.take(room.people["citizens"][0])
    for typed in (code, code.lower().replace("-", " "), f"http://127.0.0.1/k#{code}"):
        workshop, token = cards.let_in(typed)
        assert workshop.id == room.id and identity.find(token).role == CARD
    card = room.card(code)
    assert room.seen_by(card)["mine"] | {"ends": None} == {
        "role": "card", "group": "citizens", "ends": None, "verdicts": {}, "stances": {},
    }  # fmt: skip
    for read in (lambda: dispatch.sync(card, {"since": 0, "epoch": None}), lambda: dispatch.versions(card, room.goal)):
        with refused("not_allowed"):
            read()
    with refused("unknown_code", "code", card=True):
        cards.let_in("AAAAA-AAAAA")


def test_the_token_of_a_card_says_neither_which_card_nor_which_group(room: CardRoom):
    room.card(room.take(room.everybody[0]))
    row = db.session.query(Token).filter_by(role=CARD).one()
    told = {name for name in [column.key for column in Token.__table__.columns] if getattr(row, name) is not None}
    assert told == {"id", "role", "workshop_id", "hash", "sealed_code", "created_at"}


def test_cards_stay_when_names_are_erased_and_when_one_person_is(room: CardRoom):
    codes = [room.take(person) for person in room.everybody[:3]]
    room.do(room.everybody[0], "erase_me")
    erase_names_of(room.id)
    assert count() == 3
    for code in codes:
        assert room.card(code).role == CARD
    with pytest.raises(Refused, match="ended"):
        room.take(room.everybody[5])


def test_once_names_are_erased_nobody_takes_a_card_whoever_joins(room: CardRoom):
    """A facilitator's link opens a workshop again and lets anybody in: their cards would outvote those of the room."""
    room.take(room.everybody[0])
    erase_names_of(room.id)
    room.do(room.chair, "open_workshop")
    new = room.join("citizens")
    room.do(room.chair, "close_workshop")
    with refused("closed", "card", room_is_over=True):
        room.take(new)
    assert count() == 1


@pytest.mark.parametrize("over", ["closed the day before", "handed over", "asked"])
def test_who_joins_when_the_room_is_over_takes_no_card(room: CardRoom, over: str):
    room.take(room.everybody[0])
    if over == "handed over":
        room.handed_over()
    elif over == "asked":
        room.close(room.look_back())
    with room.after(1) if over == "closed the day before" else nullcontext():
        room.do(room.chair, "open_workshop")
        new = room.join("citizens")
        room.do(room.chair, "close_workshop")
        with refused("closed", "card", room_is_over=True):
            room.take(new)
        room.take(room.everybody[1])
    assert count() == 2


def test_a_closing_by_mistake_costs_nobody_the_card(room: CardRoom):
    room.do(room.chair, "open_workshop")
    late = room.join("citizens")
    room.do(room.chair, "close_workshop")
    room.take(late)
    with room.after(1):
        room.do(room.chair, "open_workshop")
        room.do(room.chair, "close_workshop")
        room.take(room.everybody[0])
    assert count() == 2


def test_a_card_ends_a_month_after_the_last_review(room: CardRoom):
    room.do(room.organiser, "set_rhythm", dates=[])
    code = room.take(room.everybody[0])
    last = room.mine(code)["ends"]
    ahead = (date.fromisoformat(last) - room.today).days
    assert 365 + 28 <= ahead <= 365 + 31
    card = room.card(code)
    with room.after(ahead):
        assert room.seen_by(card)["mine"]["ends"] == last
        room.card(code)
    with room.after(ahead + 1):
        with refused("ended", "card"):
            cards.let_in(code)
        with refused("ended"):
            room.seen_by(card)
        room.do(room.organiser, "set_rhythm", dates=[room.day(800)])
        room.card(code)


def test_a_card_is_shown_to_its_person_and_told_to_nobody_else(room: CardRoom):
    """Neither people's records nor the organiser's page say who has one."""

    def told() -> list[Any]:
        found: list[Any] = [screens.changes(room.id, 0, audience)["put"] for audience in ("room", "facilitator")]
        return found + [room.seen_by(actor)["mine"] for actor in (room.chair, room.organiser, room.everybody[1])]

    before = told()
    room.take(room.everybody[0])
    assert told() == before
