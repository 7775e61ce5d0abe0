"""What people paste, in a real Chromium: it looks alike before and after it is sent, and no card grows over a screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import NOTHING_BESIDE
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, field, look, primary

MANY_LINES = "\n\n".join("x" * 93)
LONG_WORD = "Åbningstidsforlængelse" * 12
PASTED = "\u200b\x93Åbent\x94 hele\u00ad \u202eaftenen\u2028og\n\n\n\n\nweekenden 🌱"
KEPT = "“Åbent” hele aftenen\nog\n\nweekenden 🌱"


def tallest(page: Page, cards: str) -> float:
    """The height of the tallest of the cards as a share of the window's."""
    return page.evaluate(
        """cards => Math.max(...[...document.querySelectorAll(cards)].map((card) => card.getBoundingClientRect().height))
            / innerHeight""",
        cards,
    )


def test_what_is_pasted_is_counted_and_shown_as_it_is_kept(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill(PASTED)
    expect(phone.get_by_text(f"{len(KEPT)} af 280", exact=True)).to_be_visible()
    primary(phone).click()
    card = phone.locator("article.idea .words").filter(has_text="weekenden").first
    expect(card).to_be_visible()
    expect(phone.locator("article.idea.sending")).to_have_count(0)
    assert card.text_content() == KEPT
    hall.chair("reveal_ideas")
    assert [record["text"] for record in hall.records() if record["kind"] == "idea"] == [KEPT]


def test_nothing_that_can_be_seen_is_nothing_to_send(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone = come_in(open_page, hall)
    field(phone).fill("\u3164\u2800\u200b\u00ad")
    expect(phone.get_by_text("0 af 280", exact=True)).to_be_visible()
    expect(primary(phone)).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("text", [MANY_LINES, LONG_WORD], ids=["many lines", "one word"])
def test_no_card_grows_over_a_screen_or_out_of_it(hall: Hall, open_page: OpenPage, text: str):
    hall.join("citizens", 4)
    hall.ideas([text])
    phone = come_in(open_page, hall)
    look(phone, hall, "ideas")
    for page, cards in (
        (phone, "article.idea"),
        (open_page(hall.console_url, CONSOLE), "li.card"),
        (open_page(hall.board_url, BOARD), ".sheets > li"),
    ):
        expect(page.locator(cards).first).to_be_visible()
        assert tallest(page, cards) <= 0.9, cards
        assert page.evaluate(NOTHING_BESIDE), cards
