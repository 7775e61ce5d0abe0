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
#: of them those that read colours: dark differs from light in nothing else (test_dark_differs_from_light_in_colours_alone)
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
#: true where nothing stands beside the screen
NOTHING_BESIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


#: ends what is on its way from one colour or place to another: halfway between two colours nothing is easy to read
_AT_REST = """for (const motion of document.getAnimations())
    if (motion.effect.getComputedTiming().endTime !== Infinity) motion.finish()"""

#: what sticks to the lower edge covers half a link that can be scrolled free: it is put where it stands at the page's end
_IN_PLACE = "in_place => document.querySelectorAll('.act').forEach(foot => foot.style.position = in_place ? 'static' : '')"


def all_faults(page: Page, scheme: str = "light") -> list[str]:
    """Returns everything that axe finds, each as its rule and the first place. In dark, after light, it reads the colours."""
    return [_said(one) for one in _violations(page, scheme)]


def faults(page: Page, scheme: str = "light") -> list[str]:
    """Returns what of `all_faults` is serious or critical."""
    return [_said(one) for one in _violations(page, scheme) if one["impact"] in ("serious", "critical")]


def _violations(page: Page, scheme: str) -> list[dict[str, Any]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    page.evaluate(f"() => {{ {_AT_REST} }}")
    page.evaluate(_IN_PLACE, True)
    options = _COLOURS if scheme == "dark" else _OPTIONS
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(document, options)", options)["violations"]
    page.evaluate(_IN_PLACE, False)
    return found


def _said(fault: dict[str, Any]) -> str:
    node = fault["nodes"][0]
    return f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
