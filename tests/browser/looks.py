"""One page in several looks, opened once: in light and in dark, and in windows of other sizes."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page


def schemes(page: Page) -> Iterator[str]:
    """Shows the page in light, then in dark, as it stands: style sheets alone read the scheme of the device."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        yield scheme


def resize(page: Page, size: dict[str, int]) -> None:
    """Gives the window another size, and waits until what draws itself anew in it has done so."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
