"""The organiser's way in a real Chromium: the first account by the link, a workshop, its settings, the sheet for the tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import all_faults
from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.hall import FRAME, in_danish
from tests.browser.looks import schemes
from tests.load.server import Server

pytestmark = pytest.mark.browser

PASSWORD = "fire ord om bordet"
QUESTION = "Hvad skal der til, for at færre unge i Fjordby er ensomme?"
PAGES = ("", "/settings", "/groups", "/ideas", "/export", "/sheet", "/duplicate", "/delete", "/links/board/replace")


@pytest.fixture(scope="module")
def fresh_server() -> Iterator[Server]:
    """A server nobody has an account on."""
    with Server(accounts=False) as running:
        yield running


@pytest.fixture(scope="module")
def organiser(fresh_server: Server, browser: Browser) -> Iterator[tuple[Page, str]]:
    """The browser of the first organiser with one workshop, made by hand; and the workshop's address."""
    context = browser.new_context(viewport=CONSOLE, locale="da-DK", bypass_csp=True)
    page = context.new_page()
    yield page, make_by_hand(fresh_server, context, page)
    context.close()


def make_by_hand(server: Server, context: BrowserContext, page: Page) -> str:
    """First account → a workshop from a template → its question and receiver; the address of its page."""
    link = re.search(r"/organiser/first/\w+", server.log.read_text(encoding="utf-8"))
    assert link, "the server prints the one-time link"
    page.goto(server.url + link[0])
    page.get_by_role("textbox", name="Navn").fill("Mette Holm")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Opret konto").click()
    expect(page.get_by_text("Ingen workshopper endnu")).to_be_visible()
    page.get_by_role("link", name="Vælg: Mål og aftaler, en halv dag").click()
    page.get_by_role("textbox", name="Titel").fill("Unge i Fjordby")
    page.get_by_role("button", name="Opret kladde").click()
    expect(page.get_by_text("Kladden er oprettet")).to_be_visible()
    page.get_by_role("textbox", name="Spørgsmål").fill(QUESTION)
    page.get_by_role("textbox", name="Bestilt af").fill("Fjordby Byråd")
    page.get_by_role("textbox", name="Modtager").fill("Fjordby Byråd")
    page.get_by_label("Svarfrist").fill(FRAME["response_due"])
    page.get_by_role("radio", name="Aftale mellem parterne").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_have_text("Gemt.")
    page.get_by_role("link", name="Overblik").click()
    return page.url


def test_what_was_typed_is_there(organiser: tuple[Page, str]):
    page, address = organiser
    page.goto(address)
    expect(page.get_by_text(QUESTION)).to_be_visible()
    expect(page.get_by_text(in_danish(FRAME["response_due"]))).to_be_visible()
    expect(page.get_by_text("Noget mangler")).to_have_count(0)
    page.get_by_role("link", name="Ramme og regler").click()
    expect(page.get_by_role("radio", name="Aftale mellem parterne")).to_be_checked()


def test_too_long_a_text_is_kept_and_counted_and_told_at_its_field(organiser: tuple[Page, str]):
    page, address = organiser
    page.goto(f"{address}/settings")
    field = page.get_by_role("textbox", name="Spørgsmål")
    field.fill("å" * 301)
    expect(page.locator("#question-under")).to_contain_text("301 af 300")
    page.get_by_role("button", name="Gem").click()
    expect(page.locator("#question-error")).to_contain_text("300 tegn")
    expect(field).to_have_value("å" * 301)
    page.goto(address)
    expect(page.get_by_text(QUESTION)).to_be_visible()


def test_the_sheets_codes_are_read_from_the_paper_and_lead_to_each_group(organiser: tuple[Page, str], fresh_server: Server):
    page, address = organiser
    page.goto(f"{address}/sheet")
    sheets = page.locator(".table-sheet")
    expect(sheets).to_have_count(7)
    page.emulate_media(media="print")
    for number in (0, 1):
        one = sheets.nth(number)
        code = one.locator(".code").inner_text()
        read = zxingcpp.read_barcodes(Image.open(io.BytesIO(one.screenshot())))
        assert [found.text for found in read] == [f"{fresh_server.url}/j/{code}"]
    page.emulate_media(media="screen")
    expect(sheets.nth(1)).to_contain_text("Borgere")


def test_a_link_is_copied_by_a_press(organiser: tuple[Page, str]):
    page, address = organiser
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.get_by_role("button", name="Kopiér: Tavlens link").click()
    expect(page.get_by_text("Kopieret", exact=True)).to_be_visible()
    assert "/b/" in page.evaluate("navigator.clipboard.readText()")


def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_a_small_phone(organiser: tuple[Page, str]):
    page, address = organiser
    home = address.partition("/workshops/")[0]
    for path in (home, f"{home}/account", f"{home}/workshops/new", *(address + one for one in PAGES)):
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(path)
        for scheme in schemes(page):
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (path, scheme)
        page.set_viewport_size(CONSOLE)  # type: ignore[arg-type]
        for scheme in schemes(page):
            assert all_faults(page, scheme) == [], (path, scheme)


def test_the_pages_work_without_a_script(organiser: tuple[Page, str], browser: Browser):
    page, address = organiser
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state(), locale="da-DK")
    plain = context.new_page()
    plain.goto(f"{address}/groups")
    plain.get_by_label("Navn på dansk").last.fill("Nabolaget")
    plain.get_by_role("button", name="Tilføj gruppen").click()
    expect(plain.get_by_role("heading", name="Nabolaget")).to_be_visible()
    context.close()


def test_a_page_that_is_not_there_says_so_and_leads_to_the_front_page(fresh_server: Server, open_page: OpenPage):
    page = open_page(f"{fresh_server.url}/findes-ikke")
    expect(page.get_by_role("heading", name="Siden findes ikke")).to_be_visible()
    assert page.context.cookies() == []
    page.get_by_role("link", name="Til forsiden").click()
    expect(page.get_by_role("textbox")).to_be_visible()
