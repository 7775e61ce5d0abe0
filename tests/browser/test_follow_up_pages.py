"""The pages by link in a real Chromium: with and without scripts, on a computer and on a phone, in both themes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.browser.axe import all_faults
from tests.browser.conftest import CONSOLE, PHONE, OpenPage
from tests.browser.looks import schemes
from tests.commands.follow_up.promise_room import PromiseRoom
from workshop import secrecy
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import ORGANISER, issue
from workshop.models import Workshop
from workshop.store import writing_outside

pytestmark = pytest.mark.browser


@dataclass
class House:
    """A closed workshop on a server of its own, and the links of those who come after it."""

    url: str
    room: PromiseRoom
    organiser: str

    def link(self, role: str, **about: str) -> str:
        doors = {"receiver": "r", "steward": "s", "panel": "panel"}
        token = self.room.do(self.room.chair, "make_link", role=role, **about)["link"]
        db.session.rollback()
        return f"{self.url}/{doors[role]}/{token}"


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    room = PromiseRoom()
    room.do(room.chair, "hand_over_result")
    organiser = secrecy.new_token()
    with writing_outside():
        issue(organiser, ORGANISER, organiser_id=db.session.get_one(Workshop, room.id).organiser_id)
    db.session.rollback()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield House(f"http://127.0.0.1:{server.server_port}", room, organiser)
    server.shutdown()
    thread.join()


def faults(page: Page) -> list[str]:
    """All that axe finds, and a page that is wider than the screen; in light and in dark."""
    found = []
    for scheme in schemes(page):
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found += [f"{scheme}: {fault}" for fault in all_faults(page, scheme) + ["wide"] * wide]
    return found


def answer(page: Page, words: str, reason: str) -> None:
    """Opens the goal, and types an answer to it."""
    if page.locator("details.it[data-on^=goal]:not([open])").count():
        page.locator("details.it[data-on^=goal] > summary").click()
    item = page.locator("details.it[data-on^=goal]")
    item.locator("label.choice", has_text=words).first.click()
    item.get_by_label("Begrundelse").fill(reason)


@pytest.mark.parametrize("size", [CONSOLE, PHONE], ids=["computer", "phone"])
def test_an_answer_is_published_without_any_script(house: House, open_page: OpenPage, size: dict[str, int]):
    page = open_page(house.link("receiver"), size, java_script_enabled=False)
    page.get_by_role("button").click()
    assert "/r/" not in page.url and "/receiver/" in page.url
    page.get_by_role("button", name="Bekræft, at I har modtaget").click()
    expect(page.get_by_role("status")).to_have_text("Modtagelsen er bekræftet.")
    answer(page, "Følger ikke", "Der er ikke plads")
    page.get_by_role("button", name="Offentliggør").click()
    expect(page.get_by_role("status")).to_have_text("Svarene er offentlige.")
    db.session.rollback()
    assert house.room.item(house.room.goal)["answer"]["answer"] == "does_not_follow"


def test_a_draft_is_saved_while_it_is_typed_and_comes_back(house: House, open_page: OpenPage):
    page = open_page(house.link("receiver"), CONSOLE)
    answer(page, "Følger", "Vi er i gang")
    expect(page.get_by_text("Kladden er gemt kl.")).to_be_visible()
    expect(page.get_by_role("button", name="Offentliggør 1 svar")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 kladde er klar.")).to_be_visible()
    page.locator("details.it[data-on^=goal] > summary").click()
    expect(page.locator("details.it[data-on^=goal]").get_by_label("Begrundelse")).to_have_value("Vi er i gang")


def test_words_that_were_never_ready_to_be_saved_stay_on_the_computer(house: House, open_page: OpenPage):
    page = open_page(house.link("receiver"), CONSOLE)
    page.locator("details.it[data-on^=goal] > summary").click()
    page.locator("details.it[data-on^=goal]").get_by_label("Begrundelse").fill("Jeg nåede ikke at vælge")
    page.reload()
    expect(page.get_by_text("er sat ind igen")).to_be_visible()
    expect(page.locator("details.it[data-on^=goal]").get_by_label("Begrundelse")).to_have_value("Jeg nåede ikke at vælge")


def test_two_computers_show_both_texts_and_one_is_chosen(house: House, open_page: OpenPage):
    link = house.link("receiver")
    first, second = open_page(link, CONSOLE), open_page(link, CONSOLE)
    for page in (first, second):
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    answer(first, "Følger", "Den første tekst")
    expect(first.get_by_text("Kladden er gemt kl.")).to_be_visible()
    answer(second, "Følger ikke", "Den anden tekst")
    clash = second.locator("[data-clash]:visible")
    expect(clash.get_by_text("Den første tekst")).to_be_visible()
    second.get_by_role("button", name="Behold min tekst").click()
    expect(second.get_by_role("status").first).to_have_text("Kladden er gemt. Den er ikke offentlig endnu.")
    expect(second.locator("details.it[data-on^=goal] .why")).to_have_text("Den anden tekst")


def test_a_report_is_sent_from_a_phone_without_any_script(house: House, open_page: OpenPage):
    page = open_page(house.link("steward", on=house.room.goal, party="Skolechefen"), PHONE, java_script_enabled=False)
    page.get_by_role("button").click()
    page.locator("label.choice", has_text="Leveret").first.click()
    page.get_by_label("Værdi").fill("412 træer")
    page.get_by_role("button", name="Send meldingen").click()
    expect(page.get_by_text("Vælg, hvordan det går.")).to_be_visible()
    expect(page.get_by_label("Værdi")).to_have_value("412 træer")
    page.locator("label.chip", has_text="Delvist").click()
    page.get_by_label("Hvad lykkedes?").fill("Halvdelen")
    page.get_by_label("Hvad gik skævt?").fill("Intet")
    page.get_by_role("button", name="Send meldingen").click()
    expect(page.get_by_role("status")).to_contain_text("Meldingen er sendt.")
    expect(page.get_by_text("62 % af vejen")).to_be_visible()


def test_axe_finds_nothing_in_light_or_dark_and_no_page_is_wider_than_a_phone(house: House, open_page: OpenPage):
    room = house.room
    links = {
        "receiver": house.link("receiver"),
        "goal": house.link("steward", on=room.goal, party="Skolechefen"),
        "agreement": house.link("steward", on=room.agreement, party="Foreningen"),
        "panel": house.link("panel"),
    }
    told = {"on": room.agreement, "line": 1, "state": "delivered", "words": "Gjort"}
    room.do(room.steward(room.agreement, "Kommunen"), "report_line", **told)
    room.do(room.link("panel"), "ask_question", on=room.goal, words="Hvor står træerne?")
    db.session.rollback()
    for name, link in links.items():
        page = open_page(link, PHONE, bypass_csp=True)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        for size in (PHONE, CONSOLE):
            page.set_viewport_size(size)
            assert faults(page) == [], name
    page = open_page(house.url, PHONE, bypass_csp=True)
    page.context.add_cookies([{"name": cookie_name(ORGANISER), "value": house.organiser, "url": house.url}])
    page.goto(f"{house.url}/organiser/workshops/{room.id}/follow-up")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for size in (PHONE, CONSOLE):
        page.set_viewport_size(size)
        assert faults(page) == [], "organiser"
