"""What a page must bear that comes from outside: a broken address, a print in the dark
theme, another time zone, an old browser, large text."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import Page, expect

from tests.browser.axe import NOTHING_BESIDE
from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in, look, open_ballot
from workshop import clock

LIGHT = "rgb(233, 239, 234)"


def test_an_address_with_a_broken_end_opens_the_room(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    phone.goto(phone.url + "#%")
    phone.reload()
    expect(phone.get_by_text("Borgere").first).to_be_visible()
    hall.start("ideas")
    expect(phone.locator(".stepline")).to_contain_text("Idéer")


def test_a_browser_without_layers_of_style_is_told_what_to_do(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall)
    phone.add_init_script("delete window.CSSLayerBlockRule")
    phone.reload()
    for words in ("Opdatér browseren", "Update the browser"):
        expect(phone.locator("#shell").get_by_text(words)).to_be_visible()


def large_text(page: Page) -> None:
    """The reader's own setting for text at 200 %, as the browser has it: not a zoom."""
    wire = page.context.new_cdp_session(page)
    wire.send("Page.enable")
    wire.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 32}})


def test_with_large_text_on_a_small_phone_nothing_stands_beside_the_screen(hall: Hall, open_page: OpenPage):
    phone = open_page(hall.url("/"), {"width": 320, "height": 640})
    large_text(phone)

    def fits(what: str) -> None:
        expect(phone.locator("main h1, main h2, main .sheet").first).to_be_visible()
        assert phone.evaluate(NOTHING_BESIDE), what

    fits("front")
    phone.goto(hall.url(f"/j/{hall.code}"))
    fits("join")
    phone.locator("input[value=citizens]").check(force=True)
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    fits("lobby")
    look(phone, hall, "me")
    expect(phone.locator(".reentry")).to_be_visible()
    fits("me")
    look(phone, hall, "")
    ballot, _options = open_ballot(hall)
    expect(phone.get_by_role("checkbox").first).to_be_visible()
    fits("ballot")
    hall.chair("close_ballot", ballot=ballot)
    agreement = hall.agreement()
    hall.start("decisions")
    hall.chair("open_decision", on=agreement, version=1)
    expect(phone.get_by_role("radio").first).to_be_visible()
    fits("decision")


def test_paper_is_white_in_the_dark_theme(hall: Hall, open_page: OpenPage):
    phone = come_in(open_page, hall, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    for chosen in (None, "dark"):
        phone.evaluate("theme => theme && (document.documentElement.dataset.theme = theme)", chosen)
        phone.emulate_media(media="print")
        assert phone.evaluate(ground) == LIGHT
        phone.emulate_media(media="screen")
        assert phone.evaluate(ground) != LIGHT


def test_a_phone_from_another_time_zone_shows_the_rooms_clock(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 3)
    ideas = hall.ideas(["Et sted at være", "Nøgler til skolen"])
    hall.start("ballot")
    phone = come_in(open_page, hall, timezone_id="Asia/Tokyo")
    made = hall.chair("open_ballot", method="approval", options=ideas, title="Hvilke?", minutes=30)
    ends_at = next(record["ends_at"] for record in hall.records() if record["id"] == made["ballot"])
    closes = datetime.fromisoformat(ends_at).astimezone(clock.ZONE)
    expect(phone.get_by_text(f"kl. {closes:%H.%M}").first).to_be_visible()


def test_a_presenters_clicker_goes_on_in_the_programme(hall: Hall, open_page: OpenPage):
    console = open_page(hall.console_url, CONSOLE)
    expect(console.locator(".link.on")).to_be_visible()
    title = next(record["title"] for record in hall.records() if record["kind"] == "step")
    console.keyboard.press("PageDown")
    expect(console.locator("#now h1")).to_have_text(title)
