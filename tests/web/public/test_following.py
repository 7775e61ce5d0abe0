"""What can be followed from outside: status, feeds, calendars. They say what the page says, and others can read them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import feedparser
import pytest
from flask import Flask

from tests.commands.follow_up.card_room import CardRoom
from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.follow_up.reopened_room import ReopenedRoom
from tests.web.conftest import Browser, client_of
from tests.web.test_cards import enter
from workshop.clock import now
from workshop.commands.room.workshops import links
from workshop.export.document import Outcome
from workshop.export.outcome import outcome
from workshop.export.words import Words
from workshop.extensions import db
from workshop.models import Agreement, LookBack, Organiser, Workshop
from workshop.store import writing, writing_outside


@pytest.fixture
def room(stranger: Browser) -> PromiseRoom:
    return PromiseRoom(title="Træer i byen")


def published(room: PromiseRoom) -> str:
    room.do(room.organiser, "publish_record", published=True)
    return f"/record/{db.session.get_one(Workshop, room.id).record_slug}"


def outcome_of(room: PromiseRoom) -> Outcome:
    return outcome(db.session.get_one(Workshop, room.id), "da", public=True)


def events(stranger: Browser, address: str) -> dict[str, object]:
    """The events of a calendar by the first part of their ids, read by a program that is none of ours."""
    # Not at the top: it reads every time zone there is, in every worker that collects the tests.
    from ical.calendar_stream import IcsCalendarStream

    answer = stranger.client.get(address)
    assert answer.status_code == 200 and answer.content_type == "text/calendar; charset=utf-8"
    calendar = IcsCalendarStream.calendar_from_ics(answer.get_data(as_text=True))
    return {str(event.uid).partition("@")[0]: event for event in calendar.events}


def test_the_page_and_the_status_say_the_same_counters(room: PromiseRoom, stranger: Browser):
    record = published(room)
    receiver = room.handed_over()
    steward = room.steward(room.goal, "Skolechefen")
    with room.after(60):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja.")
        room.do(receiver, "publish_answers")
        room.do(steward, "report_line", on=room.goal, line=0, state="delivered", words="Fundet.", date=room.day(50))
        counts = stranger.client.get(f"{record}/status.json").json["counts"]
        page = stranger.client.get(record).get_data(as_text=True)
    said = re.findall(r'data-counter="(\w+)"><dt>[^<]*</dt><dd>([^<]*)</dd>', page)
    assert counts["late_lines"] == 2 and counts["overdue"] == 1, (
        "the agreement has no answer, and two contributions are late"
    )
    assert dict(said) == {
        "answered": f"{counts['answered']} af {counts['of']}",
        "delivered": f"{counts['delivered']} af {counts['due']}",
        "reached": f"{counts['reached']} af {counts['goals']}",
        "late": str(counts["overdue"] + counts["late_lines"]),
    }


def test_the_status_is_sent_again_only_when_something_was_said_or_a_day_has_passed(room: PromiseRoom, stranger: Browser):
    address = f"{published(room)}/status.json"
    first = stranger.client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    again = stranger.client.get(address, headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    with room.after(1):
        assert stranger.client.get(address, headers=known).status_code == 200, "a day decides what is late"
    room.do(room.chair, "hand_over_result")
    newer = stranger.client.get(address, headers=known)
    assert newer.status_code == 200 and newer.json["handover"] and newer.headers["ETag"] != known["If-None-Match"]
    assert f'data-etag="W/&#34;{newer.headers["ETag"][3:-1]}&#34;"' in stranger.client.get(address[:-12]).get_data(
        as_text=True
    )


def test_neither_a_draft_nor_an_answer_by_card_is_noticed_by_asking_for_the_status_again(app: Flask, stranger: Browser):
    room = CardRoom()
    address = f"{published(room)}/status.json"
    receiver, code = room.handed_over(), room.take_all()["citizens"][0]
    look_back = room.look_back()
    known = {"If-None-Match": stranger.client.get(address).headers["ETag"]}

    def is_known() -> bool:
        return stranger.client.get(address, headers=known).status_code == 304

    for words in ("Ja.", "Nej."):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason=words)
        room.judge(code, look_back, words=words)
        assert is_known()
    room.do(receiver, "publish_answers")
    assert not is_known()
    known["If-None-Match"] = stranger.client.get(address).headers["ETag"]
    room.judge(code, look_back, "partly")
    assert is_known()
    with writing(room.id):
        """The clock moves without a command."""
    assert not is_known()
    known["If-None-Match"] = stranger.client.get(address).headers["ETag"]
    room.judge(code, look_back, "kept")
    assert is_known()
    room.close(look_back)
    assert not is_known()


def told(stranger: Browser, address: str) -> list[dict]:
    answer = stranger.client.get(address)
    found = feedparser.parse(answer.data)
    assert answer.status_code == 200 and not found.bozo, found.get("bozo_exception")
    return found.entries


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


def test_nothing_is_counted_where_nothing_is_due(room: PromiseRoom, stranger: Browser):
    page = stranger.client.get(published(room)).get_data(as_text=True)
    assert "0 af 0" not in page
    assert '<dt>Gjort</dt><dd>Intet</dd><dd class="about">er forfaldent endnu</dd>' in page


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


def documented(name: str) -> set[str]:
    """The fields of one object in docs/export-schema.md."""
    page = (Path(__file__).parents[3] / "docs" / "export-schema.md").read_text(encoding="utf-8")
    part = next(part for part in page.split("\n## ")[1:] if part.splitlines()[0].strip() == name)
    return set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| ([^|]*) \|", part, re.MULTILINE))))


def test_the_status_has_the_fields_that_are_documented_and_no_others(room: PromiseRoom, stranger: Browser):
    address = f"{published(room)}/status.json"
    room.handed_over()
    steward, party = room.steward(room.goal, "Skolechefen"), room.steward(room.agreement, "Foreningen")
    with room.after(5):
        room.do(room.organiser, "add_path_step", body="Udvalget", date=room.day(20), title="Punkt 5")
        room.do(party, "report_line", on=room.agreement, line=0, state="delivered", words="Klar.", date=room.day(4))
        measured = {"value": "200", "value_date": room.day(4), "source": "Optælling", "status": "on_track"}
        room.do(steward, "report_follow_up", on=room.goal, date=room.day(4), **measured)
        room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Vi stopper.")
        row = LookBack(
            workshop_id=room.id, on=[room.goal], opened_at=now(), until=now() + timedelta(days=14), state="closed"
        )
        verdict = {"cards": 10, "judged": 10, "counts": None, "by_group": {}, "words": [], "counts_from": 10}
        row.result = {room.goal: verdict}
        db.session.add(row)
        db.session.flush()
        found = stranger.client.get(address).json
    goal = next(one for one in found["items"] if one["kind"] == "goal")
    agreement = next(one for one in found["items"] if one["kind"] == "agreement")
    objects = {
        "Status": found, "StatusHandover": found["handover"], "StatusCounts": found["counts"], "StatusItem": goal,
        "StatusAnswer": goal["answer"], "StatusLine": agreement["lines"][0], "StatusDone": goal["done"],
        "StatusReached": goal["reached"], "StatusKept": goal["kept"], "StatusReport": goal["reports"][0],
        "StatusStep": found["path"][0], "StatusLookBack": found["look_backs"][0], "StatusEnded": agreement["ended"],
    }  # fmt: skip
    assert {name: set(one) for name, one in objects.items()} == {name: documented(name) for name in objects}


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
