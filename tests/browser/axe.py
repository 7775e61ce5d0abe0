"""What axe-core finds on a page that is open in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text(encoding="utf-8")
#: the rules of WCAG 2.2 AA and what axe calls best practice; only what fails is worked out in full
_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: true where nothing stands beside the screen
NOTHING_BESIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


#: ends what is on its way from one colour or place to another: halfway between two colours nothing is easy to read
_AT_REST = """for (const motion of document.getAnimations())
    if (motion.effect.getComputedTiming().endTime !== Infinity) motion.finish()"""

#: what sticks to the lower edge covers half a link that can be scrolled free: it is put where it stands at the page's end
_IN_PLACE = "in_place => document.querySelectorAll('.act').forEach(foot => foot.style.position = in_place ? 'static' : '')"


def all_faults(page: Page) -> list[str]:
    """Returns everything that axe finds, each as its rule and the first place."""
    return [_said(one) for one in _violations(page)]


def faults(page: Page) -> list[str]:
    """Returns what axe finds that is serious or critical, each as its rule and the first place."""
    return [_said(one) for one in _violations(page) if one["impact"] in ("serious", "critical")]


def _violations(page: Page) -> list[dict[str, Any]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    page.evaluate(f"() => {{ {_AT_REST} }}")
    page.evaluate(_IN_PLACE, True)
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(document, options)", _OPTIONS)["violations"]
    page.evaluate(_IN_PLACE, False)
    return found


def _said(fault: dict[str, Any]) -> str:
    node = fault["nodes"][0]
    return f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
