"""Being told by mail: asked for, confirmed, left by one click; and nothing tells who asked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.counting import statements
from tests.web.conftest import client_of
from workshop import clock, rate_limits
from workshop.commands.follow_up import outbox, subscribing
from workshop.extensions import db
from workshop.models import FollowUpLink, Outgoing, Subscription, Workshop
from workshop.rules import limits
from workshop.screens.news import Letter, confirmations, due_news
from workshop.screens.reminders import due_messages

OWN = "https://rundbord.example"
ADDRESS = "Borger@Example.ORG"


@pytest.fixture
def room(app) -> PromiseRoom:
    found = PromiseRoom()
    found.do(found.organiser, "publish_record", published=True)
    return found


@pytest.fixture
def client(app, room) -> FlaskClient:
    return client_of(app)


def slug(room: PromiseRoom) -> str:
    return str(db.session.get_one(Workshop, room.id).record_slug)


def ask(client: FlaskClient, room: PromiseRoom, address: str = ADDRESS, **more: str) -> tuple[int, str]:
    answer = client.post(f"/record/{slug(room)}/subscribe", data={"address": address, **more})
    return answer.status_code, answer.get_data(as_text=True)


def rows() -> list[Subscription]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Subscription)))


def path(text: str, kind: str) -> str:
    found = re.search(rf"{OWN}(/{kind}/[\w-]+)", text)
    assert found
    return found[1]


def sent(letter: Letter, state: str = "sent") -> None:
    wanted = outbox.Claim(letter.workshop_id, letter.kind, letter.to, clock.today(), letter.subject, holder=letter.holder)
    number = outbox.claim(wanted)
    assert number is not None
    outbox.note_result(number, wanted, state, "")


def subscribed(client: FlaskClient, room: PromiseRoom) -> Letter:
    ask(client, room)
    (letter,) = confirmations(OWN)
    sent(letter)
    assert client.post(path(letter.body, "subscribe")).status_code == 200
    return letter


def news(room: PromiseRoom) -> list[Letter]:
    return due_news(db.session.get_one(Workshop, room.id), clock.today(), OWN)


def test_an_address_is_told_only_once_it_has_been_confirmed_by_its_owner(client, room):
    status, _ = ask(client, room, language="en")
    assert status == 200
    (row,) = rows()
    assert (row.address, row.language, row.confirmed_at) == ("Borger@example.org", "en", None)
    (letter,) = confirmations(OWN)
    assert letter.to == row.address and "Say yes here" in letter.body
    opened = client.get(path(letter.body, "subscribe"))
    assert opened.status_code == 200 and '<form id="answer" method="post">' in opened.get_data(as_text=True)
    assert rows()[0].confirmed_at is None, "a program that opens links confirms nothing"
    sent(letter)
    assert client.post(path(letter.body, "subscribe")).status_code == 200
    confirmed = rows()[0].confirmed_at
    assert confirmed == clock.moment_of(clock.today(), "00:00"), "of the moment the day is kept"
    assert confirmations(OWN) == []


def test_the_answer_is_the_same_whether_the_address_was_known(client, room):
    first = ask(client, room)
    again = ask(client, room)
    (letter,) = confirmations(OWN)
    sent(letter)
    assert ask(client, room) == first == again and confirmations(OWN) == []
    client.post(path(letter.body, "subscribe"))
    assert ask(client, room) == first and len(rows()) == 1 and confirmations(OWN) == []


def test_the_same_is_done_for_an_address_that_is_known(client, room, monkeypatch: pytest.MonkeyPatch):
    """Otherwise the time of the answer would tell whether it was known, or that there is no room for more."""

    def verbs(address: str) -> list[str]:
        with statements() as done:
            assert ask(client, room, address)[0] == 200
        found = [statement.split()[0] for statement in done if "subscription" in statement]
        return ["WRITE" if verb in ("INSERT", "UPDATE") else verb for verb in found]

    subscribed(client, room)
    new = verbs("ny@example.org")
    assert new.count("WRITE") == 1
    before = [(row.address, row.confirmed_at, row.token_hash) for row in rows()]
    assert verbs("ny@example.org") == verbs(ADDRESS) == new
    monkeypatch.setattr(limits, "SUBSCRIPTIONS", 2)
    assert verbs("en.til@example.org") == new
    assert [(row.address, row.confirmed_at, row.token_hash) for row in rows()] == before


def test_who_asks_again_on_another_day_gets_another_mail_and_the_first_link_ends(client, room):
    ask(client, room)
    (first,) = confirmations(OWN)
    sent(first)
    with room.after(1):
        ask(client, room)
        (second,) = confirmations(OWN)
        assert client.post(path(first.body, "subscribe")).status_code == 410
        assert client.post(path(second.body, "subscribe")).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "borger",
        "borger@example.org\r\nBcc: other@example.org",
        "borger@example.org\nother@example.org",
        "a@example.org,b@example.org",
        "a b@example.org",
        '"a"@example.org',
        "<a@example.org>",
        "a@example.org\u2028Bcc:b@example.org",
        f"{'a' * 250}@example.org",
    ],
)
def test_what_is_no_single_address_is_not_kept(client, room, address: str):
    status, _ = ask(client, room, address)
    assert status == 422 and rows() == []


def test_only_a_published_record_takes_addresses(client, room):
    address = slug(room)
    room.do(room.organiser, "publish_record", published=False)
    assert client.post(f"/record/{address}/subscribe", data={"address": ADDRESS}).status_code == 404


def test_requests_from_one_address_are_limited(client, room, monkeypatch):
    monkeypatch.setattr(rate_limits, "_SUBSCRIPTIONS", rate_limits.Limit(2, 60 * 60))
    assert [ask(client, room, f"a{number}@example.org")[0] for number in range(3)] == [200, 200, 429]
    assert len(rows()) == 2


def test_one_click_leaves_and_twice_is_the_same_as_once(client, room):
    letter = subscribed(client, room)
    assert client.get(path(letter.body, "unsubscribe")).status_code == 200 and len(rows()) == 1
    click = {"data": {"List-Unsubscribe": "One-Click"}}
    for _ in range(2):
        assert client.post(letter.stop.removeprefix(OWN), **click).status_code == 200
        assert rows() == []
    db.session.rollback()
    assert db.session.scalars(select(Outgoing)).all() == [], "nothing is kept of who left"


def test_one_click_stops_the_reminders_of_a_receiver_and_not_the_link(client, room):
    receiver = room.link("receiver", body="Byrådet", address="byraad@example.org")
    panel, stays = (room.link("panel", address=address) for address in ("Byraad@example.org", "bo@regionen.example"))
    room.do(room.chair, "hand_over_result")
    with room.after(41):
        (message,) = due_messages(db.session.get_one(Workshop, room.id), clock.today(), OWN)
        stop = message.stop.removeprefix(OWN)
        assert "Stop mails" in client.get(stop).get_data(as_text=True)
        for _ in range(2):
            assert client.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    db.session.rollback()
    db.session.expire_all()
    kept = [db.session.get_one(FollowUpLink, one.token_id).address for one in (receiver, panel, stays)]
    assert kept == ["", "", "bo@regionen.example"], "at every link of the address, to which the mail was sent"
    room.do(receiver, "confirm_handover")


@pytest.mark.parametrize("token", ["x", "1-" + "0" * 48, "999999999-" + "0" * 48, "æ"])
def test_a_made_up_token_stops_nobody(client, room, token: str):
    room.link("receiver", body="Byrådet", address="byraad@example.org")
    client.post(f"/unsubscribe/{token}")
    db.session.rollback()
    assert list(db.session.scalars(select(FollowUpLink.address))) == ["byraad@example.org"]
    assert client.post(f"/subscribe/{token}").status_code == 410


def test_subscribers_are_told_once_a_day_of_the_days_before(client, room):
    subscribed(client, room)
    receiver = room.handed_over()
    with room.after(3):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja")
        room.do(receiver, "publish_answers")
        assert news(room) == [], "the day is not over"
    with room.after(4):
        (letter,) = news(room)
        assert letter.body.count("\n- ") == 1 and "600 træer" in letter.body and f"{OWN}/record/{slug(room)}" in letter.body
        sent(letter)
        assert news(room) == []
    with room.after(5):
        assert news(room) == []
        room.do(receiver, "answer_item", on=room.goal, answer="follows_partly", reason="Ikke det hele")
        room.do(receiver, "publish_answers")
    with room.after(6):
        room.do(room.organiser, "publish_record", published=False)
        assert news(room) == [], "a record that was taken back is told of no more"
        room.do(room.organiser, "publish_record", published=True)
        (letter,) = news(room)
        sent(letter, "refused")
    assert rows() == [], "an address that the server refuses is forgotten"


def test_an_address_that_is_not_confirmed_is_forgotten_after_a_week(client, room):
    ask(client, room)
    (letter,) = confirmations(OWN)
    sent(letter)
    for days, left in ((7, 1), (8, 0)):
        outbox.tidy(clock.now() + timedelta(days=days))
        assert len(rows()) == left
    db.session.rollback()
    assert db.session.scalars(select(Outgoing)).all() == []


def test_nothing_of_a_subscription_is_joined_to_a_person_or_a_moment(client, room):
    letter = subscribed(client, room)
    columns = set(Subscription.__table__.columns.keys())
    assert columns == {"token_hash", "workshop_id", "address", "language", "asked_on", "confirmed_at", "sealed_token"}
    db.session.rollback()
    (mail,) = db.session.scalars(select(Outgoing))
    assert mail.claimed_at == clock.moment_of(clock.today(), "00:00") and mail.subject == "" and mail.words == ""
    assert letter.to not in str(mail.__dict__)
    with pytest.raises(subscribing.Refused):
        subscribing.subscription("another")
