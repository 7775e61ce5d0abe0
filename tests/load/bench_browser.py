"""What a hall full of ideas costs a phone, a console and a board: measured in Chromium, on a processor slowed as a phone's is.

`make bench-browser` (300 and 2,000 ideas; phones at full speed and slowed four times). Printed only. A page has its first
content when its first idea stands on it; a task is what keeps a page from answering a finger.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.hall import Hall
from tests.load.server import Server
from tests.services import browser_arguments, needs_browser
from workshop.rules import limits

NEW_IDEAS = 8
BETWEEN = 1.0  # seconds from one new idea to the next
PATIENCE = 60_000  # ms
TASKS = """
    globalThis.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
        .observe({type: 'longtask', buffered: true});
"""
FIRST = """() => document.querySelector('[data-id^="idea:"], .sheets > li') && performance.now()"""


@dataclass(frozen=True)
class Screen:
    name: str
    size: tuple[int, int]
    slowed: int


@contextmanager
def opened(browser: Browser, screen: Screen, hall: Hall) -> Iterator[Page]:
    """A page of the screen's size on a slowed processor; a phone has come in by the code."""
    context = browser.new_context(
        viewport={"width": screen.size[0], "height": screen.size[1]}, locale="da-DK", reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script(TASKS)
    if screen.name == "phone":
        page.goto(hall.url(f"/j/{hall.code}"))
        page.locator("input[value=citizens]").check()
        page.locator("button[form=come-in]").click()
        page.wait_for_url("**/room/**")
        page.goto("about:blank")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": screen.slowed})
    try:
        yield page
    finally:
        context.close()


def fill(hall: Hall, ideas: int) -> None:
    """So many ideas on the table, brought along."""
    hall.start("ideas")
    rows = [{"text": f"Eksempel {number}: " + "åbne skoler om aftenen " * (number % 8)} for number in range(ideas)]
    for first in range(0, ideas, limits.IDEAS_IMPORTED):
        hall.chair("import_ideas", rows=rows[first : first + limits.IDEAS_IMPORTED], source="Eksempel")


def measure(page: Page, hall: Hall, screen: Screen, url: str, ideas: int) -> str:
    """One line of figures: first content, longest task, and what a new idea costs."""
    page.goto(url, wait_until="commit")
    first = page.wait_for_function(FIRST, timeout=PATIENCE, polling="raf").json_value()
    time.sleep(2)
    start = page.evaluate("Math.max(0, ...tasks.splice(0))")
    costs = []
    author = hall.people["citizens"][0]
    for number in range(NEW_IDEAS):
        if number:
            hall.do(author, "post_idea", text=f"Eksempel på noget nyt {number}")
        time.sleep(BETWEEN)
        costs.append(page.evaluate("tasks.splice(0).reduce((all, one) => all + one, 0)"))
    nodes = page.evaluate("document.querySelectorAll('*').length")
    return (
        f"{screen.name:<8} {screen.slowed}x {ideas:>5} ideas: first content {first / 1000:4.1f} s, "
        f"longest task {start:5.0f} ms, "
        f"a new idea {statistics.median(costs[1:]):4.0f} ms (at most {max(costs[1:]):.0f}), {nodes} nodes"
    )


SCREENS = [
    Screen("phone", (390, 844), 1),
    Screen("phone", (390, 844), 4),
    Screen("console", (1440, 900), 1),
    Screen("board", (1920, 1080), 1),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ideas", type=int, nargs="+", default=[300, 2000])
    names = sorted({one.name for one in SCREENS})
    parser.add_argument("--screens", nargs="+", default=names, choices=names)
    asked = parser.parse_args()
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs_browser(), args=browser_arguments())
        for ideas in asked.ideas:
            hall = Hall(server, server.create_workshop(template="collaboration", title=f"Eksempel: {ideas} idéer"))
            hall.join("citizens")
            fill(hall, ideas)
            hall.chair("reveal_ideas")
            hall.chair("show_on_board", shows="step")
            for screen in (one for one in SCREENS if one.name in asked.screens):
                url = {"console": hall.console_url, "board": hall.board_url}.get(screen.name, "")
                url = url or hall.url(f"/room/{hall.code}#ideas")
                with opened(browser, screen, hall) as page:
                    print(measure(page, hall, screen, url, ideas), flush=True)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
