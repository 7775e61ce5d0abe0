"""The live pictures on the console: what the room sees, small; looked at and never touched; let go when out of sight."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import FRAME, Hall

IDEAS = [
    "En fast kontaktperson, der ikke skifter, når man fylder 18",
    "Fællesspisning hver torsdag, hvor unge laver maden",
]
SMALL_LAPTOP = {"width": 1024, "height": 768}


def come(hall: Hall, open_page: OpenPage, size: dict[str, int] | None = None, **options: object) -> Page:
    page = open_page(hall.console_url, size or CONSOLE, **options)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page


def shown(page: Page | Locator) -> FrameLocator:
    """What the picture shows."""
    return page.frame_locator("live-picture iframe")


def choose(page: Page, screen: str) -> None:
    page.locator(".prog .seg").get_by_role("button", name=screen, exact=True).click()


def black_out(page: Page, hidden: bool) -> None:
    """Put the console behind another window, or bring it back."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden,
    )


def test_the_picture_of_the_board_is_the_board(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    console, board = come(hall, open_page), open_page(hall.board_url, BOARD)
    for kind in ("frame", "ideas"):
        hall.start(kind)
        running = next(one for one in hall.records() if one["kind"] == "step" and one["state"] == "running")
        # Both have heard of the step: what is read of the one is of now.
        for screen in (board, shown(console)):
            expect(screen.locator(".hd")).to_contain_text(running["title"])
        same = board.locator("main h1").first
        expect(same).to_be_visible()
        expect(shown(console).locator("main h1").first).to_have_text(same.inner_text())
    hall.ideas(IDEAS)
    expect(shown(console).get_by_text(IDEAS[0])).to_be_visible()
    console.keyboard.press("b")
    expect(shown(console).locator("body.blank")).to_be_attached()
    console.keyboard.press("b")
    expect(shown(console).locator(".qrs")).to_be_visible()
    picture = console.locator(".picture.board").bounding_box()
    assert picture and abs(picture["width"] / picture["height"] - 16 / 9) < 0.02, "as a projector shows it"


def test_the_picture_of_a_phone_follows_the_room_as_anybodys_phone_does(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    console = come(hall, open_page)
    choose(console, "Telefon")
    phone = shown(console)
    hall.start("frame")
    expect(phone.get_by_text("Det kan du regne med")).to_be_visible()
    hall.start("ideas")
    expect(phone.get_by_label("Din idé", exact=True)).to_be_visible()
    hall.ideas(IDEAS)
    expect(phone.get_by_text(IDEAS[0])).to_be_visible()
    agreement = hall.agreement()
    hall.start("decisions")
    hall.chair("open_decision", on=agreement, version=1)
    expect(phone.get_by_text("For, med forbehold")).to_be_visible()
    expect(phone.get_by_text("Du er med i den næste")).to_have_count(0)
    picture = console.locator(".picture.phone").bounding_box()
    assert picture and abs(picture["width"] / picture["height"] - 390 / 844) < 0.02


def test_what_the_room_may_not_see_is_not_in_the_picture(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    hidden, kept = hall.ideas(IDEAS)
    hall.chair("hide_idea", idea=hidden, reason="Nævner en person")
    console = come(hall, open_page)
    expect(shown(console).get_by_text(IDEAS[1])).to_be_visible()
    expect(console.get_by_text("1 skjult").or_(console.get_by_text("skjult")).first).to_be_attached()
    assert IDEAS[0] not in shown(console).locator("html").inner_text()
    assert kept


def test_a_picture_is_nobody_in_the_room(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    console = come(hall, open_page)
    expect(shown(console).locator("main h1").first).to_be_visible()
    choose(console, "Telefon")
    expect(shown(console).locator("main h1").first).to_be_visible()
    numbers = console.locator(".nums > div")
    expect(numbers.filter(has_text="deltager").locator("b").first).to_have_text("4")
    expect(numbers.filter(has_text="forbundet").locator("b").first).to_have_text("0")
    expect(numbers.filter(has_text="skriver nu").locator("b").first).to_have_text("0")
    assert not [record for record in hall.records() if record["kind"] == "participant" and record["name"] == "preview"]


def test_neither_key_nor_mouse_reaches_into_it(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    hall.ideas(IDEAS)
    console = come(hall, open_page)
    for screen in ("Tavle", "Telefon"):
        choose(console, screen)
        stays_outside(console)
        console.keyboard.press("Escape")
        expect(console.get_by_role("dialog")).to_have_count(0)


def stays_outside(console: Page) -> None:
    """Goes round the console by keys, and presses on the picture, small and large."""
    expect(shown(console).get_by_text(IDEAS[0])).to_be_visible()
    console.locator(".larger").focus()
    for key in ("Tab", "Shift+Tab", "Shift+Tab", "Tab"):
        console.keyboard.press(key)
        assert console.evaluate("document.activeElement.tagName") != "IFRAME", key
    # The whole way round, in both directions.
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        console.keyboard.press(key)
        assert console.evaluate("document.activeElement.tagName") != "IFRAME", key
    console.locator(".picture").click(force=True)
    expect(console.get_by_role("dialog")).to_be_visible(), "a press on the picture makes it large"
    shown(console.get_by_role("dialog")).get_by_text(IDEAS[0]).wait_for()
    console.get_by_role("dialog").locator(".picture").click(force=True)
    assert console.evaluate("document.activeElement.tagName") != "IFRAME"


def test_it_is_there_in_words_for_whoever_does_not_see_it(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    hall.start("welcome")
    console = come(hall, open_page)
    expect(
        console.get_by_role("img", name=re.compile(r"Tavlen nu\. Hvad skal der til.*Velkomst med QR-kode"))
    ).to_be_visible()
    choose(console, "Telefon")
    expect(console.get_by_role("img", name=re.compile(r"En telefon nu\..*Velkommen"))).to_be_visible()
    assert faults(console) == []


def test_it_is_opened_only_when_in_sight_and_let_go_when_it_is_not(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    console = come(hall, open_page, SMALL_LAPTOP)
    console.wait_for_timeout(1000)
    assert len(console.frames) == 1, "nothing is pictured where there is no room for it"
    console.set_viewport_size(CONSOLE)
    expect(console.locator("live-picture iframe")).to_have_count(1)
    console.get_by_role("button", name="Skjul billedet").click()
    expect(console.locator("live-picture")).to_have_count(0)
    expect(console.locator(".mini .words")).to_contain_text("Hvad skal der til")
    assert len(console.frames) == 1
    console.reload()
    expect(console.get_by_role("button", name="Vis billedet")).to_be_visible()
    assert len(console.frames) == 1, "folded away stays folded away on this device"
    console.get_by_role("button", name="Vis billedet").click()
    expect(console.locator("live-picture iframe")).to_have_count(1)
    black_out(console, True)
    expect(console.locator("live-picture iframe")).to_have_count(0)
    black_out(console, False)
    expect(shown(console).locator("main h1").first).to_be_visible()


def test_a_glance_at_another_window_costs_nothing(hall: Hall, open_page: OpenPage):
    console = come(hall, open_page)
    expect(shown(console).locator("main h1").first).to_be_visible()
    console.evaluate("document.querySelector('live-picture iframe').dataset.same = 'yes'")
    black_out(console, True)
    console.wait_for_timeout(1000)
    black_out(console, False)
    console.wait_for_timeout(6000)
    expect(console.locator("live-picture iframe[data-same]")).to_have_count(1)


def test_the_picture_speaks_the_language_of_the_room(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    hall.start("rules")
    console = come(hall, open_page)
    expect(shown(console).locator("html[lang=da]")).to_be_attached()
    hall.chair("edit_workshop", language="en")
    expect(shown(console).locator("html[lang=en]")).to_be_attached()
    choose(console, "Telefon")
    expect(shown(console).locator("html[lang=en]")).to_be_attached()


def test_on_a_small_laptop_the_pictures_stand_in_their_dialog_by_keyboard_alone(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    hall.start("welcome")
    console = come(hall, open_page, SMALL_LAPTOP)
    console.locator("#menu").focus()
    console.keyboard.press("Enter")
    menu = console.get_by_role("dialog")
    menu.get_by_role("button", name="Tavle og telefon").focus()
    console.keyboard.press("Enter")
    dialog = console.get_by_role("dialog")
    expect(shown(dialog).get_by_text(FRAME["question"]).first).to_be_visible()
    dialog.get_by_role("button", name="Telefon", exact=True).focus()
    console.keyboard.press(" ")
    expect(shown(dialog).get_by_text("Din gruppe").or_(shown(dialog).get_by_text("er kommet")).first).to_be_attached()
    assert faults(console) == []
    assert console.evaluate("document.documentElement.scrollWidth") <= SMALL_LAPTOP["width"]
    console.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(console.locator("live-picture iframe")).to_have_count(0)
