"""Mails that are claimed before they are sent, and what is kept of them and of the addresses they went to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop import clock
from workshop.commands.follow_up import outbox, subscribing
from workshop.commands.follow_up.outbox import CONFIRMATION, NEWS, REMINDER, Claim
from workshop.extensions import db
from workshop.mail_keys import address_hash, subscription_token
from workshop.models import Outgoing, Subscription
from workshop.rules import limits
from workshop.store import writing_outside

TO = "borger@example.org"


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def holder(room: PromiseRoom, address: str = TO, *, confirmed: bool) -> str:
    """The hash of a subscription's token."""
    subscribing.subscribe(room.id, address, "da")
    with writing_outside():
        row = db.session.scalars(select(Subscription).where(Subscription.address == address)).one()
        row.confirmed_at = clock.moment_of(clock.today(), "00:00") if confirmed else None
        return row.token_hash


def mails() -> list[tuple[str, str]]:
    """The kind and the state of each mail that is kept."""
    db.session.rollback()
    return [(row.kind, row.state) for row in db.session.scalars(select(Outgoing).order_by(Outgoing.id))]


def addresses() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Subscription.address).order_by(Subscription.address)))


def reminder(room: PromiseRoom, *links: int | None) -> Claim:
    return Claim(room.id, REMINDER, TO, clock.today(), "Svar", ("x",), tuple(one or 0 for one in links))


@pytest.mark.parametrize(("seconds", "state"), [(599, "claimed"), (600, "claimed"), (601, "perhaps")])
def test_a_mail_whose_sender_tells_nothing_for_ten_minutes_was_perhaps_sent(room: PromiseRoom, seconds: int, state: str):
    with clock.frozen(clock.now()):
        link = room.link("receiver", body="Byrådet", address=TO)
        assert outbox.claim(reminder(room, link.token_id)) is not None
        outbox.tidy(clock.now() + timedelta(seconds=seconds))
    assert mails() == [(REMINDER, state)]


def test_a_mail_that_was_sent_stays_sent_however_long_ago(room: PromiseRoom):
    link = room.link("receiver", body="Byrådet", address=TO)
    wanted = reminder(room, link.token_id)
    number = outbox.claim(wanted)
    assert number is not None
    outbox.note_result(number, wanted, "sent", "")
    stalled = room.link("receiver", on=room.goal, body="Regionen", address="b@example.org")
    assert outbox.claim(Claim(room.id, REMINDER, "b@example.org", clock.today(), "Svar", links=(stalled.token_id or 0,)))
    outbox.tidy(clock.now() + timedelta(days=1))
    assert mails() == [(REMINDER, "sent"), (REMINDER, "perhaps")]


@pytest.mark.parametrize(
    ("confirmed", "kind", "wanted"),
    [(False, CONFIRMATION, True), (True, NEWS, True), (False, NEWS, False), (True, CONFIRMATION, False)],
)
def test_news_are_for_the_confirmed_and_the_question_for_the_others(
    room: PromiseRoom, confirmed: bool, kind: str, wanted: bool
):
    asked = Claim(room.id, kind, TO, clock.today(), "Nyt", holder=holder(room, confirmed=confirmed))
    assert (outbox.claim(asked) is not None) is wanted
    assert mails() == ([(kind, "claimed")] if wanted else [])


def test_a_mail_that_nobody_wants_any_more_is_not_claimed(room: PromiseRoom):
    ended = room.link("receiver", body="Byrådet", address=TO)
    silent = room.link("receiver", on=room.goal, body="Regionen")
    room.do(room.chair, "end_link", link=f"link:{ended.token_id}")
    assert outbox.claim(reminder(room, ended.token_id, silent.token_id)) is None
    assert outbox.claim(Claim(room.id, NEWS, TO, clock.today(), "Nyt", holder="gone")) is None
    assert mails() == []


def test_a_mail_that_had_to_wait_is_claimed_again_half_an_hour_later_and_not_twice(room: PromiseRoom):
    with clock.frozen(clock.moment_of(clock.today(), "10:00")):
        start, link = clock.now(), room.link("receiver", body="Byrådet", address=TO)
        wanted = reminder(room, link.token_id)
        number = outbox.claim(wanted)
        assert number is not None and outbox.claim(wanted) is None
        outbox.note_result(number, wanted, "waiting", "451 later")
    for seconds, claimed in ((1799, None), (1800, number), (1801, None)):
        with clock.frozen(start + timedelta(seconds=seconds)):
            assert outbox.claim(wanted) == claimed, seconds


