"""What tests of amendments and versions share: the texts, and the three screens that show them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import look

PURPOSE = "Skolerne står åbne for ungge tre aftener om ugen, også i skoleferierne."
RIGHT = PURPOSE.replace("ungge", "unge")
TWO_EVENINGS = RIGHT.replace("tre", "to")
#: ideas that are like another one, and that one
ALIKE = [
    "Gratis bus om aftenen for alle under 25",
    "Gratis aftenbusser for de unge mellem byerne",
    "Lektiecafé på biblioteket",
]
MINE = "Bussen skal være gratis for unge om aftenen"


def agreement_before(hall: Hall) -> str:
    """Twelve people, and before them an agreement with a slip of the pen."""
    hall.join("citizens", 6)
    hall.join("politicians", 6)
    made = hall.agreement(purpose=PURPOSE)
    hall.start("agreements")
    return made


def console(hall: Hall, open_page: OpenPage, **options: str) -> Page:
    page = open_page(hall.console_url, CONSOLE, **options)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page


def board(hall: Hall, open_page: OpenPage, **options: str) -> Page:
    return open_page(hall.board_url, BOARD, **options)


def edit(page: Page, words: str = PURPOSE) -> None:
    """Open the agreement in its editor."""
    page.get_by_role("button", name=f"A. {words}").click()
    expect(page.get_by_role("heading", level=1, name="Aftale A")).to_be_visible()


def read(phone: Page, hall: Hall, agreement: str) -> None:
    """Go to the agreement by its own row, once the phone has followed the room there."""
    expect(phone.locator(".stepline")).to_contain_text("Aftaler")
    look(phone, hall, agreement)
    expect(phone.get_by_text("Aftale A, version")).to_be_visible()


def amendments(page: Page) -> Locator:
    return page.get_by_role("region", name="Ændringsforslag fra deltagerne").locator("article")
