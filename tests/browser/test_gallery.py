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
PAGES = ["pages-login", "pages-organiser", "record-page"]
SIZES = {"pages": (1280, 900), "record": (1440, 900), "phone": (390, 844), "console": (1440, 900), "board": (1920, 1080)}
PHONE_FILES = [
    *(f"static/css/{name}.css" for name in ("tokens", "base", "elements", "phone")),
    *(f"static/js/elements/{name}.js" for name in ("basics", "cards", "votes", "texts")),
]
PHONE_FONTS = ["static/fonts/rundbord-tool.woff2"]


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

    def __init__(self, chromium: Browser, url: str, size: tuple[int, int] = (1440, 900)) -> None:
        self.page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(url)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        self.page.evaluate("document.fonts.ready")

    def seen(self, scheme: str = "light", size: tuple[int, int] | None = None) -> Page:
        """The page in a theme and, if given, in a window of another size."""
        self.page.emulate_media(color_scheme=scheme)
        if size:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self.page


@pytest.fixture(scope="module")
def gallery(address: str, chromium: Browser) -> Iterator[Opened]:
    """The gallery, opened once; for tests that leave it as it was."""
    opened = Opened(chromium, f"{address}/index.html")
    yield opened
    opened.page.close()


@pytest.fixture
def page(address: str, chromium: Browser) -> Iterator[Page]:
    """The gallery, for a test that presses things."""
    opened = Opened(chromium, f"{address}/index.html")
    yield opened.page
    opened.page.close()


def _screen(request: pytest.FixtureRequest, address: str, chromium: Browser) -> Iterator[Opened]:
    size = SIZES[request.param.split("-")[0]]
    opened = Opened(chromium, f"{address}/screens.html?screen={request.param}", size)
    yield opened
    opened.page.close()


any_screen = pytest.fixture(scope="module", params=[*SCREENS, *PAGES])(_screen)
phone = pytest.fixture(scope="module", params=PHONES)(_screen)
console = pytest.fixture(scope="module", params=CONSOLES)(_screen)
document = pytest.fixture(scope="module", params=PAGES)(_screen)
board = pytest.fixture(scope="module", params=BOARDS)(_screen)


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
def test_the_gallery_has_no_serious_fault(gallery: Opened, scheme: str) -> None:
    assert gallery.page.locator(".block").count() >= 16
    assert faults(gallery.seen(scheme)) == []
    assert gallery.complaints == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_element_lacks_a_text(address: str, chromium: Browser, language: str) -> None:
    opened = Opened(chromium, f"{address}/index.html?language={language}")
    assert "element." not in opened.page.inner_text("body")
    assert opened.complaints == []
    opened.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_has_no_serious_fault(any_screen: Opened, scheme: str) -> None:
    assert faults(any_screen.seen(scheme)) == []
    assert any_screen.complaints == []


def test_the_theme_of_the_page_wins_over_the_system(page: Page) -> None:
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


def test_everything_a_finger_meets_is_48_pixels_or_more(phone: Opened) -> None:
    page = phone.seen(size=SIZES["phone"])
    assert page.locator("button, a, input, textarea").count() > 0
    assert page.evaluate(TARGETS) == []


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_phone_screen_never_scrolls_sideways(phone: Opened, width: int) -> None:
    page = phone.seen(size=(width, 568))
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 800, 1440])
def test_a_page_of_the_organiser_or_the_record_never_scrolls_sideways(document: Opened, width: int) -> None:
    page = document.seen(size=(width, 700))
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_low_window_lets_go_of_what_sticks(phone: Opened) -> None:
    page = phone.seen(size=(320, 256))
    assert page.evaluate("getComputedStyle(document.querySelector('.act')).position") == "static"


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (320, 256)])
def test_the_console_fits_its_window(console: Opened, size: tuple[int, int]) -> None:
    page = console.seen(size=size)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    if size[0] > 760:
        assert page.evaluate("document.documentElement.scrollHeight") == size[1]
        assert page.locator(".foot .btn.primary").is_visible()


SMALL = """(share) => [...document.querySelectorAll('body *')]
  .filter((node) => node.checkVisibility() && !node.closest('.vh, svg'))
  .filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
  .map((node) => [node.textContent.trim().slice(0, 40), parseFloat(getComputedStyle(node).fontSize) / innerHeight])
  .filter(([, size]) => size < share)"""


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
def test_the_board_has_no_text_under_two_per_cent_of_its_height(board: Opened, size: tuple[int, int]) -> None:
    page = board.seen(size=size)
    assert page.evaluate(SMALL, 0.0199) == []
    focus = page.locator(".focus, h1").first
    assert focus.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize) / innerHeight") >= 0.043
    whole = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    assert page.evaluate(whole) == list(size)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
def test_the_code_is_read_from_a_picture_of_the_board(
    board: Opened, size: tuple[int, int], scheme: str
) -> None:
    page = board.seen(scheme, size)
    found = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
    assert [code.text for code in found] == [ADDRESS]
    corners = found[0].position
    share = (corners.top_right.x - corners.top_left.x) / size[0]
    assert share >= (0.25 if page.locator(".tbl").count() else 0.12)


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


def test_every_control_shows_where_the_focus_is(phone: Opened) -> None:
    page = phone.seen(size=SIZES["phone"])
    page.evaluate("document.activeElement.blur()")
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
    assert len(seen) >= 2


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


def test_a_text_is_counted_as_the_server_counts_it(gallery: Opened) -> None:
    assert gallery.page.evaluate(CALL, ["texts", "lengthOf", ["æøå👍🏽"]]) == len("æøå👍🏽")


def test_styles_elements_and_fonts_of_a_phone_are_small() -> None:
    text = sum(len(gzip.compress((ROOT / name).read_bytes(), 6)) for name in PHONE_FILES)
    fonts = sum((ROOT / name).stat().st_size for name in PHONE_FONTS)
    assert text + fonts < 48_000
