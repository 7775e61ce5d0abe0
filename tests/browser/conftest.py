"""A real server, a real Chromium, and a hall of people, for the browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.devices import Devices
from tests.browser.hall import FRAME, Hall
from tests.load.server import Server

# Patient, for a machine that is busy with other things; what is there at once is seen at once.
expect.set_options(timeout=20_000)

PHONE: ViewportSize = {"width": 390, "height": 844}
CONSOLE: ViewportSize = {"width": 1440, "height": 900}
BOARD: ViewportSize = {"width": 1920, "height": 1080}
#: opens an address in a browser of its own, in a window of a size
OpenPage = Callable[..., Page]
PICTURES = Path(__file__).resolve().parents[2] / "test-results"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def hall(server: Server) -> Hall:
    """An example workshop with the half-day programme, and nobody in it yet."""
    made = Hall(server, server.create_workshop(template="collaboration", title="Unge i Fjordby"))
    made.chair("edit_workshop", **FRAME)
    return made


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def keep_pictures(test: str, contexts: list[BrowserContext]) -> None:
    """What every page of a failed test shows, in test-results/."""
    PICTURES.mkdir(exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=PICTURES / f"{test}-{number}.png", timeout=10_000)


@pytest.fixture(scope="session")
def devices(browser: Browser) -> Devices:
    """Those that the tests of this process use in turn."""
    return Devices(browser)


@pytest.fixture
def open_page(devices: Devices, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens pages, each in a browser of its own as on a device of its own; errors of their scripts fail the test. When it
    fails, its pages are kept as pictures."""
    faults: list[str] = []

    def open_one(url: str, size: ViewportSize | None = None, **options: object) -> Page:
        device = devices.take(**options)
        device.hear("pageerror", lambda error: faults.append(f"{device.page.url}: {error}"))
        # A screen whose words are not there shows the name of a text instead (static/js/lib/catalogue.js).
        device.hear("console", lambda said: faults.append(said.text) if said.text.startswith("no text for") else None)
        return device.open(url, size or PHONE)

    yield open_one
    if request.node.stash.get(_FAILED, False):
        keep_pictures(request.node.name, [device.context for device in devices.used])
    devices.give_back()
    assert not faults, "\n".join(faults)


@pytest.fixture
def console(hall: Hall, open_page: OpenPage) -> Page:
    """The console of a hall with ten citizens and five politicians."""
    hall.join("citizens", 10)
    hall.join("politicians", 5)
    page = open_page(hall.console_url, CONSOLE)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page
