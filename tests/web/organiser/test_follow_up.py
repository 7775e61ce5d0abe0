"""The organiser's follow-up page: who waits for whom, links, handover, rhythm and false alarms."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.conftest import Browser, client_of, owner_of
from tests.web.follow_up.visiting import Visitor, words
from workshop.clock import now
from workshop.export.package import record_hash
from workshop.rules.dates import months_after
from workshop.rules.rhythm import proposed_days, reported_on


@pytest.fixture
def room(app: Flask) -> PromiseRoom:
    return PromiseRoom()


@pytest.fixture
def organiser(app: Flask, room: PromiseRoom) -> Browser:
    """The room's organiser, logged in."""
    return owner_of(app, room.id)


def path(room: PromiseRoom, act: str = "") -> str:
    return f"/organiser/workshops/{room.id}/follow-up" + (f"/{act}" if act else "")


def send(room: PromiseRoom, organiser: Browser, act: str, **fields: str):
    return organiser.send(path(room, act), path(room), **fields)


def waits(room: PromiseRoom, organiser: Browser) -> list[str]:
    """Each line of who waits for whom."""
    html = organiser.client.get(path(room)).get_data(as_text=True)
    found = re.findall(r"<div><p><b>(.*?)</b>", html.partition('id="waiting"')[2].partition("</section>")[0])
    return [unescape(one) for one in found]


def links(room: PromiseRoom) -> list[dict]:
    return room.seen_by(room.chair)["mine"]["links"]


def test_every_owner_and_party_gets_a_link_by_one_press(room: PromiseRoom, organiser: Browser):
    page = organiser.client.get(path(room)).get_data(as_text=True)
    hidden = r'<input type="hidden" name="{}" value="([^"]*)">'
    wanted = re.findall("".join(hidden.format(name) for name in ("role", "on", "party")), page)
    missing = [one for one in dict.fromkeys(wanted) if one[0] == "receiver" or one[2]]
    assert len(missing) == 4
    for role, on, party in missing:
        assert send(room, organiser, "link", role=role, on=on, party=unescape(party), body="").status_code == 303
    assert {(one["role"], one["on"], one["party"]) for one in links(room)} == {
        ("receiver", None, ""),
        ("steward", room.goal, "Skolechefen"),
        ("steward", room.agreement, "Foreningen"),
        ("steward", room.agreement, "Kommunen"),
    }
    page = organiser.client.get(path(room)).get_data(as_text=True)
    assert "Har intet link endnu" not in page and all(one["token"] in page for one in links(room))


def test_a_form_that_is_sent_twice_makes_one_link(room: PromiseRoom, organiser: Browser):
    opened = organiser.open(path(room))
    fields = {"csrf_token": opened.csrf, "once": opened.values["once"], "role": "panel", "on": ""}
    for _ in range(2):
        assert organiser.client.post(path(room, "link"), data=fields).status_code == 303
    assert len(links(room)) == 1


def test_a_wrong_address_is_told_and_what_was_typed_stays(room: PromiseRoom, organiser: Browser):
    answer = send(room, organiser, "link", role="receiver", on=room.goal, body="Vejdirektoratet", address="ingen adresse")
    page = words(answer)
    assert answer.status_code == 422 and "Det er ikke en e-mailadresse" in page
    assert "Vejdirektoratet" in page and "ingen adresse" in page and not links(room)
    long = send(room, organiser, "link", role="receiver", on=room.goal, body="x" * 2000)
    assert long.status_code == 422 and "Navnet er for langt" in words(long) and "x" * 2000 in words(long)


def test_the_handover_starts_the_clock_and_refuses_a_day_that_is_over(room: PromiseRoom, organiser: Browser):
    assert waits(room, organiser)[0].startswith("Dig: overdrag resultatet")
    wrong = send(room, organiser, "hand_over", to="Borgmesteren", due=room.day(-1), note="")
    assert wrong.status_code == 422 and "Dagen er gået" in words(wrong) and "Borgmesteren" in words(wrong)
    assert send(room, organiser, "hand_over", to="Borgmesteren", due=room.day(20), note="").status_code == 303
    assert room.seen_by(room.chair)["handover"]["due"] == room.day(20)
    assert waits(room, organiser)[0] == "Byrådet: bekræft, at resultatet er modtaget"


def test_what_is_late_stands_first_and_a_false_alarm_is_cleared(room: PromiseRoom, organiser: Browser):
    room.do(room.chair, "hand_over_result", due=room.day(10))
    with room.after(40):
        found = waits(room, organiser)
        assert [one.partition(",")[0] for one in found[:2]] == ["Byrådet: svar på Aftale A", "Byrådet: svar på Mål 1"]
        assert all(" siden " in one for one in found[:5]) and " siden " not in found[-1]
        empty = send(room, organiser, "correct", on=room.goal, reason="")
        assert empty.status_code == 422 and "begrundelse" in words(empty)
        assert send(room, organiser, "correct", on=room.goal, reason="Svaret kom på papir").status_code == 303
        assert not any(one.startswith("Byrådet: svar på Mål 1, siden") for one in waits(room, organiser))


