"""A hall with more ideas than a screen draws at once: all of them are still reached, by keyboard too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall

IDEAS = 230


@pytest.fixture
def full(hall: Hall) -> Hall:
    """A hall with 230 ideas on the table."""
    hall.join("citizens")
    hall.start("ideas", minutes=10)
    rows = [{"text": f"Eksempel {number:03}"} for number in range(IDEAS)]
    hall.chair("import_ideas", rows=rows, source="Eksempel")
    hall.chair("reveal_ideas")
    return hall


def test_a_phone_draws_a_hundred_and_reaches_all(full: Hall, open_page: OpenPage):
    phone = open_page(full.url(f"/j/{full.code}"))
    phone.locator("input[value=citizens]").check()
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    phone.evaluate("location.hash = 'ideas'")
    cards = phone.locator(".sheet.idea")
    expect(cards).to_have_count(100)
    more = phone.get_by_role("button", name="Vis 100 flere (der er 130 endnu)")
    more.focus()
    more.press("Enter")
    expect(cards).to_have_count(200)
    expect(cards.nth(100)).to_be_focused()
    phone.get_by_role("button", name="Vis 30 flere").click()
    expect(cards).to_have_count(IDEAS)
    assert len(set(cards.locator("p[dir=auto]").all_inner_texts())) == IDEAS
    expect(phone.get_by_role("button", name="flere (der er")).to_have_count(0)
    full.do(full.people["citizens"][0], "post_idea", text="Eksempel på en, der kom til")
    expect(cards).to_have_count(IDEAS + 1)


def test_the_console_finds_what_it_has_not_drawn(full: Hall, open_page: OpenPage):
    for number in range(3):
        full.chair("create_theme", title=f"Eksempel på tema {number}")
    console = open_page(full.console_url, CONSOLE)
    cards = console.locator("[data-list=''] > li")
    expect(cards).to_have_count(75)
    search = console.get_by_role("searchbox")
    search.fill("eksempel 229")
    expect(cards).to_have_count(1)
    search.fill("")
    console.get_by_role("button", name="Vis 75 flere (der er 155 endnu)").click()
    expect(cards).to_have_count(150)


def test_the_last_page_of_a_long_list_has_its_place_on_the_board(full: Hall, open_page: OpenPage):
    full.chair("show_on_board", shows="step")
    board = open_page(full.board_url, BOARD)
    expect(board.locator(".sheets > li").first).to_be_visible()
    board.keyboard.press("ArrowLeft")
    expect(board.get_by_text("Eksempel 000")).to_be_visible()
    assert board.evaluate(
        "[...document.querySelectorAll('main, .sheets > li')].every(one => one.scrollHeight <= one.clientHeight + 2)"
    )
