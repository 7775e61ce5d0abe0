"""The disk under the server is full: phone, console and board say so, and what was sent is saved by itself afterwards."""

from __future__ import annotations

import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BOARD, CONSOLE, PHONE
from tests.browser.hall import Hall
from tests.browser.looks import resize
from tests.browser.phones import OpenPage, come_in, field, open_ballot, primary
from tests.load.disk import full_disk

SAYS = "Serveren kan ikke gemme lige nu"
KEPT = "Jeres svar bliver på telefonen, til de er sendt."
LAPTOP = {"width": 1024, "height": 768}
UPRIGHT = {"width": 1080, "height": 1920}


def complete(console: Page) -> None:
    """The console with all that it fetches, the picture of the board too: without a network that would fail."""
    expect(console.locator("main h1")).to_be_visible()
    expect(console.frame_locator("live-picture iframe").locator("main")).to_be_visible()


def test_every_screen_says_that_the_server_cannot_save_and_the_vote_is_saved_afterwards(hall: Hall, open_page: OpenPage):
    ballot, _ = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    console, board = open_page(hall.console_url, CONSOLE), open_page(hall.board_url, BOARD)
    phone.get_by_label("Svar inden for").check()
    with full_disk(hall.server):
        phone.get_by_role("button", name="Stem med ét kryds").click()
        for screen in (phone, console, board):
            expect(screen.get_by_text(SAYS)).to_be_visible()
        expect(phone.get_by_text("Én ting er ikke sendt endnu")).to_be_visible()
        expect(primary(phone)).to_have_text("Venter på serveren")
        expect(console.get_by_text("Disken på serveren er fuld")).to_be_visible()
    for screen in (phone, console, board):
        expect(screen.get_by_text(SAYS)).to_have_count(0)
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    hall.chair("close_ballot", ballot=ballot)
    assert next(record for record in hall.records() if record["id"] == ballot)["turnout"]["voted"] == 1


def test_a_server_that_is_gone_is_not_called_a_missing_network(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    phone, console = come_in(open_page, hall), open_page(hall.console_url, CONSOLE)
    expect(field(phone)).to_be_visible()
    complete(console)
    for screen in (phone, console):
        screen.evaluate("Object.defineProperty(navigator, 'onLine', { value: true })")
        screen.context.set_offline(True)
        expect(screen.locator(".offline")).to_contain_text("Ingen forbindelse til serveren lige nu")
    strip = phone.locator(".offline")
    expect(strip).not_to_contain_text("Din tekst er gemt")
    field(phone).fill("Besøgsven")
    expect(strip).to_contain_text("Din tekst er gemt på telefonen")


def test_the_strip_is_in_sight_wherever_one_has_scrolled_and_covers_no_answer(hall: Hall, open_page: OpenPage):
    open_ballot(hall)
    phone = come_in(open_page, hall, size={"width": 360, "height": 600})
    expect(primary(phone)).to_be_visible()
    phone.context.set_offline(True)
    strip = phone.locator(".offline")
    expect(strip).to_contain_text("Du er uden net lige nu")
    phone.evaluate("scrollTo(0, 300)")
    box = strip.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 600
    assert [part for part in (".stick", ".act") if not apart(strip, phone.locator(part))] == []


def lose_a_command(hall: Hall) -> None:
    """Give a command that the server cannot save; it is not sent again."""
    answer = requests.post(
        hall.url("/api/commands"),
        json={"id": "0" * 32, "name": "edit_workshop", "args": {"title": "Går tabt"}},
        headers={"Authorization": f"Bearer {hall.made['tokens']['facilitator']}"},
        timeout=20,
    ).json()
    assert answer["error"]["code"] == "broken", answer


def apart(one: Locator, other: Locator) -> bool:
    """Whether two boxes that can be seen have no point in common."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a and b and a["height"] > 0 and b["height"] > 0
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return beside or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]


def height(one: Locator) -> float:
    """How tall a box that can be seen is."""
    box = one.bounding_box()
    assert box
    return box["height"]


def test_the_strip_covers_neither_the_title_nor_the_way_on_of_the_console(hall: Hall, open_page: OpenPage):
    hall.start("ideas")
    console = open_page(hall.console_url, CONSOLE)
    strip = console.locator(".offline")
    complete(console)

    def covers_nothing() -> None:
        for size in (CONSOLE, LAPTOP, PHONE):
            resize(console, size)
            covered = [part for part in ("main h1", ".topbar", ".foot") if not apart(strip, console.locator(part))]
            assert covered == [], size

    console.context.set_offline(True)
    expect(strip).to_contain_text("Du er uden net lige nu")
    expect(strip).to_contain_text("Det, du gør nu, bliver sendt, når der er forbindelse igen.")
    covers_nothing()
    console.context.set_offline(False)
    expect(strip).to_have_count(0)
    with full_disk(hall.server):
        lose_a_command(hall)
        expect(strip).to_contain_text(SAYS)
        covers_nothing()
    expect(strip).to_have_count(0)


def test_the_blank_page_and_the_code_say_what_is_wrong_and_the_code_stays_free(hall: Hall, open_page: OpenPage):
    """The strip is at least 3 % of the height of a screen that is wider than it is high."""
    board = open_page(hall.board_url, BOARD)
    notice = board.get_by_role("status")
    for shows, page in (("qr", "code-only"), ("blank", "blank")):
        hall.chair("show_on_board", shows=shows)
        expect(board.locator(f"body.{page} > main")).to_be_attached()
        expect(notice).to_have_count(0)
        board.context.set_offline(True)
        expect(notice).to_have_text(f"Ingen forbindelse. {KEPT}")
        for size in (BOARD, LAPTOP, UPRIGHT):
            resize(board, size)
            assert height(notice) >= 0.03 * size["height"] or size == UPRIGHT
            assert shows == "blank" or apart(notice, board.locator(".qrs")), size
        board.context.set_offline(False)
        expect(notice).to_have_count(0)
        with full_disk(hall.server):
            lose_a_command(hall)
            expect(notice).to_have_text(f"{SAYS}. {KEPT}")
            for size in (BOARD, LAPTOP, UPRIGHT):
                resize(board, size)
                assert shows == "blank" or apart(notice, board.locator(".qrs")), size
        expect(notice).to_have_count(0)
