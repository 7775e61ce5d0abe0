"""The programme by the clock: planned before the start on console, board and phone, with the end; in the room's own time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall, days_from_now
from tests.browser.looks import resize
from tests.browser.phones import come_in

pytestmark = pytest.mark.browser

PLACE = "Rådhuset, sal 2"


def plan(hall: Hall) -> None:
    hall.chair("edit_workshop", day=days_from_now(20), begins="9.30", place=PLACE)


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York"])
def test_clock_times_and_the_end_stand_on_every_screen_before_the_start(hall: Hall, open_page: OpenPage, zone: str):
    plan(hall)
    console = open_page(hall.console_url, CONSOLE, timezone_id=zone)
    steps = console.locator(".prog-list li")
    expect(steps.first).to_contain_text("09.30")
    expect(steps.filter(has_text="Idéer")).to_contain_text("10.00")
    expect(console.get_by_text("Slut kl. 13.35")).to_be_visible()

    board = open_page(hall.board_url, BOARD, timezone_id=zone)
    expect(board.get_by_text(re.compile(rf"kl\. 09\.30 til 13\.35 · {PLACE}"))).to_be_visible()
    hall.chair("show_on_board", shows="programme")
    expect(board.get_by_role("listitem").filter(has_text="Idéer")).to_contain_text("kl. 10.00 · 40 min")
    expect(board.get_by_text("Slut kl. 13.35")).to_be_visible()

    phone = come_in(open_page, hall, timezone_id=zone)
    expect(phone.get_by_text(re.compile(rf"kl\. 09\.30 til 13\.35 · {PLACE}"))).to_be_visible()
    expect(phone.locator(".programme li").filter(has_text="Idéer")).to_contain_text("10.00")


def test_the_facilitator_says_when_and_where_in_the_programme(hall: Hall, open_page: OpenPage):
    console = open_page(hall.console_url, CONSOLE)
    console.get_by_role("navigation", name="Program").get_by_role("button", name="Ret", exact=True).click()
    expect(console.get_by_text("Dag og tid er ikke valgt")).to_be_visible()
    console.get_by_role("button", name="Dag, tid og sted").click()
    form = console.get_by_role("dialog").last
    form.get_by_label("Dag").fill("12. marts 2031")
    form.get_by_label("Begynder kl.").fill("25")
    form.get_by_label("Sted").fill(PLACE)
    form.get_by_role("button", name="Gem").click()
    expect(form.get_by_text("Skriv et klokkeslæt, fx 9.30.")).to_be_visible()
    form.get_by_label("Begynder kl.").fill("9")
    form.get_by_role("button", name="Gem").click()
    expect(console.get_by_text(f"onsdag 12. marts · kl. 09.00 til 13.05 · {PLACE}")).to_be_visible()
    found = next(record for record in hall.records() if record["kind"] == "workshop")
    assert (found["day"], found["begins_at"]) == ("2031-03-12", "2031-03-12T08:00:00.000Z")


def test_once_it_runs_the_times_follow_the_day(hall: Hall, open_page: OpenPage):
    plan(hall)
    hall.start("welcome", minutes=20)
    console = open_page(hall.console_url, CONSOLE)
    expect(console.locator(".prog-list li").first).to_have_attribute("aria-current", "step")
    expect(console.locator(".prog-list li").first).to_contain_text("20 min")
    expect(console.get_by_text("Slut kl. 13.35")).to_have_count(0)
    expect(console.get_by_text(re.compile(r"Slut kl\. \d\d\.\d\d"))).to_be_visible()


def test_the_longest_question_leaves_room_for_everything_under_it(hall: Hall, open_page: OpenPage):
    plan(hall)
    question = (
        "Hvordan finder vi steder, voksne og tider, der rækker til alle unge, når kommunens budget ligger fast? " * 3
    )[:300]
    hall.chair("edit_workshop", question=question.strip())
    hall.join("citizens", 12)
    hall.join("politicians", 6)
    board = open_page(hall.board_url, BOARD)
    for size in (BOARD, {"width": 1024, "height": 768}):
        resize(board, size)
        expect(board.get_by_text("Telefoner kan ikke nå denne adresse.")).to_be_visible()
        expect(board.get_by_text("deltagere er kommet")).to_be_visible()
        last = board.locator(".in li").last.bounding_box()
        main = board.locator("main").bounding_box()
        assert last and main and last["y"] + last["height"] <= main["y"] + main["height"] + 1, "the last line is cut off"
        heading, head = board.locator("h1").bounding_box(), board.locator(".brand").bounding_box()
        assert heading and head and heading["y"] >= head["y"] + head["height"], "the question stands on the name"