@pytest.mark.parametrize(("kind", "left"), [(NEWS, ["claimed"]), (REMINDER, ["sent", "claimed"])])
def test_a_new_mail_stands_for_those_that_wait_and_news_for_all_before(room: PromiseRoom, kind: str, left: list[str]):
    link = room.link("receiver", body="Byrådet", address=TO)
    how = {"holder": holder(room, confirmed=True)} if kind == NEWS else {"links": (link.token_id or 0,)}
    for days, state in ((0, "sent"), (1, "waiting"), (2, None)):
        wanted = Claim(room.id, kind, TO, clock.today() + timedelta(days=days), "Nyt", **how)
        number = outbox.claim(wanted)
        assert number is not None
        if state is not None:
            outbox.note_result(number, wanted, state, "")
    assert [state for _, state in mails()] == left


def test_of_a_reminder_the_moment_and_the_words_are_kept_and_of_news_the_day(room: PromiseRoom):
    link = room.link("receiver", body="Byrådet", address=TO)
    with clock.frozen(clock.moment_of(clock.today(), "10:00")):
        mine, news = (
            reminder(room, link.token_id),
            Claim(room.id, NEWS, TO, clock.today(), "Nyt", ("y",), holder=holder(room, confirmed=True)),
        )
        for wanted in (mine, news):
            number = outbox.claim(wanted)
            assert number is not None
            outbox.note_result(number, wanted, "refused", "550 no such user")
    db.session.rollback()
    rows = db.session.scalars(select(Outgoing).order_by(Outgoing.id))
    kept = [(row.subject, row.told, row.words, row.claimed_at, row.again_at, row.address_hash) for row in rows]
    at = [clock.moment_of(clock.today(), hour) for hour in ("10:00", "00:00")]
    assert kept == [
        ("Svar", ["x"], "550 no such user", at[0], None, address_hash(TO)),
        ("", ["y"], "", at[1], None, address_hash(TO)),
    ]
    assert addresses() == [], "a subscriber whose address is refused is forgotten"


def test_who_asked_is_forgotten_after_a_week_and_who_confirmed_is_not(room: PromiseRoom):
    holder(room, "ja@example.org", confirmed=True)
    wanted = Claim(room.id, CONFIRMATION, TO, clock.today(), "Ja?", holder=holder(room, confirmed=False))
    assert outbox.claim(wanted) is not None
    for days, left in ((7, ["borger@example.org", "ja@example.org"]), (8, ["ja@example.org"])):
        outbox.tidy(clock.now() + timedelta(days=days))
        assert (addresses(), len(mails())) == (left, len(left) - 1)


def test_a_workshop_takes_so_many_addresses_and_each_workshop_by_itself(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SUBSCRIPTIONS", 2)
    for name in ("a", "b", "c"):
        subscribing.subscribe(room.id, f"{name}@example.org", "da")
    assert addresses() == ["a@example.org", "b@example.org"]
    other = PromiseRoom(title="Et andet sted")
    subscribing.subscribe(other.id, "c@example.org", "da")
    assert addresses() == ["a@example.org", "b@example.org", "c@example.org"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Borger@Example.ORG\n", "Borger@example.org"), ("o'hara+x@sub.example.dk", "o'hara+x@sub.example.dk")],
)
def test_an_address_is_kept_with_its_domain_in_small_letters(typed: str, kept: str):
    assert subscribing.read_address(typed) == kept


@pytest.mark.parametrize("typed", ["borger", "a@example.org\nb@example.org", "e\u0301@example.org", "a\u115f@example.org"])
def test_an_address_that_would_not_stay_as_it_is_typed_is_refused(typed: str):
    with refused("malformed", "address", mail_address=True):
        subscribing.read_address(typed)


def test_leaving_deletes_news_and_the_question_and_not_the_reminders_to_the_same_address(room: PromiseRoom):
    link = room.link("receiver", body="Byrådet", address=TO)
    assert outbox.claim(reminder(room, link.token_id)) is not None
    mine = holder(room, confirmed=True)
    other = holder(room, "anden@example.org", confirmed=True)
    for to, by in ((TO, mine), ("anden@example.org", other)):
        assert outbox.claim(Claim(room.id, NEWS, to, clock.today(), "Nyt", holder=by)) is not None
    row = db.session.get_one(Subscription, mine)
    token = subscription_token(row.token_hash, row.sealed_token)
    assert token is not None
    subscribing.unsubscribe(token)
    assert (addresses(), mails()) == (["anden@example.org"], [(REMINDER, "claimed"), (NEWS, "claimed")])
