"""The elements and layouts as a person meets them: every state, both themes, from 320 px to a projector."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.gallery.server import ADDRESS, start

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "tests/vendor/axe.min.js").read_text(encoding="utf-8")
SOURCE = (ROOT / "tests/browser/gallery/screens.js").read_text(encoding="utf-8")
SCREENS = re.findall(r"^  '((?:phone|console|board)-[a-z]+)':", SOURCE, re.M)
PHONES = [name for name in SCREENS if name.startswith("phone")]
CONSOLES = [name for name in SCREENS if name.startswith("console")]
BOARDS = [name for name in SCREENS if name.startswith("board")]
SIZES = {"phone": (390, 844), "console": (1440, 900), "board": (1920, 1080)}
PHONE_FILES = [
    *(f"static/css/{name}.css" for name in ("tokens", "base", "elements", "phone")),
    *(f"static/js/elements/{name}.js" for name in ("basics", "cards", "votes", "texts")),
]
PHONE_FONTS = ["static/fonts/atkinson-hyperlegible-next-latin.woff2", "static/fonts/rundbord-zero.woff2"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = start()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("Chromium is not installed: make test installs it where apt is there")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page of the gallery, and what it complained about while it was made."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(url)
        page.wait_for_selector("html[data-ready]", state="attached")
        page.evaluate("document.fonts.ready")


@pytest.fixture
def open_page(address: str, chromium: Browser) -> Iterator:
    pages: list[Page] = []

    def opening(
        path: str, size: tuple[int, int] = (1440, 900), scheme: str = "light", **more: object
    ) -> Opened:
        page = chromium.new_page(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce", **more
        )
        pages.append(page)
        return Opened(page, address + path)

    yield opening
    for page in pages:
        page.close()


def screen(name: str) -> str:
    return f"/screens.html?screen={name}"


def size_of(name: str) -> tuple[int, int]:
    return SIZES[name.split("-")[0]]


def faults(page: Page) -> list[str]:
    """What axe finds that is serious or critical, by rule and first place."""
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:160]} {fault['nodes'][0]['failureSummary'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


def test_there_are_screens_of_every_surface() -> None:
    assert len(PHONES) >= 6 and len(CONSOLES) >= 4 and len(BOARDS) >= 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_has_no_serious_fault(open_page, scheme: str) -> None:
    opened = open_page("/index.html", scheme=scheme)
    assert opened.page.locator(".block").count() >= 16
    assert faults(opened.page) == []
    assert opened.complaints == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_element_lacks_a_text(open_page, language: str) -> None:
    opened = open_page(f"/index.html?language={language}")
    assert "element." not in opened.page.inner_text("body")
    assert opened.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_has_no_serious_fault(open_page, name: str, scheme: str) -> None:
    opened = open_page(screen(name), size_of(name), scheme)
    assert faults(opened.page) == []
    assert opened.complaints == []


def test_the_theme_of_the_page_wins_over_the_system(open_page) -> None:
    page = open_page("/index.html", scheme="light").page
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 23, 22)" != light


TARGETS = """() => [...document.querySelectorAll('button, a, input, select, textarea, summary')]
  .filter((node) => node.checkVisibility() && !node.closest('.vh'))
  .map((node) => {
    const box = (node.closest('label.choice') ?? node).getBoundingClientRect();
    return [node.outerHTML.slice(0, 90), Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];
  })
  .filter(([, width, height]) => width < 48 || height < 48)"""


@pytest.mark.parametrize("name", PHONES)
def test_everything_a_finger_meets_is_48_pixels_or_more(open_page, name: str) -> None:
    page = open_page(screen(name), SIZES["phone"]).page
    assert page.locator("button, a, input, textarea").count() > 0
    assert page.evaluate(TARGETS) == []


@pytest.mark.parametrize("width", [320, 390, 768])
@pytest.mark.parametrize("name", PHONES)
def test_a_phone_screen_never_scrolls_sideways(open_page, name: str, width: int) -> None:
    page = open_page(screen(name), (width, 568)).page
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (320, 256)])
@pytest.mark.parametrize("name", CONSOLES)
def test_the_console_fits_its_window(open_page, name: str, size: tuple[int, int]) -> None:
    page = open_page(screen(name), size).page
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    if size[0] > 760:
        assert page.evaluate("document.documentElement.scrollHeight") == size[1]
        assert page.locator(".foot .btn.primary").is_visible()


def test_a_low_window_lets_go_of_what_sticks(open_page) -> None:
    page = open_page(screen("phone-ballot"), (320, 256)).page
    assert page.evaluate("getComputedStyle(document.querySelector('.act')).position") == "static"


SMALL = """(share) => [...document.querySelectorAll('body *')]
  .filter((node) => node.checkVisibility() && !node.closest('.vh, svg'))
  .filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
  .map((node) => [node.textContent.trim().slice(0, 40), parseFloat(getComputedStyle(node).fontSize) / innerHeight])
  .filter(([, size]) => size < share)"""


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
@pytest.mark.parametrize("name", BOARDS)
def test_the_board_has_no_text_under_two_per_cent_of_its_height(open_page, name: str, size: tuple[int, int]) -> None:
    page = open_page(screen(name), size).page
    assert page.evaluate(SMALL, 0.0199) == []
    focus = page.locator(".focus, h1").first
    assert focus.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize) / innerHeight") >= 0.043
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == list(size)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
@pytest.mark.parametrize("name", BOARDS)
def test_the_code_is_read_from_a_picture_of_the_board(
    open_page, name: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_page(screen(name), size, scheme).page
    found = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
    assert [code.text for code in found] == [ADDRESS]
    corners = found[0].position
    share = (corners.top_right.x - corners.top_left.x) / size[0]
    assert share >= (0.25 if name == "board-lobby" else 0.12)


def test_a_code_drawn_by_the_server_reads_the_same(open_page) -> None:
    page = open_page("/index.html").page
    for card in page.locator(".qrs").all():
        found = zxingcpp.read_barcodes(Image.open(BytesIO(card.screenshot())))
        assert [code.text for code in found] == [ADDRESS]


def test_one_press_is_one_change_and_what_is_full_does_not_change(open_page) -> None:
    page = open_page("/index.html").page
    row = page.locator("label.choice", has_text="Lektiecafé")
    row.click()
    assert "chosen" in (row.get_attribute("class") or "")
    row.click()
    assert "chosen" not in (row.get_attribute("class") or "")
    full = page.locator("label.choice.full input")
    full.click()
    assert not full.is_checked()
    plus = page.get_by_role("button", name="Én prik mere").first
    plus.click()
    assert plus.get_attribute("aria-disabled") == "true"
    plus.click()
    assert page.locator(".dots output").first.inner_text().strip() == "3 prikker"


def test_a_stance_opens_the_field_for_its_reason_and_keeps_the_text(open_page) -> None:
    page = open_page("/index.html").page
    page.get_by_label("Dit forbehold").fill("Kun på hverdage")
    page.get_by_label("Blank").check()
    assert page.get_by_label("Dit forbehold").count() == 0
    page.get_by_label("For, med forbehold").check()
    assert page.get_by_label("Dit forbehold").input_value() == "Kun på hverdage"


def test_a_dialog_takes_the_focus_and_gives_it_back(open_page) -> None:
    page = open_page("/index.html").page
    opener = page.get_by_role("button", name="Vis min genkode")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Din genkode").is_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("(node) => node === document.activeElement")


def test_every_control_shows_where_the_focus_is(open_page) -> None:
    page = open_page(screen("phone-agreement"), SIZES["phone"]).page
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        node = page.evaluate("""() => {
          const node = document.activeElement;
          const style = getComputedStyle(node);
          return [node.outerHTML.slice(0, 120), style.outlineStyle, parseFloat(style.outlineWidth)];
        }""")
        if node[0].startswith("<body"):
            break
        seen.add(node[0])
        assert node[1] == "solid" and node[2] >= 3, node
    assert len(seen) >= 3


CALL = "async ([file, name, args]) => (await import(`/static/js/elements/${file}.js`))[name](...args)"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("åbne to aftener om ugen", "åbne tre aftener om ugen", "åbne [-to] [+tre] aftener om ugen"),
        ("om ugen. Ja.", "om ugen, også i ferier. Ja.", "om ugen[+, også i ferier]. Ja."),
        ("hver aften når det kan.", "hver aften.", "hver aften [-når det kan]."),
        ("640.000 kr. om året", "430.000 kr. om året", "[-640.000] [+430.000] kr. om året"),
        ("", "ny tekst", "[+ny tekst]"),
        ("væk", "", "[-væk]"),
        ("ens", "ens", "ens"),
    ],
)
def test_the_difference_between_two_texts_is_told_word_by_word(open_page, before: str, after: str, shown: str) -> None:
    page = open_page("/index.html").page
    parts = page.evaluate(CALL, ["texts", "differenceParts", [before, after]])
    signs = {"same": "{}", "gone": "[-{}]", "added": "[+{}]"}
    assert "".join(signs[sort].format(text) for part in parts for sort, text in part.items()) == shown


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
def test_a_result_says_only_what_was_disclosed(open_page, disclosed: dict, words: str) -> None:
    page = open_page("/index.html").page
    share = page.evaluate(CALL, ["votes", "asShare", [disclosed]])
    assert share["words"] == words
    assert ("exact" in share["bar"]) == (words == "20 for, 3 imod")


def test_a_text_is_counted_as_the_server_counts_it(open_page) -> None:
    page = open_page("/index.html").page
    assert page.evaluate(CALL, ["texts", "lengthOf", ["æøå👍🏽"]]) == len("æøå👍🏽")


def test_styles_elements_and_fonts_of_a_phone_are_small() -> None:
    text = sum(len(gzip.compress((ROOT / name).read_bytes(), 6)) for name in PHONE_FILES)
    fonts = sum((ROOT / name).stat().st_size for name in PHONE_FONTS)
    assert text + fonts < 65_000
