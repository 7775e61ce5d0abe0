"""A page of the gallery in a real browser, and what may be asked of it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[3]
SOURCE = (ROOT / "tests/browser/gallery/screens.js").read_text(encoding="utf-8")
SCREENS = re.findall(r"^  '((?:phone|console|board)-[a-z]+)':", SOURCE, re.M)
PHONES = [name for name in SCREENS if name.startswith("phone")]
CONSOLES = [name for name in SCREENS if name.startswith("console")]
BOARDS = [name for name in SCREENS if name.startswith("board")]
PAGES = ["pages-login", "pages-organiser", "record-page"]
SIZES = {
    "pages": (1280, 900),
    "record": (1440, 900),
    "phone": (390, 844),
    "console": (1440, 900),
    "board": (1920, 1080),
}


def size_of(screen: str) -> tuple[int, int]:
    """The size of the window that a screen is made for: its name begins with the surface."""
    return SIZES[screen.partition("-")[0]]


class Opened:
    """A page of the gallery, and what it complained about while it was made."""

    def __init__(self, browser: Browser, url: str, size: tuple[int, int] = (1440, 900)) -> None:
        self.size = size
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(url)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        self.page.evaluate("document.fonts.ready")

    def seen(self, scheme: str = "light", size: tuple[int, int] | None = None) -> Page:
        """The page in a theme and, if given, in a window of another size."""
        self.page.emulate_media(color_scheme=scheme)
        if size:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self.page
