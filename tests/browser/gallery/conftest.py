"""The gallery's server and browser, each opened once; a screen is opened once for all tests about it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.gallery.opened import Opened, size_of
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


@pytest.fixture(scope="module")
def screen(request: pytest.FixtureRequest, address: str, browser: Browser) -> Iterator[Opened]:
    """The screen of a name, opened once for all tests about it, which each say how large it is."""
    opened = Opened(browser, f"{address}/screens.html?screen={request.param}", size_of(request.param))
    yield opened
    opened.page.close()
