"""Faults reported of other tools, tried on this one's screens (docs/field-reports.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOARD, CONSOLE, OpenPage
from tests.browser.hall import AGREEMENT, GOAL, Hall, in_danish
from tests.browser.phones import come_in, look, open_ballot, primary
from tests.browser.test_board import CUT_OFF, IDEAS, SMALL_TEXT
from tests.browser.waiting import drawn

NOT_SENT = "Ikke sendt endnu"
SMALL_PROJECTOR = {"width": 1280, "height": 720}
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def vote_row(phone: Page):
    return phone.get_by_role("link", name=re.compile("^Stem"))


def test_marks_that_were_not_sent_are_said_beside_them_and_on_every_other_screen(hall: Hall, open_page: OpenPage):
    """decidim/decidim#5713, consuldemocracy/consuldemocracy#5322: every fourth or fifth person did not notice that a vote
    had to be confirmed, and nothing warned when they left."""
    ballot, _ = open_ballot(hall, choices=2, seats=2)
    phone = come_in(open_page, hall)
    expect(phone.get_by_text(NOT_SENT)).to_have_count(0)
    phone.get_by_label("Fællesspisning").check()
    expect(phone.get_by_role("status").filter(has_text=NOT_SENT)).to_be_visible()
    for screen in ("ideas", "me"):
        look(phone, hall, screen)
        expect(vote_row(phone)).to_contain_text(NOT_SENT)
    hall.start("frame")
    phone.reload()
    expect(vote_row(phone)).to_contain_text(NOT_SENT)
    vote_row(phone).click()
    phone.get_by_role("button", name="Stem med ét kryds").click()
    expect(primary(phone)).to_have_text("Din stemme er sendt")
    expect(phone.get_by_text(NOT_SENT)).to_have_count(0)
    phone.get_by_label("Svar inden for").check()
    look(phone, hall, "ideas")
    expect(vote_row(phone)).to_contain_text(NOT_SENT)
    expect(vote_row(phone)).not_to_contain_text("Dit svar er sendt")
    vote_row(phone).click()
    phone.get_by_label("Svar inden for").uncheck()
    look(phone, hall, "ideas")
    expect(vote_row(phone)).to_contain_text("Dit svar er sendt")
    look(phone, hall, "me")
    expect(vote_row(phone)).to_have_count(0)
    assert next(record for record in hall.records() if record["id"] == ballot)["turnout"]["voted"] == 1


def test_a_stance_that_was_not_sent_is_said_too(hall: Hall, open_page: OpenPage):
    hall.join("citizens", 3)
    agreement = hall.agreement()
    phone = come_in(open_page, hall)
    hall.start("decisions")
    decision = hall.chair("open_decision", on=agreement, version=1)["decision"]
    phone.get_by_role("radio", name="For", exact=True).check()
    expect(phone.get_by_role("status").filter(has_text=NOT_SENT)).to_be_visible()
    look(phone, hall, "ideas")
    row = phone.locator(".wait-row")
    expect(row).to_contain_text(NOT_SENT)
    row.click()
    primary(phone).click()
    expect(primary(phone)).to_have_attribute("aria-disabled", "true")
    look(phone, hall, "ideas")
    expect(row).to_contain_text("Dit svar er sendt")
    assert next(record for record in hall.records() if record["id"] == decision)["turnout"]["voted"] == 1


def test_a_vote_that_closes_on_another_day_says_which(hall: Hall, open_page: OpenPage):
    """lukevella/rallly#90, loomio/loomio#4664: people read different times of one deadline. A bare time of day is read as
    today's."""
    days = 3
    hall.join("citizens", 4)
    ideas = hall.ideas(IDEAS[:3])
    hall.start("ballot")
    zone = ZoneInfo("Europe/Copenhagen")
    closes = datetime.now(zone) + timedelta(days=days)
    hall.chair("open_ballot", method="approval", options=ideas, title="Hvilke?", minutes=days * 24 * 60)
    day = rf"den {closes.day}\. {MONTHS[closes.month - 1]}\w*"
    home = {"timezone_id": "Europe/Copenhagen"}
    phone = come_in(open_page, hall, **home)
    expect(phone.get_by_text(re.compile(rf"lukker kl\. \d\d\.\d\d {day}"))).to_be_visible()
    expect(phone.get_by_text(re.compile(rf"ændre din stemme til kl\. \d\d\.\d\d {day}\."))).to_be_visible()
    board = open_page(hall.board_url, BOARD, **home)
    expect(board.get_by_text(re.compile(rf"lukker kl\. \d\d\.\d\d {day}"))).to_be_visible()
    assert board.evaluate(CUT_OFF) == []
    console = open_page(hall.console_url, CONSOLE, **home)
    expect(console.get_by_text(re.compile(rf"lukker kl\. \d\d\.\d\d {day}")).first).to_be_visible()


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Copenhagen"])
def test_a_day_without_a_time_is_the_same_day_in_every_time_zone(hall: Hall, open_page: OpenPage, zone: str):
    """nextcloud/polls#2368: a date without a time moved by a day in another time zone."""
    hall.join("citizens", 3)
    agreement = hall.agreement()
    goal = next(record["id"] for record in hall.records() if record["kind"] == "goal")
    phone = come_in(open_page, hall, timezone_id=zone)
    look(phone, hall, goal)
    expect(phone.get_by_text(in_danish(str(GOAL["deadline"]))).first).to_be_visible()
    look(phone, hall, agreement)
    expect(phone.get_by_text(in_danish(str(AGREEMENT["review_date"]))).first).to_be_visible()


