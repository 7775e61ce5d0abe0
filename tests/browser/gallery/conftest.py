"""The gallery's server and browser, each opened once; screens are opened once for all tests about them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.gallery.opened import BOARDS, CONSOLES, PAGES, PHONES, SCREENS, SIZES, Opened
from tests.browser.gallery.server import start


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
def gallery(address: str, browser: Browser) -> Iterator[Opened]:
    """The gallery, opened once; for tests that leave it as it was."""
    opened = Opened(browser, f"{address}/index.html")
    yield opened
    opened.page.close()


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    """The gallery, for a test that presses things."""
    opened = Opened(browser, f"{address}/index.html")
    yield opened.page
    opened.page.close()


def _screen(request: pytest.FixtureRequest, address: str, browser: Browser) -> Iterator[Opened]:
    size = SIZES[request.param.split("-")[0]]
    opened = Opened(browser, f"{address}/screens.html?screen={request.param}", size)
    yield opened
    opened.page.close()


any_screen = pytest.fixture(scope="module", params=[*SCREENS, *PAGES])(_screen)
phone = pytest.fixture(scope="module", params=PHONES)(_screen)
console = pytest.fixture(scope="module", params=CONSOLES)(_screen)
document = pytest.fixture(scope="module", params=PAGES)(_screen)
board = pytest.fixture(scope="module", params=BOARDS)(_screen)
