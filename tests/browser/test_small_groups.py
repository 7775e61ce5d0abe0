"""A group too small for a secret count agrees on three phones, and for a seat, to vote by name."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import GOAL, Hall
from tests.browser.open_votes import OPEN, SECRET, close_decision, come_in, console_of, pdf_text, with_people
from tests.browser.seats import act_for, make_seat, row, switch


@pytest.fixture
def filled(hall: Hall) -> Hall:
    return with_people(hall)


def test_a_small_group_votes_openly_when_all_three_have_agreed_on_their_phones(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.agreement()
    phones = [come_in(open_page, hall, "Forskere") for _ in range(3)]
    citizen = come_in(open_page, hall, "Borgere")
    console = console_of(open_page, hall)
    hall.start("decisions")
    for phone in phones:
        expect(phone.get_by_text(SECRET)).to_be_visible()
    console.locator("#decide-agreement-A").click()
    dialog = console.get_by_role("dialog")
    expect(dialog.locator("tr", has_text="Forskere")).to_contain_text("Tælles sammen")
    button(dialog, "Spørg gruppen, om den vil stemme åbent: Forskere").click()
    expect(dialog.get_by_text("0 af 3 har sagt ja")).to_be_visible()

    one, two, three = phones
    for phone in phones:
        expect(phone.get_by_role("heading", name="Vil din gruppe stemme åbent i næste afstemning?")).to_be_visible()
        expect(phone.get_by_text("Det gælder kun næste afstemning.")).to_be_visible()
    expect(citizen.get_by_text("Vil din gruppe stemme åbent")).to_have_count(0)
    assert faults(one) == []
    button(one, "Ja, åbent med navn").click()
    expect(one.get_by_text("Du har sagt ja.")).to_be_visible()
    button(two, "Ja, åbent med navn").click()
    button(three, "Nej, hemmeligt").click()
    expect(three.get_by_text("Du har sagt nej. Ingen får det at vide.")).to_be_visible()
    expect(dialog.get_by_text("2 af 3 har sagt ja")).to_be_visible()
    expect(dialog.get_by_text("Ikke alle har sagt ja")).to_be_visible()
    assert faults(console) == []
    expect(dialog.locator("tr", has_text="Forskere")).to_contain_text("Tælles sammen")
    # Anyone can change the answer until the vote opens, and the console follows.
    button(three, "Ja, åbent med navn").click()
    expect(dialog.get_by_text("3 af 3 har sagt ja")).to_be_visible()
    expect(dialog.locator("tr", has_text="Forskere")).to_contain_text("alle har sagt ja")
    button(dialog, "Start").click()

    for number, phone in enumerate(phones):
        expect(phone.get_by_role("heading", name="Vil din gruppe stemme åbent")).to_have_count(0)
        expect(phone.locator("footer")).to_contain_text(OPEN)
        phone.get_by_role("radio", name="For", exact=True).check()
        phone.get_by_label("Dit navn").fill(f"Forsker {number}")
        button(phone, "Send min stemme").click()
        expect(phone.get_by_text("Din stemme er sendt").first).to_be_visible()
    expect(citizen.locator("footer")).to_contain_text("Forskere stemmer åbent med navn. Du stemmer hemmeligt.")
    decision = kinds(hall, "decision")[0]
    assert (decision["openness"], decision["agreed_groups"]) == ("secret", ["researchers"])
    for token in hall.people["citizens"]:
        hall.do(token, "take_stance", decision=decision["id"], stance="for")
    close_decision(console)
    expect(console.locator(".by-name")).to_contain_text("For: Forsker 0, Forsker 1, Forsker 2")
    expect(one.locator(".by-name")).to_contain_text("For: Forsker 0, Forsker 1, Forsker 2")
    text = pdf_text(hall)
    assert "Forskere stemte åbent med navn. Alle i gruppen, der kunne stemme, sagde ja til det" in text
    assert "Borgere stemte hemmeligt." in text

    # It held for that one vote: the next is secret again unless they are asked again.
    other = hall.chair("draft_goal", **{**GOAL, "title": "Et andet mål"})["goal"]
    hall.chair("open_decision", on=other, version=1)
    expect(one.locator("footer")).to_contain_text(SECRET)


def test_who_answers_for_a_seat_is_told_that_the_helper_knows(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    helper = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    make_seat(helper, "Forskere")
    act_for(helper, 1)
    hall.start("decisions")
    group = next(one["id"] for one in hall.records() if one["kind"] == "group" and one["key"] == "researchers")
    hall.chair("ask_open_vote", group=group)
    expect(helper.get_by_text("Du ser personens svar.")).to_be_visible()
    expect(helper.get_by_text("Ingen får at vide, hvem der siger nej.", exact=True)).to_have_count(0)
    button(helper, "Nej, hemmeligt").click()
    expect(helper.get_by_text("Svaret er sendt. Kun du kender det.")).to_be_visible()


def test_a_helper_votes_by_name_for_a_seat(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    ids = hall.ideas(["Fællesspisning hver torsdag", "Gratis bus om aftenen"])
    step = hall.start("ballot")
    hall.chair("edit_step", step=step, settings={"openness": "some_open", "open_groups": ["politicians"]})
    helper = open_page(hall.url(f"/h/{hall.made['tokens']['helper']}"))
    make_seat(helper, "Politikere")
    act_for(helper, 1)
    expect(helper.get_by_text(OPEN)).to_be_visible()
    ballot = hall.chair("open_ballot", method="approval", options=ids, settings={"choices": 1})["ballot"]
    expect(helper.locator("footer")).to_contain_text(f"{OPEN}. Du ser stemmen nu. Sig den ikke videre, før der er lukket.")
    helper.get_by_role("checkbox", name="Gratis bus").check()
    helper.get_by_label("Dit navn").fill("Karen Holm")
    button(helper, "Stem med ét kryds").click()
    expect(button(helper, "Din stemme er sendt")).to_be_visible()
    switch(helper)
    expect(row(helper, 1)).to_contain_text("Karen Holm")
    expect(row(helper, 1)).to_contain_text("Har stemt")
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    record = next(one for one in hall.records() if one["id"] == ballot)
    assert record["turnout"] == {"voted": 1, "eligible": 7, "by_helper": 1}
    assert [one["name"] for one in record["result"]["by_name"]] == ["Karen Holm"]
