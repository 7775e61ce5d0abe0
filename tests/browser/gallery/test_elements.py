"""The elements as a person meets them: every state, both themes, both languages, by finger, key and screen reader."""

from __future__ import annotations

import itertools
from fractions import Fraction
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.gallery.opened import Opened, faults
from tests.browser.gallery.server import ADDRESS
from workshop.rules.decisions import Rule, Stance
from workshop.rules.results import decision_result

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_has_no_serious_fault(gallery: Opened, scheme: str) -> None:
    assert gallery.page.locator(".block").count() >= 16
    assert faults(gallery.seen(scheme)) == []
    assert gallery.complaints == []


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
    plus = page.get_by_role("button", name="Én prik mere").first
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


SHARES = """async (all) => {
  const { asShare } = await import('/static/js/elements/votes.js');
  return all.map((one) => asShare(one));
}"""
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
        ("åbne to aftener", "åbne tre aftener", "åbne udgået: −to tilføjet: +tre aftener"),
        ("om ugen. Ja.", "om ugen, også i ferier. Ja.", "om ugen tilføjet: +, også i ferier. Ja."),
        ("", "ny tekst", "tilføjet: +ny tekst"),
        ("væk", "", "udgået: −væk"),
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
        ({"counts": {"for": None, "against": {"at_most": 2}}}, "højst 2 imod"),
        ({"counts": {"for": {"at_most": 2}, "against": None}}, "højst 2 for"),
        ({"counts": {"for": {"at_most": 2}, "against": {"at_most": 2}}}, "højst 2 for, højst 2 imod"),
        ({"counts": None, "band": "over 2/3"}, "over 2/3 for"),
        ({"counts": None, "band": {"band": "1/3-1/2"}}, "1/3 til 1/2 for"),
        ({"counts": None, "band": "under 1/3"}, "under 1/3 for"),
        ({"counts": None, "band": None}, "for få til tal"),
        ({}, "for få til tal"),
    ],
)
def test_a_result_says_only_what_was_disclosed(gallery: Opened, disclosed: dict, words: str) -> None:
    share = gallery.page.evaluate(CALL, ["votes", "asShare", [disclosed]])
    assert share["words"] == words
    assert ("exact" in share["bar"]) == (words == "20 for, 3 imod")


def small_decisions() -> list[tuple[dict, int, int]]:
    """Everything a group of five to twelve may have decided: what is disclosed of it, those for, those against."""
    found = []
    for people in range(5, 13):
        for yes, against in itertools.product(range(people + 1), repeat=2):
            if 5 <= yes + against <= people:
                stances = [Stance("a", "for")] * yes + [Stance("a", "against")] * against
                found.append((dict(decision_result(Rule(), {"a": people}, stances)["groups"][0]), yes, against))
    return found


def test_a_bar_always_holds_the_share_it_stands_for(gallery: Opened) -> None:
    cases = small_decisions()
    drawn = gallery.page.evaluate(SHARES, [disclosed for disclosed, _, _ in cases])
    for (disclosed, yes, against), share in zip(cases, drawn, strict=True):
        true, bar = Fraction(yes, yes + against), share["bar"]
        low, high = (bar["exact"], bar["exact"]) if "exact" in bar else (bar.get("from", 0), bar.get("to", 1))
        assert low - 1e-9 <= true <= high + 1e-9, (disclosed, yes, against, share)


def test_a_text_is_counted_as_the_server_counts_it(gallery: Opened) -> None:
    assert gallery.page.evaluate(CALL, ["texts", "lengthOf", ["æøå👍🏽"]]) == len("æøå👍🏽")
