"""A clicker in the hand of whoever speaks turns the pages of the board."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.load.prepared import ORGANISER, PASSWORD


def test_a_clicker_turns_the_pages_of_the_board_until_the_facilitator_changes_it(hall: Hall, open_page: OpenPage):
    board = open_page(hall.board_url, BOARD)
    hall.chair("show_on_board", shows="programme")
    page_of = board.locator(".page span")
    expect(page_of).to_have_text("Side 1 af 2")
    before = hall.clock()
    for key, shown in (("PageDown", "2"), ("PageUp", "1"), ("PageUp", "2"), ("ArrowRight", "1"), ("ArrowRight", "2")):
        board.keyboard.press(key)
        expect(page_of).to_have_text(f"Side {shown} af 2")
    assert hall.clock() == before, "a board changes nothing in the room"
    hall.chair("show_on_board", shows="programme", zoom=110)
    expect(page_of).to_have_text(re.compile("Side 1 af"))
    board.keyboard.press("PageDown")
    expect(page_of).to_have_text(re.compile("Side 2 af"))
    hall.chair("show_on_board", shows="programme", page=0, zoom=100)
    expect(page_of).to_have_text("Side 1 af 2")


def test_the_clicker_of_an_organiser_turns_the_board_for_everybody(hall: Hall, open_page: OpenPage):
    hall.chair("show_on_board", shows="programme")
    board = open_page(hall.board_url, BOARD)
    console = open_page(hall.url("/organiser/login"), CONSOLE)
    console.get_by_label("Navn").fill(ORGANISER)
    console.get_by_label("Adgangskode").fill(PASSWORD)
    console.get_by_role("button", name="Log ind").click()
    console.goto(hall.url(f"/workshops/{hall.id}/board"))
    expect(console.locator(".page span")).to_have_text("Side 1 af 2")
    console.keyboard.press("PageUp")
    console.keyboard.press("PageDown")
    for screen in (board, console):
        expect(screen.locator(".page span")).to_have_text("Side 2 af 2")
    assert next(record for record in hall.records() if record["kind"] == "board")["page"] == 1
