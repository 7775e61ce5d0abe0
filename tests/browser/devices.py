"""Devices for the browser tests: a page each, with storage of its own. A device that a test has done with is emptied and
given to a later one, because a new one costs a third of all that the page needs: a process, and every script compiled anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize

LOCALE = "da-DK"
PATIENCE = 30_000  # ms: Playwright's own limit
#: what a test may do to a page, or to its context, that cannot be undone
_FOR_GOOD = (
    "add_init_script",
    "close",
    "expose_binding",
    "expose_function",
    "new_cdp_session",
    "route_web_socket",
    "set_extra_http_headers",
)

#: a blank page and the browser's own error pages have no storage and refuse
_EMPTY_SESSION = """() => {
  try { sessionStorage.clear() } catch (refused) { if (refused.name !== 'SecurityError') throw refused }
}"""


class Device:
    """A browser context with one page; `spent` once it can no longer be given to another test."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(locale=LOCALE, **options)
        self.page: Page = self.context.new_page()
        self.spent = bool(options)
        self._heard: list[tuple[str, Callable[..., None]]] = []
        self._wire = self.context.new_cdp_session(self.page)
        self._origins: set[str] = set()
        self.page.on("framenavigated", lambda frame: self._origins.add("/".join(frame.url.split("/")[:3])))
        for owner in (self.context, self.page):
            for name in _FOR_GOOD:
                self._note(owner, name)

    def _note(self, owner: BrowserContext | Page, name: str) -> None:
        plain = getattr(owner, name, None)

        def noted(*words: Any, **named: Any) -> Any:
            self.spent = True
            return plain(*words, **named)  # type: ignore[misc]

        if plain is not None:
            setattr(owner, name, noted)

    def hear(self, event: str, heard: Callable[..., None]) -> None:
        """Calls `heard` for each such event of the page, until the device is emptied."""
        self.page.on(event, heard)  # type: ignore[call-overload]
        self._heard.append((event, heard))

    def open(self, url: str, size: ViewportSize) -> Page:
        """Shows an address in a window of a size."""
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)
        self.page.goto(url)
        return self.page

    def emptied(self) -> bool:
        """Takes away all that a test left on the device. Returns whether another test can have it; it is closed if not."""
        if self.spent or len(self.context.pages) != 1:
            self.context.close()
            return False
        for event, heard in self._heard:
            self.page.remove_listener(event, heard)
        self._heard.clear()
        self.page.unroute_all(behavior="ignoreErrors")
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.set_offline(False)
        self.context.clear_permissions()
        self._empty_session()
        self.page.goto("about:blank")
        for origin in self._origins:
            if origin.startswith("http"):
                self._wire.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self._origins.clear()
        self.context.clear_cookies()
        self.page.set_default_timeout(PATIENCE)
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        return True

    def _empty_session(self) -> None:
        try:
            self.page.evaluate(_EMPTY_SESSION)
        except Error:  # the page was about to be replaced by another
            self.page.wait_for_load_state()
            self.page.evaluate(_EMPTY_SESSION)


class Devices:
    """The devices of a test run: those that are free, and those that a test has."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Device] = []
        self.used: list[Device] = []

    def take(self, **options: Any) -> Device:
        """Returns an empty device. One with options (of a browser context) is made new and nobody has it afterwards."""
        device = self._free.pop() if self._free and not options else Device(self._browser, **options)
        self.used.append(device)
        return device

    def give_back(self) -> None:
        """Empties the devices that the test had."""
        used, self.used = self.used, []
        self._free += [device for device in used if device.emptied()]
