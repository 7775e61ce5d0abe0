"""The console in light and dark, empty and full: axe, and nothing that sticks out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.conftest import CONSOLE, OpenPage
from tests.browser.consoles import (
    IDEAS,
    everybody,
    kinds,
)
from tests.browser.hall import Hall
from tests.browser.looks import schemes


def filled(hall: Hall) -> None:
    """Something of everything, so that every face has something to show."""
    ideas = hall.ideas(IDEAS)
    theme = hall.chair("create_theme", title="Steder at være")["theme"]
    hall.chair("move_idea", idea=ideas[0], theme=theme)
    ballot = hall.chair("open_ballot", method="approval", options=ideas, settings={"seats": 2, "choices": 2})["ballot"]
    for i, token in enumerate(everybody(hall)):
        hall.do(token, "cast_ballot", ballot=ballot, choices={ideas[i % 2]: 1})
    hall.chair("close_ballot", ballot=ballot)
    hall.chair("publish_ballot", ballot=ballot)
    agreement = hall.agreement()
    author = hall.people["citizens"][0]
    hall.do(author, "propose_amendment", on=agreement, field="disagreement", new="Vi ringer sammen")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    for i, token in enumerate(everybody(hall)):
        stance = {"stance": "reservation", "reason": "Kun i to år"} if i == 0 else {"stance": "for"}
        hall.do(token, "take_stance", decision=decision, **stance)
    hall.chair("close_decision", decision=decision)
    hall.do(author, "make_commitment", on=agreement, standing="behind", words="Jeg ringer til klubberne")


FACES = (
    "welcome",
    "frame",
    "rules",
    "ideas",
    "themes",
    "ballot",
    "goals",
    "agreements",
    "decisions",
    "commitments",
    "closing",
)


@pytest.mark.parametrize("fill", [False, True], ids=["empty", "full"])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(hall: Hall, open_page: OpenPage, fill: bool):
    hall.join("citizens", 10)
    hall.join("politicians", 6)
    if fill:
        filled(hall)
    page = open_page(hall.console_url, CONSOLE, reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for kind in FACES:
        step = hall.start(kind)
        title = next(one["title"] for one in kinds(hall, "step") if one["id"] == step)
        running = page.locator(".nowh", has=page.locator(".nowtag"))
        expect(running.get_by_role("heading", name=title, exact=True)).to_be_visible()
        found[kind] = []
        for scheme in schemes(page):
            found[kind] += faults(page, scheme)
            for width in (1440, 1024, 390):
                page.set_viewport_size({"width": width, "height": 900 if width > 1024 else 768})
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    found[kind].append(f"{wide} wide in {width}")
            page.set_viewport_size({"width": 1440, "height": 900})
    if fill:
        hall.start("agreements")
        page.locator(".text-list .as-link").first.click()
        found["editor"] = [fault for scheme in schemes(page) for fault in faults(page, scheme)]
    assert {kind: list_ for kind, list_ in found.items() if list_} == {}
