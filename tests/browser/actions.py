"""Counting what a facilitator does: every press, of a button or a key, and every field that is filled in or chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page


@dataclass
class Actions:
    """A facilitator at the console. `by_part` holds the count of each part of the seminar."""

    page: Page
    part: str = ""
    by_part: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.by_part.values())

    def _note(self) -> None:
        self.by_part[self.part] = self.by_part.get(self.part, 0) + 1

    def press(self, what: Locator) -> None:
        """One press with the mouse."""
        self._note()
        what.click()

    def key(self, key: str) -> None:
        """One press of a key."""
        self._note()
        self.page.keyboard.press(key)

    def fill(self, what: Locator, text: str) -> None:
        """One field, however long its text."""
        self._note()
        what.fill(text)

    def choose(self, what: Locator, value: str) -> None:
        """One choice from a list."""
        self._note()
        what.select_option(value)
