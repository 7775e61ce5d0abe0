"""What tests do at the console: pressing its buttons, writing texts, working by keys."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.hall import AGREEMENT, GOAL, GOAL_LABELS, TERM_LABELS, Hall
from tests.browser.hall import IDEAS as EXAMPLES

IDEAS = EXAMPLES[:5]
STEPS = 12


def next_step(page: Page, title: str) -> None:
    """Go on with the button that says what comes next."""
    page.locator("#next", has_text=title).click()
    expect(running(page, title)).to_be_visible()


def running(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", level=1, name=title)
    return page.locator(".nowh", has=page.locator(".nowtag")).filter(has=heading)


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def act(page: Page, name: str) -> Locator:
    """What the step needs: the dark button at the bottom right."""
    return page.locator("#act.primary", has_text=name)


def write_ideas(hall: Hall) -> list[str]:
    return [hall.do(hall.people["citizens"][i], "post_idea", text=text)["idea"] for i, text in enumerate(IDEAS)]


def kinds(hall: Hall, kind: str) -> list[dict]:
    return [record for record in hall.records() if record["kind"] == kind]


def everybody(hall: Hall) -> list[str]:
    return [token for tokens in hall.people.values() for token in tokens]


def write_goal(page: Page) -> None:
    """Fill in every field the rules need, and wait until they are saved."""
    for name, label in GOAL_LABELS.items():
        page.get_by_label(label, exact=True).fill(str(GOAL[name]))
    page.get_by_label("Retning").select_option("up")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")


def write_agreement(page: Page) -> None:
    """Both parties in the table, then the terms."""
    given = {one["party"]: one for one in AGREEMENT["contributions"]}  # type: ignore[attr-defined]
    for place, party in enumerate(AGREEMENT["parties"]):  # type: ignore[arg-type]
        row = page.locator(".party").nth(place)
        row.get_by_label(f"Part {place + 1}", exact=True).fill(party["name"])
        row.get_by_label("Gruppe").select_option(party["group"])
        row.get_by_label(f"Giver, {party['name']}").fill(given[party["name"]]["what"])
        button(row, "Ja").click()
    for name, label in TERM_LABELS.items():
        page.get_by_label(label, exact=True).fill(str(AGREEMENT[name]))
    page.get_by_label("Åbenhed").select_option("public")
    expect(page.get_by_role("heading", level=1)).to_contain_text("gemt kl.")


def tab_to(page: Page, wanted: Locator, most: int = 160) -> None:
    """Press Tab until the focus is on it, as somebody without a mouse would."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def press_on(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def go_on(page: Page, title: str) -> None:
    """The key →."""
    page.locator("main").focus()
    page.keyboard.press("ArrowRight")
    expect(running(page, title)).to_be_visible()


def kinds_soon(page: Page, hall: Hall, kind: str) -> list[dict]:
    """The records of a kind once the page shows that there is one."""
    expect(page.locator(".bigcount")).to_be_visible()
    return kinds(hall, kind)


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Take it with the mouse, carry it in small steps, let go. Not before both stand still."""
    to.hover()
    what.hover()
    a, b = what.bounding_box(), to.bounding_box()
    assert a and b
    x, y = a["x"] + min(60, a["width"] / 2), a["y"] + min(12, a["height"] / 2)
    to_x, to_y = b["x"] + b["width"] / 2, b["y"] + b["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in (0.1, 0.3, 0.6, 0.9, 1.0, 1.0):
        page.mouse.move(x + (to_x - x) * part, y + (to_y - y) * part, steps=4)
    page.mouse.up()
