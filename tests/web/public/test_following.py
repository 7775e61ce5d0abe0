"""What can be followed from outside: feeds, the public board, a record that was taken back. They say what the page says."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.follow_up.reopened_room import ReopenedRoom
from tests.web.conftest import Browser
from tests.web.public.followed import events, outcome_of, published, told
from workshop.commands.room.workshops import links
from workshop.export.words import Words
from workshop.extensions import db
from workshop.models import Agreement, Workshop
from workshop.store import writing_outside


def test_the_feeds_tell_what_happened_and_keep_their_ids(room: PromiseRoom, stranger: Browser):
    record = published(room)
    receiver = room.handed_over()
    with room.after(3):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Vi planter.")
        room.do(receiver, "publish_answers")
    with room.after(4):
        room.do(receiver, "postpone_answer", to=room.day(80), reason="Vi venter.")
        first = {entry.id: entry.title for entry in told(stranger, f"{record}/feed.atom")}
    titles = list(first.values())
    assert titles[1:] == ["Mål 1: Byrådet svarer: Følger", "Resultatet er overdraget til Byrådet"]
    assert titles[0].startswith("Svaret på Aftale A og Mål 1 er udskudt til ")
    with room.after(9):
        room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Vi stopper.")
        entries = told(stranger, f"{record}/feed.atom?lang=en")
        json = stranger.client.get(f"{record}/feed.json?lang=en").json
    assert {entry.id for entry in entries} > set(first), "an id stays, in the other language too"
    assert entries[0].title.startswith("Agreement A ceases on ") and entries[0].content[0].value == "Vi stopper."
    assert [one["id"] for one in json["items"]] == [entry.id for entry in entries]
    assert json["version"] == "https://jsonfeed.org/version/1.1" and json["items"][0]["url"].endswith("lang=en#agreement-1")
    page = stranger.client.get(record).get_data(as_text=True)
    for kind, name in (("application/atom+xml", "feed.atom"), ("application/feed+json", "feed.json")):
        assert f'<link rel="alternate" type="{kind}" href="{record}/{name}?lang=da"' in page


def test_a_record_that_was_taken_back_says_when_and_why_everywhere(room: PromiseRoom, stranger: Browser):
    record = published(room)
    with room.after(5):
        room.do(room.organiser, "publish_record", published=False, reason="En part bad om det <b>.")
        page = stranger.client.get(record)
        feed = told(stranger, f"{record}/feed.atom")
        calendar = events(stranger, f"{record}/follow-up.ics")
        status = stranger.client.get(f"{record}/status.json")
        english = stranger.client.get(f"{record}?lang=en").get_data(as_text=True)
    text = page.get_data(as_text=True)
    assert page.status_code == 410 and "Referatet er trukket tilbage" in text
    assert "Grund: En part bad om det &lt;b&gt;." in text and "Træer i byen" not in text
    assert "The record was withdrawn" in english
    assert [(entry.title, entry.content[0].value.endswith("En part bad om det <b>.")) for entry in feed] == [
        ("Referatet er trukket tilbage", True)
    ]
    assert [event.dtstart for event in calendar.values()] == [date.fromisoformat(room.day(5))]
    assert status.status_code == 410 and status.json["error"]["reason"] == "En part bad om det <b>."
    assert status.json["error"]["withdrawn_at"].startswith(room.day(5))
    assert stranger.client.get(f"{record}/pdf").status_code == 410
    room.do(room.organiser, "publish_record", published=True)
    assert stranger.client.get(record).status_code == 200
    assert "trukket tilbage" not in stranger.client.get(record).get_data(as_text=True)
    for name in ("", "/feed.atom", "/feed.json", "/follow-up.ics", "/status.json"):
        assert stranger.client.get(f"/record/{'x' * 24}{name}").status_code == 404


def test_the_board_says_what_the_page_says_and_nothing_that_is_for_the_parties_only(room: PromiseRoom, stranger: Browser):
    record = published(room)
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="later", reason="Efter budgettet", date=room.day(200))
    room.do(receiver, "publish_answers")
    board = {"Authorization": f"Bearer {links(db.session.get_one(Workshop, room.id))['board']}"}
    told = stranger.client.get("/api/standing?lang=da", headers=board).get_json()
    page = stranger.client.get(record).get_data(as_text=True)
    assert told["handed_over"] and told["sentence"] in page and told["day"] in page
    goal, agreement = told["items"]
    assert [goal["id"], agreement["id"]] == [room.goal, room.agreement]
    assert (goal["carried_by"], goal["answer"]["words"][:7]) == ("Ansvarlig: Skolechefen", "Senere,")
    assert agreement["answer"]["words"].startswith("Afventer svar senest") and agreement["reached"] is None
    for words in (goal["answer"]["words"], goal["done"]["words"], goal["reached"], goal["kept"], agreement["see"]):
        assert words in page, words
    assert stranger.client.get("/api/standing?lang=en", headers=board).get_json()["items"][0]["label"].startswith("Goal")
    with writing_outside():
        row = db.session.get_one(Agreement, int(room.agreement.partition(":")[2]))
        row.content = row.content | {"openness": "parties_only"}
    told = stranger.client.get("/api/standing?lang=da", headers=board).get_json()
    assert [item["id"] for item in told["items"]] == [room.goal] and told["withheld"]
    assert stranger.client.get("/api/standing").status_code == 401


def test_board_and_console_say_that_an_agreement_is_reopened_and_decided_on(app: Flask, stranger: Browser):
    room = ReopenedRoom({"citizens": 6, "politicians": 6})
    room.take_all()
    room.handed_over()
    board = {"Authorization": f"Bearer {links(db.session.get_one(Workshop, room.id))['board']}"}

    def said() -> list[str]:
        told = stranger.client.get("/api/standing?lang=da", headers=board).get_json()
        return [item["carried_by"] for item in told["items"]]

    goal, agreement = said()
    room.begin()
    assert said() == [goal, f"{agreement}. Genåbnet: en ny version bliver skrevet."]
    room.edit(resources="1.200 timer")
    room.do(room.organiser, "decide_reopened", agreement=room.agreement, until=room.day(14))
    last = Words(outcome_of(room)).day(date.fromisoformat(room.day(14)))
    assert said() == [goal, f"{agreement}. Genåbnet: en ny version afgøres nu, til og med {last}."]
    room.finish()
    assert said() == [goal, agreement]
