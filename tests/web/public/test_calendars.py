"""Calendars of the record, of a link and of an organiser: their dates are those of the page, and others can read them."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.follow_up.reopened_room import ReopenedRoom
from tests.web.conftest import Browser, client_of
from tests.web.public.followed import events, outcome_of, published, told
from tests.web.test_cards import enter
from workshop.export.words import Words
from workshop.extensions import db
from workshop.models import Organiser, Workshop


def test_a_calendar_keeps_its_ids_and_counts_up_when_a_date_moves(room: PromiseRoom, stranger: Browser):
    address = f"{published(room)}/follow-up.ics"
    receiver = room.handed_over()
    before = events(stranger, address)
    assert before["workshop-answer"].dtstart == date.fromisoformat(room.day(40))
    with room.after(2):
        room.do(receiver, "postpone_answer", on=room.goal, to=room.day(70), reason="Vi venter.")
        after = events(stranger, address)
    assert before.keys() <= after.keys()
    assert after["goal-1-answer"].dtstart == date.fromisoformat(room.day(70))
    assert after["goal-1-deadline"].sequence > before["goal-1-deadline"].sequence
    assert after["agreement-1-review"].sequence == before["agreement-1-review"].sequence, "nothing was said of it"
    text = stranger.client.get(address).get_data(as_text=True)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text and "X-PUBLISHED-TTL:PT6H" in text
    assert stranger.client.get(address).data == stranger.client.get(address).data, "nothing changes by looking"


def test_every_page_has_the_same_last_day_of_a_look_back_and_of_a_decision(app: Flask, stranger: Browser):
    """Both are stored as the midnight after it. While the cards are asked, the page says so at each item."""
    room = ReopenedRoom({"citizens": 6, "politicians": 6}, title="Træer i byen")
    record = published(room)
    code = room.take_all()["citizens"][0]
    look_back = room.look_back(ahead=14)
    decision = room.decide(ahead=10)
    last, decided = (Words(outcome_of(room)).day(date.fromisoformat(room.day(ahead))) for ahead in (14, 10))
    card = client_of(app)
    enter(card, code)
    assert f"til og med {last}" in card.get(f"/k/{room.id}").get_data(as_text=True)
    page = stranger.client.get(record).get_data(as_text=True)
    assert f"<li><b>{last}</b><span>Sidste dag for tilbageblikket</span></li>" in page
    assert f"<li><b>{decided}</b><span>Sidste dag for afstemningen om den nye version af Aftale A</span></li>" in page
    assert f"Åbent til og med {last}." in page and f" til {last}</h3>" in page
    said = f"Kortene svarer nu, til og med {last}"
    assert page.count(said) == 2 and page.count("Ikke spurgt endnu") == 1, (
        "in the table and at the agreement; not at the goal"
    )
    found = events(stranger, f"{record}/follow-up.ics")
    assert found[look_back.replace(":", "-")].dtstart == date.fromisoformat(room.day(14))
    assert found[decision.replace(":", "-")].dtstart == date.fromisoformat(room.day(10))
    assert f"Åbent til og med {last}." in str(told(stranger, f"{record}/feed.atom"))
    with room.after(3):
        room.close(look_back)
        room.finish()
        found = events(stranger, f"{record}/follow-up.ics")
    for one in (look_back, decision):
        assert found[one.replace(":", "-")].dtstart == date.fromisoformat(room.day(3))


def test_the_next_report_is_not_called_the_next_date(room: PromiseRoom, stranger: Browser):
    """A contribution is due before it, and the review has a row of its own."""
    record = published(room)
    room.do(room.organiser, "set_rhythm", dates=[room.day(90)])
    day = Words(outcome_of(room)).day(date.fromisoformat(room.day(90)))
    page = stranger.client.get(record).get_data(as_text=True)
    assert page.count(f'<dt>Næste melding</dt> <dd dir="auto">{day}</dd>') == 2 and "Næste dato" not in page


def test_what_was_ended_or_dropped_arrives_as_cancelled(room: PromiseRoom, stranger: Browser):
    address = f"{published(room)}/follow-up.ics"
    steward = room.steward(room.goal, "Skolechefen")
    before = events(stranger, address)
    with room.after(2):
        room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Vi stopper.")
        room.do(
            steward, "report_follow_up", on=room.goal, date=room.day(2), status="dropped", what_worked="Intet",
            what_went_wrong="Alt", lesson="Begynd før", next_date=room.day(90),
        )  # fmt: skip
        after = events(stranger, address)
    for key in ("goal-1-deadline", "goal-1-first-step", "agreement-1-review"):
        assert (before[key].status, after[key].status) == ("CONFIRMED", "CANCELLED")
        assert after[key].sequence > before[key].sequence
    assert after["goal-1-next-report"].status == "CANCELLED"


def test_a_calendar_of_a_link_shows_its_own_dates_and_ends_with_it(room: PromiseRoom, stranger: Browser):
    steward = room.steward(room.goal, "Skolechefen")
    address = room.seen_by(steward)["mine"]["calendar"]
    found = events(stranger, address)
    assert "goal-1-deadline" in found and not [key for key in found if key.startswith("agreement")]
    clock = db.session.get_one(Workshop, room.id).clock
    stranger.client.get(address)
    assert db.session.get_one(Workshop, room.id).clock == clock
    assert stranger.client.get(address.replace(address[-8], "0" if address[-8] != "0" else "1")).status_code == 404
    for wrong in ("l-", "x1-aa", "l999-aa", "o1-aa", "løber"):
        assert stranger.client.get(f"/cal/{wrong}.ics").status_code == 404
    link = next(one["id"] for one in room.seen_by(room.organiser)["mine"]["links"] if one["role"] == "steward")
    room.do(room.organiser, "end_link", link=link)
    assert stranger.client.get(address).status_code == 410


def test_an_organisers_calendar_has_all_workshops_and_changes_with_the_password(room: PromiseRoom, stranger: Browser):
    address = room.seen_by(room.organiser)["mine"]["calendar"]
    titles = [str(event.summary) for event in events(stranger, address).values()]
    assert titles and all(title.endswith("(Træer i byen)") for title in titles)
    organiser = db.session.get_one(Organiser, room.organiser.organiser_id)
    organiser.password_hash = "another"
    db.session.flush()
    assert stranger.client.get(address).status_code == 404
    assert "calendar" not in room.seen_by(room.chair)["mine"]
