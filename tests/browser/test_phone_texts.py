"""Decisions, amendments and consent on the phone, and the way of an idea to the agreement."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hall import FRAME, Hall, in_danish
from tests.browser.phones import come_in, field, look, primary


def test_a_decision_asks_for_reasons_waits_for_late_comers_and_tells_every_group(hall: Hall, open_page: OpenPage):
    one = come_in(open_page, hall)
    hall.join("citizens", 9)
    hall.join("politicians", 6)
    agreement = hall.agreement()
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    expect(one.get_by_text("Hemmelig: ingen kan se, hvad du stemmer.")).to_be_visible()
    expect(one.get_by_text("Du stemmer om version 1")).to_be_visible()
    expect(primary(one)).to_have_text("Vælg et svar")
    one.get_by_label("For, med forbehold").click()
    expect(primary(one)).to_have_text("Skriv dit forbehold")
    field(one, "Dit forbehold").fill("Opsynet må ikke tages fra klubbernes timer")
    one.get_by_role("button", name="Send min stemme").click()
    expect(primary(one)).to_have_text("Din stemme er sendt")
    late = come_in(open_page, hall, "politicians")
    expect(late.get_by_text("Du er med i den næste")).to_be_visible()
    expect(late.get_by_role("radio")).to_have_count(0)
    for voter in hall.people["citizens"]:
        hall.do(voter, "take_stance", decision=decision, stance="for")
    for voter in hall.people["politicians"]:
        hall.do(voter, "take_stance", decision=decision, stance="against")
    assert one.get_by_text("Gruppe for gruppe").count() == 0, "told before it closed"
    hall.chair("close_decision", decision=decision)
    expect(one.get_by_role("heading", name="Ikke tilslutning")).to_be_visible()
    expect(one.get_by_text("Ikke flertal hos: Politikere.")).to_be_visible()
    expect(one.get_by_role("img", name="Flertal i 1 af 2 grupper")).to_be_visible()
    expect(one.get_by_text("Opsynet må ikke tages")).to_be_visible()


def test_a_changed_text_ends_the_decision_and_says_so(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    hall.join("politicians", 2)
    agreement = hall.agreement()
    hall.start("decisions")
    hall.chair("open_decision", on=agreement, version=1)
    phone.get_by_label("Blank", exact=True).click()
    hall.chair("edit_agreement", agreement=agreement, version=1, purpose="Skolerne står åbne to aftener om ugen.")
    expect(phone.get_by_role("heading", name="Teksten er ændret")).to_be_visible()
    expect(phone.locator("ins, del").first).to_be_visible()


def test_an_amendment_goes_in_and_its_answer_comes_back(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    agreement = hall.agreement()
    hall.start("agreements")
    phone.locator("main a", has_text="Skolerne står åbne").click()
    phone.get_by_role("button", name="Foreslå ændring").click()
    expect(primary(phone)).to_have_text("Intet er ændret")
    field(phone, "Skriv den nye tekst").fill("Skolerne står åbne for unge to aftener om ugen.")
    phone.get_by_label("Hvorfor?").fill("Tre er for dyrt")
    hall.chair("show_on_board", shows=agreement)
    phone.get_by_role("button", name="Send forslag").click()
    expect(phone.locator(".idea.yours")).to_contain_text("Tre er for dyrt")
    amendment = next(record for record in hall.records() if record["kind"] == "amendment")
    hall.chair("reject_amendment", amendment=amendment["id"], reason="Byrådet har sagt ja til tre")
    expect(phone.locator(".idea.yours")).to_contain_text("Byrådet har sagt ja til tre")
    expect(phone.locator(".idea.yours")).to_contain_text("Afvist")


def test_consent_is_given_or_objected_to_with_a_reason(hall: Hall, open_page: OpenPage):
    hall.start("rules")
    one, two = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    one.get_by_role("button", name="Ingen indvending").click()
    expect(one.get_by_text("Du har svaret: ingen indvending")).to_be_visible()
    two.get_by_role("button", name="Jeg har en indvending").click()
    expect(primary(two)).to_have_text("Skriv din begrundelse")
    field(two, "Hvad går galt, hvis vi gør det?").fill("Nogen skal kunne afbryde")
    two.get_by_role("button", name="Send indvending").click()
    expect(two.locator(".yours")).to_contain_text("Nogen skal kunne afbryde")
    expect(one.get_by_text("”Nogen skal kunne afbryde”")).to_be_visible()
    expect(one.get_by_role("button", name="Træk indvendingen tilbage")).to_have_count(0)
    two.get_by_role("button", name="Træk indvendingen tilbage").click()
    expect(one.get_by_text("”Nogen skal kunne afbryde”")).to_have_count(0)


def test_ground_rules_that_change_are_shown_with_what_changed_and_answered_again(hall: Hall, open_page: OpenPage):
    hall.start("rules")
    phone = come_in(open_page, hall)
    phone.get_by_role("button", name="Ingen indvending").click()
    expect(phone.get_by_text("Du har svaret: ingen indvending.")).to_be_visible()
    hall.chair("edit_workshop", ground_rules=FRAME["ground_rules"] + " Telefonen bliver i lommen.")
    expect(phone.get_by_role("heading", name="Spillereglerne er ændret. Svar igen")).to_be_visible()
    expect(phone.locator(".changed-rules ins")).to_contain_text("Telefonen bliver i lommen.")
    expect(phone.get_by_text("Før svarede du ”Ingen indvending”. Det gjaldt den gamle tekst.")).to_be_visible()
    phone.get_by_role("button", name="Ingen indvending").click()
    expect(phone.get_by_text("Du har svaret: ingen indvending.")).to_be_visible()
    rounds = [record for record in hall.records() if record["kind"] == "consent"]
    assert [(one["state"], one["round"], one["turnout"]["voted"]) for one in rounds] == [("closed", 1, 1), ("open", 1, 1)]


def test_an_idea_can_be_followed_to_the_agreement_and_the_end(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Åbne skoler om aftenen")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    hall.chair("reveal_ideas")
    idea = next(record["id"] for record in hall.records() if record["kind"] == "idea")
    agreement = hall.agreement()
    goal = next(record for record in hall.records() if record["kind"] == "goal")
    hall.chair("edit_goal", goal=goal["id"], version=1, from_ideas=[idea])
    look(phone, hall, "mine")
    expect(phone.locator(".trail")).to_contain_text("Blev til mål 1")
    expect(phone.locator(".trail")).to_contain_text("Er med i aftale A")
    hall.start("commitments")
    phone.locator(".agr", has_text="Skolerne står åbne").get_by_role("button", name="Støtter du den?").click()
    expect(primary(phone)).to_have_text("Vælg et svar")
    phone.get_by_role("button", name="Jeg støtter den", exact=True).click()
    field(phone, "Hvad gør du selv? (valgfrit)").fill("Jeg ringer til klubberne")
    primary(phone).click()
    expect(phone.locator(".agr", has_text="Du støtter den")).to_contain_text("Jeg ringer til klubberne")
    assert next(r for r in hall.records() if r["kind"] == "commitment")["on"] == agreement
    hall.start("closing")
    expect(phone.get_by_role("heading", name="Det blev I enige om")).to_be_visible()
    expect(phone.get_by_text(in_danish(FRAME["response_due"]))).to_be_visible()
    expect(phone.locator(".reentry")).to_have_text(re.compile(r"^[0-9A-Z]{5}-[0-9A-Z]{5}$"))


def test_where_the_room_recommends_the_phone_never_says_decided(hall: Hall, open_page: OpenPage):
    hall.chair("edit_workshop", decision_level="recommendation")
    phone = come_in(open_page, hall)
    hall.join("citizens", 4)
    hall.join("politicians", 5)
    agreement = hall.agreement()
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    seen = []
    expect(phone.get_by_text("Din stemme om version 1")).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    phone.get_by_label("For", exact=True).click()
    primary(phone).click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    for voter in [*hall.people["citizens"], *hall.people["politicians"]]:
        hall.do(voter, "take_stance", decision=decision, stance="for")
    hall.chair("close_decision", decision=decision)
    expect(phone.get_by_role("heading", name="Anbefales")).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    look(phone, hall, agreement)
    expect(phone.get_by_text("Anbefales").first).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    hall.start("closing")
    expect(phone.get_by_role("heading", name="Anbefales")).to_be_visible()
    seen.append(phone.locator("body").inner_text())
    for words in seen:
        assert not re.search(r"beslutte(?!nde)|vedtag", words, re.IGNORECASE), words
