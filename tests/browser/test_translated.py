"""A browser translates the page: it puts `<font>` where texts were. Everything that changes must still change."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall

#: A translator: every text gives way to a `<font>` in a `<font>` with other words, at once and whenever a new one comes.
#: `keep` moves the text itself into the `<font>`, as some do; the others take it out of the page.
TRANSLATE = """(keep) => {
  const skipped = 'script, style, noscript, textarea, font, #shell';
  const translate = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode())
      if (walker.currentNode.data.trim() && !walker.currentNode.parentNode.closest(skipped)) texts.push(walker.currentNode);
    for (const text of texts) {
      const font = document.createElement('font');
      const inner = font.appendChild(document.createElement('font'));
      if (keep) {
        text.before(font);
        inner.append(text);
      } else {
        inner.textContent = `«${text.data}»`;
        text.replaceWith(font);
      }
    }
  };
  translate();
  new MutationObserver(translate).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""

KINDS = pytest.mark.parametrize("keep", [False, True], ids=["replaced", "wrapped"])


def translated(page: Page, keep: bool) -> None:
    page.evaluate(TRANSLATE, keep)
    expect(page.locator("main font").first).to_be_visible()


def says(where: Locator, words: str) -> None:
    """The words stand there, translated."""
    expect(where.locator("font font").filter(has_text=words).first).to_be_visible()


@KINDS
def test_a_translated_phone_follows_the_room(hall: Hall, open_page: OpenPage, keep: bool):
    phone = open_page(hall.url(f"/j/{hall.code}"))
    phone.locator("input[value=citizens]").check()
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    translated(phone, keep)
    step = hall.start("ideas", minutes=5)
    says(phone.locator(".stepline"), "Idéer")
    expect(phone.locator(".clock")).to_contain_text("4:5")
    hall.chair("edit_step", step=step, title="Andre tanker")
    says(phone.locator(".stepline"), "Andre tanker")
    expect(phone.locator(".stepline")).not_to_contain_text("Idéer")
    phone.get_by_role("textbox").first.fill("Et sted at være")
    expect(phone.locator(".field .under")).to_contain_text("15")
    phone.locator(".act .btn.primary").click()
    says(phone.locator("main"), "Et sted at være")


@KINDS
def test_a_translated_board_follows_the_room(hall: Hall, open_page: OpenPage, keep: bool):
    hall.join("citizens", 2)
    board = open_page(hall.board_url, BOARD)
    says_in_time = board.locator("main")
    expect(board.locator(".how")).to_be_visible()
    translated(board, keep)
    hall.join("citizens", 1)
    expect(says_in_time).to_contain_text("3")
    step = hall.start("ideas", minutes=5)
    hall.chair("show_on_board", shows="step")
    hall.ideas(["Et sted at være", "Nøgler til skolen"])
    says(board.locator("main"), "Nøgler til skolen")
    expect(board.locator(".clock")).to_contain_text("4:5")
    hall.chair("edit_step", step=step, title="Andre tanker")
    says(board.locator("header"), "Andre tanker")


@KINDS
def test_a_translated_console_follows_the_room(hall: Hall, open_page: OpenPage, keep: bool):
    hall.join("citizens", 2)
    console = open_page(hall.console_url, CONSOLE)
    expect(console.locator(".link.on")).to_be_visible()
    translated(console, keep)
    step = hall.start("ideas", minutes=5)
    says(console.locator("#now h1"), "Idéer")
    expect(console.locator("#now .clock")).to_contain_text("4:5")
    hall.ideas(["Et sted at være", "Nøgler til skolen"])
    says(console.locator("#now"), "Nøgler til skolen")
    hall.chair("edit_step", step=step, title="Andre tanker")
    says(console.locator("#now h1"), "Andre tanker")
    expect(console.locator("#now h1")).not_to_contain_text("Idéer")
