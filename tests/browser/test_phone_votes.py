"""Ballots on the phone: marking, changing, sending, and reaching an open vote."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, come_into, open_ballot, primary


def test_the_bar_of_a_chosen_idea_has_its_share_of_the_line(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 10)
    come_into(hall, "shortlist")
    phone = come_in(open_page, hall)
    row = phone.locator(".chosen-list li").first
    expect(row.get_by_text(re.compile(r"satte kryds"))).to_be_visible()
    bar, words, number = (row.locator(part).bounding_box() for part in (".count .bar", ".words", ".n"))
    assert bar and words and number
    assert bar["width"] >= 48, bar
    assert abs(number["y"] - words["y"]) < 12, "the number stands beside the first line"


def test_a_half_filled_ballot_stands_whatever_happens_in_the_room(hall: Hall, open_page: OpenPage):
    ballot, ids = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    expect(phone.get_by_text("Hemmelig: ingen kan se, hvad du stemmer")).to_be_visible()
    expect(primary(phone)).to_have_text("Vælg mindst én")
    phone.get_by_label("Fællesspisning").click()
    for voter in hall.people["citizens"]:
        hall.do(voter, "cast_ballot", ballot=ballot, choices={ids[0]: 1})
    expect(phone.get_by_text(re.compile(r"4 af \d"))).to_be_visible()
    expect(phone.get_by_label("Fællesspisning")).to_be_checked()
    phone.reload()
    expect(phone.get_by_label("Fællesspisning")).to_be_checked()
    expect(phone.get_by_text("Ét kryds tilbage")).to_be_visible()
    expect(phone.get_by_role("button", name="Stem med ét kryds")).to_be_visible()


def test_a_vote_can_be_changed_until_it_closes_and_the_receipt_says_what_it_bought(hall: Hall, open_page: OpenPage):
    ballot, ids = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    phone.get_by_label("Svar inden for").check()
    phone.get_by_label("Fællesspisning").check()
    phone.get_by_label("Foreninger").click(force=True)
    expect(phone.get_by_label("Foreninger")).not_to_be_checked()
    expect(phone.get_by_text("Fjern et kryds først").first).to_be_visible()
    phone.get_by_role("button", name="Stem med 2 kryds").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    phone.get_by_label("Svar inden for").uncheck()
    expect(phone.get_by_text("Send igen, så det tæller")).to_be_visible()
    phone.get_by_role("button", name="Send den ændrede stemme").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    for voter in hall.people["citizens"]:
        hall.do(voter, "cast_ballot", ballot=ballot, choices={ids[1]: 1, ids[0]: 1})
    hall.chair("close_ballot", ballot=ballot)
    expect(phone.get_by_text("Resultatet bliver vist for alle på samme tid")).to_be_visible()
    expect(phone.get_by_text("Din stemme er talt med")).to_be_visible()
    hall.chair("publish_ballot", ballot=ballot)
    expect(phone.get_by_text("2 idéer er valgt")).to_be_visible()
    expect(phone.locator(".slip")).to_contain_text("Din stemme hjalp én af de 2 valgte idéer")
    expect(phone.locator(".chosen-list li", has_text="Fællesspisning").get_by_text("Du satte kryds")).to_be_visible()
    phone.reload()
    expect(phone.locator(".slip")).to_contain_text("Din stemme hjalp én")


def test_a_vote_given_without_a_network_is_sent_when_it_is_back(hall: Hall, open_page: OpenPage):
    ballot, _ = open_ballot(hall, choices=2)
    phone = come_in(open_page, hall)
    phone.get_by_label("Fællesspisning").check()
    phone.context.set_offline(True)
    expect(phone.locator(".offline")).to_be_visible()
    phone.get_by_role("button", name="Stem med ét kryds").click()
    expect(primary(phone)).to_have_text("Venter på forbindelse")
    phone.context.set_offline(False)
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    record = next(r for r in hall.records() if r["id"] == ballot)
    assert record["turnout"]["voted"] == 1


def test_dots_and_positions_are_given_one_thing_at_a_time(hall: Hall, open_page: OpenPage):
    ballot, _ = open_ballot(hall, "dots", dots=3, per_option=2)
    phone = come_in(open_page, hall)
    first = phone.locator(".dots").first
    first.get_by_role("button", name="Tilføj en prik").click()
    first.get_by_role("button", name="Tilføj en prik").click()
    expect(first.get_by_text("Op til 2 prikker på samme idé")).to_be_visible()
    expect(phone.get_by_text("Én prik tilbage")).to_be_visible()
    phone.get_by_role("button", name="Stem med 2 prikker").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    expect(phone.locator(".toast")).to_contain_text("Din stemme er sendt")
    hall.chair("close_ballot", ballot=ballot)
    expect(phone.get_by_text("Afstemningen er lukket")).to_be_visible()
    assert phone.locator(".toast").count() == 0, "said of an open vote, under a closed one"
    expect(phone.locator(".list li", has_text="2 prikker")).to_be_visible()
    ids = [record["id"] for record in hall.records() if record["kind"] == "idea"]
    second = hall.chair("open_ballot", method="positions", options=ids, settings={})["ballot"]
    seen = []
    for n, answer in enumerate(("Enig", "Uenig", "Pas"), 1):
        expect(phone.get_by_text(f"Udsagn {n}", exact=True)).to_be_visible()
        seen.append(phone.locator(".say .words").inner_text())
        phone.get_by_role("button", name=answer, exact=True).click()
    expect(phone.get_by_text("Udsagn 4", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Forrige udsagn").click()
    expect(phone.locator(".say .words")).to_have_text(seen[2])
    expect(phone.get_by_role("button", name="Pas")).to_have_attribute("aria-pressed", "true")
    phone.get_by_role("button", name="Enig", exact=True).click()
    phone.get_by_role("button", name="Uenig", exact=True).click()
    expect(phone.get_by_text("Du har svaret på alle")).to_be_visible()
    turnout = next(r for r in hall.records() if r["id"] == second)["turnout"]
    assert turnout["voted"] == 1


def test_an_open_vote_can_be_reached_whatever_step_runs(hall: Hall, open_page: OpenPage):
    open_ballot(hall, choices=1)
    hall.start("frame")
    phone = come_in(open_page, hall)
    expect(phone.get_by_text("Det kan du regne med")).to_be_visible()
    row = phone.get_by_role("link", name=re.compile("^Stem"))
    expect(row).to_contain_text("Du har ikke svaret endnu")
    row.click()
    phone.get_by_label("Fællesspisning").check()
    phone.get_by_role("button", name="Stem med ét kryds").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    phone.get_by_role("link", name=re.compile("^Tilbage til")).click()
    expect(phone.get_by_role("link", name=re.compile("^Stem"))).to_contain_text("Dit svar er sendt")
