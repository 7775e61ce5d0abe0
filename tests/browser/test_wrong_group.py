"""Somebody in the wrong group: changed on the own phone, by the other group's code, and by the facilitator."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, look, open_ballot


def to_politicians(phone: Page) -> None:
    phone.get_by_text("Skift gruppe").click()
    phone.get_by_role("button", name="Skift til Politikere").click()
    phone.get_by_role("dialog").get_by_role("button", name="Skift", exact=True).click()


def groups_of(hall: Hall) -> list[str]:
    return [record["group"] for record in hall.records() if record["kind"] == "participant"]


def test_the_own_phone_changes_group_until_the_first_vote(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    look(phone, hall, "me")
    to_politicians(phone)
    expect(phone.get_by_text("Din gruppe er nu Politikere")).to_be_visible()
    assert groups_of(hall) == ["politicians"]
    ballot, _ = open_ballot(hall)
    hall.chair("close_ballot", ballot=ballot)
    # The phone follows the room once more; what is looked at after that stays.
    expect(phone.get_by_text("Afstemningen er lukket")).to_be_visible()
    look(phone, hall, "me")
    phone.get_by_text("Skift gruppe").click()
    expect(phone.get_by_text("Bed ordstyreren om det")).to_be_visible()
    expect(phone.get_by_role("button", name="Skift til Borgere")).to_have_count(0)


def test_the_code_of_another_group_asks_first(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    code = next(group["code"] for group in hall.made["workshop"]["groups"] if group["key"] == "politicians")
    phone.goto(hall.url(f"/j/{code}"))
    expect(phone.get_by_role("heading", name="Du deltager i gruppen Borgere. Skift?")).to_be_visible()
    phone.get_by_role("link", name="Bliv i Borgere").click()
    expect(phone.locator(".link.on")).to_be_visible()
    assert groups_of(hall) == ["citizens"]
    phone.goto(hall.url(f"/j/{code}"))
    phone.get_by_role("button", name="Skift til Politikere").click()
    expect(phone.locator(".link.on")).to_be_visible()
    assert groups_of(hall) == ["politicians"]


def test_the_facilitator_moves_somebody_between_votes_and_the_phone_is_told(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    console = open_page(hall.console_url, CONSOLE)
    console.get_by_role("button", name="Menu").click()
    console.get_by_role("button", name="Hvem er her").click()
    console.get_by_role("button", name="Flyt en person fra Borgere til en anden gruppe").click()
    dialog = console.get_by_role("dialog").last
    expect(dialog.get_by_role("button", name="Politikere", exact=True)).to_be_visible()
    wide = "buttons => buttons.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.trim())"
    assert dialog.locator(".menu .btn").evaluate_all(wide) == [], "a button is too narrow for its words"
    dialog.get_by_role("button", name="Politikere", exact=True).click()
    expect(console.get_by_role("dialog").get_by_text("Flyttet til Politikere")).to_be_visible()
    expect(phone.get_by_text("Din gruppe er nu Politikere")).to_be_visible()
    look(phone, hall, "me")
    expect(phone.get_by_text("Din gruppe").first).to_be_visible()
    assert groups_of(hall) == ["politicians"]
