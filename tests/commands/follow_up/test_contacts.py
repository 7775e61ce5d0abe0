"""Names and addresses given for links: erased with the link, on request, and when the follow-up is over."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop import identity
from workshop.clock import today
from workshop.commands.follow_up import outbox, subscribing
from workshop.commands.privacy import retention
from workshop.commands.room.workshops import delete_workshop
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import FollowUpLink, Goal, Handover, JournalEntry, Outgoing, Subscription, Workshop
from workshop.models.items import items
from workshop.rules.chain import verify
from workshop.rules.dates import months_after
from workshop.store import writing

ADDRESS, NAME = "mette@kommunen.example", "Mette Holm"


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def owner_of(room: PromiseRoom) -> str:
    return str(db.session.get_one(Goal, int(room.goal.split(":")[1])).content["owner"])


def salts(room: PromiseRoom, name: str) -> list[str | None]:
    rows = select(JournalEntry.salt).where(JournalEntry.workshop_id == room.id, JournalEntry.name == name)
    return list(db.session.scalars(rows.order_by(JournalEntry.seq)))


def link(actor: Actor) -> FollowUpLink:
    db.session.rollback()
    db.session.expire_all()
    assert actor.token_id is not None
    return db.session.get_one(FollowUpLink, actor.token_id)


def told(room: PromiseRoom, address: str, *links: Actor) -> None:
    """A mail was sent to the address."""
    wanted = outbox.Claim(room.id, "reminder", address, today(), "Svar", ("x",), tuple(one.token_id or 0 for one in links))
    number = outbox.claim(wanted)
    assert number is not None
    outbox.note_result(number, wanted, "sent", "")


def sent(room: PromiseRoom) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Outgoing).where(Outgoing.workshop_id == room.id)).all())


def test_an_ended_link_leaves_no_name_no_address_and_no_salt(room: PromiseRoom):
    gone = room.link("receiver", body="Byrådet", name=NAME, address=ADDRESS)
    stays = room.link("receiver", body="Regionen", name="Bo", address="bo@regionen.example")
    told(room, ADDRESS, gone)
    room.do(room.chair, "end_link", link=f"link:{gone.token_id}")
    assert (link(gone).name, link(gone).address, link(gone).body) == ("", "", "Byrådet")
    assert link(stays).address == "bo@regionen.example"
    first, second = salts(room, "make_link")
    assert first is None and second is not None
    assert sent(room) == 0
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == room.id).order_by(JournalEntry.seq))
    assert verify([row.as_entry() | {"hash": row.hash} for row in entries]).holds


def test_what_was_sent_stays_known_while_another_link_has_the_address(room: PromiseRoom):
    first = room.link("receiver", body="Byrådet", address=ADDRESS)
    second = room.link("receiver", body="Udvalget", address=ADDRESS.upper())
    told(room, ADDRESS, first, second)
    room.do(room.chair, "end_link", link=f"link:{first.token_id}")
    assert sent(room) == 1
    room.do(room.chair, "end_link", link=f"link:{second.token_id}")
    assert sent(room) == 0


def test_who_passes_on_or_says_no_is_forgotten(room: PromiseRoom):
    owner = room.steward(room.goal, owner_of(room))
    first = room.do(owner, "pass_on", to_name=NAME, address=ADDRESS)["link"]
    refuser = identity.find(first)
    room.do(refuser, "refuse_work", words="Jeg har ikke tid")
    assert (link(refuser).name, link(refuser).address) == ("", "")
    assert salts(room, "pass_on") == [None]
    successor = identity.find(room.do(owner, "pass_on", to_name=NAME, address=ADDRESS)["link"])
    room.do(successor, "accept_work")
    assert link(successor).address == ADDRESS
    assert salts(room, "pass_on")[1] is not None


def test_mails_are_stopped_at_ones_own_link_alone_and_the_link_goes_on(room: PromiseRoom):
    """Whoever passes work on gives an address that may be anybody's, and is given the new link."""
    one = room.link("receiver", body="Byrådet", name=NAME, address=ADDRESS)
    other = room.link("steward", on=room.goal, party=owner_of(room), address=ADDRESS.title())
    room.do(one, "stop_reminders")
    assert (link(one).address, link(other).address) == ("", ADDRESS.title())
    assert link(one).name == NAME
    assert [salt is None for salt in salts(room, "make_link")] == [True, False]
    with refused("already", "address"):
        room.do(one, "stop_reminders")
    room.do(room.chair, "hand_over_result")
    room.do(one, "confirm_handover")


