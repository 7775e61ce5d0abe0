"""A helper's phone in a browser: seats are made, acted for and left."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.consoles import button
from tests.browser.hall import Hall

IDEAS = ["Et værested i hver by", "En fast voksen, der bliver", "Gratis bus om aftenen"]


def make_seat(page: Page, group: str, name: str = "") -> None:
    """A seat, and back to the list."""
    page.get_by_role("link", name=re.compile("Lav en plads")).first.click()
    page.get_by_role("radio", name=group, exact=True).check()
    page.get_by_label(re.compile("^Navn")).fill(name)
    button(page, "Lav pladsen").click()
    ready = page.get_by_role("heading", name=re.compile(r"Plads \d+ er klar"))
    expect(ready).to_be_visible()
    page.get_by_role("link", name="Tilbage til pladserne").click()
    # The list draws its own button where that of this screen was: nobody taps so fast.
    expect(ready).to_have_count(0)


def row(page: Page, number: int) -> Locator:
    return page.locator(".seat-list > li", has=page.locator(".number", has_text=re.compile(f"^{number}$")))


def act_for(page: Page, number: int) -> None:
    """Tap a seat: the screens of a phone, under the bar that says for whom."""
    page.get_by_role("link", name=f"Skriv for plads {number}").click()
    bar = page.get_by_role("complementary", name=f"Du skriver for plads {number}")
    expect(bar).to_be_visible()
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()


def switch(page: Page) -> None:
    """One tap back to the list."""
    page.get_by_role("link", name="Skift plads").click()
    expect(page.get_by_role("heading", name="Pladser", exact=True)).to_be_visible()


def open_vote(hall: Hall) -> tuple[str, list[str]]:
    ids = hall.ideas(IDEAS)
    hall.start("ballot")
    settings = {"choices": 1}
    made = hall.chair("open_ballot", method="approval", options=ids, title="Hvad skal vi tage med?", settings=settings)
    return str(made["ballot"]), ids


def record(hall: Hall, record_id: str) -> dict:
    return next(one for one in hall.records() if one["id"] == record_id)