def test_an_item_that_was_passed_on_asks_for_a_link_to_the_other_body(room: PromiseRoom, organiser: Browser):
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="not_ours", reason="Vejene er statens", body="Vejdirektoratet")
    room.do(receiver, "publish_answers")
    assert any(one.startswith("Dig: lav et link til Vejdirektoratet om Mål 1") for one in waits(room, organiser))
    sent = send(room, organiser, "link", role="receiver", on=room.goal, party="", body="Vejdirektoratet")
    assert sent.status_code == 303
    assert any(one.startswith("Vejdirektoratet: svar på Mål 1") for one in waits(room, organiser))


def test_a_contested_line_and_a_day_of_the_rhythm_without_a_report_are_told(room: PromiseRoom, organiser: Browser):
    line = room.item(room.agreement)["lines"][0]
    other = next(one["party"] for one in room.item(room.agreement)["lines"] if one["party"] != line["party"])
    room.do(room.steward(room.agreement, line["party"]), "report_line", on=room.agreement, line=0, state="delivered")
    contest = {"on": room.agreement, "line": 0, "verdict": "contested", "words": "Vi så intet"}
    room.do(room.steward(room.agreement, other), "confirm_line", **contest)
    assert any(one.startswith(f"Dig: {other} bestrider") for one in waits(room, organiser))
    assert send(room, organiser, "rhythm", dates=[room.day(5), ""]).status_code == 303
    with room.after(6):
        assert any(one.startswith("Skolechefen: melding om Mål 1, siden") for one in waits(room, organiser))
        owner = room.steward(room.goal, "Skolechefen")
        room.do(owner, "report_follow_up", on=room.goal, status="on_track")
        assert not any("melding om Mål 1" in one for one in waits(room, organiser))
        assert "1 dag efter" in organiser.open(path(room)).text


def test_a_link_is_shown_as_a_code_replaced_and_ended(app: Flask, room: PromiseRoom, organiser: Browser):
    token = room.do(room.chair, "make_link", role="steward", on=room.goal, party="Skolechefen", name="Karen")["link"]
    steward = Visitor(client_of(app), "steward", token)
    made = links(room)[0]["id"]
    assert '<svg class="qr"' in organiser.client.get(f"{path(room)}?qr={made}").get_data(as_text=True)
    assert send(room, organiser, "replace_link", link=made).status_code == 303
    steward.see(410)
    (new,) = links(room)
    assert (new["party"], new["name"], new["token"] != token) == ("Skolechefen", "Karen", True)
    assert send(room, organiser, "end_link", link=new["id"]).status_code == 303 and not links(room)
    again = send(room, organiser, "end_link", link="link:999999")
    assert again.status_code == 404 and 'role="alert"' in words(again)


def test_the_receivers_link_is_replaced_and_the_drafts_go_along(app: Flask, room: PromiseRoom, organiser: Browser):
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Det er i budgettet")
    assert send(room, organiser, "replace_link", link=links(room)[0]["id"]).status_code == 303
    assert "Det er i budgettet" in Visitor(client_of(app), "receiver", links(room)[0]["token"]).see()


def test_an_owner_who_is_gone_is_followed_by_another(room: PromiseRoom, organiser: Browser):
    room.do(room.chair, "make_link", role="steward", on=room.goal, party="Skolechefen")
    made = links(room)[0]["id"]
    empty = send(room, organiser, "pass_on", link=made, to_name="", words="Er rejst", address="")
    assert empty.status_code == 422 and "Skriv, hvem der tager over" in words(empty) and "Er rejst" in words(empty)
    assert send(room, organiser, "pass_on", link=made, to_name="Karen", words="Er rejst", address="").status_code == 303
    assert any(one.startswith("Karen: sig ja eller nej") for one in waits(room, organiser))


def test_an_offer_that_is_replaced_still_has_to_be_accepted(app: Flask, room: PromiseRoom, organiser: Browser):
    owner = room.steward(room.goal, "Skolechefen")
    room.do(owner, "pass_on", to_name="Karen", words="Jeg flytter", address="k@example.org")
    offer = links(room)[-1]
    assert send(room, organiser, "replace_link", link=offer["id"]).status_code == 303
    before, new = links(room)
    assert before["id"] == f"link:{owner.token_id}" and new["id"] != offer["id"] and new["token"] != offer["token"]
    assert {name: new[name] for name in ("party", "name", "address", "state")} == {
        "party": "Skolechefen",
        "name": "Karen",
        "address": "k@example.org",
        "state": "offered",
    }
    page = Visitor(client_of(app), "steward", new["token"])
    assert "Jeg flytter" in page.see()
    assert page.send("/accept").status_code == 303 and [one["id"] for one in links(room)] == [new["id"]]


