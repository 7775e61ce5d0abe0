"""Ideas on the phone: writing, changing, hiding, and what is not lost without a network."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.axe import NOTHING_BESIDE
from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import IDEAS, come_in, field, ideas_of, look, primary


def test_a_step_that_starts_steals_no_text(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).type("En bænk ved")
    hall.start("themes")
    expect(phone.get_by_text("Ordstyreren er gået videre til")).to_be_visible()
    field(phone).type(" søen")
    assert field(phone).input_value() == "En bænk ved søen"
    phone.get_by_role("button", name="Følg med").click()
    expect(phone.get_by_text("Ingen idéer endnu")).to_be_visible()
    hall.start("ideas")
    assert field(phone).input_value() == "En bænk ved søen"
    expect(phone.get_by_text("Kladden er gemt på telefonen")).to_be_visible()


def test_the_reveal_steals_no_text(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).type("En bænk ved")
    hall.join("citizens")
    hall.ideas(IDEAS[:2])
    expect(phone.get_by_text("Alle i rummet kan se idéen med det samme")).to_be_visible()
    expect(field(phone)).to_be_focused()
    phone.keyboard.type(" søen")
    primary(phone).click()
    expect(phone.locator(".idea.yours")).to_contain_text("En bænk ved søen")
    expect(phone.get_by_text(IDEAS[0])).to_be_visible()


def test_an_idea_is_private_until_it_is_shown_and_then_everybodys(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    one, two = come_in(open_page, hall), come_in(open_page, hall, "politicians")
    expect(one.get_by_text("Kun du kan se idéen, indtil")).to_be_visible()
    expect(primary(one)).to_have_text("Skriv din idé først")
    field(one).fill("Lektiecafé på biblioteket")
    one.get_by_role("button", name="Send idé").click()
    expect(one.locator(".idea.private")).to_contain_text("Gemt. Kun du kan se den")
    expect(field(one)).to_have_value("")
    expect(two.get_by_text("Lektiecafé")).to_have_count(0)
    hall.chair("reveal_ideas")
    expect(two.get_by_text("Lektiecafé på biblioteket")).to_be_visible()
    expect(one.locator(".idea.yours")).to_contain_text("Din idé")
    two.get_by_role("button", name="Byg videre").click()
    field(two, "Din idé, der bygger videre").fill("Med noget at spise")
    two.get_by_role("button", name="Send idé").click()
    expect(two.locator(".plain-card")).to_contain_text("Med noget at spise")
    two.get_by_role("group", name="Hvad vil du gøre?").get_by_role("button", name="Kommentér").click()
    two.get_by_role("button", name="Bekymring").click()
    field(two, "Din bekymring").fill("Hvem låser op?")
    two.get_by_role("button", name="Send kommentar").click()
    expect(one.get_by_role("link", name="Én kommentar")).to_be_visible()
    expect(one.get_by_text("Med noget at spise").first).to_be_visible()
    sorts = [record["sort"] for record in hall.records() if record["kind"] == "comment"]
    assert sorts == ["concern"]


def test_what_only_the_writer_saw_is_said_no_longer_once_all_see_it(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Lektiecafé på biblioteket")
    primary(phone).click()
    expect(phone.locator(".toast")).to_contain_text("Kun du kan se den")
    field(phone).fill("Og en til")
    hall.chair("reveal_ideas")
    expect(phone.locator(".act").get_by_text("Alle i rummet kan se idéen med det samme")).to_be_visible()
    assert phone.locator(".toast").count() == 0


def test_an_own_idea_can_be_changed_hidden_and_withdrawn_and_says_so(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Gratis bus")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    phone.get_by_role("link", name="Ret", exact=True).click()
    expect(primary(phone)).to_have_text("Intet er ændret")
    field(phone, "Ret din idé").fill("Gratis bus om aftenen")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.locator(".idea.private")).to_contain_text("Gratis bus om aftenen")
    hall.chair("reveal_ideas")
    idea = next(record for record in hall.records() if record["kind"] == "idea")
    hall.chair("hide_idea", idea=idea["id"], reason="Nævner en person")
    phone.get_by_role("button", name=re.compile("^Mine")).click()
    expect(phone.locator(".idea.hidden")).to_contain_text("Nævner en person")
    hall.chair("show_idea", idea=idea["id"])
    phone.get_by_role("button", name="Træk tilbage").click()
    phone.get_by_role("dialog").get_by_role("button", name="Træk tilbage").click()
    expect(phone.locator(".idea.withdrawn")).to_contain_text("Trukket tilbage")


def test_who_wrote_a_hidden_idea_may_ask_once_for_it_to_be_shown(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Gratis bus")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    hall.chair("reveal_ideas")
    idea = next(record for record in hall.records() if record["kind"] == "idea")
    hall.chair("hide_idea", idea=idea["id"], reason="Nævner en person")
    look(phone, hall, "mine")
    phone.get_by_role("button", name="Bed om at få idéen vist igen").click()
    field(phone, "Hvorfor skal idéen vises?").fill("Den nævner ingen.")
    phone.get_by_role("button", name="Spørg ordstyreren").click()
    expect(phone.locator(".section", has=phone.locator(".idea.hidden"))).to_contain_text(
        "Du har bedt ordstyreren om at vise"
    )


def test_a_text_one_too_long_is_not_cut_and_the_button_says_why(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    whole = "🙂" * 279 + "å"
    field(phone).fill(whole + "!")
    expect(phone.get_by_text("281 af 280")).to_be_visible()
    expect(primary(phone)).to_have_text("Ét tegn for meget")
    expect(primary(phone)).to_have_attribute("aria-disabled", "true")
    primary(phone).click(force=True)
    assert field(phone).input_value() == whole + "!"
    assert ideas_of(hall) == [] and phone.locator(".idea").count() == 0
    field(phone).fill(whole)
    expect(phone.get_by_text("280 af 280")).to_be_visible()
    phone.get_by_role("button", name="Send idé").click()
    expect(phone.locator(".idea.private")).to_be_visible()
    hall.chair("reveal_ideas")
    assert ideas_of(hall) == [whole]


def test_words_from_right_to_left_and_signs_stand_as_they_were_written(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    for words in ("مكتبة مفتوحة في المساء 👩🏽‍🎓", "<b>Fed</b> & 'citat' \"her\"", "Ungdomsuddannelsesinstitutionernes" * 4):
        field(phone).fill(words)
        primary(phone).click()
        expect(phone.locator(".idea .words").get_by_text(words, exact=True)).to_be_visible()
        expect(field(phone)).to_have_value("")
    arabic = phone.locator(".idea .words", has_text="مكتبة")
    assert arabic.evaluate("node => getComputedStyle(node).direction") == "rtl"
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate(NOTHING_BESIDE)


def test_without_a_network_nothing_is_lost_and_it_is_sent_once(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    # A screen whose script has not come by then cannot be written on.
    expect(field(phone)).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.locator(".offline")).to_contain_text("Du er uden net lige nu")
    expect(phone.locator(".link.off")).to_have_text("Ingen forbindelse")
    field(phone).fill("Besøgsven den første måned")
    phone.get_by_role("button", name="Send, når der er forbindelse").click()
    expect(phone.locator(".idea.waiting")).to_contain_text("Gemt på telefonen")
    expect(primary(phone)).to_have_text("Venter på forbindelse")
    assert field(phone).input_value() == "Besøgsven den første måned", "cleared before the answer"
    phone.get_by_role("button", name="Skriv en ny idé imens").click()
    field(phone).fill("Og en til")
    primary(phone).click()
    expect(phone.locator(".idea.waiting")).to_have_count(2)
    phone.context.set_offline(False)
    expect(phone.locator(".idea.private")).to_have_count(2)
    expect(phone.locator(".offline")).to_have_count(0)
    expect(field(phone)).to_have_value("")
    hall.chair("reveal_ideas")
    assert sorted(ideas_of(hall)) == ["Besøgsven den første måned", "Og en til"]


def test_a_reload_while_something_waits_loses_and_doubles_nothing(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    expect(field(phone)).to_be_visible()
    phone.route("**/socket.io/**", lambda route: route.abort())
    phone.context.set_offline(True)
    expect(phone.locator(".offline")).to_be_visible()
    field(phone).fill("Lån telt, kajak og kamera")
    primary(phone).click()
    expect(phone.locator(".idea.waiting")).to_be_visible()
    # The page comes back (the network for it is there), and the room's line follows.
    phone.context.set_offline(False)
    phone.unroute("**/socket.io/**")
    phone.reload()
    expect(phone.locator(".idea.private")).to_contain_text("Lån telt, kajak og kamera")
    expect(phone.locator(".idea")).to_have_count(1)
    expect(field(phone)).to_have_value("")
    hall.chair("reveal_ideas")
    assert ideas_of(hall) == ["Lån telt, kajak og kamera"]
