"""Whole screens: a phone from 320 px, the console from a small laptop, the board to the last row, pages on any screen."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from tests.browser.axe import faults
from tests.browser.gallery.opened import BOARDS, CONSOLES, PAGES, PHONES, ROOT, SCREENS, SIZES, Opened
from tests.browser.gallery.server import ADDRESS

pytestmark = pytest.mark.browser

PHONE_SHEETS = [f"static/css/{name}.css" for name in ("tokens", "base", "elements", "phone")]
PHONE_ELEMENTS = [
    f"static/js/elements/{name}.js"
    for name in (
        *("icons", "groups", "buttons", "connection", "clocks", "basics"),
        *("cards", "votes", "stances", "turnout", "bars", "texts", "checks"),
    )
]
PHONE_FONTS = ["static/fonts/rundbord-tool.woff2"]

# One fixture under all of them: tests of the same screen run one after another, and it is opened once.
any_screen = pytest.mark.parametrize("screen", [*SCREENS, *PAGES], indirect=True)
phones = pytest.mark.parametrize("screen", PHONES, indirect=True)
consoles = pytest.mark.parametrize("screen", CONSOLES, indirect=True)
boards = pytest.mark.parametrize("screen", BOARDS, indirect=True)
documents = pytest.mark.parametrize("screen", PAGES, indirect=True)


def test_there_are_screens_of_every_surface() -> None:
    assert len(PHONES) >= 6 and len(CONSOLES) >= 4 and len(BOARDS) >= 6


@any_screen
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_has_no_serious_fault(screen: Opened, scheme: str) -> None:
    assert faults(screen.seen(scheme, screen.size), scheme) == []
    assert screen.complaints == []


TARGETS = """() => [...document.querySelectorAll('button, a, input, select, textarea, summary')]
  .filter((node) => node.checkVisibility() && !node.closest('.vh'))
  .map((node) => {
    const box = (node.closest('label.choice') ?? node).getBoundingClientRect();
    return [node.outerHTML.slice(0, 90), Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];
  })
  .filter(([, width, height]) => width < 48 || height < 48)"""


@phones
def test_everything_a_finger_meets_is_48_pixels_or_more(screen: Opened) -> None:
    page = screen.seen(size=SIZES["phone"])
    assert page.locator("button, a, input, textarea").count() > 0
    assert page.evaluate(TARGETS) == []


@phones
@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_phone_screen_never_scrolls_sideways(screen: Opened, width: int) -> None:
    page = screen.seen(size=(width, 568))
    assert page.evaluate("document.documentElement.scrollWidth") == width


@documents
@pytest.mark.parametrize("width", [320, 800, 1440])
def test_a_page_of_the_organiser_or_the_record_never_scrolls_sideways(screen: Opened, width: int) -> None:
    page = screen.seen(size=(width, 700))
    assert page.evaluate("document.documentElement.scrollWidth") == width


@phones
def test_a_low_window_lets_go_of_what_sticks(screen: Opened) -> None:
    page = screen.seen(size=(320, 256))
    assert page.evaluate("getComputedStyle(document.querySelector('.act')).position") == "static"


@consoles
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (320, 256)])
def test_the_console_fits_its_window(screen: Opened, size: tuple[int, int]) -> None:
    page = screen.seen(size=size)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    if size[0] > 760:
        assert page.evaluate("document.documentElement.scrollHeight") == size[1]
        assert page.locator(".foot .btn.primary").is_visible()


SMALL = """(share) => [...document.querySelectorAll('body *')]
  .filter((node) => node.checkVisibility() && !node.closest('.vh, svg'))
  .filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
  .map((node) => [node.textContent.trim().slice(0, 40), parseFloat(getComputedStyle(node).fontSize) / innerHeight])
  .filter(([, size]) => size < share)"""


@boards
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
def test_the_board_has_no_text_under_two_per_cent_of_its_height(screen: Opened, size: tuple[int, int]) -> None:
    page = screen.seen(size=size)
    assert page.evaluate(SMALL, 0.0199) == []
    focus = page.locator(".focus, h1").first
    assert focus.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize) / innerHeight") >= 0.043
    whole = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    assert page.evaluate(whole) == list(size)


@boards
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
def test_the_code_is_read_from_a_picture_of_the_board(screen: Opened, size: tuple[int, int], scheme: str) -> None:
    page = screen.seen(scheme, size)
    found = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
    assert [code.text for code in found] == [ADDRESS]
    corners = found[0].position
    share = (corners.top_right.x - corners.top_left.x) / size[0]
    assert share >= (0.25 if page.locator(".tbl").count() else 0.12)


@phones
def test_every_control_shows_where_the_focus_is(screen: Opened) -> None:
    page = screen.seen(size=SIZES["phone"])
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


def test_styles_elements_and_fonts_of_a_phone_are_small() -> None:
    """Sheets are sent as one file, and elements in parcels: what counts is their size together."""
    joined = (b"".join((ROOT / name).read_bytes() for name in names) for names in (PHONE_SHEETS, PHONE_ELEMENTS))
    text = sum(len(gzip.compress(content, 6)) for content in joined)
    fonts = sum((ROOT / name).stat().st_size for name in PHONE_FONTS)
    assert text + fonts < 43_400