def network_of(page: Page) -> psutil.Process:
    """Returns the process of Chromium through which its pages reach the network."""
    wire = page.context.browser.new_browser_cdp_session()  # type: ignore[union-attr]
    processes = wire.send("SystemInfo.getProcessInfo")["processInfo"]
    wire.detach()
    (found,) = [one for one in processes if "NetworkService" in one["type"]]
    return psutil.Process(found["id"])


@contextmanager
def stopped(process: psutil.Process) -> Iterator[None]:
    """The process does nothing meanwhile, as on a device that sleeps: offline, Chromium reads its lines all the time."""
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def test_after_the_device_has_slept_the_room_is_there_again(hall: Hall, open_page: OpenPage):
    """winglang/wing#6596, debate-map/app#292: after the computer had slept the page stayed "disconnected"."""
    hall.join("citizens", 4)
    phone, board = come_in(open_page, hall), open_page(hall.board_url, BOARD)
    expect(board.get_by_text("Borgere").first).to_be_visible()
    wires = []
    for page in (phone, board):
        wire = page.context.new_cdp_session(page)
        page.context.set_offline(True)
        wire.send("Page.setWebLifecycleState", {"state": "frozen"})
        wires.append((page, wire))
    hall.ideas(["Skrevet, mens telefonen sov"])
    with stopped(network_of(phone)):
        phone.wait_for_timeout(30_000)
    for page, wire in wires:
        wire.send("Page.setWebLifecycleState", {"state": "active"})
        page.context.set_offline(False)
    expect(phone.locator(".link.on")).to_be_visible()
    expect(phone.locator(".offline")).to_have_count(0)
    look(phone, hall, "ideas")
    for page in (phone, board):
        expect(page.get_by_text("Skrevet, mens telefonen sov").first).to_be_visible()


WITHOUT_WEBSOCKETS = "window.WebSocket = class { constructor() { throw new Error('no websockets here'); } }"


@pytest.mark.parametrize("kind", ["as it is", "without websockets"])
def test_cards_of_others_come_by_themselves_in_each_browser(hall: Hall, open_page: OpenPage, kind: str):
    """microsoft/vsts-extension-retrospectives#1575: others' cards appeared after a reload only, in some browsers."""
    hall.join("citizens", 4)
    phone = open_page("about:blank")
    if kind == "without websockets":
        phone.add_init_script(WITHOUT_WEBSOCKETS)
    phone.goto(hall.url(f"/j/{hall.code}"))
    phone.locator("input[value=citizens]").check()
    phone.locator("button[form=come-in]").click()
    expect(phone.locator(".link.on")).to_be_visible()
    phone.evaluate("window.since = 'not loaded again'")
    hall.ideas(IDEAS[:2])
    hall.chair("start_step", step=next(r["id"] for r in hall.records() if r.get("step_kind") == "themes"))
    for text in IDEAS[:2]:
        expect(phone.get_by_text(text)).to_be_visible()
    assert phone.evaluate("window.since") == "not loaded again"


SHORT_WORDINGS = (
    "Skolerne står åbne for unge tre aftener om ugen, også i skoleferierne.",
    "Ungdomsskolens åbningstider forlænges i sommerferierne og helligdagene",
)


def test_the_board_of_a_small_projector_shows_everything(hall: Hall, open_page: OpenPage):
    """ubilabs/esa-climate-from-space#703: the presenter's view fell off the bottom at 1280x720."""
    hall.join("citizens", 12)
    hall.join("politicians", 11)
    everybody = (*hall.people["citizens"], *hall.people["politicians"])
    board = open_page(hall.board_url, SMALL_PROJECTOR)

    def whole(words: str) -> None:
        expect(board.get_by_text(words).first).to_be_visible()
        drawn(board)
        assert board.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1280, 720]
        assert (board.evaluate(CUT_OFF), board.evaluate(SMALL_TEXT)) == ([], []), words

    ideas = hall.ideas(IDEAS)
    whole(IDEAS[-1])
    hall.start("ballot")
    ballot = hall.chair(
        "open_ballot", method="approval", options=ideas, title="Hvilke først?", settings={"choices": 2}, minutes=9
    )
    whole("Hvilke først?")
    for place, person in enumerate(everybody):
        hall.do(person, "cast_ballot", **ballot, choices={ideas[place % 3]: 1, ideas[3 + place % 3]: 1})
    hall.chair("close_ballot", **ballot)
    hall.chair("publish_ballot", **ballot)
    whole("23 af 23")
    for purpose in SHORT_WORDINGS:
        agreement = hall.agreement(purpose=purpose)
        hall.start("decisions")
        decision = hall.chair("open_decision", on=agreement, version=1, minutes=9)
        whole(purpose)
        for person in everybody:
            hall.do(person, "take_stance", **decision, stance="for")
        hall.chair("close_decision", **decision)
        whole("Flertal i begge grupper")
        whole(purpose)
