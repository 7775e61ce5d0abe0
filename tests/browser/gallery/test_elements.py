"""The elements as a person meets them: every state, both themes, both languages, by finger, key and screen reader."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.axe import faults
from tests.browser.gallery.opened import ROOT, Opened
from tests.browser.gallery.server import ADDRESS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_has_no_serious_fault(gallery: Opened, scheme: str) -> None:
    assert gallery.page.locator(".block").count() >= 16
    assert faults(gallery.seen(scheme), scheme) == []
    assert gallery.complaints == []


def test_dark_differs_from_light_in_colours_alone() -> None:
    sheets = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "static/css").rglob("*.css"))]
    assert not any("light-dark(" in sheet for sheet in sheets)
    asked = r"@media[^{]*prefers-color-scheme[^{]*\{[^{}]*\{([^{}]*)\}\s*\}"
    chosen = r"\[data-theme[^{]*\{([^{}]*)\}"
    blocks = [block for sheet in sheets for block in re.findall(asked, sheet) + re.findall(chosen, sheet)]
    # The second pattern finds what of the first stands under a page's own choice once more.
    assert len(blocks) == sum(sheet.count("prefers-color-scheme") + sheet.count("[data-theme") for sheet in sheets) >= 4
    declared = [line.split(":") for block in blocks for line in block.split(";") if line.strip()]
    others = {name.strip() for name, value in declared if not re.fullmatch(r"\s*#[0-9a-f]{6}\s*", value)}
    assert others == {"color-scheme", "--lift"}, "the scheme of the browser's own controls, and a shadow"


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_element_lacks_a_text(address: str, browser: Browser, language: str) -> None:
    opened = Opened(browser, f"{address}/index.html?language={language}")
    assert "element." not in opened.page.inner_text("body")
    assert opened.complaints == []
    opened.page.close()


def test_the_theme_of_the_page_wins_over_the_system(page: Page) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 23, 22)" != light


def test_a_code_drawn_by_the_server_reads_the_same(gallery: Opened) -> None:
    cards = gallery.seen().locator(".qrs").all()
    assert len(cards) == 2
    for card in cards:
        found = zxingcpp.read_barcodes(Image.open(BytesIO(card.screenshot())))
        assert [code.text for code in found] == [ADDRESS]


def test_one_press_is_one_change_and_what_is_full_does_not_change(page: Page) -> None:
    row = page.locator("label.choice", has_text="Lektiecafé")
    row.click()
    assert "chosen" in (row.get_attribute("class") or "")
    row.click()
    assert "chosen" not in (row.get_attribute("class") or "")
    full = page.locator("label.choice.full input")
    full.click(force=True)
    assert not full.is_checked()
    plus = page.get_by_role("button", name="Tilføj en prik").first
    plus.click()
    assert plus.get_attribute("aria-disabled") == "true"
    plus.click(force=True)
    assert page.locator(".dots output").first.inner_text().strip() == "3 prikker"


def test_a_stance_opens_the_field_for_its_reason_and_keeps_the_text(page: Page) -> None:
    page.get_by_label("Dit forbehold").fill("Kun på hverdage")
    page.get_by_label("Blank").check()
    assert page.get_by_label("Dit forbehold").count() == 0
    page.get_by_label("For, med forbehold").check()
    assert page.get_by_label("Dit forbehold").input_value() == "Kun på hverdage"


def test_a_dialog_takes_the_focus_and_gives_it_back(page: Page) -> None:
    opener = page.get_by_role("button", name="Vis min genkode")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Din genkode").is_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("(node) => node === document.activeElement")


CALL = "async ([file, name, args]) => (await import(`/static/js/elements/${file}.js`))[name](...args)"

DRAW = """async ([before, after]) => {
  const { difference } = await import('/static/js/elements/difference.js');
  const { render } = await import('/static/vendor/lit-html/lit-html.js');
  const place = document.createElement('div');
  render(difference(before, after), place);
  return place.textContent;
}"""


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("åbne to aftener", "åbne tre aftener", "åbne fjernet: −to tilføjet: +tre aftener"),
        ("om ugen. Ja.", "om ugen, også i ferier. Ja.", "om ugen tilføjet: +, også i ferier. Ja."),
        ("", "ny tekst", "tilføjet: +ny tekst"),
        ("væk", "", "fjernet: −væk"),
        ("ens", "ens", "ens"),
    ],
)
def test_a_screen_reader_hears_what_was_taken_out_and_what_was_put_in(
    gallery: Opened, before: str, after: str, read: str
) -> None:
    assert " ".join(gallery.page.evaluate(DRAW, [before, after]).split()) == read


@pytest.mark.parametrize(
    ("disclosed", "words"),
    [
        ({"counts": {"for": 18, "reservation": 2, "against": 3}}, "20 for, 3 imod"),
        ({"counts": None, "from": 10}, "Under 10 stemmer: ingen tal"),
        ({"counts": None}, ""),
    ],
)
def test_a_result_says_only_what_was_disclosed(gallery: Opened, disclosed: dict, words: str) -> None:
    share = gallery.page.evaluate(CALL, ["bars", "asShare", [disclosed]])
    assert share["words"] == words
    assert ("exact" in share["bar"]) == (words == "20 for, 3 imod")


def test_a_text_is_counted_as_the_server_counts_it(gallery: Opened) -> None:
    assert gallery.page.evaluate(CALL, ["../lib/cleaning", "lengthOf", ["æøå👍🏽"]]) == len("æøå👍🏽")
