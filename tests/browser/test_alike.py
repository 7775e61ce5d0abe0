"""An idea that is like others: it is offered while somebody writes, and supported instead."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import Hall
from tests.browser.phones import come_in, field, look, primary
from tests.browser.wordings import ALIKE, MINE


def writing(hall: Hall, open_page: OpenPage, **options: str) -> Page:
    """A phone that writes ideas in the open, where three are on the table."""
    phone = come_in(open_page, hall, **options)
    hall.join("citizens", 6)
    hall.ideas(ALIKE)
    expect(phone.get_by_text(ALIKE[0])).to_be_visible()
    look(phone, hall, "write")
    expect(field(phone)).to_be_visible()
    return phone


def places(phone: Page) -> list[float]:
    """Where everything that can be pressed stands."""
    pressed = "textarea, .act .btn, .section > .btn, .more a"
    return phone.evaluate("at => [...document.querySelectorAll(at)].map(n => n.getBoundingClientRect().top)", pressed)


def test_an_idea_like_others_is_offered_while_writing_and_one_is_supported_instead(hall: Hall, open_page: OpenPage):
    phone = writing(hall, open_page)
    field(phone).fill("Bussen skal")
    before = places(phone)
    phone.wait_for_timeout(1600)
    expect(phone.locator(".alike-link")).to_have_count(0)
    field(phone).fill(MINE)
    expect(primary(phone)).to_have_text("Send idé")
    expect(phone.get_by_role("button", name="2 idéer ligner din")).to_be_visible()
    assert places(phone) == before, "nothing moves under the thumb"
    phone.get_by_role("button", name="2 idéer ligner din").click()
    dialog = phone.get_by_role("dialog")
    expect(dialog.get_by_text(MINE)).to_be_visible()
    dialog.get_by_role("button", name=f"Støt denne i stedet: {ALIKE[0]}").click()
    expect(dialog.get_by_text("Hvad vil du gøre med din egen tekst?")).to_be_visible()
    button(dialog, "Behold den").click()
    expect(field(phone)).to_have_value(MINE)
    phone.get_by_role("button", name="2 idéer ligner din").click()
    expect(dialog.get_by_text("Du støtter idéen")).to_be_visible()
    dialog.get_by_role("button", name=f"Støt denne i stedet: {ALIKE[1]}").click()
    button(dialog, "Slet min tekst").click()
    expect(field(phone)).to_have_value("")
    assert len(kinds(hall, "idea")) == 3
    assert all(idea["supports"] is None for idea in kinds(hall, "idea"))

    look(phone, hall, "mine")
    expect(phone.get_by_role("heading", name="Idéer, du støtter")).to_be_visible()
    idea = next(one["id"] for one in kinds(hall, "idea") if one["text"] == ALIKE[0])
    hall.chair("draft_goal", title="En bus hver time", from_ideas=[idea])
    expect(phone.locator(".trail").first).to_contain_text("Blev til mål 1")
    phone.get_by_role("button", name="Støt ikke længere").click()
    expect(phone.get_by_text(ALIKE[1])).to_have_count(0)


def test_how_many_support_an_idea_is_seen_after_the_vote_on_it_and_not_before(hall: Hall, open_page: OpenPage):
    phone = writing(hall, open_page)
    idea = next(one["id"] for one in kinds(hall, "idea") if one["text"] == ALIKE[2])
    for token in hall.people["citizens"][:2] + hall.people["citizens"][3:]:
        hall.do(token, "support_idea", idea=idea, support=True)
    look(phone, hall, idea)
    expect(phone.get_by_text(ALIKE[2])).to_be_visible()
    expect(phone.get_by_text("støtter den")).to_have_count(0)
    ballot = hall.chair("open_ballot", method="approval", options=[idea])["ballot"]
    hall.chair("close_ballot", ballot=ballot)
    expect(phone.get_by_text("støtter den")).to_have_count(0)
    hall.chair("publish_ballot", ballot=ballot)
    expect(phone.get_by_text("5 støtter den")).to_be_visible()


def test_ones_own_is_posted_anyway_and_without_a_network_nothing_is_said(hall: Hall, open_page: OpenPage):
    phone = writing(hall, open_page)
    field(phone).fill(MINE)
    phone.get_by_role("button", name="2 idéer ligner din").click()
    button(phone.get_by_role("dialog"), "Send min alligevel").click()
    expect(field(phone)).to_have_value("")
    expect(phone.locator(".idea.yours, .idea.open").filter(has_text=MINE).first).to_be_visible()
    assert MINE in [idea["text"] for idea in kinds(hall, "idea")]
    phone.context.set_offline(True)
    expect(phone.get_by_text("Ingen forbindelse").first).to_be_visible()
    field(phone).fill("Busserne om aftenen skal være helt gratis")
    phone.wait_for_timeout(1600)
    expect(phone.locator(".alike-link")).to_have_count(0)
    expect(primary(phone)).not_to_have_attribute("aria-disabled", "true")
    phone.context.set_offline(False)


def test_the_suggestion_has_no_serious_fault_and_can_be_reached_with_keys(hall: Hall, open_page: OpenPage):
    phone = writing(hall, open_page)
    field(phone).fill(MINE)
    link = phone.get_by_role("button", name=re.compile("ligner din"))
    expect(link).to_be_visible()
    assert faults(phone) == []
    link.focus()
    phone.keyboard.press("Enter")
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert faults(phone) == []
    phone.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(field(phone)).to_have_value(MINE)