def test_a_new_link_of_the_receiver_takes_the_address_along(room: PromiseRoom):
    before = room.link("receiver", body="Byrådet", address=ADDRESS)
    room.do(room.organiser, "replace_link", role="receiver")
    assert link(before).address == ""
    alive = select(FollowUpLink.address).where(FollowUpLink.address != "")
    assert list(db.session.scalars(alive)) == [ADDRESS]


def subscribed(room: PromiseRoom) -> None:
    subscribing.subscribe(room.id, "borger@example.org", "da")


def kept(room: PromiseRoom) -> dict[str, int]:
    db.session.rollback()
    db.session.expire_all()
    here = FollowUpLink.workshop_id == room.id
    return {
        "links": len(db.session.scalars(select(FollowUpLink).where(here, FollowUpLink.address != "")).all()),
        "subscriptions": len(db.session.scalars(select(Subscription)).all()),
        "handed": len(db.session.scalars(select(Handover).where(Handover.to != "")).all()),
    }


def test_the_organiser_erases_them_all(room: PromiseRoom):
    receiver = room.link("receiver", body="Byrådet", name=NAME, address=ADDRESS)
    room.do(room.chair, "hand_over_result", to=NAME)
    subscribed(room)
    told(room, ADDRESS, receiver)
    room.do(room.organiser, "erase_names")
    assert kept(room) == {"links": 0, "subscriptions": 0, "handed": 0} and sent(room) == 0
    assert salts(room, "make_link") == [None] and salts(room, "hand_over_result") == [None]


def test_a_name_goes_also_where_the_mails_were_stopped_before(room: PromiseRoom):
    receiver = room.link("receiver", body="Byrådet", name=NAME, address=ADDRESS)
    room.do(receiver, "stop_reminders")
    room.do(room.organiser, "erase_names")
    assert (link(receiver).name, link(receiver).address) == ("", "")


def test_reminders_outlive_the_retention_time_of_names_and_go_a_month_after_the_last_day(room: PromiseRoom):
    room.link("receiver", body="Byrådet", name=NAME, address=ADDRESS)
    room.do(room.chair, "hand_over_result", to=NAME)
    room.do(room.organiser, "set_rhythm", dates=[room.day(640)])
    subscribed(room)
    # In the morning, whenever the test runs: names are kept for whole days from the moment of closing.
    with writing(room.id) as write:
        write.workshop.closed_at = moment(room.today).replace(hour=8)
    days = retention_days(room)
    with room.after(days) as day:
        assert room.id in retention.due(moment(day))
        retention.erase_names_of(room.id)
    assert kept(room) == {"links": 1, "subscriptions": 1, "handed": 0}
    # A calendar month, as for cards and links: there is one last day of the follow-up.
    last = months_after(max(date.fromisoformat(room.day(640)), *deadlines(room)), 1)
    after = (last - room.today).days
    with room.after(after) as day:
        assert room.id not in retention.due(moment(day))
    with room.after(after + 1) as day:
        assert room.id in retention.due(moment(day))
        retention.erase_names_of(room.id)
        assert room.id not in retention.due(moment(day))
    assert kept(room) == {"links": 0, "subscriptions": 0, "handed": 0}


def test_a_deleted_workshop_takes_every_address_along(room: PromiseRoom):
    receiver = room.link("receiver", body="Byrådet", address=ADDRESS)
    subscribed(room)
    told(room, ADDRESS, receiver)
    workshop = db.session.get_one(Workshop, room.id)
    assert workshop.organiser_id is not None
    delete_workshop(workshop.organiser_id, room.id, {"title": workshop.title})
    assert kept(room) == {"links": 0, "subscriptions": 0, "handed": 0} and sent(room) == 0


def retention_days(room: PromiseRoom) -> int:
    return db.session.get_one(Workshop, room.id).retention_days


def deadlines(room: PromiseRoom) -> list[date]:
    found = [
        item.content.get(name)
        for item in items(db.session.get_one(Workshop, room.id))
        for name in ("deadline", "review_date")
    ]
    return [date.fromisoformat(day) for day in found if isinstance(day, str)]


def moment(day: date):
    return datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
