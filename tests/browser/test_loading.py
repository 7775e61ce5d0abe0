"""The files of a live page fail: the page says what is happening and tries again until it is there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.browser.hall import FRAME, Hall
from tests.load.server import Server

#: the ways a file can fail: a server that is busy, a network that wants a login, and none at all
KINDS: dict[str, Callable[[Route], None]] = {
    "unavailable": lambda route: route.fulfill(status=503, content_type="text/html", body="<h1>Busy</h1>"),
    "portal": lambda route: route.fulfill(status=200, content_type="text/html", body="<form>Log in</form>"),
    "cut": lambda route: route.abort(),
}
OUTAGES = (1, 4, 10)
#: what is on each page once it is drawn and in the room
THERE = {"phone": ".link.on", "board": ".how", "console": ".link.on", "helper": ".link.on"}
PAGES = list(THERE)
#: so many pages are opened at once
BATCH = 6
#: of the scripts of a page, which are loaded alike, so many are tried; of everything else all
SCRIPTS = {"phone": 12, "board": 4, "console": 4, "helper": 4}


@dataclass
class Outage:
    """Requests that fail: all but the page's first, or those for one file, until the outage is over. It begins with the
    first of them, so a page that is opened late on a busy machine still meets it."""

    kind: str
    seconds: float
    file: str | None = None
    asked: list[str] = field(default_factory=list)
    begun: float = 0.0

    def __call__(self, route: Route) -> None:
        first = not self.asked
        self.asked.append(route.request.url)
        if first:
            self.begun = time.monotonic()
        over = time.monotonic() - self.begun > self.seconds
        if over or (first and self.file is None):
            route.continue_()
        else:
            KINDS[self.kind](route)

    def put_on(self, page: Page) -> None:
        """Each request that is met goes through this process: where one file fails, no other is asked after."""
        if self.file is None:
            page.route(lambda url: "/socket.io/?" not in url, self)
        else:
            page.route(re.compile(re.escape(self.file)), self)


def some_of(files: set[str], most: int) -> list[str]:
    """Everything but scripts, the libraries, and scripts evenly chosen, the first one too: the page's own."""
    scripts = sorted(one for one in files if one.endswith(".js") and "/vendor/" not in one)
    return [*sorted(files - set(scripts)), *scripts[:: max(1, len(scripts) // most)]]


class Device:
    """A device that is in the workshop; opens its page again and again, each in a browser of its own."""

    def __init__(self, hall: Hall, browser: Browser, page: str) -> None:
        self.browser, self.page = browser, page
        self.contexts: list[BrowserContext] = []
        context = self.new_context()
        opened = context.new_page()
        files: list[str] = []
        opened.on("request", lambda request: files.append(request.url.removeprefix(hall.server.url)))
        links = {"board": hall.board_url, "console": hall.console_url, "helper": self.helper_url(hall)}
        opened.goto(links.get(page, hall.url(f"/j/{hall.code}")))
        if page == "phone":
            opened.locator("input[value=citizens]").check()
            opened.locator("button[form=come-in]").click()
        expect(opened.locator(THERE[page]).first).to_be_visible()
        opened.wait_for_load_state("networkidle")
        files.clear()
        opened.reload()
        expect(opened.locator(THERE[page]).first).to_be_visible()
        opened.wait_for_load_state("networkidle")
        self.url = opened.url
        self.state = context.storage_state()
        self.files = some_of({one for one in files if one.startswith(("/static/", "/catalogue/"))}, SCRIPTS[page])
        context.close()

    @staticmethod
    def helper_url(hall: Hall) -> str:
        return hall.url(f"/h/{hall.made['tokens']['helper']}")

    def new_context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(viewport=PHONE, locale="da-DK", **options)  # type: ignore[arg-type]
        self.contexts.append(context)
        return context

    def opened(self, outage: Outage) -> Page:
        """The page as it begins to load while requests fail."""
        page = self.new_context(storage_state=self.state).new_page()
        outage.put_on(page)
        page.goto(self.url, wait_until="commit")
        return page

    def arrives(self, page: Page) -> bool:
        """Waits until the page is drawn, is in the room, and says nothing of missing files any more. Returns whether all style
        sheets are there; then the page is closed."""
        expect(page.locator(THERE[self.page]).first).to_be_visible(timeout=60_000)
        expect(page.locator("#shell")).to_have_count(0)
        whole = bool(page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"))
        page.context.close()
        return whole


@pytest.fixture(scope="module")
def device(server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Device]:
    """A device for all tests of a page: they open it anew and do nothing in the room."""
    hall = Hall(server, server.create_workshop(template="collaboration", title="Unge i Fjordby"))
    hall.chair("edit_workshop", **FRAME)
    made = Device(hall, browser, request.param)
    yield made
    for context in made.contexts:
        context.close()


@pytest.mark.parametrize("device", PAGES, indirect=True)
def test_a_page_whose_files_fail_says_so_in_both_languages_and_asks_at_once_by_its_button(device: Device):
    outage = Outage("portal", 3600)
    page = device.opened(outage)
    for language, title, button in (
        ("da", "Siden er ikke hentet endnu", "Prøv igen nu"),
        ("en", "The page has not loaded yet", "Try again now"),
    ):
        said = page.locator(f"#shell section[lang={language}]")
        expect(said.get_by_role("heading", name=title)).to_be_visible()
        expect(said.get_by_role("button", name=button)).to_be_visible()
    outage.seconds = 0
    page.get_by_role("button", name="Prøv igen nu").click()
    assert device.arrives(page)


@pytest.mark.parametrize("device", PAGES, indirect=True)
def test_it_comes_by_itself_when_the_files_do(device: Device):
    # What waits is the same script on every page (static/js/shell.js): all lengths are tried on the phone.
    for seconds in OUTAGES if device.page == "phone" else OUTAGES[1:2]:
        for page in [device.opened(Outage(kind, seconds)) for kind in KINDS]:
            assert device.arrives(page)


@pytest.mark.parametrize("device", PAGES, indirect=True)
def test_any_one_file_may_fail(device: Device):
    assert len(device.files) >= 6, "the files were not found"
    kinds = cycle(KINDS)
    for start in range(0, len(device.files), BATCH):
        outages = [Outage(next(kinds), OUTAGES[0], file) for file in device.files[start : start + BATCH]]
        for page in [device.opened(outage) for outage in outages]:
            assert device.arrives(page)
        for outage in outages:
            assert any(outage.file in url for url in outage.asked), f"{outage.file} was not asked for"