def test_an_owners_link_that_is_replaced_takes_its_offers_along(room: PromiseRoom, organiser: Browser):
    owner = room.steward(room.goal, "Skolechefen")
    room.do(owner, "pass_on", to_name="Karen")
    assert send(room, organiser, "replace_link", link=f"link:{owner.token_id}").status_code == 303
    assert [one["state"] for one in links(room)] == ["active"]


def test_a_new_facilitators_link_leaves_the_links_it_showed_and_says_so(room: PromiseRoom, organiser: Browser):
    where = f"/organiser/workshops/{room.id}/links/{{}}/replace"
    asked, told = "Ordstyrerens link viste også", "Skift også dem under Opfølgning"
    assert asked not in organiser.open(where.format("facilitator")).text
    receiver, _ = room.link("receiver"), room.steward(room.goal, "Skolechefen")
    assert f"{asked} de 2 links til opfølgningen" in organiser.open(where.format("facilitator")).text
    assert asked not in organiser.open(where.format("board")).text
    organiser.send(where.format("facilitator"), where.format("facilitator"))
    assert told in organiser.open(f"/organiser/workshops/{room.id}").text
    assert room.seen_by(receiver)["mine"]["role"] == "receiver"


def test_closing_proposes_the_days_of_the_reports(room: PromiseRoom, organiser: Browser):
    days = [day.isoformat() for day in proposed_days(room.today)]
    assert room.seen_by(room.chair)["dates"] == days and len(days) == 4
    page = organiser.client.get(path(room)).get_data(as_text=True)
    assert all(f'value="{day}"' in page for day in days)


def test_days_a_person_chose_stay_when_the_room_opens_and_closes_again(room: PromiseRoom, organiser: Browser):
    send(room, organiser, "rhythm", dates=[room.day(100)])
    for name in ("open_workshop", "close_workshop"):
        room.do(room.chair, name)
    assert room.seen_by(room.chair)["dates"] == [room.day(100)]


def test_a_day_that_cannot_be_read_is_told_and_the_others_stay_typed(room: PromiseRoom, organiser: Browser):
    answer = send(room, organiser, "rhythm", dates=[room.day(100), "engang til sommer"])
    page = words(answer)
    assert answer.status_code == 422 and "Skriv en dato" in page and room.day(100) in page


def test_nobody_elses_page_opens_and_a_draft_has_nothing_to_do(mette: Browser, bo: Browser):
    number = mette.make()
    assert "Opfølgningen begynder, når workshoppen er lukket." in mette.open(f"/organiser/workshops/{number}/follow-up").text
    assert bo.client.get(f"/organiser/workshops/{number}/follow-up").status_code == 404
    sent = bo.send(f"/organiser/workshops/{number}/follow-up/hand_over", "/organiser/account", due="")
    assert sent.status_code == 404


@pytest.mark.parametrize(
    ("months", "expected"), [(1, "2027-02-28"), (3, "2027-04-30"), (12, "2028-01-31"), (13, "2028-02-29")]
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(months: int, expected: str):
    assert months_after(now().date().replace(2027, 1, 31), months).isoformat() == expected


def test_a_report_belongs_to_the_days_around_it():
    day = now().date().replace(2027, 6, 1)
    days = [months_after(day, 6 * place) for place in range(3)]
    told = [day.replace(day=2), days[1].replace(day=1)]
    assert reported_on(days, told, days[1]) == [told[0], told[1]]
    assert reported_on(days, [told[1]], days[1]) == [None, told[1]]
    early = days[1] - timedelta(days=3)
    assert reported_on(days, [told[1], early], days[1]) == [None, early]
    assert reported_on(days, told, days[0]) == [told[0]]


def test_the_package_is_taken_by_a_form_and_the_next_one_names_its_record(room: PromiseRoom, organiser: Browser):
    home = f"/organiser/workshops/{room.id}/export"
    assert organiser.client.get(f"/organiser/workshops/{room.id}/package").status_code == 405, "a GET notes nothing"
    taken = organiser.send(f"/organiser/workshops/{room.id}/package", home, kle="04.00.00")
    assert taken.status_code == 200 and taken.mimetype == "application/zip"
    named = record_hash(taken.data)
    assert "Den næste er et tillæg" not in unescape(organiser.client.get(home).get_data(as_text=True))
    with room.after(30):
        room.do(room.steward(room.agreement, "Foreningen"), "report_line", on=room.agreement, line=0, state="delivered")
    page = unescape(organiser.client.get(home).get_data(as_text=True))
    assert "Den næste er et tillæg" in page and named[:16] in page
