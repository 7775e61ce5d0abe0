"""Phones and consoles for the tests of open votes in a browser."""

from __future__ import annotations

import io
import re

import requests
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.consoles import button, kinds
from tests.browser.hall import Hall

SECRET = "Hemmelig: ingen kan se, hvad du stemmer"

OPEN = "Åben: din stemme vises med navn i referatet"


def with_people(hall: Hall) -> Hall:
    """Five citizens and three politicians who need no screen, and an agreement that nothing blocks."""
    hall.join("citizens", 5)
    hall.join("politicians", 3)
    hall.agreement()
    return hall


def come_in(open_page: OpenPage, hall: Hall, group: str) -> Page:
    """A phone in the room, as somebody of a group who says no name."""
    phone = open_page(hall.url(f"/j/{hall.code}"))
    phone.get_by_label(group, exact=True).check()
    phone.get_by_role("button", name="Deltag").click()
    expect(phone.locator(".link.on")).to_be_visible()
    return phone


def console_of(open_page: OpenPage, hall: Hall) -> Page:
    console = open_page(hall.console_url, CONSOLE)
    expect(console.get_by_text("Forbundet", exact=True)).to_be_visible()
    return console


def title_of(hall: Hall, kind: str) -> str:
    """What the first step of a kind is called: it follows the mandate."""
    return str(next(step["title"] for step in kinds(hall, "step") if step["step_kind"] == kind))


def close_decision(console: Page) -> None:
    """The dark button; it asks where somebody has not voted."""
    console.locator("#act", has_text="Luk, og vis resultatet").click()
    outcome, ask = console.locator(".verdict"), button(console.get_by_role("dialog"), "Luk, og vis resultatet")
    expect(outcome.or_(ask).first).to_be_visible()
    if ask.count():
        ask.click()


def exported(hall: Hall, key: str) -> bytes:
    answer = requests.get(
        hall.url(f"/api/workshops/{hall.id}/export/{key}"),
        headers={"Authorization": f"Bearer {hall.made['tokens']['facilitator']}"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    return answer.content


def pdf_text(hall: Hall) -> str:
    pages = PdfReader(io.BytesIO(exported(hall, "pdf"))).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))
