"""A vote's clock: given more time by key and button, seen at once on phone and board, taken back; who has voted so far."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import Hall
from tests.browser.phones import come_in

IDEAS = ["En fast kontaktperson", "Fællesspisning hver torsdag", "Svar inden for tre dage"]
FIVE, SIX = re.compile(r"[45]:\d\d"), re.compile(r"(5:[3-5]\d|6:0\d)")


def console_of(hall: Hall, open_page: OpenPage) -> Page:
    page = open_page(hall.console_url, CONSOLE)
    expect(page.get_by_text("Forbundet", exact=True)).to_be_visible()
    return page


def ballot(hall: Hall, **how: float) -> str:
    ideas = hall.ideas(IDEAS)
    hall.start("ballot")
    made = hall.chair("open_ballot", method="approval", options=ideas, title="Hvilke først?", settings={"choices": 2}, **how)
    return str(made["ballot"])


def decision(hall: Hall, **how: float) -> str:
    agreement = hall.agreement()
    hall.start("decisions")
    return str(hall.chair("open_decision", on=agreement, version=1, **how)["decision"])


@pytest.mark.parametrize("opened", [ballot, decision])
def test_a_minute_more_by_its_key_is_seen_everywhere_at_once_and_taken_back(
    hall: Hall, open_page: OpenPage, opened: Callable[..., str]
):
    hall.join("citizens", 4)
    phone = come_in(open_page, hall)
    opened(hall, minutes=5)
    console, board = console_of(hall, open_page), open_page(hall.board_url, BOARD)
    clocks = [console.locator(".nowh .clock b"), phone.locator("main .clock b"), board.locator(".side-rail .clock b")]
    for clock in clocks:
        expect(clock).to_have_count(1)
        expect(clock).to_have_text(FIVE)
    key = console.locator(".foot .k", has_text="afstemning")
    expect(key).to_have_text(re.compile(r"\+\s*1 min: afstemning"))
    console.locator("main").focus()
    console.keyboard.press("+")
    expect(console.get_by_text("1 minut mere til afstemningen")).to_be_visible()
    for clock in clocks:
        expect(clock).to_have_text(SIX)
    console.get_by_role("button", name="Fortryd").click()
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"4:\d\d"))
    step = next(record for record in hall.records() if record["kind"] == "step" and record["state"] == "running")
    assert step["ends_at"] is not None and step["minutes"] in (15, 25), "the step's own clock was left alone"


def test_a_vote_without_a_clock_is_given_one_by_keyboard_alone(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 4)
    ballot(hall)
    console, board = console_of(hall, open_page), open_page(hall.board_url, BOARD)
    key = console.locator(".foot .k").filter(has=console.locator("kbd", has_text="+"))
    expect(key).to_have_text(re.compile(r"1 min\s*$"))
    console.locator("main").focus()
    console.keyboard.press("t")
    dialog = console.get_by_role("dialog")
    chips = dialog.get_by_role("group", name="Mere tid til")
    expect(chips.get_by_role("button", name="Programpunktet: Afstemning")).to_have_attribute("aria-pressed", "true")
    chips.get_by_role("button", name="Hvilke først?").focus()
    console.keyboard.press(" ")
    expect(dialog.get_by_text("Afstemningen har ingen tidsgrænse")).to_be_visible()
    dialog.get_by_label("Minutter mere", exact=True).last.focus()
    console.keyboard.press("Control+A")
    console.keyboard.type("x")
    expect(dialog.get_by_text("Skriv et helt tal")).to_be_visible()
    console.keyboard.press("Control+A")
    console.keyboard.type("7")
    console.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(board.locator(".side-rail .clock b")).to_have_text(re.compile(r"[67]:\d\d"))
    expect(key).to_have_text(re.compile("1 min: afstemning"))
    console.get_by_role("button", name="Giv 1 minut mere").click()
    expect(board.locator(".side-rail .clock b")).to_have_text(re.compile(r"[78]:\d\d"))


def test_who_has_voted_is_told_by_group_only_once_every_group_has_cast_ten(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 12)
    hall.join("politicians", 10)
    vote = ballot(hall)
    option = next(record for record in hall.records() if record["id"] == vote)["options"][0]
    console, board = console_of(hall, open_page), open_page(hall.board_url, BOARD)
    for person in (*hall.people["citizens"][:9], *hall.people["politicians"]):
        hall.do(person, "cast_ballot", ballot=vote, choices={option: 1})
    row = console.get_by_role("row", name="Borgere")
    expect(board.locator(".people")).to_be_visible()
    expect(board.locator(".by-group li")).to_have_count(0)
    expect(row).not_to_contain_text("af 12")
    hall.do(hall.people["citizens"][9], "cast_ballot", ballot=vote, choices={option: 1})
    expect(row).to_contain_text("10 af 12")
    expect(board.locator(".by-group li")).to_have_count(2)
    expect(board.locator(".by-group li").first).to_have_text(re.compile(r"Borgere\s*10 af 12"))
    phone = come_in(open_page, hall)
    expect(phone.get_by_text("20 af 23")).to_be_visible()
    expect(phone.get_by_text("10 af 12")).to_have_count(0)


def test_a_small_room_is_told_as_a_whole_and_why(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 6)
    hall.join("politicians", 5)
    ballot(hall)
    console, board = console_of(hall, open_page), open_page(hall.board_url, BOARD)
    expect(console.get_by_text("Tal for hver gruppe vises først, når alle grupper har mindst 10 stemmer.")).to_be_visible()
    expect(board.locator(".people")).to_be_visible()
    expect(board.locator(".by-group")).to_have_count(0)


COUNTED = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) { window.tones += 1; return start.apply(this, given); };
"""
#: the clock of the device can be put forward; the next word from the server puts that right (static/js/live/clock.js)
PUT_FORWARD = """
window.forward = 0;
const told = Date.now;
Date.now = () => told() + window.forward;
"""


def test_a_soft_tone_sounds_at_zero_once_it_is_switched_on_and_stays_so(hall: Hall, open_page: OpenPage):
    console = console_of(hall, open_page)
    console.context.add_init_script(COUNTED)
    console.context.add_init_script(PUT_FORWARD)
    console.reload()
    console.locator("#menu").click()
    chips = console.get_by_role("group", name="Lyd, når tiden er gået")
    expect(chips.get_by_role("button", name="Ingen lyd")).to_have_attribute("aria-pressed", "true")
    assert console.evaluate("tones") == 0
    chips.get_by_role("button", name="Blød tone").click()
    assert console.evaluate("tones") == 2, "it is heard once, to try it"
    console.reload()
    console.locator("#menu").click()
    expect(chips.get_by_role("button", name="Blød tone")).to_have_attribute("aria-pressed", "true")
    console.keyboard.press("Escape")
    hall.start("ideas", minutes=1)
    expect(console.locator(".nowh .clock b")).to_have_text(re.compile(r"0:\d\d|1:00"))
    # What the others hear of the new step is over by then; where it is not, the test takes the whole minute.
    expect(console.locator(".nowh .clock b")).to_have_text(re.compile(r"0:5[0-6]"))
    console.evaluate("window.forward = 44_000")
    expect(console.locator(".nowh .clock b")).to_have_text(re.compile(r"\+0:0\d"), timeout=75_000)
    console.wait_for_timeout(2500)
    assert console.evaluate("tones") == 2, "once"
