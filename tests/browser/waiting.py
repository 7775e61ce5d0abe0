"""Waiting for what a page has asked of the server, or what a page still draws.

A page shows what it was asked for before the server has done it. A test that reads the server's records after a press waits
for them with `until`; `make test-late` finds those that do not.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

#: resolves once nothing on the page has changed for 0.4 s, or after 5 s: a clock changes each second
_STILL = """() => new Promise((done) => {
  let still
  const later = () => { clearTimeout(still); still = setTimeout(end, 400) }
  const watch = new MutationObserver(later)
  const end = () => { watch.disconnect(); clearTimeout(most); done() }
  const most = setTimeout(end, 5000)
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  later()
})"""


def until(true: Callable[[], object], seconds: float = 40) -> None:
    """Waits until a condition on the server holds, and fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.3)  # more often, a person would be asked to wait


def drawn(page: Page) -> None:
    """Waits until the page has drawn what it was told."""
    page.evaluate(_STILL)
