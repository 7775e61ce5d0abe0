"""An idea that was begun and not sent, whatever the room and other tabs do; in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import NOTHING_BESIDE
from tests.browser.conftest import OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, field, ideas_of, look, open_ballot, primary

IDEA = "Sænk hastigheden på Møllevej til 40, så vi kan cykle til klubben om aftenen"
STRIP = ".unsent"
IN_VIEW = """node => {
    const box = node.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.height > 0;
}"""


def begun(open_page: OpenPage, hall: Hall, **options: object) -> Page:
    """A phone on which an idea was begun and put aside before the room went on to the themes."""
    hall.start("ideas")
    phone = come_in(open_page, hall, **options)
    field(phone).fill(IDEA)
    expect(phone.locator(STRIP)).to_have_count(0)
    field(phone).blur()
    hall.start("themes")
    expect(phone.locator(STRIP)).to_contain_text("Din idé er ikke sendt")
    return phone


def strip_in_view(phone: Page) -> bool:
    return bool(phone.locator(STRIP).evaluate(IN_VIEW))


def test_an_unsent_idea_stays_in_sight_through_steps_votes_and_scrolling(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall)
    expect(phone.locator(STRIP)).to_contain_text(IDEA)
    open_ballot(hall)
    expect(phone.get_by_text("Hvilke skal blive til mål?").first).to_be_visible()
    for at in ("", "me", "mine", "frame"):
        look(phone, hall, at)
        expect(phone.locator(STRIP)).to_be_visible()
        phone.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        assert strip_in_view(phone), at
    phone.reload()
    expect(phone.locator(STRIP)).to_contain_text(IDEA)


def test_with_the_keyboard_open_the_strip_is_one_line_and_in_sight(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall)
    look(phone, hall, "me")
    phone.set_viewport_size({"width": 390, "height": 400})
    phone.get_by_label("Navn").focus()
    assert strip_in_view(phone)
    assert phone.locator(STRIP).bounding_box()["height"] <= 70  # type: ignore[index]
    box, name = phone.locator(STRIP).bounding_box(), phone.get_by_label("Navn").bounding_box()
    assert box and name and name["y"] >= box["y"] + box["height"], "the strip covers the field"
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate(NOTHING_BESIDE)


def test_after_the_end_the_strip_is_one_line_and_says_that_the_idea_stays_on_the_phone(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall)
    hall.chair("close_workshop")
    expect(phone.locator(f"{STRIP}.folded")).to_be_visible()
    phone.locator(f"{STRIP} a").click()
    expect(phone.get_by_text("Workshoppen er slut, så idéen kan ikke sendes.")).to_be_visible()


def test_the_sheet_of_results_changes_no_colour_of_the_buttons(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall)
    colour = "node => getComputedStyle(node).color"
    link = phone.locator(STRIP).get_by_role("link", name="Se den")
    before = link.evaluate(colour)
    hall.join("citizens", 3)
    agreement = hall.agreement()
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    hall.chair("close_decision", decision=decision)
    expect(phone.get_by_text("Gruppe for gruppe")).to_be_visible()
    phone.wait_for_function("() => [...document.styleSheets].some((one) => one.href?.endsWith('/results.css'))")
    # A phone that is turned reads its sheets anew, in the order they stand in.
    phone.set_viewport_size({"width": 844, "height": 390})
    phone.set_viewport_size({"width": 390, "height": 844})
    expect(link).to_have_css("color", before)


def test_at_double_size_on_a_small_phone_the_strip_leaves_room_for_the_page(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall, size={"width": 360, "height": 667})
    phone.set_viewport_size({"width": 180, "height": 334})  # what a page zoomed to 200 % has of a screen of 360 by 667
    strip = phone.locator(STRIP)
    expect(strip.get_by_role("link", name="Se den")).to_be_visible()
    assert strip.bounding_box()["height"] <= 70  # type: ignore[index]
    assert phone.evaluate(NOTHING_BESIDE)


def test_later_leaves_one_line_and_the_way_leads_to_the_words(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall)
    phone.get_by_role("button", name="Senere").click()
    expect(phone.locator(f"{STRIP}.folded")).to_be_visible()
    phone.locator(f"{STRIP} a").click()
    expect(field(phone)).to_have_value(IDEA)
    expect(phone.get_by_text("Du kan sende den, når der kan sendes idéer igen.")).to_be_visible()
    expect(phone.locator(STRIP)).to_have_count(0)
    phone.get_by_role("button", name="Behold som kladde").click()
    expect(phone.locator(STRIP)).to_be_visible()
    hall.chair("edit_workshop", ideas_always_open=True)
    phone.get_by_role("link", name="Se og send").click()
    primary(phone).click()
    expect(phone.get_by_text("Sendt. Alle kan se den nu")).to_be_visible()
    expect(phone.locator(STRIP)).to_have_count(0)
    assert IDEA in ideas_of(hall)


#: what is to vanish after some seconds stays
NOTHING_VANISHES = """const soon = window.setTimeout;
window.setTimeout = (work, wait, ...given) => (wait === 5000 ? 0 : soon(work, wait, ...given));"""


@pytest.mark.parametrize("changed", [False, True], ids=["sent", "changed"])
def test_that_it_was_sent_is_said_for_as_long_as_anything_is_said(hall: Hall, open_page: OpenPage, changed: bool):
    hall.join("citizens")
    phone = begun(open_page, hall)
    phone.add_init_script(NOTHING_VANISHES)
    hall.chair("edit_workshop", ideas_always_open=True)
    phone.reload()
    phone.get_by_role("link", name="Se og send").click()
    primary(phone).click()
    said = phone.get_by_text("Sendt. Alle kan se den nu")
    if changed:
        expect(said).to_be_visible()
        expect(phone.locator(STRIP)).to_have_count(0)
        (mine,) = (record["id"] for record in hall.records() if record["kind"] == "idea")
        look(phone, hall, f"edit/{mine}")
        expect(said).to_have_count(0)
        phone.locator("textarea").fill(f"{IDEA}, hele året")
        primary(phone).click()
        said = phone.get_by_text("Din idé er rettet")
    hall.do(hall.people["citizens"][0], "post_idea", text="Gratis bus om aftenen")
    expect(phone.get_by_text("Gratis bus om aftenen")).to_be_visible()
    expect(said).to_be_visible()


def test_a_draft_is_thrown_away_only_when_one_says_so_twice(hall: Hall, open_page: OpenPage):
    phone = begun(open_page, hall)
    phone.locator(f"{STRIP} a").click()
    phone.get_by_role("button", name="Slet kladden").click()
    phone.get_by_role("dialog").get_by_role("button", name=re.compile("Annull|Fortryd")).click()
    expect(field(phone)).to_have_value(IDEA)
    phone.get_by_role("button", name="Slet kladden").click()
    phone.get_by_role("dialog").get_by_role("button", name="Slet kladden").click()
    expect(field(phone)).to_have_count(0)
    expect(phone.locator(STRIP)).to_have_count(0)


def test_an_idea_that_builds_on_another_and_a_change_of_ones_own_are_told_of_too(hall: Hall, open_page: OpenPage):
    hall.join("citizens")
    first = hall.ideas(["En fast kontaktperson"])[0]
    phone = come_in(open_page, hall)
    look(phone, hall, first)
    phone.get_by_role("button", name="Byg videre").click()
    field(phone, "Din idé, der bygger videre").fill("Som ringer op")
    expect(phone.locator(STRIP)).to_have_count(0)
    look(phone, hall, "")
    expect(phone.locator(STRIP)).to_contain_text("Som ringer op")
    hall.start("themes")
    phone.reload()
    phone.locator(f"{STRIP} a").click()
    expect(field(phone, "Din idé, der bygger videre")).to_have_value("Som ringer op")


def test_each_tab_has_its_own_draft_and_a_closed_one_leaves_it_to_the_next(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Skrevet i den første fane")
    second = phone.context.new_page()
    second.goto(hall.url(f"/j/{hall.code}"))
    expect(second.locator(".link.on")).to_be_visible()
    second.wait_for_timeout(800)
    expect(field(second)).to_have_value("")
    field(second).fill("Skrevet i den anden fane")
    phone.reload()
    expect(field(phone)).to_have_value("Skrevet i den første fane")
    second.close()
    third = phone.context.new_page()
    third.goto(hall.url(f"/j/{hall.code}"))
    expect(field(third)).to_have_value("Skrevet i den anden fane")
    expect(field(phone)).to_have_value("Skrevet i den første fane")


def test_a_text_sent_in_one_tab_is_gone_in_its_twin(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("Samme ord to steder")
    twin = phone.context.new_page()
    twin.goto(hall.url(f"/j/{hall.code}"))
    twin.evaluate("kept => Object.assign(sessionStorage, kept)", phone.evaluate("() => ({...sessionStorage})"))
    twin.reload()
    expect(field(twin)).to_have_value("Samme ord to steder")
    primary(phone).click()
    expect(phone.locator(".idea.private")).to_be_visible()
    expect(field(twin)).to_have_value("")
    expect(twin.locator(".idea.private")).to_have_count(1)
